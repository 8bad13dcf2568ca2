"""Closing without contact: the unit tried again and again to reach the citizen, and answers all the same."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from cases import asking, dispatching, surveys, workflow
from cases.deadlines import local_date
from cases.handling import lock
from cases.models import (
    Assignment,
    AssignmentState,
    Case,
    CaseEvent,
    ClockKind,
    Decision,
    DecisionKind,
    EventKind,
    Status,
)
from cases.notifications import unit_notice
from cases.permissions import check
from hotline import outbox
from hotline.acts import NotNow, verb
from hotline.models import Membership
from hotline.roles import Capability

KIND = DecisionKind.CLOSING


@verb
def ask_to_close(
    assignment: Assignment,
    *,
    by: Membership,
    at: datetime,
    version: int | None,
    reason: str,
    grounds: str,
    told: str,
    evidence: str = "",
) -> Case:
    """Ask to answer without having reached the citizen. The tries on record are the evidence."""
    check(by, Capability.DECISION_ASK)
    grounds, evidence = asking.checked(KIND, reason, grounds, evidence, at=at)
    told = asking.told_to_citizen(told)
    case, assignment = lock(assignment, by=by, version=version)
    asking.check_handling_lead(case, assignment, KIND)
    asking.check_may_ask(case, assignment, KIND)
    tries = _check_tried(case, assignment)
    given: dict[str, Any] = {"reason": reason, "grounds": grounds, "evidence": evidence, "told": told}
    return asking.ask_for(
        case, assignment, KIND, EventKind.CLOSING_ASKED, by=by, at=at, facts={"tries": tries}, **given
    )


def _check_tried(case: Case, assignment: Assignment) -> int:
    """How often the unit tried in vain. Raises NotNow if the citizen was reached, or too little was tried."""
    if assignment.contacted_at is not None:
        raise NotNow(_("The citizen was reached; answer with a reply."))
    tried = CaseEvent.objects.of(case).filter(kind=EventKind.CONTACTED, assignment=assignment)
    days = [local_date(at) for at in tried.values_list("at", flat=True)]
    if len(days) < settings.UNREACHED_TRIES or len(set(days)) < settings.UNREACHED_DAYS:
        raise NotNow(
            _("At least %(n)s tries on %(days)s days must be on record; there are %(there)s.")
            % {"n": settings.UNREACHED_TRIES, "days": settings.UNREACHED_DAYS, "there": len(days)}
        )
    return len(days)


def close(case: Case, decision: Decision, *, by: Membership, at: datetime, **_ruling: object) -> Case:
    """Give the unit's words to the citizen as the answer, and ask whether it helped: the false closings show there."""
    assignment = decision.assignment
    if assignment is None:
        raise ValueError("closing without contact has an assignment")
    asking.check_handling_lead(case, assignment, KIND)
    if assignment.contacted_at is not None:
        raise NotNow(_("The citizen was reached meanwhile; the unit answers with a reply."))
    workflow.drop_requests(case, by=by, at=at, kept=[DecisionKind.EXCLUSION])
    dispatching.end_assignments(case, AssignmentState.DONE, at=at)
    workflow.stop_clocks(case, at=at, met=[ClockKind.PROMISE, ClockKind.HANDLE])
    case = workflow.move(
        case,
        "close_unreached",
        Status.VERIFYING,
        by=by,
        at=at,
        kind=EventKind.CLOSED_UNREACHED,
        assignment=assignment,
        why=decision.told,
        payload={"decision": decision.pk, "reason": decision.reason},
    )
    outbox.post(unit_notice(assignment.unit_id, "decision_granted", case, at=at, by=by, what=KIND.label))
    return surveys.begin(case, at=at)
