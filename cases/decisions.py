"""Requests that somebody above rules on: what a unit asks for, and the ruling, which may take two people's approval."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cases import asking, effect, first_receiver, workflow
from cases.asking import REJECTIONS
from cases.extending import handling_clock
from cases.handling import lock
from cases.models import (
    HANDLED,
    Assignment,
    AssignmentRole,
    AssignmentState,
    Case,
    Clock,
    ClockKind,
    Decision,
    DecisionKind,
    DecisionState,
    EventKind,
)
from cases.notifications import local_time
from cases.permissions import check
from cases.procedures import approval_wanted
from cases.registration import check_unit_takes_cases
from hotline.acts import Invalid, NotAllowed, NotNow, verb
from hotline.models import Membership, Organisation
from hotline.plain_text import clean_text
from hotline.roles import Capability


@verb
def ask_to_bounce(
    assignment: Assignment,
    *,
    by: Membership,
    at: datetime,
    version: int | None,
    reason: str,
    grounds: str,
    evidence: str = "",
    proposed_unit: Organisation | None = None,
) -> Case:
    """Ask the hotline to take the case back. The promise to the citizen runs on; so does sign-off."""
    check(by, Capability.DECISION_ASK)
    grounds, evidence = asking.checked(DecisionKind.BOUNCE, reason, grounds, evidence, at=at)
    case, assignment = lock(assignment, by=by, version=version)
    if assignment.state != AssignmentState.DISPATCHED or assignment.role != AssignmentRole.LEAD:
        raise NotNow(_("A case can be returned by its lead unit before it is signed off, not afterwards."))
    sign = Clock.objects.running().filter(assignment=assignment, kind=ClockKind.SIGN).first()
    if sign is not None and sign.due_at <= at:
        raise NotNow(_("The time for returning it ended at %(due)s.") % {"due": local_time(sign.due_at)})
    _check_may_still_bounce(case, assignment)
    first_receiver.check_may_pass_on(case, assignment.unit)
    if proposed_unit is not None:
        check_unit_takes_cases(proposed_unit, at, field="proposed_unit")
    given: dict[str, Any] = {"reason": reason, "grounds": grounds, "evidence": evidence, "proposed_unit": proposed_unit}
    facts: dict[str, Any] = {"proposed_unit": proposed_unit.code if proposed_unit else None}
    return asking.ask_for(
        case, assignment, DecisionKind.BOUNCE, EventKind.BOUNCE_ASKED, by=by, at=at, facts=facts, **given
    )


def _check_may_still_bounce(case: Case, assignment: Assignment) -> None:
    before = Decision.objects.filter(case=case, kind=DecisionKind.BOUNCE)
    if Decision.objects.filter(case=case).binding(assignment.unit_id).exists():
        raise NotNow(_("A ruling gave this case to your unit; it cannot be returned again."))
    if before.filter(assignment=assignment, state=DecisionState.REJECTED).count() >= REJECTIONS:
        raise NotNow(_("Returning this case was rejected %(n)s times; handle it.") % {"n": REJECTIONS})
    if before.filter(assignment=assignment, state=DecisionState.ASKED).exists():
        raise NotNow(_("Returning this case was already asked for; the hotline rules on it."))


@verb
def ask_for_extension(
    assignment: Assignment,
    *,
    by: Membership,
    at: datetime,
    version: int | None,
    reason: str,
    grounds: str,
    amount: int,
    evidence: str = "",
) -> Case:
    """Ask for more time, before the limit is over. ``amount`` is in the unit of the handling limit."""
    check(by, Capability.DECISION_ASK)
    grounds, evidence = asking.checked(DecisionKind.EXTENSION, reason, grounds, evidence, at=at)
    case, assignment = lock(assignment, by=by, version=version)
    clock = handling_clock(assignment)
    is_handled = case.status in HANDLED and assignment.state == AssignmentState.HANDLING
    if not is_handled or assignment.role != AssignmentRole.LEAD or clock is None:
        raise NotNow(_("An extension can be asked for by the lead unit while it handles the case."))
    if clock.due_at <= at:
        raise NotNow(
            _("The limit ended at %(due)s; an extension must be asked for before.") % {"due": local_time(clock.due_at)}
        )
    if clock.extensions >= clock.policy.max_extensions:
        raise NotNow(_("This limit can be extended %(n)s times, not more.") % {"n": clock.policy.max_extensions})
    most = min(clock.policy.max_extension, clock.policy.extension_cap - clock.extended)
    if not 0 < amount <= most:
        raise Invalid(
            _("At most %(n)s (%(unit)s) may be added at a time.") % {"n": most, "unit": clock.get_unit_display()},
            field="amount",
        )
    if Decision.objects.open().filter(assignment=assignment, kind=DecisionKind.EXTENSION).exists():
        raise NotNow(_("An extension was already asked for; the hotline rules on it."))
    given: dict[str, Any] = {"reason": reason, "grounds": grounds, "evidence": evidence, "amount": amount}
    facts: dict[str, Any] = {"amount": amount, "unit": clock.unit}
    return asking.ask_for(
        case, assignment, DecisionKind.EXTENSION, EventKind.EXTENSION_ASKED, by=by, at=at, facts=facts, **given
    )


# -- Rulings


@verb
def grant(
    decision: Decision,
    *,
    by: Membership,
    at: datetime,
    version: int | None,
    ruling: str = "",
    unit: Organisation | None = None,
) -> Case:
    """Say yes. Where two people must, the first yes only hands it to the second; the last one takes effect."""
    case, decision = _open(decision, by=by, version=version)
    ruling = clean_text(ruling)
    if decision.approvals_left > 1:
        return _approve(case, decision, by=by, at=at, words=ruling)
    return effect.grant(case, decision, by=by, at=at, ruling=ruling, unit=unit)


@verb
def reject(
    decision: Decision, *, by: Membership, at: datetime, version: int | None, ruling: str, final: bool = False
) -> Case:
    """Say no, and why. ``final`` binds the unit that wanted to return a case: no further return."""
    if not (ruling := clean_text(ruling)):
        raise Invalid(_("Say why it is rejected; the unit reads it."), field="ruling")
    case, decision = _open(decision, by=by, version=version)
    return effect.reject(case, decision, by=by, at=at, ruling=ruling, final=final)


def _approve(case: Case, decision: Decision, *, by: Membership, at: datetime, words: str) -> Case:
    """The first of two approvals: nothing happens to the case yet."""
    decision.approved_by_id, decision.approved_at = by.user_id, at
    decision.save(update_fields=["approved_by", "approved_at"])
    kind = DecisionKind(decision.kind)
    facts: dict[str, Any] = {"decision": decision.pk, "kind": kind.value}
    case = workflow.record(
        case, EventKind.DECISION_APPROVED, by=by, at=at, assignment=decision.assignment, why=words, payload=facts
    )
    asking.tell(case, kind, approval_wanted(decision), at=at)
    return case


@verb
def take_back_request(decision: Decision, *, by: Membership, at: datetime, version: int | None) -> Case:
    """The unit takes its own request back before it is ruled on."""
    check(by, Capability.DECISION_ASK)
    if decision.assignment is None:
        raise NotNow(_("This request cannot be taken back."))
    case, assignment = lock(decision.assignment, by=by, version=version)
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    if decision.state != DecisionState.ASKED:
        raise NotNow(_("This request was ruled on before."))
    effect.settle(decision, DecisionState.WITHDRAWN, by=by, at=at, ruling="")
    return workflow.record(
        case, EventKind.DECISION_WITHDRAWN, by=by, at=at, assignment=assignment, payload={"decision": decision.pk}
    )


def _open(decision: Decision, *, by: Membership, version: int | None) -> tuple[Case, Decision]:
    """The request, locked with its case, if it is open and this person's turn. Raises NotNow, NotAllowed."""
    check(by, Capability.DECISION_READ, decision.case)
    case = workflow.locked(decision.case, version=version)
    rows = Decision.objects.select_for_update(of=("self",)).select_related("assignment")
    row = rows.get(pk=decision.pk)
    if row.state != DecisionState.ASKED:
        raise NotNow(_("This request was ruled on before."))
    if row.asked_by_id == by.user_id:
        raise NotAllowed(_("You asked for this; somebody else must rule on it."))
    if row.approved_by_id == by.user_id:
        raise NotAllowed(_("You gave the first approval; the second must be somebody else's."))
    check(by, approval_wanted(row).capability, case)
    return case, row
