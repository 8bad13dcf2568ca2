"""The call the agent is on: its bar over the console, and whose number it is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cases import telephony
from cases.forms.intake import calling_number
from cases.models import Call, Draft
from hotline.acts import NotNow
from hotline.guards import acting, requires
from hotline.models import Membership
from hotline.roles import Capability

ENDURED = timedelta(seconds=settings.ABUSE_SECONDS)


def call_of(by: Membership, key: Any) -> Call | None:
    """A call that this agent answered. One call may be about two matters, and lends its number to both."""
    try:
        given = UUID(str(key))
    except ValueError:
        return None
    return Call.objects.filter(pk=given, agent=by.user_id).select_related("citizen").first()


def caller_of(request: HttpRequest, given: dict[str, Any]) -> str:
    """The number typed, else the calling one."""
    if given["phone"]:
        return str(given["phone"])
    return calling_number(call_of(acting(request), given["call"])) if given["call"] else ""


def live_call(by: Membership) -> Call | None:
    """The call the agent is on now; of several, the latest."""
    return Call.objects.live_for(by.user).select_related("citizen").order_by("-answered_at").first()


def bar_of(call: Call | None, by: Membership) -> dict[str, Any]:
    """What the bar tells of a call: who, how long waited, the how-manieth call, and the record it is written to."""
    if call is None or call.answered_at is None:
        return {"live": None}
    lately = telephony.calls_lately(call.citizen, by=by, at=timezone.now()) if call.citizen else 0
    return {
        "live": call,
        "waited": int((call.answered_at - call.offered_at).total_seconds()),
        "nth": lately + (0 if call.case_id else 1),
        "may_end_at": call.abusive_at + ENDURED if call.abusive_at else None,
        "record": Draft.objects.filter(call=call, owner=by.user_id).values_list("pk", flat=True).first(),
    }


@requires(Capability.CASE_REGISTER)
@require_POST
def mark_abusive(request: HttpRequest) -> HttpResponse:
    """The caller insults or threatens, and was warned: the bar then says until when the agent bears with it."""
    by, call = acting(request), live_call(acting(request))
    if call is None:
        raise NotNow(_("This call is over. A note on the case can still say how it went."))
    call = telephony.mark_abusive(call, by=by, at=timezone.now())
    return render(request, "cases/_console_call.html", bar_of(call, by))


@requires(Capability.CASE_REGISTER)
@require_GET
def call_bar(request: HttpRequest) -> HttpResponse:
    """Asked for every few seconds; silent while nothing has changed."""
    by = acting(request)
    call = live_call(by)
    if request.GET.get("shown", "") == (str(call.pk) if call else ""):
        return HttpResponse(status=204)
    return render(request, "cases/_console_call.html", bar_of(call, by))
