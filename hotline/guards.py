"""At the door: who is asking, as whom, and whether that role may use this page or endpoint at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from hotline.compiled import Compiled
from hotline.models import Membership
from hotline.roles import Capability

Page = TypeVar("Page", bound=Callable[..., HttpResponse])
MEMBERSHIP = "membership"
SINCE = "signed_in_at"
LAST_USED = "last_used_at"
NOTED_SECONDS = 60.0


class ActingMiddleware(AuthenticationMiddleware):
    """Sets ``request.membership`` and ``request.user`` by one query; a membership that ended is nobody, at once."""

    def process_request(self, request: HttpRequest) -> None:
        membership = _acting(request)
        request.membership = membership  # type: ignore[attr-defined]
        request.user = membership.user if membership else AnonymousUser()


_member = Compiled(
    lambda chosen, person, now: Membership.objects.acting(now).filter(pk=chosen, user=person),
    chosen=UUID,
    person=int,
    now=datetime,
)


def _acting(request: HttpRequest) -> Membership | None:
    chosen, person = request.session.get(MEMBERSHIP), request.session.get(SESSION_KEY)
    if not chosen or not person or BACKEND_SESSION_KEY not in request.session:
        return None
    now = timezone.now()
    if _too_old(request, now.timestamp()):
        request.session.flush()
        return None
    found = _member.first(chosen=UUID(chosen), person=int(person), now=now)
    if found and constant_time_compare(request.session.get(HASH_SESSION_KEY, ""), found.user.get_session_auth_hash()):
        return found
    return None


def _too_old(request: HttpRequest, now: float) -> bool:
    """Signed in for longer than a shift, or idle for too long. The last use is noted now and then."""
    session = request.session
    last = float(session.get(LAST_USED, 0))
    if now - float(session.get(SINCE, 0)) > settings.SESSION_COOKIE_AGE or now - last > settings.SESSION_IDLE_SECONDS:
        return True
    if now - last > NOTED_SECONDS:
        session[LAST_USED] = now
    return False


def requires(capability: Capability) -> Callable[[Page], Page]:
    """Open the page to the roles the table names; others get 403, strangers the sign-in page."""

    def guard(page: Page) -> Page:
        @wraps(page)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            membership: Membership | None = getattr(request, "membership", None)
            if membership is None:
                return _to_sign_in(request)
            if not membership.can(capability):
                raise PermissionDenied(str(capability))
            return page(request, *args, **kwargs)

        guarded.capability = capability  # type: ignore[attr-defined]
        return cast(Page, guarded)

    return guard


def public(page: Page) -> Page:
    """Open the page to everybody. The URL test wants every page to say one or the other."""
    page.capability = None  # type: ignore[attr-defined]
    return page


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """A page asks who one is, and comes back to where one was; a part of a page says so in its place, and what was
    typed beside it stays."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401)
    query = {"next": request.get_full_path()}
    if request.method != "GET":
        query = {"next": urlsplit(request.headers.get("Referer", "")).path or "/", "unsent": "1"}
    return HttpResponseRedirect(f"{reverse('hotline:sign_in')}?{urlencode(query)}")


class HasCapability(BasePermission):
    """The API's twin of ``requires``: the view names one capability, or one for each method or action."""

    def has_permission(self, request: Request, view: Any) -> bool:
        membership: Membership | None = getattr(request, "membership", None) or getattr(
            request._request, "membership", None
        )
        wanted = view.capability
        if isinstance(wanted, Mapping):
            wanted = wanted.get(getattr(view, "action", None) or request.method, None)
        return bool(membership and wanted and membership.can(wanted))


def acting(request: HttpRequest | Request) -> Membership:
    """The membership behind a guarded page or endpoint."""
    membership: Membership | None = getattr(request, "membership", None)
    if membership is None:
        raise PermissionDenied
    return membership
