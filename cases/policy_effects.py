"""What a time limit and its steps would have done: recent clocks, run again under another rule. Changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cases.deadlines import calendar_of
from cases.models import Case, CaseQuerySet, Clock, DeadlinePolicy, EscalationStep
from hotline.calendar import Unit, WorkingCalendar

LOOKED_BACK = timedelta(days=30)
CLOCKS_AT_MOST = 2000  # the latest ones; enough for a forecast and read in one go


@dataclass(frozen=True)
class Run:
    """One clock: from when to when it ran (``until`` is now for one still running), by whose calendar."""

    started_at: datetime
    until: datetime
    calendar: WorkingCalendar


@dataclass(frozen=True)
class Forecast:
    """Of so many clocks, how many ran out, and how often each act was taken."""

    clocks: int
    late: int
    acts: Counter[str]

    @property
    def messages(self) -> int:
        return sum(self.acts.values())


def forecast(runs: Iterable[Run], amount: int, unit: str, steps: Sequence[tuple[str, int, str]]) -> Forecast:
    """Every run under a limit with steps of (act, offset, unit): those are taken that it lived to see. Pure.

    Pauses and extensions are left out on both sides, so two forecasts of the same runs compare.
    """
    clocks, late, acts = 0, 0, Counter[str]()
    for run in runs:
        due_at = run.calendar.add(run.started_at, amount, Unit(unit))
        clocks, late = clocks + 1, late + (run.until > due_at)
        for act, offset, step_unit in steps:
            at = run.calendar.add(due_at, offset, Unit(step_unit))
            acts[act] += run.started_at < at <= run.until
    return Forecast(clocks, late, +acts)


def recent_runs(policies: Sequence[DeadlinePolicy], at: datetime) -> list[Run]:
    """The latest clocks that any of these versions was frozen on, begun in the last thirty days."""
    rows = Clock.objects.filter(policy__in=policies, started_at__gte=at - LOOKED_BACK)
    rows = rows.select_related("assignment").order_by("-started_at", "-id")
    return [
        Run(clock.started_at, clock.stopped_at or at, calendar_of(clock.assignment.unit if clock.assignment else None))
        for clock in rows[:CLOCKS_AT_MOST]
    ]


def running_on(policy: DeadlinePolicy) -> int:
    """Open cases with a clock under way that this version is frozen on."""
    return Clock.objects.running().filter(policy=policy).values("case").distinct().count()


def fitting(policy: DeadlinePolicy) -> CaseQuerySet:
    """Open cases with the traits the limit names, an empty trait fitting all."""
    named = {
        "kind": policy.kind,
        "urgency": policy.urgency,
        "upstream_platform": policy.upstream_platform,
        "channel": policy.channel_id,
        "category": policy.category_id,
        "region": policy.region_id,
    }
    return Case.objects.open().filter(**{trait: value for trait, value in named.items() if value})


def plain(steps: Iterable[EscalationStep]) -> list[tuple[str, int, str]]:
    return [(step.act, step.offset, step.unit) for step in steps]
