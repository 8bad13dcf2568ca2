"""What happens before and after a limit is due: cards, urging, supervision, each exactly once.

Any number of workers may fire at once. Each claims clocks with SKIP LOCKED, and effect, event, message and audit are
one transaction: whoever dies leaves the clock as it was, and the next one takes it. Four statements a batch, whatever
its size, and two more if urges or supervisions in it need numbers.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from django.db import connection, transaction

from cases import deadlines, numbering, workflow
from cases.models import (
    CaseEvent,
    Clock,
    ClockKind,
    EscalationAct,
    EscalationStep,
    EventKind,
    HeldNotice,
    LadderStep,
    Rung,
)
from cases.notifications import escalation, recipient
from cases.urging_rules import RULES, Desk, answer_due
from hotline import ledger, outbox, rows
from hotline.models import AuditEntry, Message

BATCH = 250
LISTED = 5000  # so many are put in order at a time: all that are due need sorting for it
EVENT_OF_ACT = {
    EscalationAct.YELLOW: EventKind.YELLOW,
    EscalationAct.RED: EventKind.RED,
    EscalationAct.URGE: EventKind.URGED,
    EscalationAct.SUPERVISE: EventKind.SUPERVISED,
}
CARDS = (EscalationAct.YELLOW, EscalationAct.RED)
PAPERS = {EscalationAct.URGE: Rung.URGE, EscalationAct.SUPERVISE: Rung.SUPERVISE}  # a person issues the others
READ = (
    *(field.name for field in Clock._meta.concrete_fields if field.name not in ("provisional", "met_at")),
    *("case__number", "case__title", "case__round", "case__version", "case__urgency"),
    *("case__unit_id", "case__group_id", "case__confidential"),
    "assignment__unit_id",
)
IN_ORDER = """
SELECT clock.id FROM cases_clock AS clock JOIN cases_case AS "case" ON "case".id = clock.case_id
WHERE clock.next_action_at <= %s
ORDER BY array_position(ARRAY['emergency', 'urgent'], "case".urgency::text), clock.next_action_at, clock.id
LIMIT %s
"""
ADVANCE = """
UPDATE cases_clock AS clock
SET stage = new.stage, card = new.card, breached_at = new.breached_at, next_action_at = new.next_action_at
FROM unnest(%s::bigint[], %s::int[], %s::text[], %s::timestamptz[], %s::timestamptz[])
    AS new (id, stage, card, breached_at, next_action_at)
