"""A call as the sum of the reports on it, which may come twice, late or out of order: in any order the same call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Call, Citizen
from cases.models.call import Direction
from hotline.acts import Invalid
from hotline.models import Membership, Organisation
from hotline.privacy import InvalidPhone, blind_index, normalise_phone
from hotline.roles import Capability

CALLER = "call.phone"  # the name of the index by which calls of one number find each other


class CallAct(models.TextChoices):
    """What the platform says has happened."""

    OFFERED = "offered", gettext_lazy("offered")
    ANSWERED = "answered", gettext_lazy("answered")
    HELD = "held", gettext_lazy("put on hold")
    RESUMED = "resumed", gettext_lazy("taken up again")
    ENDED = "ended", gettext_lazy("ended")
    ABANDONED = "abandoned", gettext_lazy("abandoned by the caller")
    MENU = "menu", gettext_lazy("ended in the menu")
    UPDATED = "updated", gettext_lazy("facts added")


OVER = (CallAct.ENDED, CallAct.ABANDONED, CallAct.MENU)


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
    organisation: str = ""
    hold_seconds: int | None = None
    wrap_up_seconds: int | None = None
    recording: str = ""


def check_event(event: CallEvent) -> None:
    """Raise Invalid for what no report can say."""
    if not event.platform_id or len(event.platform_id) > 80 or "\x00" in event.platform_id:
        raise Invalid(_("Give the telephone platform's own id of the call."), field="platform_id")
    if event.act not in CallAct.values:
        raise Invalid(
            _("Say what happened: offered, answered, held, resumed, ended, abandoned, menu or updated."), field="act"
        )
    if event.direction not in Direction.values:
        raise Invalid(_("A call is inbound or outbound."), field="direction")


def merge(call: Call, event: CallEvent) -> None:
    """Add one report to its call. Raises Invalid if the two cannot both be true."""
    _set_times(call, event)
    _set_holds(call, event)
    _set_facts(call, event)
    if call.answered_at and call.ended_at and call.ended_at < call.answered_at:
        raise Invalid(_("This call would end before it was answered."), field="at")


def _set_times(call: Call, event: CallEvent) -> None:
    """A call begins with its earliest report; answered wins over abandoned; the first answer and the first end stay."""
    call.offered_at = min(call.offered_at, event.at)
    if event.act == CallAct.ANSWERED:
        call.answered_at = min(call.answered_at or event.at, event.at)
    if event.act in OVER:
        call.ended_at = min(call.ended_at or event.at, event.at)
    call.abandoned = call.answered_at is None and (call.abandoned or event.act in (CallAct.ABANDONED, CallAct.MENU))
    call.in_menu = call.answered_at is None and (call.in_menu or event.act == CallAct.MENU)


def _set_holds(call: Call, event: CallEvent) -> None:
    """Every hold that was reported counts; where none was, the sum that the platform gives."""
    if event.act in (CallAct.HELD, CallAct.RESUMED):
        mark = [event.at.isoformat(), str(event.act)]
        call.held = sorted([*call.held, mark]) if mark not in call.held else call.held
    if call.held:
        call.hold_seconds = _held_for(call.held, call.ended_at)
    else:
        call.hold_seconds = max(call.hold_seconds, event.hold_seconds or 0)


def _held_for(marks: list[list[str]], ended_at: datetime | None) -> int:
    """Seconds from each hold to the next taking up, or to the end of the call."""
    spent, since = timedelta(), None
    for moment, act in marks:
        at = datetime.fromisoformat(moment)
        if act == CallAct.HELD:
            since = since or at
        elif since is not None:
            spent, since = spent + (at - since), None
    if since is not None and ended_at is not None:
        spent += max(ended_at - since, timedelta())
    return int(spent.total_seconds())


def _set_facts(call: Call, event: CallEvent) -> None:
    if event.caller and not call.caller:
        call.caller, call.caller_index, call.citizen = caller_of(event.caller)
    if event.agent:
        _set_agent(call, event)
    elif event.organisation and call.agent_id is None:
        call.organisation = _contractor(event.organisation)
    call.queue = event.queue[:40] or call.queue
    call.language = event.language[:40] or call.language
    call.recording = event.recording[:200] or call.recording
    if event.wrap_up_seconds is not None:
        call.wrap_up_seconds = max(0, event.wrap_up_seconds, call.wrap_up_seconds or 0)


def _set_agent(call: Call, event: CallEvent) -> None:
    """A call that is passed on is that of the agent named last."""
    who = answering(event.agent, event.at)
    named = (event.at, who.user_id)
    if call.agent_since is None or call.agent_id is None or named > (call.agent_since, call.agent_id):
        call.agent_since = event.at
        call.agent_id, call.organisation_id = who.user_id, who.organisation_id


def caller_of(number: str) -> tuple[str, bytes | None, Citizen | None]:
    """The number in E.164, its index, and who is known by it; what is no number is kept as the platform gave it."""
    try:
        phone = normalise_phone(number)
    except InvalidPhone:
        return number[:40], None, None
    citizen = Citizen.objects.filter(phone_index=blind_index("citizen.phone", phone)).first()
    return phone, blind_index(CALLER, phone), citizen


def answering(agent: str, at: datetime) -> Membership:
    """The membership behind the platform's agent: a staff number or a username, as of then. Raises Invalid."""
    found = Membership.objects.current(at).filter(Q(user__staff_number=agent) | Q(user__username=agent))
    for membership in found.order_by("-created_at"):
        if membership.can(Capability.CASE_REGISTER):
            return membership
    raise Invalid(_("Nobody with the number %(agent)s takes calls.") % {"agent": agent}, field="agent")


def _contractor(code: str) -> Organisation:
    found = Organisation.objects.filter(code=code[:20], kind=Organisation.Kind.CONTRACTOR).first()
    if found is None:
        raise Invalid(_("There is no contractor with the code %(code)s.") % {"code": code}, field="organisation")
    return found
