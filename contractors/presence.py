"""Who was at work, and when: read from what they did, never typed in.

Signs of work are the acts in the audit trail (signing in, registering, looking something up …) and the calls with their
wrap-up. Between two signs no further apart than a session may lie idle somebody was there; signing out ends it. So a
telephone alone is enough, and a session alone too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection

from hotline.calendar import Period

IDLE = timedelta(seconds=settings.SESSION_IDLE_SECONDS)
HALF_HOUR = timedelta(minutes=30)
STAYS = """
WITH signs AS (
    SELECT actor_id AS person, at AS since, at AS until, act = 'sign_in.out' AS leaves, false AS calling
    FROM hotline_auditentry
    WHERE actor_id = ANY(%(people)s) AND result = 'ok' AND at >= %(start)s - %(idle)s AND at < %(end)s + %(idle)s
    UNION ALL
    SELECT agent_id, answered_at,
        coalesce(ended_at, least(%(now)s, %(end)s)) + coalesce(wrap_up_seconds, 0) * interval '1 second', false, true
    FROM cases_call
    WHERE agent_id = ANY(%(people)s) AND answered_at IS NOT NULL
        AND offered_at >= %(start)s - interval '1 day' AND offered_at < %(end)s + %(idle)s
),
parted AS (
    SELECT *, since > max(until) OVER before + %(idle)s OR lag(leaves, 1, false) OVER before AS apart,
        max(until) FILTER (WHERE calling) OVER before AS called_until
    FROM signs
    WINDOW before AS (PARTITION BY person ORDER BY since, until ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
numbered AS (
    SELECT *, count(*) FILTER (WHERE apart) OVER (PARTITION BY person ORDER BY since, until) AS stay FROM parted
),
stays AS (
    SELECT person, greatest(min(since), %(start)s) AS since, least(max(until), %(end)s) AS until,
        sum(greatest(least(until, %(end)s) - greatest(since, called_until, %(start)s), interval '0'))
            FILTER (WHERE calling) AS busy  -- of each call only what no earlier one covers
    FROM numbered GROUP BY person, stay
    HAVING max(until) > %(start)s AND min(since) < %(end)s AND max(until) > min(since)
)
"""
SPANS = STAYS + "SELECT person, since, until FROM stays ORDER BY 1, 2"  # noqa: S608 - our statement
TIMES = f"""
{STAYS} SELECT person, sum(until - since), coalesce(sum(busy), interval '0') FROM stays GROUP BY 1 ORDER BY 1
"""  # noqa: S608 - our statement
Span = tuple[datetime, datetime]


class AtWork(NamedTuple):
    """How long somebody was there, and how long of it on calls or in wrap-up."""

    present: timedelta = timedelta()
    busy: timedelta = timedelta()


def spans(people: Collection[int], period: Period, *, now: datetime) -> dict[int, list[Span]]:
    """For each person the stretches of time at work within the period, in order; by one query."""
    found: dict[int, list[Span]] = defaultdict(list)
    for person, since, until in _read(SPANS, people, period, now):
        found[person].append((since, until))
    return dict(found)


def times(people: Collection[int], period: Period, *, now: datetime) -> dict[int, AtWork]:
    """For each person who was at work within the period how long; by one query, added up where the calls are."""
    return {person: AtWork(present, busy) for person, present, busy in _read(TIMES, people, period, now)}


def _read(question: str, people: Collection[int], period: Period, now: datetime) -> list[Any]:
    given: dict[str, Any] = {"people": list(people), "start": period.start, "end": period.end or now, "now": now}
    with connection.cursor() as cursor:
        cursor.execute(question, given | {"idle": IDLE})
        return list(cursor.fetchall())


def overlap(stretches: Iterable[Span], start: datetime, end: datetime) -> timedelta:
    """How much of a time the stretches cover."""
    lengths = (min(until, end) - max(since, start) for since, until in stretches)
    return sum((length for length in lengths if length > timedelta()), start=timedelta())


@dataclass(frozen=True)
class Kept:
    """A shift beside what became of it."""

    start: datetime
    end: datetime
    rest: timedelta
    present: timedelta
    first: datetime | None
    last: datetime | None

    @property
    def attended(self) -> bool:
        """At work for half of the planned time at least, rests taken off."""
        return self.present * 2 >= self.end - self.start - self.rest

    @property
    def late(self) -> timedelta:
        return max(self.first - self.start, timedelta()) if self.first else timedelta()

    @property
    def breaks(self) -> timedelta:
        """Away between the first and the last sign of work within the shift."""
        return self.last - self.first - self.present if self.first and self.last else timedelta()


def kept(start: datetime, end: datetime, rest: timedelta, stretches: Iterable[Span]) -> Kept:
    """What became of a planned time."""
    within = [(max(since, start), min(until, end)) for since, until in stretches if since < end and until > start]
    present = sum((until - since for since, until in within), start=timedelta())
    first, last = (within[0][0], within[-1][1]) if within else (None, None)
    return Kept(start, end, rest, present, first, last)


def half_hours(period: Period, *, now: datetime) -> list[datetime]:
    """The beginnings of the half-hours of a period that are over."""
    end, found, moment = min(period.end or now, now), [], period.start
    while moment + HALF_HOUR <= end:
        found.append(moment)
        moment += HALF_HOUR
    return found