WHERE clock.id = new.id
"""


def fire_all(now: Callable[[], datetime], *, seconds: float) -> int:
    """Take every step that has come due, the most urgent first, for so long; returns how many clocks moved."""
    fired, began = 0, time.monotonic()
    while ids := _due(now(), LISTED):
        moved = 0
        for first in range(0, len(ids), BATCH):
            if time.monotonic() - began > seconds:
                return fired + moved
            moved += _fire(ids[first : first + BATCH], now())
        fired += moved
        if not moved:  # others have them all
            break
    return fired


def fire_batch(at: datetime, limit: int = BATCH) -> int:
    """One transaction: one step of each of up to ``limit`` due clocks, emergencies first, then the most overdue."""
    return _fire(_due(at, limit), at)


def _due(at: datetime, limit: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(IN_ORDER, [at, limit])
        return [row[0] for row in cursor.fetchall()]


def _fire(ids: list[int], at: datetime) -> int:
    """Those of the clocks that are still due and that nobody else has."""
    if not ids:
        return 0
    with transaction.atomic():
        mine = Clock.objects.due_to_act(at).filter(pk__in=ids).select_for_update(skip_locked=True, of=("self",))
        clocks = list(mine.select_related("case", "assignment").only(*READ).order_by("next_action_at", "id"))
        fired = [(clock, step) for clock in clocks if (step := _advance(clock))]
        _save(clocks)
        papers = _not_issued({clock.pk: paper for clock, step in fired if (paper := _paper(clock, step, at))})
        numbering.number(list(papers.values()))
        with ledger.opened() as left:
            ledger.add(*(_event(clock, step, papers.get(clock.pk), at) for clock, step in fired))
            ledger.add(*(_audit(clock, step, at) for clock, step in fired))
            ledger.add(*papers.values())
            _tell(fired, at)
        rows.insert(left)
    return len(clocks)


def _advance(clock: Clock) -> EscalationStep | None:
    """Take note of the first step ahead, which is returned; the second is what the clock waits for now."""
    unit = clock.assignment.unit if clock.assignment else None
    ahead = deadlines.plan(clock, deadlines.policy_steps(clock), deadlines.calendar_of(unit))[clock.stage :]
    clock.stage += 1
    clock.next_action_at = ahead[1][0] if len(ahead) > 1 else None
    if not ahead:
        return None
    step = ahead[0][1]
    if step.act in CARDS:
        clock.card = step.act
    if step.act == EscalationAct.RED:
        clock.breached_at = clock.due_at
    return step


def _save(clocks: list[Clock]) -> None:
    columns = ("pk", "stage", "card", "breached_at", "next_action_at")
    with connection.cursor() as cursor:
        cursor.execute(ADVANCE, [[getattr(clock, name) for clock in clocks] for name in columns])


def _paper(clock: Clock, step: EscalationStep, at: datetime) -> LadderStep | None:
    """The numbered step of the ladder that an urge or a supervision is; its number comes last."""
    rung = PAPERS.get(EscalationAct(step.act))
    if rung is None:
        return None
    unit = clock.assignment.unit if clock.assignment else None
    return LadderStep(
        rung=rung,
        case=clock.case,
        assignment=clock.assignment,
        clock=clock,
        limit_due_at=clock.due_at,
        unit_id=unit.pk if unit else clock.case.unit_id,
        issued_at=at,
        due_at=answer_due(rung, at, unit),
    )


def _not_issued(papers: dict[int, LadderStep]) -> dict[int, LadderStep]:
    """Without those that a limit has had already: a clock that was set anew may come by the same step again, and one
    that cannot be issued must not hold up the other clocks of the batch."""
    if not papers:
        return papers
    issued = LadderStep.objects.filter(clock__in=list(papers)).values_list("clock_id", "rung", "limit_due_at")
    before = set(issued)
    return {pk: p for pk, p in papers.items() if (pk, p.rung, p.limit_due_at) not in before}


def _event(clock: Clock, step: EscalationStep, paper: LadderStep | None, at: datetime) -> CaseEvent:
    kind = EVENT_OF_ACT.get(EscalationAct(step.act), EventKind.ESCALATED)
    facts = {"clock": clock.pk, "leg": clock.kind, "act": step.act, "due_at": clock.due_at.isoformat()}
    if paper is not None:
        facts |= paper.facts
    return workflow.event_of(clock.case, kind, by=None, at=at, assignment=clock.assignment, payload=facts)


def _audit(clock: Clock, step: EscalationStep, at: datetime) -> AuditEntry:
    facts = {"clock": clock.pk, "leg": clock.kind}
    return AuditEntry(
        at=at, act=f"escalation.{step.act}", object_type="cases.case", object_id=str(clock.case_id), details=facts
    )


def _tell(fired: list[tuple[Clock, EscalationStep]], at: datetime) -> None:
    """Notices that go out at once, and those the rules hold back for a digest, which never names a secret case."""
    desk = Desk(RULES.on(at), at)
    for clock, step in fired:
        if clock.case.group_id is not None and clock.kind == ClockKind.PROMISE:
            continue  # it waits in a group: of four hundred, the main one tells
        unit_id, role = to = recipient(clock.assignment.unit_id if clock.assignment else None, step.to_role)
        until = None if clock.case.confidential else desk.held_until(step.act, clock.case.urgency, to)
        if until is None:
            outbox.post(_message(clock, step, at))
            continue
        held = HeldNotice(
            case=clock.case,
            act=step.act,
            leg=clock.kind,
            limit_due_at=clock.due_at,
            unit_id=unit_id,
            to_role=role,
            held_at=at,
            release_at=until,
        )
        ledger.add(held)


def _message(clock: Clock, step: EscalationStep, at: datetime) -> Message:
    case = clock.case
    unit = clock.assignment.unit_id if clock.assignment else None
    return escalation(clock, step.act, at=at, to_role=step.to_role, unit_id=unit, number=case.number, title=case.title)
