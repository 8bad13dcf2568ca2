"""The figures of shifts and presence: each one function, one sentence, and the rows behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contractors import presence
from contractors.models import Shift, ShiftQuerySet
from contractors.presence import HALF_HOUR, AtWork, Kept, Span
from hotline.calendar import Period
from hotline.measures import Ratio, Unit, measure
from hotline.models import Membership, Organisation
from hotline.roles import Role

QUARTER = timedelta(minutes=15)
SEATED = (Role.AGENT, Role.SHIFT_LEADER)


@dataclass(frozen=True)
class HalfHour:
    """How many were planned for it, and how many were there for half of it at least."""

    start: datetime
    planned: int
    present: int

    @property
    def filled(self) -> int:
        return min(self.planned, self.present)


def people_of(organisation: Organisation | None, period: Period) -> list[int]:
    """Who sat, or was to sit, at a seat of the contractor at any time of the period."""
    held = Membership.objects.filter(
        role__in=SEATED, organisation__kind=Organisation.Kind.CONTRACTOR, valid__overlap=(period.start, period.end)
    )
    if organisation is not None:
        held = held.filter(organisation=organisation)
    return sorted(set(held.values_list("user", flat=True)))


def half_hours(organisation: Organisation | None, period: Period, *, now: datetime | None = None) -> list[HalfHour]:
    """Every half-hour of the period that is over; by three queries."""
    now = now or timezone.now()
    shifts = _shifts(organisation, period)
    stays = presence.spans(people_of(organisation, period), period, now=now)
    planned = [(shift.span.lower, shift.span.upper) for shift in shifts]
    return [
        HalfHour(start, _covering(planned, start), sum(_there(spans, start) for spans in stays.values()))
        for start in presence.half_hours(period, now=now)
    ]


def _there(spans: Iterable[Span], start: datetime) -> bool:
    """Was this person at work for half of the half-hour at least, in one piece or several?"""
    return presence.overlap(spans, start, start + HALF_HOUR) >= QUARTER


def _covering(spans: Iterable[Span], start: datetime) -> int:
    """How many of them cover half of the half-hour at least."""
    return sum(min(until, start + HALF_HOUR) - max(since, start) >= QUARTER for since, until in spans)


def kept_shifts(
    organisation: Organisation | None, period: Period, *, now: datetime | None = None
) -> list[tuple[Shift, Kept]]:
    """The shifts that ended in the period, each with what became of it; by three queries."""
    now = now or timezone.now()
    end = min(period.end or now, now)
    shifts = [s for s in _shifts(organisation, period).select_related("user") if period.start < s.span.upper <= end]
    wide = Period(min((s.span.lower for s in shifts), default=period.start), end)
    stays = presence.spans({s.user_id for s in shifts}, wide, now=now)
    return [
        (s, presence.kept(s.span.lower, s.span.upper, timedelta(minutes=s.break_minutes), stays.get(s.user_id, [])))
        for s in shifts
    ]


def _shifts(organisation: Organisation | None, period: Period) -> ShiftQuerySet:
    found = Shift.objects.overlapping(period.start, period.end or timezone.now()).order_by("span", "pk")
    return found.filter(organisation=organisation) if organisation else found


@measure(
    "seats_filled",
    _("Seats filled"),
    _(
        "Of the seats planned for the half-hours of the period, the share at which somebody was at work for half of the"
        " half-hour at least; more people than seats do not count."
    ),
    Unit.PERCENT,
)
def seats_filled(organisation: Organisation | None, period: Period) -> Ratio:
    found = half_hours(organisation, period)
    return Ratio(sum(each.filled for each in found), sum(each.planned for each in found))


@measure(
    "attendance",
    _("Attendance"),
    _(
        "Of the shifts that ended in the period, the share whose person was at work for half of the planned time at"
        " least, rests taken off; read from sign-ins, acts and calls."
    ),
    Unit.PERCENT,
)
def attendance(organisation: Organisation | None, period: Period) -> Ratio:
    shifts = kept_shifts(organisation, period)
    return Ratio(sum(kept.attended for _shift, kept in shifts), len(shifts))


@measure(
    "occupancy",
    _("Occupancy"),
    _(
        "Of the time that agents were at work in the period, the share in which they talked or wrapped up, in seconds;"
        " read from sign-ins, acts and calls."
    ),
    Unit.PERCENT,
)
def occupancy(organisation: Organisation | None, period: Period) -> Ratio:
    at_work = time_at_work(organisation, period).values()
    return Ratio(sum(seconds(one.busy) for one in at_work), sum(seconds(one.present) for one in at_work))


def time_at_work(organisation: Organisation | None, period: Period) -> dict[int, AtWork]:
    """Of each person how long at work, and how long of it on calls or in wrap-up; by two queries."""
    return presence.times(people_of(organisation, period), period, now=timezone.now())


def seconds(time: timedelta) -> int:
    return int(time.total_seconds())
