"""Coming in as somebody: the session a person has after signing in, without walking through the sign-in page."""

from __future__ import annotations

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client
from django.utils import timezone

from hotline.guards import LAST_USED, MEMBERSHIP, SINCE
from tests.people import member


def client_of(username: str, *, language: str = "en") -> Client:
    """A browser in which that person acts."""
    membership = member(username)
    client = Client(HTTP_ACCEPT_LANGUAGE=language)
    now = timezone.now().timestamp()
    session = client.session
    session.update(
        {
            SESSION_KEY: str(membership.user_id),
            BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
            HASH_SESSION_KEY: membership.user.get_session_auth_hash(),
            MEMBERSHIP: str(membership.pk),
            SINCE: now,
            LAST_USED: now,
        }
    )
    session.save()
    client.cookies["sessionid"] = session.session_key or ""
    return client
