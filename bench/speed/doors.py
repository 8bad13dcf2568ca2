"""Coming in: keys for programs and signed-in browsers, made once before the measuring."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from hotline import tokens
from hotline.guards import LAST_USED, MEMBERSHIP, SINCE
from tests.people import member

CSRF = "c" * 32
Headers = dict[str, str]


@dataclass
class Doors:
    """The headers by which people come in."""

    known: dict[tuple[str, bool], Headers] = field(default_factory=dict)

    def headers(self, who: str, page: bool) -> Callable[[int], Headers]:
        if (who, page) not in self.known:
            self.known[who, page] = _browser(who) if page else _key(who)
        found = self.known[who, page]
        return lambda _n: found


def _key(who: str) -> Headers:
    person = member(who)
    for old in tokens.in_force(person, at=timezone.now()).filter(name="bench"):
        tokens.revoke(old, by=person, at=timezone.now())
    issued = tokens.issue(person, by=person, at=timezone.now(), name="bench", days=1)
    return {"Authorization": f"Bearer {issued.raw}", "Content-Type": "application/json"}


def _browser(who: str) -> Headers:
    person, now = member(who), timezone.now().timestamp()
    session = SessionStore()
    session.update(
        {
            SESSION_KEY: str(person.user_id),
            BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
            HASH_SESSION_KEY: person.user.get_session_auth_hash(),
            MEMBERSHIP: str(person.pk),
            SINCE: now,
            LAST_USED: now,
        }
    )
    session.save()
    cookies = f"sessionid={session.session_key}; csrftoken={CSRF}"
    return {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded", "Accept-Language": "zh-hans"}
