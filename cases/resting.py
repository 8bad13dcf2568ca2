"""What a suspension does to the limits: those that may pause stand still from the ruling to the review date."""

from __future__ import annotations

from datetime import datetime

from cases import deadlines
from cases.models import Assignment, AssignmentState, Case, Clock, ClockKind, ClockPause, Decision, DecisionKind


def stand_still(case: Case, *, at: datetime, until: datetime) -> None:
    """Pause the case's pausable limits. They are silent meanwhile, and due as much later as they had left."""
    running = Clock.objects.running().filter(case=case, policy__pausable=True).order_by("pk")
    around: dict[int, datetime] = {}
    for clock in running.select_for_update(of=("self",)).select_related("policy", "assignment"):
        ClockPause.objects.create(clock=clock, started_at=at, ended_at=until, reason=DecisionKind.SUSPENSION)
        _reckon(clock, at, around)
        clock.paused_at, clock.next_action_at = at, None
        clock.save()
    _write_where_lists_read(case)


def lift(case: Case, *, at: datetime) -> None:
    """End the suspension in force, if there is one: its pauses end now and its limits run again."""
    if not Decision.objects.suspensions().filter(case=case).update(lifted_at=at):
        return
    standing = Clock.objects.running().filter(case=case, paused_at__isnull=False).order_by("pk")
    around: dict[int, datetime] = {}
    for clock in standing.select_for_update(of=("self",)).select_related("policy", "assignment"):
        unfinished = clock.pauses.filter(reason=DecisionKind.SUSPENSION, ended_at__gt=at)
        unfinished.filter(started_at__gte=at).delete()
        unfinished.update(ended_at=at)
        _reckon(clock, at, around)
        clock.save()
    _write_where_lists_read(case)


def _reckon(clock: Clock, at: datetime, around: dict[int, datetime]) -> None:
    """The due time again. ``around`` are the handling limits reckoned so far, within which those below them end."""
    part = clock.assignment
    if part is not None and part.parent_id in around and clock.not_after is not None:
        clock.not_after = around[part.parent_id]
    deadlines.recompute(clock, at=at, unit=part.unit if part else None)
    if part is not None and clock.kind == ClockKind.HANDLE:
        around[part.pk] = clock.due_at


def _write_where_lists_read(case: Case) -> None:
    """The due times on the case, which is not saved yet, and on the assignments in hand."""
    for clock in Clock.objects.running().filter(case=case, kind__in=[ClockKind.PROMISE, ClockKind.HANDLE]):
        if clock.kind == ClockKind.PROMISE:
            case.promise_due_at, case.provisional = clock.due_at, clock.provisional
        elif clock.assignment_id:
            handled = Assignment.objects.filter(pk=clock.assignment_id, state=AssignmentState.HANDLING)
            handled.update(leg_due_at=clock.due_at)
