"""Calls as the telephone platform reports them. Events may come twice, late or out of order; the row is their sum."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Call, Case, Citizen
from cases.models.call import Direction
from cases.permissions import check
from hotline.acts import Invalid, NotAllowed, verb
from hotline.models import Membership
from hotline.privacy import InvalidPhone, blind_index, normalise_phone
from hotline.roles import Capability

RECENT = timedelta(days=30)


class CallAct(models.TextChoices):
    """What the platform says has happened."""

    OFFERED = "offered", gettext_lazy("offered")
    ANSWERED = "answered", gettext_lazy("answered")
    ENDED = "ended", gettext_lazy("ended")
    ABANDONED = "abandoned", gettext_lazy("abandoned by the caller")
    UPDATED = "updated", gettext_lazy("facts added")


@dataclass(frozen=True)
class CallEvent:
    """One report. Facts that it does not carry stay as they were."""

    platform_id: str
    act: str
    at: datetime
    direction: str = Direction.INBOUND
    caller: str = ""
    queue: str = ""
    language: str = ""
    agent: str = ""
    hold_seconds: int | None = None
    wrap_up_seconds: int | None = None
    recording: str = ""


@verb
def record_call(event: CallEvent, *, by: Membership | None, at: datetime) -> Call:
    """Add one report to its call; ``by=None`` is the platform on this machine. Raises Invalid, NotAllowed."""
    if by is not None:
        check(by, Capability.CALL_RECORD)
    _check_event(event)
    Call.objects.bulk_create(
        [Call(platform_id=event.platform_id, direction=event.direction, offered_at=event.at)], ignore_conflicts=True
    )
    call = Call.objects.select_for_update().get(platform_id=event.platform_id)
    _set_times(call, event)
    _set_facts(call, event)
    call.save()
    return call


@verb
def link_call(call: Call, case: Case, *, by: Membership, at: datetime) -> Call:
    """Say which case a call was about, when it led to none of its own."""
    if call.agent_id != by.user_id:
        raise NotAllowed(_("This call was answered by somebody else."))
    call.case, call.citizen_id = case, case.citizen_id or call.citizen_id
    call.save(update_fields=["case", "citizen"])
    return call


def calls_lately(citizen: Citizen, *, by: Membership, at: datetime) -> int:
    """How many calls within 30 days were about this citizen's cases, as far as the person may know of them."""
    reach = Call.objects.visible_to(by)
    return reach.filter(case__citizen=citizen, offered_at__gte=at - RECENT, offered_at__lte=at).count()


def _check_event(event: CallEvent) -> None:
    if not event.platform_id or len(event.platform_id) > 80 or "\x00" in event.platform_id:
        raise Invalid(_("Give the telephone platform's own id of the call."), field="platform_id")
    if event.act not in CallAct.values:
        raise Invalid(_("Say what happened: offered, answered, ended, abandoned or updated."), field="act")
    if event.direction not in Direction.values:
        raise Invalid(_("A call is inbound or outbound."), field="direction")


def _set_times(call: Call, event: CallEvent) -> None:
    """A call begins with its earliest report; answered wins over abandoned; the first end stays."""
    call.offered_at = min(call.offered_at, event.at)
    if event.act == CallAct.ANSWERED:
        call.answered_at, call.abandoned = call.answered_at or event.at, False
    if event.act in (CallAct.ENDED, CallAct.ABANDONED):
        call.ended_at = call.ended_at or event.at
    if event.act == CallAct.ABANDONED:
        call.abandoned = call.answered_at is None


def _set_facts(call: Call, event: CallEvent) -> None:
    if event.caller and not call.caller:
        call.caller, call.citizen = _caller(event.caller)
    if event.agent:
        answering = _answering(event)
        call.agent_id, call.organisation_id = answering.user_id, answering.organisation_id
    call.queue = event.queue[:40] or call.queue
    call.language = event.language[:40] or call.language
    call.recording = event.recording[:200] or call.recording
    call.hold_seconds = max(call.hold_seconds, event.hold_seconds or 0)
    if event.wrap_up_seconds is not None:
        call.wrap_up_seconds = max(0, event.wrap_up_seconds)


def _caller(number: str) -> tuple[str, Citizen | None]:
    """The number in E.164, and who is known by it; what is no number is kept as the platform gave it."""
    try:
        phone = normalise_phone(number)
    except InvalidPhone:
        return number[:40], None
    return phone, Citizen.objects.filter(phone_index=blind_index("citizen.phone", phone)).first()


def _answering(event: CallEvent) -> Membership:
    """The membership behind the platform's agent: a staff number or a username. Raises Invalid."""
    found = Membership.objects.current(event.at).filter(
        Q(user__staff_number=event.agent) | Q(user__username=event.agent)
    )
    for membership in found.order_by("-created_at"):
        if membership.can(Capability.CASE_REGISTER):
            return membership
    raise Invalid(_("Nobody with the number %(agent)s takes calls.") % {"agent": event.agent}, field="agent")
