"""A burst main: one accepted reply goes to 400 callers, each a transaction of its own with survey and message.

Beside it 400 bare transactions of three rows each: what no program that answers everybody apart beats.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from bench.speed.city import City
from bench.speed.job import Job
from bench.speed.measure import Bench
from bench.town import Town
from cases import group_answers, linking
from cases.models import Case, CaseGroup, GroupAnswered
from tests import stories
from tests.people import member

CALLERS = 400
AT_ONCE = 100


def fanned_out(_bench: Bench, _here: Town, _city: City) -> dict[str, float]:
    """One worker's seconds from the reviewer's key to the last caller's answer."""
    began_at = timezone.now()  # numbers of the day are drawn behind those that the city is filled with
    main = stories.signed(at=began_at)
    callers = [stories.a_case(began_at, phone=f"1360000{n:04}", name=f"市民{n}") for n in range(CALLERS)]
    group = joined(main, callers, at=began_at + timedelta(minutes=10))
    stories.accepted(stories.replied(stories.current(main), at=began_at), at=began_at)
    answer = group_answers.begin(group, by=member("wu"), at=timezone.now())
    began = time.perf_counter()
    given = group_answers.carry_out(answer, timezone.now, seconds=600)
    seconds = time.perf_counter() - began
    if given != CALLERS or GroupAnswered.objects.filter(answer=answer).count() != CALLERS:
        raise RuntimeError(f"{given} of {CALLERS} were answered")
    return {
        "seconds": round(seconds, 1),
        "ms a caller": round(1000 * seconds / CALLERS, 1),
        "x floor": round(seconds / bare(), 1),
    }


def joined(main: Case, callers: list[Case], *, at: datetime) -> CaseGroup:
    for n in range(0, len(callers), AT_ONCE):
        some = [(case, case.version) for case in callers[n : n + AT_ONCE]]
        group = linking.join(main, some, by=member("zhou"), at=at).group
    return group


def bare() -> float:
    began = time.perf_counter()
    for n in range(CALLERS):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO floor_case (number, title, words, status, registered_at)"
                " VALUES (%s, '水管爆裂', '水管爆裂，停水', 'verifying', now()) RETURNING id",
                [f"G{time.time_ns()}-{n}"[-20:]],
            )
            (case,) = cursor.fetchone()
            cursor.execute("INSERT INTO floor_event (case_id, kind, at) VALUES (%s, 'accepted', now())", [case])
            cursor.execute(
                "INSERT INTO floor_message (case_id, body, next_attempt_at) VALUES (%s, '已修复。', now())", [case]
            )
    return time.perf_counter() - began


FAN_OUT_JOBS = [
    Job("fan_out", "one reply to 400 callers, by one worker", "wu", targets={"seconds": 20}, alone=fanned_out),
]
