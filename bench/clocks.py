"""Clocks in great numbers: one case made through the verbs, copied as rows, and clocks started on the copies."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from random import Random

from django.db import connection, transaction
from django.db.models import F

from bench.report import Report, percentile
from bench.town import until
from cases import deadlines, intake
from cases.models import Case, Channel, Clock, ClockKind, Kind, Urgency
from cases.registration import Registration
from hotline.agreed_time import database_time
from hotline.identifiers import case_number
from hotline.models import Membership

# A case's own two clocks. In ordinary cases the promise is five working days, dispatch four hours.
CASE_CLOCKS = (ClockKind.PROMISE, ClockKind.DISPATCH)
LONG_AGO = timedelta(days=30)
SOON = timedelta(seconds=5)
SHARES = {Urgency.ORDINARY: 90, Urgency.URGENT: 8, Urgency.EMERGENCY: 2}  # of a hundred cases
AT_ONCE = 5000
PATIENCE = 180.0  # seconds after the last due time in which a lost clock may still be found

# Every step taken: of which clock, when it was committed, and how the trail and the notices stand to it.
TAKEN = """
SELECT (payload ->> 'clock')::bigint, pg_xact_commit_timestamp(xmin) FROM cases_caseevent
WHERE kind IN ('yellow', 'red')
"""
NOTICES = """
SELECT count(*) FROM (
    SELECT "case".number,
        (SELECT count(*) FROM cases_caseevent e WHERE e.case_id = "case".id AND e.kind IN ('yellow', 'red')) AS steps,
        (SELECT count(*) FROM hotline_message m JOIN hotline_messagetemplate t ON t.id = m.template_id
            WHERE m.about = "case".number AND t.key IN ('clock_yellow', 'clock_red')) AS notices
    FROM cases_case AS "case"
) AS counted WHERE steps <> notices
"""
AUDITED = """
SELECT count(*) FROM (
    SELECT (details ->> 'clock')::bigint AS clock FROM hotline_auditentry WHERE act LIKE 'escalation.%%'
        AND (details ->> 'clock')::bigint = ANY(%s)
    GROUP BY 1 HAVING count(*) = 1
) AS once
"""


def a_case(at: datetime) -> Case:
    """Registered by Wang through the verb."""
    said = Registration(
        words="建设街窨井盖缺失，夜间有人绊倒，要求尽快补盖并设置围挡。",
        title="建设街窨井盖缺失，夜间有人绊倒",
        kind=Kind.COMPLAINT,
        channel=Channel.objects.get(code="phone"),
        name="李女士",
        phone="13800006021",
    )
    case = intake.register(said, by=Membership.objects.current(at).get(user__username="wang"), at=at)
    Clock.objects.filter(case=case).update(stopped_at=at, next_action_at=None)  # its copies run, not the pattern
    return case


def copies(case: Case, urgencies: Sequence[str]) -> list[Case]:
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


def come_due(n: int, seconds: float, rng: Random, *, begin: timedelta = SOON) -> dict[int, datetime]:
    """So many clocks, two a case, each with one step left to take at a moment of its own. Clock → moment.

    The moments are strewn over so many seconds from ``begin`` after the last is written, however long writing takes.
    """
    shares, drawn_up = rng.choices(list(SHARES), list(SHARES.values()), k=n // 2), database_time()
    pattern = a_case(drawn_up - LONG_AGO)
    with transaction.atomic():
        clocks = _started(copies(pattern, shares), spread(drawn_up, seconds, rng))
        made = Clock.objects.bulk_create(list(clocks), batch_size=AT_ONCE)
        later = database_time() + begin - drawn_up
        Clock.objects.filter(pk__in=[clock.pk for clock in made]).update(
            next_action_at=F("next_action_at") + later, due_at=F("due_at") + later
        )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE cases_clock, cases_case")
    return {clock.pk: clock.next_action_at + later for clock in made if clock.next_action_at}


def _started(cases: Iterable[Case], moments: Iterator[datetime]) -> Iterator[Clock]:
    """Clocks as the verbs start them, moved so that the last step of each comes at its moment."""
    calendar = deadlines.calendar_of()
    for case in cases:
        for kind, moment in zip(CASE_CLOCKS, islice(moments, len(CASE_CLOCKS)), strict=True):
            clock = deadlines.start(case, kind, case.registered_at)
            steps = deadlines.plan(clock, deadlines.policy_steps(clock), calendar)
            clock.stage = len(steps) - 1
            clock.due_at += moment - steps[-1][0]
            clock.next_action_at = moment
            yield clock


def making(n: int) -> timedelta:
    """How long it may take to write so many clocks: none must be due before all are there."""
    return timedelta(seconds=3 + n / 500)


def spread(begin: datetime, seconds: float, rng: Random) -> Iterator[datetime]:
    while True:
        yield begin + timedelta(seconds=rng.uniform(0, seconds))


def wait_for_all(last: datetime) -> None:
    """Until no clock waits that was due by then. One that is lost for good is the judge's business."""
    time.sleep(max(0.0, (last - database_time()).total_seconds()))
    with contextlib.suppress(TimeoutError):
        until(lambda: not Clock.objects.due_to_act(last).exists(), "end of due clocks", PATIENCE)


def taken(due: dict[int, datetime]) -> list[tuple[int, datetime]]:
    """Every step taken since: of which clock, and when it was committed."""
    with connection.cursor() as cursor:
        cursor.execute(TAKEN)
        return [(clock, at) for clock, at in cursor.fetchall() if clock in due]


def judge(report: Report, due: dict[int, datetime]) -> list[float]:
    """Every step once: event, notice, audit entry, the clock itself. How late each was committed, in seconds."""
    steps = taken(due)
    with connection.cursor() as cursor:
        cursor.execute(NOTICES)
        unlike = cursor.fetchone()[0]
        # Only these: a timekeeper may be quicker than whoever stops the clocks of the pattern
        cursor.execute(AUDITED, [list(due)])
        audited = cursor.fetchone()[0]
    late = [(at - due[clock]).total_seconds() for clock, at in steps]
    moved = Clock.objects.filter(pk__in=list(due), next_action_at__isnull=True, stage__in=(1, 2))
    report.figure("clocks", len(due))
    report.figure("steps never taken", len(due) - len({clock for clock, _at in steps}), exactly=0)
    report.figure("steps taken twice", len(steps) - len({clock for clock, _at in steps}), exactly=0)
    report.figure("steps taken early", sum(seconds < 0 for seconds in late), exactly=0)
    report.figure("cases with more or fewer notices than steps", unlike, exactly=0)
    report.figure("steps without exactly one audit entry", len(due) - audited, exactly=0)
    report.figure("clocks not moved on exactly once", len(due) - moved.count(), exactly=0)
    return late


def judge_lateness(report: Report, late: list[float], *, p99: float, longest: float) -> None:
    report.figure("lateness p50, seconds", percentile(late, 0.5))
    report.figure("lateness p99, seconds", percentile(late, 0.99), at_most=p99)
    report.figure("lateness max, seconds", max(late, default=0.0), at_most=longest)
