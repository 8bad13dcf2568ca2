"""Requests that somebody above rules on: returning a case, extending its limit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cases import deadlines, dispatching, first_receiver, workflow
from cases.extending import extend, handling_clock
from cases.handling import lock
from cases.models import (
    REASONS,
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
    Status,
)
from cases.notifications import local_time, office_notice, unit_notice
from cases.permissions import check
from cases.registration import check_unit_takes_cases, clean_text
from hotline import ledger, outbox
from hotline.acts import Invalid, NotAllowed, NotNow, verb
from hotline.models import Membership, Organisation
from hotline.roles import Capability, Role

BOUNCES_PER_ROUND = 2


@verb
def ask_to_bounce(
    assignment: Assignment,
    *,
    by: Membership,
    at: datetime,
    version: int | None,
    reason: str,
    grounds: str,
    proposed_unit: Organisation | None = None,
) -> Case:
    """Ask the hotline to take the case back. The promise to the citizen runs on; so does sign-off."""
    check(by, Capability.DECISION_ASK)
    grounds = _grounds(DecisionKind.BOUNCE, reason, grounds)
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
    _ask(case, assignment, DecisionKind.BOUNCE, reason, grounds, by=by, at=at, proposed_unit=proposed_unit)
    case = workflow.record(
        case,
        EventKind.BOUNCE_ASKED,
        by=by,
        at=at,
        assignment=assignment,
        why=grounds,
        payload={"reason": reason, "proposed_unit": proposed_unit.code if proposed_unit else None},
    )
    outbox.post(office_notice("decision_asked", case, at=at, role=Role.DISPATCHER, what=DecisionKind.BOUNCE.label))
    return case


def _check_may_still_bounce(case: Case, assignment: Assignment) -> None:
    before = Decision.objects.filter(case=case, kind=DecisionKind.BOUNCE)
    if before.filter(final=True, assignment__unit=assignment.unit_id).exists():
        raise NotNow(_("A ruling gave this case to your unit; it cannot be returned again."))
    if before.filter(assignment=assignment, state=DecisionState.REJECTED).count() >= BOUNCES_PER_ROUND:
        raise NotNow(_("Returning this case was rejected %(n)s times; handle it.") % {"n": BOUNCES_PER_ROUND})
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
) -> Case:
    """Ask for more time, before the limit is over. ``amount`` is in the unit of the handling limit."""
    check(by, Capability.DECISION_ASK)
    grounds = _grounds(DecisionKind.EXTENSION, reason, grounds)
    case, assignment = lock(assignment, by=by, version=version)
    clock = handling_clock(assignment)
    if assignment.state != AssignmentState.HANDLING or assignment.role != AssignmentRole.LEAD or clock is None:
        raise NotNow(_("An extension can be asked for by the lead unit while it handles the case."))
    if clock.due_at <= at:
        raise NotNow(
            _("The limit ended at %(due)s; an extension must be asked for before.") % {"due": local_time(clock.due_at)}
        )
    if clock.extensions >= clock.policy.max_extensions:
        raise NotNow(_("This limit can be extended %(n)s times, not more.") % {"n": clock.policy.max_extensions})
    if not 0 < amount <= clock.policy.max_extension:
        raise Invalid(
            _("At most %(n)s (%(unit)s) may be added at a time.")
            % {"n": clock.policy.max_extension, "unit": clock.get_unit_display()},
            field="amount",
        )
    if Decision.objects.open().filter(assignment=assignment, kind=DecisionKind.EXTENSION).exists():
        raise NotNow(_("An extension was already asked for; the hotline rules on it."))
    _ask(case, assignment, DecisionKind.EXTENSION, reason, grounds, by=by, at=at, amount=amount)
    case = workflow.record(
        case,
        EventKind.EXTENSION_ASKED,
        by=by,
        at=at,
        assignment=assignment,
        why=grounds,
        payload={"reason": reason, "amount": amount, "unit": clock.unit},
    )
    outbox.post(office_notice("decision_asked", case, at=at, role=Role.DISPATCHER, what=DecisionKind.EXTENSION.label))
    return case


def _grounds(kind: DecisionKind, reason: str, grounds: str) -> str:
    if reason not in REASONS[kind].values:
        raise Invalid(_("Choose a reason."), field="reason")
    grounds = clean_text(grounds)
    if len(grounds) < 5:
        raise Invalid(_("Give the grounds: the rule, the facts, and who should act instead."), field="grounds")
    return grounds


def _ask(
    case: Case,
    assignment: Assignment,
    kind: DecisionKind,
    reason: str,
    grounds: str,
    *,
    by: Membership,
    at: datetime,
    **more: Any,
) -> Decision:
    due = deadlines.start(case, ClockKind.DECISION, at, unit=assignment.unit).due_at
    return Decision.objects.create(
        case=case,
        assignment=assignment,
        kind=kind,
        reason=reason,
        grounds=grounds,
        asked_by_id=by.user_id,
        asked_at=at,
        due_at=due,
        **more,
    )


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
    """Rule for the unit. A granted return names the unit that gets the case, or takes it back to the dispatchers."""
    case, decision = _open(decision, by=by, version=version)
    if decision.kind == DecisionKind.EXTENSION:
        _settle(decision, DecisionState.GRANTED, by=by, at=at, ruling=ruling)
        return extend(case, decision, by=by, at=at, ruling=ruling)
    if unit is not None:
        check_unit_takes_cases(unit, at, field="unit")
        if decision.assignment and unit.pk == decision.assignment.unit_id:
            raise Invalid(_("That is the unit which returns it. Choose another, or reject the return."), field="unit")
    _settle(decision, DecisionState.GRANTED, by=by, at=at, ruling=ruling)
    return _take_back(case, decision, unit, by=by, at=at, ruling=ruling)


def _take_back(
    case: Case, decision: Decision, unit: Organisation | None, *, by: Membership, at: datetime, ruling: str
) -> Case:
    left = decision.assignment
    dispatching.end_assignments(case, AssignmentState.RETURNED, at=at)
    workflow.stop_clocks(case, at=at, kinds=dispatching.UNIT_CLOCKS)
    facts = {"decision": decision.pk, "unit": unit.code if unit else None}
    if unit is None:
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


@verb
def reject(
    decision: Decision, *, by: Membership, at: datetime, version: int | None, ruling: str, final: bool = False
) -> Case:
    """Rule against the unit, saying why. ``final`` binds it: no further return."""
    if not clean_text(ruling):
        raise Invalid(_("Say why it is rejected; the unit reads it."), field="ruling")
    case, decision = _open(decision, by=by, version=version)
    decision.final = final and decision.kind == DecisionKind.BOUNCE
    _settle(decision, DecisionState.REJECTED, by=by, at=at, ruling=ruling)
    kind = EventKind.BOUNCE_REJECTED if decision.kind == DecisionKind.BOUNCE else EventKind.EXTENSION_REJECTED
    case = workflow.record(
        case,
        kind,
        by=by,
        at=at,
        assignment=decision.assignment,
        why=ruling,
        payload={"decision": decision.pk, "final": final},
    )
    if decision.assignment:
        what = DecisionKind(decision.kind).label
        outbox.post(
            unit_notice(decision.assignment.unit_id, "decision_rejected", case, at=at, by=by, what=what, ruling=ruling)
        )
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
    _settle(decision, DecisionState.WITHDRAWN, by=by, at=at, ruling="")
    return workflow.record(
        case, EventKind.DECISION_WITHDRAWN, by=by, at=at, assignment=assignment, payload={"decision": decision.pk}
    )


def _open(decision: Decision, *, by: Membership, version: int | None) -> tuple[Case, Decision]:
    check(by, Capability.DECISION_RULE, decision.case)
    case = workflow.locked(decision.case, version=version)
    row = Decision.objects.select_for_update(of=("self",)).select_related("assignment__unit").get(pk=decision.pk)
    if row.state != DecisionState.ASKED:
        raise NotNow(_("This request was ruled on before."))
    if row.asked_by_id == by.user_id:
        raise NotAllowed(_("You asked for this; somebody else must rule on it."))
    return case, row


def _settle(decision: Decision, state: DecisionState, *, by: Membership, at: datetime, ruling: str) -> None:
    decision.state, decision.ruled_by_id, decision.ruled_at, decision.ruling = state, by.user_id, at, ruling
    decision.save()
