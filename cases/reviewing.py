"""Reading a unit's reply before the citizen does."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case as SqlCase
from django.db.models import Value, When
from django.utils.translation import gettext as _

from cases import deadlines, reasons, surveys, workflow
from cases.models import (
    Assignment,
    AssignmentState,
    Case,
    Clock,
    ClockKind,
    DecisionKind,
    EventKind,
    Reason,
    ReasonKind,
    Reply,
    ReplyState,
    Status,
)
from cases.notifications import unit_notice
from cases.permissions import check
from hotline import outbox
from hotline.acts import NotAllowed, NotNow, verb
from hotline.models import Membership
from hotline.roles import Capability


def _under_review(case: Case, by: Membership) -> Reply:
    reply = Reply.objects.filter(case=case, state=ReplyState.SUBMITTED).select_related("assignment").first()
    if reply is None:
        raise NotNow(_("No reply of this case awaits review."), allowed=workflow.allowed_moves(case))
    if reply.author_id == by.user_id:
        raise NotAllowed(_("You wrote this reply; somebody else must review it."))
    return reply


def settle(reply: Reply, state: ReplyState, *, by: Membership, at: datetime, reason: str = "", note: str = "") -> None:
    reply.state, reply.reviewed_by_id, reply.reviewed_at = state, by.user_id, at
    reply.review_reason, reply.review_note = reason, note
    reply.save(update_fields=["state", "reviewed_by", "reviewed_at", "review_reason", "review_note"])


@verb
def accept(case: Case, *, by: Membership, at: datetime, version: int | None) -> Case:
    """Accept the reply: it becomes the answer to the citizen, and the system asks whether it helped."""
    check(by, Capability.REPLY_REVIEW, case)
    case = workflow.locked(case, version=version)
    reply = _under_review(case, by)
    settle(reply, ReplyState.ACCEPTED, by=by, at=at)
    workflow.drop_requests(case, by=by, at=at, kept=[DecisionKind.EXCLUSION])
    theirs = When(pk=reply.assignment_id, then=Value(AssignmentState.DONE))
    Assignment.objects.filter(case=case).active().update(
        state=SqlCase(theirs, default=Value(AssignmentState.WITHDRAWN)), ended_at=at, leg_due_at=None
    )
    workflow.stop_clocks(
        case,
        at=at,
        kinds=[ClockKind.REVIEW, ClockKind.PROMISE, ClockKind.SIGN, ClockKind.CONTACT, ClockKind.HANDLE],
        met=[ClockKind.REVIEW, ClockKind.PROMISE],
    )
    case = workflow.move(
        case,
        "accept",
        Status.VERIFYING,
        by=by,
        at=at,
        kind=EventKind.ACCEPTED,
        assignment=reply.assignment,
        payload={"reply": reply.pk},
    )
    return surveys.begin(case, at=at)


def why_sent_back(reason: str, note: str, *, at: datetime) -> Reason:
    """The reason chosen. Raises Invalid without one in force, or where it is not enough by itself."""
    chosen = reasons.chosen(ReasonKind.SEND_BACK, reason, at, missing=_("Choose why the reply is sent back."))
    reasons.check_words(chosen, note, field="note")
    return chosen


@verb
def send_back(case: Case, *, by: Membership, at: datetime, version: int | None, reason: str, note: str = "") -> Case:
    """Send a sub-standard reply back to its unit with the reason. The unit's handling clock goes on where it stood."""
    check(by, Capability.REPLY_REVIEW, case)
    because = why_sent_back(reason, note, at=at)
    case = workflow.locked(case, version=version)
    reply = _under_review(case, by)
    settle(reply, ReplyState.SENT_BACK, by=by, at=at, reason=reason, note=note)
    workflow.stop_clocks(case, at=at, kinds=[ClockKind.REVIEW], met=[ClockKind.REVIEW])
    assignment = reply.assignment
    clock = run_on(assignment, at)
    assignment.state, assignment.replied_at = AssignmentState.HANDLING, None
    assignment.leg_due_at = clock.due_at if clock else None
    assignment.save(update_fields=["state", "replied_at", "leg_due_at"])
    to = Status.HANDLING if case.round == 1 else Status.REHANDLING
    case = workflow.move(
        case,
        "send_back",
        to,
        by=by,
        at=at,
        kind=EventKind.SENT_BACK,
        assignment=assignment,
        why=note,
        payload={"reply": reply.pk, "reason": reason},
    )
    outbox.post(unit_notice(assignment.unit_id, "sent_back", case, at=at, by=by, reason=because.name))
    return case


def run_on(assignment: Assignment, at: datetime) -> Clock | None:
    """Set the handling clock going again: a reply that was no reply did not stop it. Its due time stays."""
    clock = Clock.objects.filter(assignment=assignment, kind=ClockKind.HANDLE).order_by("-started_at", "-id").first()
    if clock is None:
        return None
    deadlines.run_on(clock, at=at, unit=assignment.unit).save()
    return clock
