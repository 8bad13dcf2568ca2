"""What a granted return does: the case leaves the unit, for the one named, the dispatchers or the arbiter."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from cases import deadlines, dispatching, disputing, workflow
from cases.models import AssignmentState, Case, ClockKind, Decision, DecisionKind, DisputeReason, EventKind, Status
from cases.notifications import local_time, unit_notice
from cases.registration import check_unit_takes_cases
from hotline import ledger, outbox
from hotline.acts import Invalid
from hotline.models import Membership, Organisation


def take_back(
    case: Case, decision: Decision, *, by: Membership, at: datetime, ruling: str, unit: Organisation | None = None
) -> Case:
    """End the unit's part and send the case on. The promise to the citizen is not touched."""
    left = decision.assignment
    if unit is not None:
        check_unit_takes_cases(unit, at, field="unit")
        if left and unit.pk == left.unit_id:
            raise Invalid(_("That is the unit which returns it. Choose another, or reject the return."), field="unit")
    dispatching.end_assignments(case, AssignmentState.RETURNED, at=at)
    workflow.stop_clocks(case, at=at, kinds=dispatching.UNIT_CLOCKS)
    facts = {"decision": decision.pk, "unit": unit.code if unit else None}
    if disputing.would_be_third_hop(case):
        case = workflow.record(case, EventKind.BOUNCE_GRANTED, by=by, at=at, why=ruling, payload=facts)
        grounds = ruling or decision.grounds
        case = disputing.open_dispute(
            case, DisputeReason.THIRD_HOP, grounds, by=by, at=at, proposed_unit=unit or decision.proposed_unit
        )
    elif unit is None:
        case.unit = None
        case = workflow.move(
            case, "take_back", Status.REGISTERED, by=by, at=at, kind=EventKind.BOUNCE_GRANTED, why=ruling, payload=facts
        )
        ledger.add(deadlines.start(case, ClockKind.DISPATCH, at))
    else:
        lead, *_others = dispatching.assign(case, unit, (), by=by, at=at, note=ruling)
        case = workflow.move(
            case,
            "redispatch",
            Status.DISPATCHED,
            by=by,
            at=at,
            kind=EventKind.BOUNCE_GRANTED,
            why=ruling,
            assignment=lead,
            payload={**facts, "hop": case.hops},
        )
        dispatching.copy_for_supervision(case, lead, by=by, at=at)
        outbox.post(unit_notice(unit, "dispatched", case, at=at, by=by, due=local_time(lead.leg_due_at or at)))
    if left is not None:
        outbox.post(unit_notice(left.unit_id, "decision_granted", case, at=at, by=by, what=DecisionKind.BOUNCE.label))
    return case
