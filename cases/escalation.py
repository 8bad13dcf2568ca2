"""What happens before and after a limit is due: cards, urging, supervision, each exactly once.

Any number of workers may fire at once. Each claims clocks with SKIP LOCKED, and effect, event and message are one
transaction: whoever dies leaves the clock as it was, and the next one takes it.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cases import deadlines, workflow
from cases.models import Case, CaseEvent, Clock, EscalationAct, EscalationStep, EventKind
from cases.notifications import escalation
from hotline import outbox
from hotline.models import Message

BATCH = 200
EVENT_OF_ACT = {
    EscalationAct.YELLOW: EventKind.YELLOW,
    EscalationAct.RED: EventKind.RED,
    EscalationAct.URGE: EventKind.URGED,
    EscalationAct.SUPERVISE: EventKind.SUPERVISED,
}
CARDS = (EscalationAct.YELLOW, EscalationAct.RED)
Plan = list[tuple[datetime, EscalationStep]]


def fire_batch(at: datetime, limit: int = BATCH) -> int:
    """One transaction: claim up to ``limit`` due clocks, most overdue first, and take one step of each."""
    with transaction.atomic():
        clocks = list(
            Clock.objects.due_to_act(at)
            .select_for_update(skip_locked=True, of=("self",))
            .select_related("case", "assignment__unit")
            .order_by("next_action_at", "id")[:limit]
        )
        events: list[CaseEvent] = []
        messages: list[Message] = []
        for clock in clocks:
            ahead = _plan(clock)[clock.stage :]
            if ahead:
                step = ahead[0][1]
                events.append(_event(clock, step, at))
                messages.append(_message(clock, step, at))
            _advance(clock, ahead)
        Clock.objects.bulk_update(clocks, ["stage", "card", "breached_at", "next_action_at"])
        CaseEvent.objects.bulk_create(events)
        outbox.post(*messages)
    return len(clocks)


def _plan(clock: Clock) -> Plan:
    unit = clock.assignment.unit if clock.assignment else None
    return deadlines.plan(clock, deadlines.policy_steps(clock), deadlines.calendar_of(unit))


def _advance(clock: Clock, ahead: Plan) -> None:
    """Take note of the first step ahead; the second is what the clock waits for now."""
    act = ahead[0][1].act if ahead else ""
    if act in CARDS:
        clock.card = act
    if act == EscalationAct.RED:
        clock.breached_at = clock.due_at
    clock.stage += 1
    clock.next_action_at = ahead[1][0] if len(ahead) > 1 else None


def _event(clock: Clock, step: EscalationStep, at: datetime) -> CaseEvent:
    kind = EVENT_OF_ACT.get(EscalationAct(step.act), EventKind.ESCALATED)
    facts = {"clock": clock.pk, "leg": clock.kind, "act": step.act, "due_at": clock.due_at.isoformat()}
    return CaseEvent(**workflow.entry(clock.case, kind, by=None, at=at, assignment=clock.assignment, payload=facts))


def _message(clock: Clock, step: EscalationStep, at: datetime) -> Message:
    case: Case = clock.case
    unit = clock.assignment.unit_id if clock.assignment else None
    return escalation(clock, step.act, at=at, to_role=step.to_role, unit_id=unit, number=case.number, title=case.title)
