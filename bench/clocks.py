"""Clocks in great numbers: one case made through the verbs, copied as rows, and clocks started on the copies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import connection

from cases import deadlines, intake
from cases.models import Case, Channel, Clock, ClockKind, Kind, Urgency
from cases.registration import Registration
from hotline.identifiers import case_number
from hotline.models import Membership

# A case's own two clocks. In ordinary cases the promise is five working days, dispatch four hours.
CASE_CLOCKS = (ClockKind.PROMISE, ClockKind.DISPATCH)
AT_ONCE = 5000


def a_case(at: datetime, *, phone: str = "13800006021") -> Case:
    """Registered by Wang through the verb."""
    said = Registration(
        words="建设街窨井盖缺失，夜间有人绊倒，要求尽快补盖并设置围挡。",
        title="建设街窨井盖缺失，夜间有人绊倒",
        kind=Kind.COMPLAINT,
        channel=Channel.objects.get(code="phone"),
        name="李女士",
        phone=phone,
    )
    return intake.register(said, by=Membership.objects.current(at).get(user__username="wang"), at=at)


def copies(case: Case, urgencies: Sequence[Urgency]) -> list[Case]:
    """The case's row once for each urgency, under numbers of their own."""
    columns = [str(field.column) for field in Case._meta.concrete_fields if not field.primary_key]
    taken = ", ".join(f"new.{name}" if name in ("number", "urgency") else f"old.{name}" for name in columns)
    numbers = [case_number(case.registered_at.date(), 100_000 + n) for n in range(len(urgencies))]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO cases_case ({', '.join(columns)})"
            f" SELECT {taken} FROM cases_case old, unnest(%s::text[], %s::text[]) AS new (number, urgency)"
            " WHERE old.id = %s",
            [numbers, list(urgencies), case.pk],
        )
    return list(Case.objects.filter(number__in=numbers).order_by("id"))


def start_clocks(cases: Sequence[Case], due: Iterator[datetime]) -> list[Clock]:
    """Both of each case's clocks as the verbs start them, save that each has but one step to take, at a given time."""
    clocks = []
    for case in cases:
        for kind in CASE_CLOCKS:
            clock = deadlines.start(case, kind, case.registered_at)
            steps = deadlines.plan(clock, deadlines.policy_steps(clock), deadlines.calendar_of())
            clock.stage = len(steps) - 1
            shift = next(due) - steps[-1][0]
            clock.due_at, clock.next_action_at = clock.due_at + shift, steps[-1][0] + shift
            clocks.append(clock)
    return Clock.objects.bulk_create(clocks, batch_size=AT_ONCE)
