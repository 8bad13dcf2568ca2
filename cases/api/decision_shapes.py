"""How a request for a ruling is told, and what a ruling would do."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from cases.models import Case, Decision
from cases.previews import ClockChange, Outlook
from hotline.api.words import Coded, Person, choice, moment, named, person

NAMED = ("assignment", "asked_by", "approved_by", "ruled_by")


class DecisionShape(TypedDict):
    """What somebody asked for, and how it was ruled on. Nobody in ``asked_by``: the system, as a limit ran out."""

    id: int
    case: str
    case_version: int
    title: str
    assignment: int | None
    unit: Coded | None
    kind: Coded
    state: Coded
    reason: Coded
    grounds: str
    evidence: str
    told: str
    proposed_unit: Coded | None
    amount: int | None
    review_at: datetime | None
    asked_by: Person | None
    asked_at: datetime
    due_at: datetime | None
    approvals_left: int
    approved_by: Person | None
    approved_at: datetime | None
    ruled_by: Person | None
    ruled_at: datetime | None
    ruling: str
    ruled_unit: Coded | None
    final: bool


class ClockChangeShape(TypedDict):
    """A limit before and after a ruling: it starts, stops, moves or stays."""

    kind: Coded
    unit: Coded | None
    change: str
    before: datetime | None
    after: datetime | None
    stands_still: bool


class OutlookShape(TypedDict):
    """What a ruling would do. ``approvals`` is how many people must still say yes for it."""

    status_before: Coded
    status_after: Coded
    unit: Coded | None
    approvals: int
    clocks: list[ClockChangeShape]


def decision(asked: Decision, case: Case) -> DecisionShape:
    return {
        "id": asked.pk,
        "case": case.number,
        "case_version": case.version,
        "title": case.title,
        "assignment": asked.assignment_id,
        "unit": named(asked.assignment.unit) if asked.assignment else None,
        "kind": choice(asked, "kind"),
        "state": choice(asked, "state"),
        "reason": {"code": asked.reason, "label": asked.reason_label},
        "grounds": asked.grounds,
        "evidence": asked.evidence,
        "told": asked.told,
        "proposed_unit": named(asked.proposed_unit),
        "amount": asked.amount,
        "review_at": moment(asked.review_at),
        "asked_by": person(asked.asked_by),
        "asked_at": moment(asked.asked_at),
        "due_at": moment(asked.due_at),
        "approvals_left": asked.approvals_left if asked.state == "asked" else 0,
        "approved_by": person(asked.approved_by),
        "approved_at": moment(asked.approved_at),
        "ruled_by": person(asked.ruled_by),
        "ruled_at": moment(asked.ruled_at),
        "ruling": asked.ruling,
        "ruled_unit": named(asked.ruled_unit),
        "final": asked.final,
    }


def outlook_shape(seen: Outlook) -> OutlookShape:
    return {
        "status_before": {"code": seen.before, "label": str(seen.before.label)},
        "status_after": {"code": seen.after, "label": str(seen.after.label)},
        "unit": named(seen.unit),
        "approvals": seen.approvals,
        "clocks": [_clock(change) for change in seen.clocks],
    }


def _clock(seen: ClockChange) -> ClockChangeShape:
    return {
        "kind": {"code": seen.kind, "label": str(seen.kind.label)},
        "unit": named(seen.unit),
        "change": seen.change,
        "before": moment(seen.before),
        "after": moment(seen.after),
        "stands_still": seen.stands_still,
    }
