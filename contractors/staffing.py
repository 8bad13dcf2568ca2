"""How many seats each half-hour of a day needs, from the calls of the same weekday in the weeks before."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Count, F, Q, Sum
from django.db.models.functions import TruncMinute

from cases.call_measures import TALK, WAIT
from cases.models import CallQuerySet, Direction
from contractors.erlang import Load, Service, agents_needed
from contractors.presence import HALF_HOUR
from hotline.calendar import SHANGHAI, Period

WEEKS = 4


@dataclass(frozen=True)
class Habits:
    """What calls were like: how long one keeps an agent, and how long callers wait before they give up, in seconds."""

    handling: float
    patience: float | None


@dataclass(frozen=True)
class Need:
    """A half-hour, the calls it can expect, and what they need; None where so many calls cannot be."""

    start: datetime
    calls: float
    service: Service | None


def habits(calls: CallQuerySet, until: datetime) -> Habits | None:
    """From the calls of the weeks before; None without any that were answered.

    Patience: all the time waited over the number of callers who gave up, the estimate of Mandelbaum and Zeltyn.
    """
    begun = calls.filter(
        direction=Direction.INBOUND, in_menu=False, offered_at__gte=until - timedelta(weeks=WEEKS), offered_at__lt=until
    )
    found = begun.order_by().aggregate(
        answered=Count("pk", filter=Q(answered_at__isnull=False, ended_at__isnull=False)),
        talked=Sum(TALK),
        wrapped=Sum("wrap_up_seconds"),
        lost=Count("pk", filter=Q(abandoned=True)),
        waited=Sum(WAIT),
        waited_in_vain=Sum(F("ended_at") - F("offered_at"), filter=Q(abandoned=True)),
    )
    if not found["answered"] or not found["talked"]:
        return None
    waited = (found["waited"] or timedelta()) + (found["waited_in_vain"] or timedelta())
    handling = (found["talked"].total_seconds() + (found["wrapped"] or 0)) / found["answered"]
    return Habits(max(handling, 1.0), max(waited.total_seconds() / found["lost"], 1.0) if found["lost"] else None)


def expected(calls: CallQuerySet, day: date) -> dict[datetime, float]:
    """Calls of each half-hour of the day: the mean of the same weekday in the weeks before; by one query."""
    found: dict[datetime, float] = defaultdict(float)
    days = {day - timedelta(weeks=n): day for n in range(1, WEEKS + 1)}
    before = Q()
    for earlier in days:
        period = Period.days(earlier, earlier)
        before |= Q(offered_at__gte=period.start, offered_at__lt=period.end)
    rows = calls.filter(before, direction=Direction.INBOUND, in_menu=False).order_by()
    counted = rows.values(minute=TruncMinute("offered_at", tzinfo=SHANGHAI)).annotate(n=Count("pk"))
    for row in counted:
        minute = row["minute"].astimezone(SHANGHAI)
        start = datetime.combine(day, minute.time().replace(minute=minute.minute // 30 * 30), SHANGHAI)
        found[start] += row["n"] / WEEKS
    return dict(found)


def needs(calls: CallQuerySet, day: date) -> list[Need]:
    """The half-hours of a day with what they need, where calls are expected; by two queries."""
    start = Period.days(day, day).start
    usual, loads = habits(calls, start), expected(calls, day)
    if usual is None:
        return []
    return [Need(at, n, _needed(n, usual)) for at, n in sorted(loads.items())]


def _needed(calls: float, usual: Habits) -> Service | None:
    load = Load(calls / HALF_HOUR.total_seconds(), usual.handling, usual.patience)
    try:
        return agents_needed(load, within=settings.ANSWER_SECONDS, share=settings.STAFFING_SHARE)
    except ValueError:
        return None
