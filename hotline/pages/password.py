"""The person's own password: changed at will, and chosen at the first sign-in instead of the one-time one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from hotline import passwords
from hotline import sign_in as signing_in
from hotline.acts import Refusal
from hotline.guards import acting, public, requires
from hotline.pages.account_forms import NewPasswordForm, OtherPasswordForm
from hotline.pages.performing import attach, go
from hotline.pages.sign_in import onwards
from hotline.roles import Capability


@requires(Capability.SELF_USE)
@never_cache
@sensitive_post_parameters("present", "new", "again")
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Neither form names its submission: of a password not even a digest is kept with the answers."""
    by, at = acting(request), timezone.now()
    form = OtherPasswordForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            with passwords.guesses_held_off(by, at=at):
                user = passwords.change(by.user, by=by, at=at, present=given["present"], new=given["new"])
            update_session_auth_hash(request, user)
            messages.success(request, _("Your password is changed. Sessions elsewhere and your keys have ended."))
            return go(request, reverse("hotline:password"))
        except Refusal as refusal:
            attach(form, refusal)
    context = {"form": form, "rules": password_validators_help_texts()}
    return render(request, "hotline/password.html", context, status=422 if form.errors else 200)


@public
@never_cache
@sensitive_post_parameters("new", "again")
@require_http_methods(["GET", "POST"])
def new_password(request: HttpRequest) -> HttpResponse:
    """On the way in with a one-time password."""
    at = timezone.now()
    user = signing_in.waiting(request, at=at)
    if user is None:
        return redirect("hotline:sign_in")
    step = signing_in.next_step(request, user, signing_in.memberships_of(user, at=at))
    if user.one_time_until is None or step != "hotline:new_password":
        return redirect(step or "hotline:choose_membership")
    form = NewPasswordForm(request.POST or None)
    if form.is_valid():
        try:
            signing_in.choose_password(request, user, form.cleaned_data["new"], at=at)
            user.refresh_from_db()
            return onwards(request, user, at=at)
        except Refusal as refusal:
            attach(form, refusal)
    context = {"form": form, "rules": password_validators_help_texts(), "over": user.one_time_until <= at}
    return render(request, "hotline/new_password.html", context, status=422 if form.errors else 200)
