"""The second factor: giving a code, and setting the device up."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from hotline import second_factor as factor
from hotline import sign_in as signing_in
from hotline.forms import CodeForm, NewCodeForm
from hotline.guards import public
from hotline.pages.sign_in import onwards
from hotline.second_factor import Judged


@public
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    user = signing_in.waiting(request, at=at)
    if user is None:
        return redirect("hotline:sign_in")
    if not factor.has_one(user):
        return redirect("hotline:second_factor_setup")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        judged = signing_in.with_second_factor(request, user, form.cleaned_data["code"], at=at)
        if judged.right:
            return onwards(request, user, at=at)
        form.add_error("code", _why_not(judged))
    return render(request, "hotline/second_factor.html", {"form": form}, status=422 if form.errors else 200)


def _why_not(judged: Judged) -> str:
    if judged.wait_seconds:
        return ngettext(
            "Too many wrong codes. Try again in %(n)d second.",
            "Too many wrong codes. Try again in %(n)d seconds.",
            judged.wait_seconds,
        ) % {"n": judged.wait_seconds}
    return _("This code is wrong or was used before. Wait for the next one and type it in.")


@public
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def second_factor_setup(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    user = signing_in.waiting(request, at=at)
    if user is None:
        return redirect("hotline:sign_in")
    if factor.has_one(user):
        return render(request, "hotline/second_factor_on.html")
    if user.one_time_until is not None:
        return redirect("hotline:new_password")
    form = NewCodeForm(request.POST or None)
    if form.is_valid():
        codes = signing_in.set_up_second_factor(request, user, form.cleaned_data["code"], at=at)
        if codes:
            return render(request, "hotline/recovery_codes.html", {"codes": codes})
        form.add_error("code", _("This code is not right. Check the time of the telephone and type the newest code."))
    device = factor.prepared(user)
    context = {"form": form, "picture": factor.picture(device), "secret": factor.secret_words(device)}
    return render(request, "hotline/second_factor_setup.html", context, status=422 if form.errors else 200)
