"""What a granted extension does to the clocks."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from cases import deadlines, workflow
from cases.models import Assignment, Case, Clock, ClockKind, Decision, DecisionKind, EventKind
from cases.notifications import citizen_sms, local_time, unit_notice
from hotline import outbox
from hotline.acts import NotNow
from hotline.models import Membership


def handling_clock(assignment: Assignment) -> Clock | None:
    """The running handling clock of an assignment, locked."""
    running = Clock.objects.running().select_for_update(of=("self",)).select_related("policy")
    return running.filter(assignment=assignment, kind=ClockKind.HANDLE).first()


def extend(case: Case, decision: Decision, *, by: Membership, at: datetime, ruling: str, **_more: object) -> Case:
    """Move the unit's limit and the citizen's promise by the same amount, and tell the citizen."""
    assignment = decision.assignment
    if assignment is None or decision.amount is None:
        raise ValueError("an extension has an assignment and an amount")
    clock = handling_clock(assignment)
    if clock is None:
        raise NotNow(_("The case was answered meanwhile; there is nothing to extend."))
    if clock.extended + decision.amount > clock.policy.extension_cap:
        raise NotNow(_("With this the limit would be extended by more than its policy allows in all."))
    promise = Clock.objects.running().select_for_update().filter(case=case, kind=ClockKind.PROMISE).first()
    for running in (clock, promise):
        if running is None:
            continue
        running.extended += decision.amount
        running.extensions += 1
        deadlines.recompute(running, at=at, unit=assignment.unit).save()
    assignment.leg_due_at = clock.due_at
    assignment.save(update_fields=["leg_due_at"])
    if promise is not None:
        case.promise_due_at, case.provisional = promise.due_at, promise.provisional
    case = workflow.record(
        case,
        EventKind.EXTENSION_GRANTED,
        by=by,
        at=at,
        assignment=assignment,
        why=ruling,
        payload={"decision": decision.pk, "amount": decision.amount, "unit": clock.unit},
    )
    outbox.post(
        unit_notice(assignment.unit_id, "decision_granted", case, at=at, by=by, what=DecisionKind.EXTENSION.label),
        citizen_sms(case, "extended", at=at, by=by, due=local_time(case.promise_due_at or clock.due_at)),
    )
    return case
