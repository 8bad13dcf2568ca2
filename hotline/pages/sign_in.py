"""Signing in and out, and choosing as whom to act."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from axes.helpers import get_client_ip_address
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from hotline import sign_in as signing_in
from hotline.demo_people import demo_people
from hotline.forms import SignInForm
from hotline.guards import public
from hotline.models import User
from hotline.pages.performing import go
from hotline.wording import moment


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    if getattr(request, "membership", None) is not None:
        return redirect("hotline:home")
    at = timezone.now()
    if request.method == "GET":
        return _page(request, SignInForm(initial=_demo_credentials(request)), at)
    form = SignInForm(request.POST)
    if form.is_valid():
        user = signing_in.with_password(request, **form.cleaned_data, at=at)
        if user is not None:
            signing_in.keep_next(request)
            return onwards(request, user, at=at)
        form.add_error(None, _("The user name or the password is wrong. Check both and try again."))
    return _page(request, form, at, status=422)


def _page(request: HttpRequest, form: SignInForm, at: datetime, status: int = 200) -> HttpResponse:
    shown = demo_people(at) if settings.DEMO else []
    form.fields["password"].widget.render_value = settings.DEMO
    return render(request, "hotline/sign_in.html", {"form": form, "demo": shown}, status=status)


def _demo_credentials(request: HttpRequest) -> dict[str, Any]:
    """In the demo one click on a person fills the form."""
    if not (settings.DEMO and "as" in request.GET):
        return {}
    return {"username": request.GET["as"][:60], "password": import_string(settings.DEMO_PASSWORD)}


def locked_out(request: HttpRequest, _answer: HttpResponse, credentials: dict[str, Any]) -> HttpResponse:
    """After too many failures from one address: until when, and what to do meanwhile. Called by axes."""
    at = timezone.now()
    tries = AccessAttempt.objects.filter(
        username=credentials.get("username"), ip_address=get_client_ip_address(request)
    ).aggregate(last=Max("attempt_time"))
    until = (tries["last"] or at) + settings.AXES_COOLOFF_TIME
    limit = settings.AXES_FAILURE_LIMIT if tries["last"] else signing_in.BY_ADDRESS.limit
    form = SignInForm(initial={"username": credentials.get("username")})
    context = {"form": form, "until": moment(until + timedelta(minutes=1)), "limit": limit}
    response = render(request, "hotline/sign_in.html", context, status=429)
    response["Retry-After"] = str(max(1, int((until - at).total_seconds())))
    return response


def onwards(request: HttpRequest, user: User, *, at: datetime) -> HttpResponse:
    """The next step of signing in: the second factor, a password of one's own, the choice of a role, or the work."""
    memberships = signing_in.memberships_of(user, at=at)
    if step := signing_in.next_step(request, user, memberships):
        return redirect(step)
    if len(memberships) != 1:
        return redirect("hotline:choose_membership")
    signing_in.act_as(request, memberships[0], at=at)
    return go(request, signing_in.take_next(request) or "/")


@public
@never_cache
@require_http_methods(["GET", "POST"])
def choose_membership(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    user = signing_in.waiting(request, at=at)
    if user is None:
        return redirect("hotline:sign_in")
    memberships = signing_in.memberships_of(user, at=at)
    if step := signing_in.next_step(request, user, memberships):
        return redirect(step)
    chosen = next((m for m in memberships if str(m.pk) == request.POST.get("membership")), None)
    if request.method == "POST" and chosen:
        signing_in.act_as(request, chosen, at=at)
        return go(request, signing_in.take_next(request) or "/")
    return render(request, "hotline/choose_membership.html", {"memberships": memberships, "person": user})


@public
@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    signing_in.out(request, at=timezone.now())
    return go(request, settings.LOGOUT_REDIRECT_URL)
