"""How a request for a ruling is told."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from cases.api.words import Coded, Person, choice, moment, named, person
from cases.models import Case, Decision


class DecisionShape(TypedDict):
    """A return or an extension somebody asked for, and how it was ruled on."""

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
    proposed_unit: Coded | None
    amount: int | None
    asked_by: Person | None
    asked_at: datetime
    due_at: datetime | None
    ruled_at: datetime | None
    ruling: str
    final: bool


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
        "proposed_unit": named(asked.proposed_unit),
        "amount": asked.amount,
        "asked_by": person(asked.asked_by),
        "asked_at": moment(asked.asked_at),
        "due_at": moment(asked.due_at),
        "ruled_at": moment(asked.ruled_at),
        "ruling": asked.ruling,
        "final": asked.final,
    }
