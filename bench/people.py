"""People for a drill: new members of the demo city, signed in, each with a key for their program."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module
from itertools import count

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from bench.calling import Person
from hotline import tokens
from hotline.guards import LAST_USED, MEMBERSHIP, SINCE
from hotline.models import Membership, Organisation, User

_numbers = count(1)


def hire(role: str, organisation: str, n: int, *, at: datetime) -> list[Person]:
    """So many new people of one role, ready to work."""
    return [_one(role, Organisation.objects.get(code=organisation), at) for _ in range(n)]


def _one(role: str, organisation: Organisation, at: datetime) -> Person:
    name = f"{role}-{next(_numbers)}"
    user = User.objects.create(username=name, name=name)
    since = DateTimeTZRange(at - timedelta(days=1), None)
    membership = Membership.objects.create(user=user, organisation=organisation, role=role, valid=since)
    issued = tokens.issue(membership, by=membership, at=at, name="drill", days=1)
    return Person(name, role, organisation.code, issued.raw, session_of(membership, at))


def session_of(membership: Membership, at: datetime) -> str:
    store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
    session = store()
    session.update(
        {
            SESSION_KEY: str(membership.user_id),
            BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
            HASH_SESSION_KEY: membership.user.get_session_auth_hash(),
            MEMBERSHIP: str(membership.pk),
            SINCE: at.timestamp(),
            LAST_USED: at.timestamp(),
        }
    )
    session.save()
    return session.session_key or ""
