"""Calls as the telephone platform reports them, and what a call was about. Nobody types calls in."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from cases.call_merging import CallAct, CallEvent, check_event, merge
from cases.models import Call, CallPlatform, CallReport, Case, Citizen
from cases.permissions import check
from hotline import rows
from hotline.acts import NotAllowed, NotNow, verb
from hotline.models import Membership
from hotline.roles import Capability
from hotline.webhooks import WINDOW

__all__ = ["CallAct", "CallEvent", "calls_lately", "link_call", "mark_abusive", "receive_report", "record_call"]

RECENT = timedelta(days=30)


@verb
def record_call(event: CallEvent, *, by: Membership | None, at: datetime) -> Call:
    """Add one report to its call; ``by=None`` is the platform on this machine. Raises Invalid, NotAllowed."""
    if by is not None:
        check(by, Capability.CALL_RECORD)
    return _added(event)


@verb
def receive_report(platform: CallPlatform, event: CallEvent, *, by: Membership, at: datetime, digest: bytes) -> Call:
    """Add one signed report to its call. The same message word for word is refused: it was recorded, or is overheard.

    The platform repeats a report by signing it again, which changes nothing. Raises Invalid, NotAllowed, NotNow.
    """
    check(by, Capability.CALL_RECORD)
    CallReport.objects.filter(at__lt=at - 2 * WINDOW).delete()
    if not rows.insert([], once=CallReport(platform=platform, digest=digest, at=at)):
        raise NotNow(_("This message was received before."))
    return _added(event)


@verb
def link_call(call: Call, case: Case, *, by: Membership, at: datetime) -> Call:
    """Say which case a call was about, when it led to none of its own."""
    if call.agent_id != by.user_id:
        raise NotAllowed(_("This call was answered by somebody else."))
    call.case, call.citizen_id = case, case.citizen_id or call.citizen_id
    call.save(update_fields=["case", "citizen"])
    return call


@verb
def mark_abusive(call: Call, *, by: Membership, at: datetime) -> Call:
    """The agent on the line says that the caller insults or threatens, and has warned them. Twice changes nothing.

    From the warning on the hotline's rule lets the agent end the call; what it was about is still taken down. Raises
    NotAllowed, NotNow.
    """
    row = Call.objects.select_for_update().get(pk=call.pk)
    if row.agent_id != by.user_id:
        raise NotAllowed(_("This call was answered by somebody else."))
    if row.answered_at is None or row.ended_at is not None:
        raise NotNow(_("This call is over. A note on the case can still say how it went."))
    if row.abusive_at is None:
        row.abusive_at = at
        row.save(update_fields=["abusive_at"])
    return row


def calls_lately(citizen: Citizen, *, by: Membership, at: datetime) -> int:
    """How many calls within 30 days were about this citizen's cases, as far as the person may know of them."""
    reach = Call.objects.visible_to(by)
    return reach.filter(case__citizen=citizen, offered_at__gte=at - RECENT, offered_at__lte=at).count()


def _added(event: CallEvent) -> Call:
    check_event(event)
    Call.objects.bulk_create(
        [Call(platform_id=event.platform_id, direction=event.direction, offered_at=event.at)], ignore_conflicts=True
    )
    call = Call.objects.select_for_update().get(platform_id=event.platform_id)
    merge(call, event)
    call.save()
    return call
