"""What a ruling does, for every kind of decision. A preview of a ruling is this very code, undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

from cases import disputing, excluding, extending, refusing, returning, suspending, unreached, workflow
from cases.models import Case, Decision, DecisionKind, DecisionState, EventKind
from cases.notifications import unit_notice
from cases.procedures import PROCEDURES
from cases.registration import check_unit_takes_cases
from hotline import outbox
from hotline.acts import Invalid, NotNow
from hotline.models import Membership, Organisation

GRANTED: dict[DecisionKind, Callable[..., Case]] = {
    DecisionKind.BOUNCE: returning.take_back,
    DecisionKind.DISPUTE: disputing.settle,
    DecisionKind.EXTENSION: extending.extend,
    DecisionKind.SUSPENSION: suspending.suspend,
    DecisionKind.EXCLUSION: excluding.exclude,
    DecisionKind.CLOSING: unreached.close,
    DecisionKind.REFUSAL: refusing.uphold,
}
REJECTED: dict[DecisionKind, EventKind] = {
    DecisionKind.BOUNCE: EventKind.BOUNCE_REJECTED,
    DecisionKind.EXTENSION: EventKind.EXTENSION_REJECTED,
    DecisionKind.SUSPENSION: EventKind.SUSPENSION_REJECTED,
    DecisionKind.EXCLUSION: EventKind.EXCLUSION_REJECTED,
    DecisionKind.CLOSING: EventKind.CLOSING_REJECTED,
}


def grant(
    case: Case, decision: Decision, *, by: Membership, at: datetime, ruling: str, unit: Organisation | None = None
) -> Case:
    """The last yes, on a locked case. Raises Invalid for a unit that cannot have it, NotNow if it comes too late."""
    kind = DecisionKind(decision.kind)
    if not PROCEDURES[kind].names_unit:
        unit = None
    if kind == DecisionKind.DISPUTE:
        _check_dispute(unit, ruling, at)
        decision.final = True
    settle(decision, DecisionState.GRANTED, by=by, at=at, ruling=ruling, unit=unit)
    return GRANTED[kind](case, decision, by=by, at=at, ruling=ruling, unit=unit)


def _check_dispute(unit: Organisation | None, ruling: str, at: datetime) -> None:
    if unit is None:
        raise Invalid(_("Name the unit that must act."), field="unit")
    check_unit_takes_cases(unit, at, field="unit")
    if not ruling:
        raise Invalid(_("Give the reason of the ruling; all units read it."), field="ruling")


def reject(case: Case, decision: Decision, *, by: Membership, at: datetime, ruling: str, final: bool = False) -> Case:
    """The no, on a locked case."""
    kind = DecisionKind(decision.kind)
    if kind == DecisionKind.DISPUTE:
        raise NotNow(_("A dispute ends with a unit: name the one that must act."))
    decision.final = final and kind == DecisionKind.BOUNCE
    stays_with = decision.assignment.unit if decision.final and decision.assignment else None
    settle(decision, DecisionState.REJECTED, by=by, at=at, ruling=ruling, unit=stays_with)
    if kind == DecisionKind.REFUSAL:
        return refusing.overturn(case, decision, by=by, at=at, ruling=ruling)
    facts = {"decision": decision.pk, "final": decision.final}
    case = workflow.record(
        case, REJECTED[kind], by=by, at=at, assignment=decision.assignment, why=ruling, payload=facts
    )
    if decision.assignment:
        unit = decision.assignment.unit_id
        outbox.post(unit_notice(unit, "decision_rejected", case, at=at, by=by, what=kind.label, ruling=ruling))
    return case


def settle(
    decision: Decision,
    state: DecisionState,
    *,
    by: Membership,
    at: datetime,
    ruling: str,
    unit: Organisation | None = None,
) -> None:
    """Write the ruling down: by whom, as what, when, why, and for which unit and category, so that others can learn."""
    decision.state, decision.ruled_by_id, decision.ruled_as, decision.ruled_at = state, by.user_id, by.role, at
    decision.ruling, decision.ruled_unit, decision.category_id = ruling, unit, decision.case.category_id
    decision.save()
