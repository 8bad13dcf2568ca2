"""The independent caller's desk: the citizen the system gave out, the script, and what came of the call.

The address names no case and no callback: it is whoever the person has in hand. What the system's own asking brought is
not on it, and the case itself is kept from the caller meanwhile.
"""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases import identity, independent_calls, independent_giving
from cases.forms.independent import GiveBackForm, IndependentForm
from cases.independent_rules import RULES, is_calling_time
from cases.models import IndependentCallback, Reply, ReplyState
from cases.permissions import may_see_identity
from cases.readership import looked
from hotline.acts import NotNow
from hotline.guards import acting, requires
from hotline.pages.performing import perform, submitted
from hotline.roles import Capability

DESK = "cases:independent_call"


@require_http_methods(["GET", "POST"])
@requires(Capability.CALLBACK_INDEPENDENT)
def independent_call(request: HttpRequest) -> HttpResponse:
    """Whom one has in hand, with the four questions; else the button that asks for the next."""
    by, at = acting(request), timezone.now()
    held = independent_calls.held(by, at)
    if request.method == "GET":
        return _desk(request, held, at, form=IndependentForm())
    form = IndependentForm(request.POST)

    def act() -> HttpResponse:
        return perform(
            request,
            lambda: independent_calls.record(
                _in_hand(held),
                by=by,
                at=at,
                result=form.cleaned_data["result"],
                answers=form.answers(),
                note=form.cleaned_data["note"],
            ),
            then=lambda _callback: reverse(DESK),
            said=lambda callback: _("%(number)s: the call was recorded.") % {"number": callback.number},
        )

    return submitted(request, form, act, lambda: _desk(request, held, at, form=form))


@require_POST
@requires(Capability.CALLBACK_INDEPENDENT)
def independent_next(request: HttpRequest) -> HttpResponse:
    """The system gives out the next citizen."""
    by, at = acting(request), timezone.now()
    return perform(
        request, lambda: independent_calls.take_next(by=by, at=at), then=lambda _callback: reverse(DESK), said=""
    )


@require_POST
@requires(Capability.CALLBACK_INDEPENDENT)
def independent_reveal(request: HttpRequest) -> HttpResponse:
    """Show the number of whom one has in hand, for a few minutes; that one looked is kept."""
    by, at = acting(request), timezone.now()
    held = independent_calls.held(by, at)
    return perform(
        request,
        lambda: independent_calls.reveal(_in_hand(held), by=by, at=at),
        then=lambda _callback: reverse(DESK),
        said="",
    )


@require_POST
@requires(Capability.CALLBACK_INDEPENDENT)
def independent_give_back(request: HttpRequest) -> HttpResponse:
    """Somebody else is to call this citizen."""
    by, at = acting(request), timezone.now()
    held = independent_calls.held(by, at)
    form = GiveBackForm(request.POST)

    def act() -> HttpResponse:
        return perform(
            request,
            lambda: independent_calls.give_back(_in_hand(held), by=by, at=at, because=form.cleaned_data["because"]),
            then=lambda _callback: reverse(DESK),
            said=lambda callback: (
                _("%(number)s was given back; somebody else will call.") % {"number": callback.number}
            ),
        )

    return submitted(request, form, act, lambda: _desk(request, held, at, form=IndependentForm(), back=form))


def _in_hand(held: IndependentCallback | None) -> IndependentCallback:
    """Asked inside the act, so that a form sent twice is told what it was told before."""
    if held is None:
        raise NotNow(_("You do not have this citizen in hand any more. Take the next one."))
    return held


def _desk(
    request: HttpRequest,
    held: IndependentCallback | None,
    at: datetime,
    *,
    form: IndependentForm,
    back: GiveBackForm | None = None,
) -> HttpResponse:
    status = 422 if form.errors or (back is not None and back.errors) else 200
    if held is None:
        return render(request, "cases/independent_next.html", _waiting(request, at), status=status)
    by, case = acting(request), held.case
    looked(held, by=by, at=at)
    shown = identity.shown_to(case, by=by, at=at)
    replies = Reply.objects.filter(case=case, round=held.survey.round, state=ReplyState.ACCEPTED)
    tries = list(held.attempts.order_by("at", "id"))
    context = {
        "callback": held,
        "case": case,
        "form": form,
        "back": back or GiveBackForm(),
        "reply": replies.order_by("-submitted_at").first(),
        "attempts": tries,
        "left": held.draw.rules["attempts"] - len(tries),
        "shown": shown,
        "revealed": identity.in_full(case) if shown else None,
        "may_reveal": shown is None and may_see_identity(by, case),
    }
    return render(request, "cases/independent_call.html", context, status=status)


def _waiting(request: HttpRequest, at: datetime) -> dict[str, object]:
    """How many there are, how many of them this person may call now, and when calls are made."""
    by, rules = acting(request), RULES.on(at)
    return {
        "n": independent_giving.unfinished(by).count(),
        "has_next": is_calling_time(at, rules) and independent_giving.open_to(by, at).exists(),
        "is_time": is_calling_time(at, rules),
        "rules": rules,
    }
