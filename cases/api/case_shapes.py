"""How a case is told: a row of a list, and the whole of it. The citizen is masked, always."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypedDict

from cases import workflow
from cases.api.assignment_shapes import AssignmentShape, ClockShape, ReplyShape, assignment, clock, reply
from cases.api.decision_shapes import NAMED, DecisionShape, decision
from cases.discretion import clocks_for, tells_author, why_told
from cases.models import OWED, Assignment, Case, CaseEvent, CaseQuerySet, Citizen, Decision, Reply, Status
from cases.permissions import may_know_citizen, may_see_identity, something_to_reveal
from hotline.api.words import Coded, Person, choice, choice_or_none, moment, named, named_one, person
from hotline.masking import mask_text
from hotline.models import Membership


class CitizenShape(TypedDict):
    """Who asks, masked; the full identity is shown by ``reveal`` only."""

    name: str
    phone: str
    address: str
    language: str


class CaseRow(TypedDict):
    """A case as lists and moves tell it."""

    number: str
    version: int
    title: str
    kind: Coded
    urgency: Coded
    status: Coded
    hands: Coded
    outcome: Coded | None
    channel: Coded
    category: Coded | None
    region: Coded | None
    place: str
    unit: Coded | None
    confidential: bool
    citizen: CitizenShape | None
    round: int
    hops: int
    registered_at: datetime
    changed_at: datetime
    promise_due_at: datetime | None
    overdue: bool
    first_closed_at: datetime | None
    last_closed_at: datetime | None


class CaseDetail(CaseRow):
    """The whole case. ``moves`` are those its status and your role allow now."""

    words: str
    latitude: float | None
    longitude: float | None
    callback_wish: Coded
    upstream_platform: str
    upstream_number: str
    taken_by: Person | None
    taken_by_organisation: Coded | None
    proposed_unit: Coded | None
    subject_unit: Coded | None
    provisional: bool
    identity_can_be_revealed: bool
    moves: list[str]
    clocks: list[ClockShape]
    assignments: list[AssignmentShape]
    replies: list[ReplyShape]
    decisions: list[DecisionShape]


class EventShape(TypedDict):
    """One thing that happened. ``by`` is nobody for the system itself, and where it is not told."""

    id: int
    kind: Coded
    at: datetime
    by: Person | None
    role: str
    organisation: Coded | None
    why: str
    from_status: str
    to_status: str
    round: int
    version: int


MOVES_HERE = {
    "dispatch",
    "sign",
    "reply",
    "accept",
    "send_back",
    "reopen",
    "withdraw",
    "hand_over",
    "dispute",
    "resume",
}
NAMED_OTHERWISE = {"dispute": "refer"}


def with_names(cases: CaseQuerySet) -> CaseQuerySet:
    """Cases with whom they come from, in one query; the rest of a row's names is within reach."""
    return cases.select_related("citizen")


def row(case: Case, by: Membership, at: datetime) -> CaseRow:
    hands = workflow.HANDS[Status(case.status)]
    return {
        "number": case.number,
        "version": case.version,
        "title": case.title,
        "kind": choice(case, "kind"),
        "urgency": choice(case, "urgency"),
        "status": choice(case, "status"),
        "hands": {"code": hands, "label": str(workflow.HANDS_LABELS[hands])},
        "outcome": choice_or_none(case, "outcome"),
        "channel": named_one(case.channel),
        "category": named(case.category),
        "region": named(case.region),
        "place": case.place,
        "unit": named(case.unit),
        "confidential": case.confidential,
        "citizen": citizen(case, by),
        "round": case.round,
        "hops": case.hops,
        "registered_at": moment(case.registered_at),
        "changed_at": moment(case.changed_at),
        "promise_due_at": moment(case.promise_due_at),
        "overdue": bool(case.status in OWED and case.promise_due_at and case.promise_due_at < at),
        "first_closed_at": moment(case.first_closed_at),
        "last_closed_at": moment(case.last_closed_at),
    }


def citizen(case: Case, by: Membership) -> CitizenShape | None:
    """Masked; of a confidential case most learn nothing at all, not even whether somebody is known."""
    who: Citizen | None = case.citizen
    if who is None or not may_know_citizen(by, case):
        return None
    return {
        "name": who.masked_name,
        "phone": who.masked_phone,
        "address": who.masked_address,
        "language": who.language,
    }


def detail(case: Case, by: Membership, at: datetime) -> CaseDetail:
    """Everything of one case, in four queries besides the case's own."""
    assignments = Assignment.objects.filter(case=case).select_related("handler", "signed_by", "dispatched_by")
    replies = Reply.objects.filter(case=case).select_related("author")
    decisions = Decision.objects.filter(case=case).select_related(*NAMED)
    return {
        **row(case, by, at),
        "words": mask_text(case.words),
        "latitude": case.latitude,
        "longitude": case.longitude,
        "callback_wish": choice(case, "callback_wish"),
        "upstream_platform": case.upstream_platform,
        "upstream_number": case.upstream_number,
        "taken_by": person(case.taken_by),
        "taken_by_organisation": named(case.taken_by_organisation),
        "proposed_unit": named(case.proposed_unit),
        "subject_unit": named(case.subject_unit),
        "provisional": case.provisional,
        "identity_can_be_revealed": may_see_identity(by, case) and something_to_reveal(case),
        "moves": moves(case, by),
        "clocks": [clock(c, at) for c in clocks_for(by, case).order_by("started_at", "id")],
        "assignments": [assignment(a, case) for a in assignments.order_by("dispatched_at", "id")],
        "replies": [reply(r, by) for r in replies.order_by("submitted_at", "id")],
        "decisions": [decision(d, case) for d in decisions.order_by("asked_at", "id")],
    }


def moves(case: Case, by: Membership) -> list[str]:
    """The moves of the status table that lead on from here and that the person's role may make."""
    possible = (name for name in workflow.allowed_moves(case) if name in MOVES_HERE)
    wanted: Any = {name: workflow.MOVES[name].capability for name in MOVES_HERE}
    return [NAMED_OTHERWISE.get(name, name.replace("_", "-")) for name in possible if by.can(wanted[name])]


def event(happened: CaseEvent, by: Membership) -> EventShape:
    known = tells_author(happened, by)
    return {
        "id": happened.pk,
        "kind": choice(happened, "kind"),
        "at": moment(happened.at),
        "by": person(happened.by) if known else None,
        "role": happened.role if known else "",
        "organisation": named(happened.organisation) if known else None,
        "why": why_told(happened, by),
        "from_status": happened.from_status,
        "to_status": happened.to_status,
        "round": happened.round,
        "version": happened.version,
    }
