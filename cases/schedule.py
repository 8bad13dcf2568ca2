"""Work started by the clock: escalation steps that have come due, and the surveys' next steps.

Beat rings; any number of workers may answer. Each claims rows with SKIP LOCKED, and effect, event and message are one
transaction: whoever dies leaves the row as it was, and the next one takes it.
"""

from __future__ import annotations

from datetime import datetime

import structlog
from celery import shared_task
from django.db import transaction
from django.utils import timezone

from cases import deadlines, surveys, workflow
from cases.models import Case, CaseEvent, Clock, EscalationAct, EscalationStep, EventKind, Survey
from cases.notifications import escalation
from hotline import outbox
from hotline.models import Message

log = structlog.get_logger(__name__)

BATCH = 200
BATCHES = 50
EVENT_OF_ACT = {
    EscalationAct.YELLOW: EventKind.YELLOW,
    EscalationAct.RED: EventKind.RED,
    EscalationAct.URGE: EventKind.URGED,
    EscalationAct.SUPERVISE: EventKind.SUPERVISED,
}
CARDS = (EscalationAct.YELLOW, EscalationAct.RED)


@shared_task(name="cases.fire_due_clocks")
def fire_due_clocks() -> int:
    """Take every step that has come due; returns how many clocks moved."""
    fired = 0
    for _turn in range(BATCHES):
        moved = fire_batch(timezone.now())
        fired += moved
        if moved < BATCH:
            break
    return fired


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
            step = _next_step(clock)
            if step is not None:
                events.append(_event(clock, step, at))
                messages.append(_message(clock, step, at))
            _advance(clock, step)
        Clock.objects.bulk_update(clocks, ["stage", "card", "breached_at", "next_action_at"])
        CaseEvent.objects.bulk_create(events)
        if messages:
            outbox.post(*messages)
    return len(clocks)


def _next_step(clock: Clock) -> EscalationStep | None:
    ahead = _plan(clock)[clock.stage :]
    return ahead[0][1] if ahead else None


def _plan(clock: Clock) -> list[tuple[datetime, EscalationStep]]:
    unit = clock.assignment.unit if clock.assignment else None
    return deadlines.plan(clock, deadlines.policy_steps(clock), deadlines.calendar_of(unit))


def _advance(clock: Clock, step: EscalationStep | None) -> None:
    clock.stage += 1
    if step is not None and step.act in CARDS:
        clock.card = step.act
    if step is not None and step.act == EscalationAct.RED:
        clock.breached_at = clock.due_at
    ahead = _plan(clock)[clock.stage :]
    clock.next_action_at = ahead[0][0] if ahead else None


def _event(clock: Clock, step: EscalationStep, at: datetime) -> CaseEvent:
    kind = EVENT_OF_ACT.get(EscalationAct(step.act), EventKind.ESCALATED)
    facts = {"clock": clock.pk, "leg": clock.kind, "act": step.act, "due_at": clock.due_at.isoformat()}
    return CaseEvent(**workflow.entry(clock.case, kind, by=None, at=at, assignment=clock.assignment, payload=facts))


def _message(clock: Clock, step: EscalationStep, at: datetime) -> Message:
    case: Case = clock.case
    unit = clock.assignment.unit_id if clock.assignment else None
    return escalation(clock, step.act, at=at, to_role=step.to_role, unit_id=unit, number=case.number, title=case.title)


@shared_task(name="cases.run_surveys")
def run_surveys() -> int:
    """Remind citizens once, and close as unrated what nobody answered in its window."""
    now = timezone.now()
    due = list(Survey.objects.due(now).select_related("case")[:500])
    for survey in due:
        surveys.advance(survey, at=timezone.now(), by=None)
    return len(due)
