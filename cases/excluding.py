"""Exclusion: a case with an unreasonable demand is left out of the net rates. It is answered like any other."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cases import asking, workflow
from cases.handling import lock
from cases.models import Assignment, Case, Decision, DecisionKind, EventKind
from cases.notifications import unit_notice
from cases.permissions import check
from hotline import outbox
from hotline.acts import NotNow, verb
from hotline.models import Membership
from hotline.roles import Capability

KIND = DecisionKind.EXCLUSION


@verb
def ask_for_exclusion(
    assignment: Assignment,
    *,
    by: Membership,
    at: datetime,
    version: int | None,
    reason: str,
    grounds: str,
    evidence: str,
) -> Case:
    """Ask that the case may not count, because what is demanded is unreasonable. No limit moves by it."""
    check(by, Capability.DECISION_ASK)
    grounds, evidence = asking.checked(KIND, reason, grounds, evidence, at=at)
    case, assignment = lock(assignment, by=by, version=version)
    asking.check_handling_lead(case, assignment, KIND)
    asking.check_may_ask(case, assignment, KIND)
    if Decision.objects.granted(KIND).filter(case=case).exists():
        raise NotNow(_("The case is excluded already."))
    given: dict[str, Any] = {"reason": reason, "grounds": grounds, "evidence": evidence}
    return asking.ask_for(case, assignment, KIND, EventKind.EXCLUSION_ASKED, by=by, at=at, **given)


def exclude(case: Case, decision: Decision, *, by: Membership, at: datetime, ruling: str, **_more: object) -> Case:
    """Leave the case out of the net rates; who must answer it, and by when, stays."""
    facts: dict[str, Any] = {"decision": decision.pk, "reason": decision.reason}
    case = workflow.record(
        case, EventKind.EXCLUDED, by=by, at=at, assignment=decision.assignment, why=ruling, payload=facts
    )
    if decision.assignment:
        outbox.post(unit_notice(decision.assignment.unit_id, "decision_granted", case, at=at, by=by, what=KIND.label))
    return case
