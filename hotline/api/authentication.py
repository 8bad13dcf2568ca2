"""Who asks: the bearer of a token, which acts as one membership, or somebody signed in with a browser."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from hotline.context import current
from hotline.models import Membership, User
from hotline.tokens import authenticate_token


class TokenAuthentication(BaseAuthentication):
    """``Authorization: Bearer <token>``. The request then is the membership's, whatever cookies came with it."""

    def authenticate(self, request: Request) -> tuple[User, Membership] | None:
        scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
        if not scheme:
            return None
        membership = authenticate_token(token.strip()) if scheme.lower() == "bearer" else None
        if membership is None:
            raise AuthenticationFailed(_("This token is unknown, has run out or was revoked."))
        request._request.membership = membership  # type: ignore[attr-defined]
        current().owner = str(membership.pk)
        return membership.user, membership

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="hotline"'


class BrowserSession(SessionAuthentication):
    """The membership of a signed-in browser. Its writes carry the CSRF token, like a form's."""

    def authenticate(self, request: Request) -> tuple[User, Membership] | None:
        membership: Membership | None = getattr(request._request, "membership", None)
        if membership is None:
            return None
        self.enforce_csrf(request)
        return membership.user, membership


class MembershipRate(SimpleRateThrottle):
    """So many requests a minute for one membership, counted by each process: a guard rail, not an account.

    A window begins with its first request and is two numbers, however many requests fall into it.
    """

    scope = "membership"
    num_requests: int | None
    duration: int | None
    ends: float

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        membership: Membership | None = getattr(request, "membership", None)
        return f"rate:{membership.pk}" if membership else None

    def allow_request(self, request: Request, view: Any) -> bool:
        key = self.get_cache_key(request, view)
        if key is None or self.num_requests is None or self.duration is None:
            return True
        now = self.timer()
        began, tries = self.cache.get(key) or (now, 0)
        if now - began >= self.duration:
            began, tries = now, 0
        self.ends = began + self.duration
        self.cache.set(key, (began, tries + 1), self.duration)
        return bool(tries < self.num_requests)

    def wait(self) -> float | None:
        """Seconds until the next window."""
        return float(max(1.0, self.ends - self.timer()))
