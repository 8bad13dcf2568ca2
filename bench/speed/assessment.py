"""A month's assessment of a large contractor, in a process of its own: 500 agents, 300,000 calls, the city's cases.

Beside it the same calls and cases only counted by PostgreSQL: what no program that must keep the rows beats.
"""

from __future__ import annotations

import os
import resource
import time
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection, connections
from django.utils import timezone

from bench.speed.city import City
from bench.speed.job import Job
from bench.speed.measure import Bench
from bench.town import Town
from contractors import assessments
from contractors.models import Contract
from hotline.calendar import Period
from hotline.models import Membership, Organisation, User
from hotline.roles import Role
from tests.contractors import stories
from tests.people import local, member

AGENTS, CALLS = 500, 300_000
CLAUSES = (
    ("answered_in_time", "90", "at_least"), ("abandoned_rate", "5", "at_most"), ("mean_wait", "15", "at_most"),
    ("direct_answer_rate", "40", "at_least"), ("bounce_rate", "5", "at_most"), ("on_time_closing", "95", "at_least"),
    ("satisfaction_rate", "95", "at_least"), ("occupancy", "60", "at_least"),
)  # fmt: skip

TAKEN = """
INSERT INTO cases_call (id, platform_id, direction, queue, language, agent_id, organisation_id, offered_at, answered_at,
    ended_at, abandoned, hold_seconds, wrap_up_seconds, recording)
SELECT uuidv7(), 'assessed-' || n, 'inbound', '综合', '',
    CASE WHEN n %% 12 > 0 THEN (%(agents)s::bigint[])[1 + n %% cardinality(%(agents)s::bigint[])] END, %(contractor)s,
    at, CASE WHEN n %% 12 > 0 THEN at + (n %% 40) * interval '1 second' END,
    at + (60 + n %% 400) * interval '1 second', n %% 12 = 0, n %% 30, CASE WHEN n %% 12 > 0 THEN n %% 60 END, ''
FROM generate_series(1, %(calls)s) n, LATERAL (SELECT %(start)s + n * %(every)s AS at) moment
"""
COUNTED = """
SELECT (SELECT count(*) FILTER (WHERE answered_at - offered_at <= interval '15 seconds') FROM cases_call
    WHERE organisation_id = %(contractor)s AND offered_at >= %(start)s AND offered_at < %(end)s),
    (SELECT count(*) FROM cases_case
    WHERE taken_by_organisation_id = %(contractor)s AND registered_at >= %(start)s AND registered_at < %(end)s)
"""


def assessed(_bench: Bench, _here: Town, city: City) -> dict[str, float]:
    """The seconds and the memory of the verb that runs a month."""
    month = (timezone.localdate().replace(day=1) - timedelta(1)).replace(day=1)
    contract = contracted(Organisation.objects.get(pk=city.shared["contractor"]), month)
    connections.close_all()  # a connection must not be shared with a child
    seen, told = os.pipe()
    if os.fork() == 0:
        began = time.perf_counter()
        assessments.run(contract, by=member("song"), at=timezone.now(), month=month)
        seconds = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        os.write(told, f"{seconds} {peak}".encode())
        os._exit(0)
    os.close(told)
    answer = os.read(seen, 100).decode()
    os.close(seen)
    os.wait()
    if not answer:
        raise RuntimeError("the month was not run")
    seconds, peak = (float(word) for word in answer.split())
    results = contract.assessments.get(month=month).results
    rows = sum(results.values_list("n", flat=True)) + sum(results.values_list("excluded", flat=True))
    bare = counted(contract, month)
    return {"seconds": round(seconds, 1), "MB": round(peak), "rows": rows, "x floor": round(seconds / bare, 1)}


def contracted(contractor: Organisation, month: date) -> Contract:
    """The contractor's contract of that year, its agents and the calls they took in the month."""
    year: dict[str, Any] = {"first_day": date(month.year, 1, 1), "last_day": date(month.year, 12, 31)}
    signed_at = local(f"{month.year - 1}-12-15 10:00")
    draft = stories.drafted(at=signed_at, organisation=contractor, number="BENCH-1", **year)
    for n, (measure, target, direction) in enumerate(CLAUSES):
        slope = {"kind": "linear", "slope": "1"}
        named = {"number": f"4.{n + 1}", "measure": measure, "target": Decimal(target), "direction": direction}
        stories.a_clause(draft, at=signed_at, scoring=slope, weight=Decimal(10), **named)
    contract = stories.signed(draft, at=signed_at)
    period = Period.month(month.year, month.month)
    assert period.end is not None
    people = User.objects.bulk_create(User(username=f"seat{n}", name=f"座席{n}") for n in range(AGENTS))
    Membership.objects.bulk_create(
        Membership(user=one, organisation=contractor, role=Role.AGENT, valid=(period.start, None)) for one in people
    )
    given: dict[str, Any] = {
        "contractor": contractor.pk,
        "start": period.start,
        "calls": CALLS,
        "agents": [one.pk for one in people],
    }
    with connection.cursor() as cursor:
        cursor.execute(TAKEN, given | {"every": (period.end - period.start) / (CALLS + 1)})
        cursor.execute("ANALYZE cases_call")
    return contract


def counted(contract: Contract, month: date) -> float:
    """Seconds for one count of the calls and one of the cases."""
    period = Period.month(month.year, month.month)
    given: dict[str, Any] = {"contractor": contract.organisation_id, "start": period.start, "end": period.end}
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, given)
    return time.perf_counter() - began


ASSESSMENT_JOBS = [
    Job("assessment", "run a month of 500 agents and 300,000 calls", "song", targets={"seconds": 10}, alone=assessed),
]
