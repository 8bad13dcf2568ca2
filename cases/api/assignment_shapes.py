"""How a unit's part in a case is told: the assignment, its clocks, its replies."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict

from cases.models import TO_DO, Assignment, Case, Clock, Reply
from hotline.api.words import Coded, Person, choice, coded_or_none, moment, named_one, person
from hotline.models import Membership


class AssignmentShape(TypedDict):
    """One unit's part in one round. ``leg_due_at`` is when the present leg is due: sign-off, then handling.

    Parts form a tree of up to four tiers: ``parent`` is the part one tier up, whose unit reviews this one's reply; the
    lead's stands at the root, and its reply goes to the hotline.
    """

    id: int
    parent: int | None
    tier: int
    case: str
    case_version: int
    title: str
    unit: Coded
    role: Coded
    state: Coded
    round: int
    hop: int
    note: str
    dispatched_at: datetime
    dispatched_by: Person | None
    opened_at: datetime | None
    signed_at: datetime | None
    signed_by: Person | None
    handler: Person | None
    contacted_at: datetime | None
    replied_at: datetime | None
    ended_at: datetime | None
    leg_due_at: datetime | None


class AssignmentRow(AssignmentShape):
    """An assignment in a unit's list."""

    overdue: bool
    urgency: Coded
    status: Coded


class ClockShape(TypedDict):
    """One limit. The amount is the policy's as it was when the clock started."""

    kind: Coded
    assignment: int | None
    amount: int
    unit: Coded
    round: int
    started_at: datetime
    due_at: datetime
    extended: int
    paused_at: datetime | None
    met_at: datetime | None
    stopped_at: datetime | None
    late: bool
    card: str


class ReplyShape(TypedDict):
    """What a unit answered. ``internal_note`` is told to the public side only."""

    assignment: int
    organisation: Coded
    author: Person | None
    round: int
    submitted_at: datetime
    claim: Coded
    beyond_powers: bool
    contacted: bool
    contacted_at: datetime | None
    solved: Coded
    unsolved_reason: Coded | None
    measures: str
    promised_on: date | None
    public_reply: str
    internal_note: str | None
    state: Coded
    reviewed_at: datetime | None
    review_reason: Coded | None
    review_note: str


def assignment(part: Assignment, case: Case) -> AssignmentShape:
    return {
        "id": part.pk,
        "parent": part.parent_id,
        "tier": part.tier,
        "case": case.number,
        "case_version": case.version,
        "title": case.title,
        "unit": named_one(part.unit),
        "role": choice(part, "role"),
        "state": choice(part, "state"),
        "round": part.round,
        "hop": part.hop,
        "note": part.note,
        "dispatched_at": moment(part.dispatched_at),
        "dispatched_by": person(part.dispatched_by),
        "opened_at": moment(part.opened_at),
        "signed_at": moment(part.signed_at),
        "signed_by": person(part.signed_by),
        "handler": person(part.handler),
        "contacted_at": moment(part.contacted_at),
        "replied_at": moment(part.replied_at),
        "ended_at": moment(part.ended_at),
        "leg_due_at": moment(part.leg_due_at),
    }


def assignment_row(part: Assignment, at: datetime) -> AssignmentRow:
    return {
        **assignment(part, part.case),
        "overdue": bool(part.state in TO_DO and part.leg_due_at and part.leg_due_at < at),
        "urgency": choice(part.case, "urgency"),
        "status": choice(part.case, "status"),
    }


def clock(limit: Clock, at: datetime) -> ClockShape:
    return {
        "kind": choice(limit, "kind"),
        "assignment": limit.assignment_id,
        "amount": limit.amount,
        "unit": choice(limit, "unit"),
        "round": limit.round,
        "started_at": moment(limit.started_at),
        "due_at": moment(limit.due_at),
        "extended": limit.extended,
        "paused_at": moment(limit.paused_at),
        "met_at": moment(limit.met_at),
        "stopped_at": moment(limit.stopped_at),
        "late": limit.is_late(at),
        "card": limit.card,
    }


def reply(written: Reply, by: Membership) -> ReplyShape:
    return {
        "assignment": written.assignment_id,
        "organisation": named_one(written.organisation),
        "author": person(written.author),
        "round": written.round,
        "submitted_at": moment(written.submitted_at),
        "claim": choice(written, "claim"),
        "beyond_powers": written.beyond_powers,
        "contacted": written.contacted,
        "contacted_at": moment(written.contacted_at),
        "solved": choice(written, "solved"),
        "unsolved_reason": coded_or_none(written.unsolved_reason, written.unsolved_reason_label),
        "measures": written.measures,
        "promised_on": written.promised_on,
        "public_reply": written.public_reply,
        "internal_note": written.internal_note if by.is_government else None,
        "state": choice(written, "state"),
        "reviewed_at": moment(written.reviewed_at),
        "review_reason": coded_or_none(written.review_reason, written.review_reason_label),
        "review_note": written.review_note,
    }
