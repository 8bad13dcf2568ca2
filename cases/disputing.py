"""Disputes: a case that no unit will have goes to the arbiter, whose ruling binds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from cases import asking, dispatching, workflow
from cases.models import (
    AssignmentState,
    Case,
    CaseQuerySet,
    Clock,
    ClockKind,
    Decision,
    DecisionKind,
    DecisionState,
    DisputeReason,
    EventKind,
    Status,
)
from cases.notifications import local_time, office_notice, unit_notice
from cases.permissions import check
from cases.procedures import ARBITER
from cases.registration import check_unit_takes_cases
from hotline import outbox
from hotline.acts import NotNow, verb
from hotline.models import Membership, Organisation
from hotline.roles import Capability, Role


def returns_granted(case: Case) -> int:
    """How often a unit was let off the case in this round."""
    return Decision.objects.granted(DecisionKind.BOUNCE).filter(case=case, assignment__round=case.round).count()


def would_be_third_hop(case: Case) -> bool:
    """With the return just granted: is the next sending one too many? (DISPUTE_AT_HOP, the third)"""
    return returns_granted(case) + 1 >= int(settings.DISPUTE_AT_HOP)


@verb
def refer(
    case: Case,
    *,
    by: Membership,
    at: datetime,
    version: int | None,
    reason: str,
    grounds: str,
    evidence: str = "",
    proposed_unit: Organisation | None = None,
) -> Case:
    """Hand the question whose duty it is to the arbiter, who reads what the units said."""
    check(by, Capability.DECISION_RULE, case)
    grounds, evidence = asking.checked(DecisionKind.DISPUTE, reason, grounds, evidence, at=at)
    if proposed_unit is not None:
        check_unit_takes_cases(proposed_unit, at, field="proposed_unit")
    case = workflow.locked(case, version=version)
    workflow.check_move(case, "dispute")
    if case.status == Status.DISPATCHED and not _is_contested(case):
        raise NotNow(_("The unit has not asked to return it; there is nothing to dispute yet."))
    units = list(case.assignments.active().values_list("unit_id", flat=True))
    dispatching.end_assignments(case, AssignmentState.RETURNED, at=at)
    workflow.drop_requests(case, by=by, at=at)
    given: dict[str, Any] = {"evidence": evidence, "proposed_unit": proposed_unit}
    case = open_dispute(case, reason, grounds, by=by, at=at, **given)
    outbox.post(*(unit_notice(unit, "case_disputed", case, at=at, by=by) for unit in units))
    return case


def _is_contested(case: Case) -> bool:
    return Decision.objects.open().filter(case=case, kind=DecisionKind.BOUNCE).exists()


def open_dispute(
    case: Case,
    reason: str,
    grounds: str,
    *,
    by: Membership | None,
    at: datetime,
    evidence: str = "",
    proposed_unit: Organisation | None = None,
) -> Case:
    """Put a locked case into the arbiter's hands, whose active assignments have ended. The promise runs on."""
    workflow.stop_clocks(case, at=at, kinds=[ClockKind.DISPATCH, *dispatching.UNIT_CLOCKS])
    given: dict[str, Any] = {"grounds": grounds, "evidence": evidence, "proposed_unit": proposed_unit}
    decision = asking.ask(case, DecisionKind.DISPUTE, by=by, at=at, reason=reason, **given)
    case.unit = None
    case = workflow.move(
        case,
        "dispute",
        Status.DISPUTED,
        by=by,
        at=at,
        kind=EventKind.DISPUTED,
        why=grounds,
        payload={"decision": decision.pk, "reason": reason},
    )
    asking.tell(case, DecisionKind.DISPUTE, ARBITER, at=at)
    return case


def settle(
    case: Case, decision: Decision, *, by: Membership, at: datetime, ruling: str, unit: Organisation | None
) -> Case:
    """Send the case to the unit named. It may not be returned."""
    if unit is None:
        raise ValueError("a dispute is settled by naming a unit")
    lead, *_others = dispatching.assign(case, unit, (), by=by, at=at, note=ruling)
    case = workflow.move(
        case,
        "settle",
        Status.DISPATCHED,
        by=by,
        at=at,
        kind=EventKind.DISPUTE_SETTLED,
        why=ruling,
        assignment=lead,
        payload={"decision": decision.pk, "unit": unit.code, "hop": case.hops},
    )
    dispatching.copy_for_supervision(case, lead, by=by, at=at)
    outbox.post(
        unit_notice(unit, "dispatched", case, at=at, by=by, due=local_time(lead.leg_due_at or at)),
        office_notice("decision_granted", case, at=at, role=Role.DISPATCHER, what=DecisionKind.DISPUTE.label),
    )
    return case


def unclaimed(at: datetime) -> CaseQuerySet:
    """Cases that came back from a unit and for which no other was found within the limit to dispatch."""
    late = Clock.objects.running().filter(case=OuterRef("pk"), kind=ClockKind.DISPATCH, due_at__lte=at)
    back = Decision.objects.filter(
        case=OuterRef("pk"),
        kind=DecisionKind.BOUNCE,
        state=DecisionState.GRANTED,
        ruled_unit__isnull=True,
        assignment__round=OuterRef("round"),
    )
    return Case.objects.filter(Exists(late), Exists(back), status=Status.REGISTERED, group__isnull=True)


@verb
def refer_unclaimed(case: Case, *, at: datetime, by: None = None) -> Case:
    """No unit took it in time: the system itself hands it to the arbiter."""
    case = workflow.locked(case, version=None)
    if not unclaimed(at).filter(pk=case.pk).exists():
        return case
    last = Decision.objects.granted(DecisionKind.BOUNCE).filter(case=case).latest("ruled_at")
    return open_dispute(case, DisputeReason.NO_TAKER, last.grounds, by=None, at=at, proposed_unit=last.proposed_unit)
