"""Asking for a ruling: what every request has, whatever it asks for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cases import deadlines, reasons, workflow
from cases.models import (
    HANDLED,
    Assignment,
    AssignmentRole,
    AssignmentState,
    Case,
    ClockKind,
    Decision,
    DecisionKind,
    DecisionState,
    EventKind,
)
from cases.notifications import office_notice
from cases.procedures import PROCEDURES, Approval
from cases.registration import check_length
from hotline import outbox
from hotline.acts import Invalid, NotNow
from hotline.models import Membership
from hotline.plain_text import clean_text

REJECTIONS = 2  # after so many of one kind the unit asks no more


def checked(kind: DecisionKind, reason: str, grounds: str, evidence: str = "", *, at: datetime) -> tuple[str, str]:
    """Grounds and evidence as they are kept. Raises Invalid naming what is missing."""
    chosen = reasons.chosen(kind, reason, at, missing=_("Choose a reason."))
    grounds, evidence = clean_text(grounds), clean_text(evidence)
    if len(grounds) < 5:
        raise Invalid(_("Give the grounds: the rule, the facts, and who should act instead."), field="grounds")
    check_length(grounds, field="grounds")
    if PROCEDURES[kind].needs_evidence and not evidence:
        raise Invalid(_("Name what proves it: a document, a picture, a recording."), field="evidence")
    reasons.check_words(chosen, evidence, field="evidence")
    return grounds, evidence[:300]


def told_to_citizen(words: str) -> str:
    """What the citizen will read, if it is granted. Raises Invalid if that is hardly a sentence."""
    words = clean_text(words)
    if len(words) < 10:
        raise Invalid(_("Write what the citizen will read, in full sentences."), field="told")
    check_length(words, field="told")
    return words


def check_handling_lead(case: Case, assignment: Assignment, kind: DecisionKind) -> None:
    """Raises NotNow unless the lead unit is handling the case."""
    is_lead = assignment.role == AssignmentRole.LEAD and assignment.parent_id is None
    if case.status not in HANDLED or assignment.state != AssignmentState.HANDLING or not is_lead:
        raise NotNow(
            _("“%(what)s” can be asked for by the lead unit while it handles the case.") % {"what": kind.label},
            allowed=workflow.allowed_moves(case),
        )


def check_may_ask(case: Case, assignment: Assignment, kind: DecisionKind) -> None:
    """Raises NotNow if the same is asked for already, or was rejected often enough."""
    before = Decision.objects.filter(case=case, assignment=assignment, kind=kind)
    if before.filter(state=DecisionState.ASKED).exists():
        raise NotNow(_("“%(what)s” was asked for already; the hotline rules on it.") % {"what": kind.label})
    if before.filter(state=DecisionState.REJECTED).count() >= REJECTIONS:
        raise NotNow(_("“%(what)s” was rejected %(n)s times; handle the case.") % {"what": kind.label, "n": REJECTIONS})


def ask(
    case: Case,
    kind: DecisionKind,
    *,
    by: Membership | None,
    at: datetime,
    assignment: Assignment | None = None,
    **given: Any,
) -> Decision:
    """Make the request, with the time by which it is to be ruled on."""
    unit = assignment.unit if assignment else None
    due_at = deadlines.start(case, ClockKind.DECISION, at, unit=unit).due_at
    asked_by = by.user_id if by else None
    return Decision.objects.create(
        case=case, assignment=assignment, kind=kind, asked_by_id=asked_by, asked_at=at, due_at=due_at, **given
    )


def ask_for(
    case: Case,
    assignment: Assignment,
    kind: DecisionKind,
    event: EventKind,
    *,
    by: Membership,
    at: datetime,
    facts: dict[str, Any] | None = None,
    **given: Any,
) -> Case:
    """A unit's request: made, recorded, and told to those whose turn it is."""
    decision = ask(case, kind, by=by, at=at, assignment=assignment, **given)
    payload = {"decision": decision.pk, "reason": decision.reason, **(facts or {})}
    case = workflow.record(case, event, by=by, at=at, assignment=assignment, why=decision.grounds, payload=payload)
    tell(case, kind, PROCEDURES[kind].approvals[0], at=at)
    return case


def tell(case: Case, kind: DecisionKind, approval: Approval, *, at: datetime) -> None:
    """Tell those whose turn it is that a request waits."""
    outbox.post(office_notice("decision_asked", case, at=at, role=approval.told, what=kind.label))
