"""What each person at a seat had to bear: calls, time on them, overtime, rest, abusive callers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from cases.models import Call, Direction
from contractors import presence
from contractors.models import Shift
from contractors.presence import AtWork
from contractors.presence_measures import people_of
from hotline.calendar import Period
from hotline.models import Organisation, User


@dataclass(frozen=True)
class Borne:
    """One person's share of a period."""

    user: User
    calls: int
    outbound: int
    abusive: int
    present: timedelta
    busy: timedelta
    planned: timedelta
    overtime: timedelta
    breaks: timedelta

    @property
    def per_hour(self) -> float | None:
        """Answered calls for each hour at work."""
        hours = self.present.total_seconds() / 3600
        return self.calls / hours if hours >= 0.5 else None


def borne(organisation: Organisation | None, period: Period, *, now: datetime) -> list[Borne]:
    """Everybody who was at work, planned or on a call in the period, by name; by six queries."""
    people = people_of(organisation, period)
    until_now = Period(period.start, max(period.start, min(period.end or now, now)))
    present = presence.spans(people, period, now=now)
    times = presence.times(people, until_now, now=now)
    shifts: dict[int, list[Shift]] = {}
    for shift in Shift.objects.filter(user__in=people).overlapping(period.start, period.end or now):
        shifts.setdefault(shift.user_id, []).append(shift)
    counted = {row["agent"]: row for row in _counted(people, period)}
    users = User.objects.in_bulk({*present, *shifts, *counted})
    nothing = {"calls": 0, "outbound": 0, "abusive": 0}
    found = [
        _borne(
            user, counted.get(key, nothing), present.get(key, []), times.get(key, AtWork()), shifts.get(key, []),
            until_now,
        )
        for key, user in users.items()
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.user.staff_number, each.user.username))


def _counted(people: list[int], period: Period) -> Iterable[Any]:
    answered = Call.objects.filter(agent__in=people, answered_at__isnull=False, offered_at__gte=period.start)
    answered = answered.filter(offered_at__lt=period.end) if period.end else answered
    return (
        answered.order_by()
        .values("agent")
        .annotate(
            calls=Count("pk", filter=Q(direction=Direction.INBOUND)),
            outbound=Count("pk", filter=Q(direction=Direction.OUTBOUND)),
            abusive=Count("pk", filter=Q(abusive_at__isnull=False)),
        )
    )


def _borne(
    user: User, counted: dict[str, int], present: list[presence.Span], time: AtWork, shifts: list[Shift], period: Period
) -> Borne:  # fmt: skip
    end = period.end
    assert end is not None
    planned = [(max(s.span.lower, period.start), min(s.span.upper, end)) for s in shifts if s.span.lower < end]
    at_work = presence.overlap(present, period.start, end)
    inside = sum((presence.overlap(present, since, until) for since, until in planned), timedelta())
    kept = [presence.kept(since, until, timedelta(), present) for since, until in planned]
    return Borne(
        user=user,
        calls=counted["calls"],
        outbound=counted["outbound"],
        abusive=counted["abusive"],
        present=at_work,
        busy=time.busy,
        planned=sum((until - since for since, until in planned), timedelta()),
        overtime=at_work - inside if planned else timedelta(),
        breaks=sum((each.breaks for each in kept), timedelta()),
    )
