"""Working time: which moments count, and when a limit runs out. Pure: no database, no clock, no settings.

The rules, all half-open and exact to the microsecond:

* A moment is working time if its local wall clock lies in a block ``[opens, closes)`` of a working day. A day is a
  working day if its weekday has blocks, unless the year's approved notice makes it a holiday or a make-up working day.
  A year without an approved notice is *provisional* and follows the weekdays alone.
* A limit of N working days given inside working time ends N working days later **at the same time of day**
  (Thursday 12 March 10:06 + 5 = Thursday 19 March 10:06). Given outside working time, it counts from the next opening
  moment. If that time of day is no working time on the last day, it ends at the working moment before it, or at the
  opening if there is none.
* Backwards (a yellow card one working day before the limit) mirrors this: a moment outside ``[opens, closes]`` counts
  from the closing before it.
* Minutes and hours run on the clock without stopping; a day is the same local time on another calendar day.
* A pause that begins before the limit pushes it on by what it cost: working time for working days, else plain time.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Literal, NamedTuple, Self
from zoneinfo import ZoneInfo

from hotline.calendar_year import Hours, Year, build_year, hours, local_of, micros

__all__ = ["OFFICE_WEEK", "SHANGHAI", "Hours", "Period", "Remaining", "Unit", "Week", "WorkingCalendar", "hours"]

SHANGHAI = ZoneInfo("Asia/Shanghai")


Week = tuple[Hours, Hours, Hours, Hours, Hours, Hours, Hours]
_OFFICE_DAY = hours("09:00-12:00", "14:00-18:00")
OFFICE_WEEK: Week = (_OFFICE_DAY,) * 5 + ((), ())


class Unit(StrEnum):
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WORKING_DAY = "working_day"


@dataclass(frozen=True, slots=True)
class Period:
    """A half-open stretch of time ``[start, end)``; without an end it is still open."""

    start: datetime
    end: datetime | None = None

    def __post_init__(self) -> None:
        if self.end is not None and micros(self.end) < micros(self.start):
            raise ValueError("A period cannot end before it starts.")

    def __contains__(self, moment: datetime) -> bool:
        return micros(self.start) <= micros(moment) < self.end_instant()

    def overlaps(self, other: "Period") -> bool:
        return micros(self.start) < other.end_instant() and micros(other.start) < self.end_instant()

    @property
    def length(self) -> timedelta | None:
        return None if self.end is None else timedelta(microseconds=micros(self.end) - micros(self.start))

    def end_instant(self) -> float:
        return math.inf if self.end is None else micros(self.end)

    @classmethod
    def days(cls, first: date, last: date, tz: ZoneInfo = SHANGHAI) -> Self:
        """The local days from ``first`` to ``last``, both included."""
        return cls(datetime.combine(first, time(), tz), datetime.combine(last + timedelta(1), time(), tz))

    @classmethod
    def month(cls, year: int, month: int, tz: ZoneInfo = SHANGHAI) -> Self:
        following = date(year + month // 12, month % 12 + 1, 1)
        return cls.days(date(year, month, 1), following - timedelta(1), tz)


class Remaining(NamedTuple):
    """What is left of a limit, or how late it is: whole (working) days and the rest."""

    late: bool
    days: int
    rest: timedelta

    @property
    def hours(self) -> int:
        return self.rest // timedelta(hours=1)

    @property
    def minutes(self) -> int:
        return self.rest % timedelta(hours=1) // timedelta(minutes=1)


@dataclass(frozen=True)
class WorkingCalendar:
    """One office's working time. Equal calendars compare equal; the years are worked out once, when first asked for."""

    weekly: Week = OFFICE_WEEK
    holidays: frozenset[date] = frozenset()
    makeup: frozenset[date] = frozenset()
    approved_years: frozenset[int] = frozenset()
    tz: ZoneInfo = SHANGHAI
    _years: dict[int, Year] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.weekly) != 7 or not any(self.weekly):
            raise ValueError("A working week has seven days, and at least one of them has working hours.")
        if both := self.holidays & self.makeup:
            raise ValueError(f"{min(both)} cannot be both a holiday and a make-up working day.")

    @classmethod
    def from_seed(
        cls,
        days: Mapping[date, Literal["holiday", "makeup"]],
        approved_years: Iterable[int] | None = None,
        weekly: Week = OFFICE_WEEK,
        tz: ZoneInfo = SHANGHAI,
    ) -> Self:
        """From the rows of a notice. Unless told otherwise, every year named in them counts as approved."""
        years = {day.year for day in days} if approved_years is None else approved_years
        holidays = frozenset(day for day, kind in days.items() if kind == "holiday")
        return cls(weekly, holidays, frozenset(days) - holidays, frozenset(years), tz)

    # Days

    def hours_on(self, day: date) -> Hours:
        """A make-up day keeps its weekday's hours; a weekday without any borrows those of the first that has some."""
        usual = self.weekly[day.weekday()]
        if day.year not in self.approved_years:
            return usual
        if day in self.makeup:
            return usual or next(filter(None, self.weekly))
        return () if day in self.holidays else usual

    def is_working_day(self, day: date) -> bool:
        return bool(self.hours_on(day))

    def is_provisional(self, start: datetime, end: datetime) -> bool:
        """Does any local day from start to end lie in a year whose notice nobody has approved?"""
        years = range(self._local(start).year, self._local(end).year + 1)
        return any(year not in self.approved_years for year in years)

    def working_day(self, day: date, n: int) -> date:
        """The n-th working day after the day (before it, if n is negative); 0 is the day itself."""
        if n == 0:
            return day
        year, table = day.year, self._year(day.year)
        index = table.days_through(day) + n - 1 if n > 0 else table.days_before(day) + n
        while index >= len(table.days):
            index -= len(table.days)
            year, table = year + 1, self._year(year + 1)
        while index < 0:
            year, table = year - 1, self._year(year - 1)
            index += len(table.days)
        return date.fromordinal(table.days[index])

    def working_days_between(self, first: date, last: date) -> int:
        """How many working days lie in ``(first, last]``."""
        if first.year == last.year:
            table = self._year(first.year)
            return table.days_through(last) - table.days_through(first)
        whole = sum(len(self._year(year).days) for year in range(first.year, last.year))
        return whole + self._year(last.year).days_through(last) - self._year(first.year).days_through(first)

    # Moments

    def is_working_time(self, moment: datetime) -> bool:
        return micros(self.next_working_moment(moment)) == micros(moment)

    def next_working_moment(self, moment: datetime) -> datetime:
        """The moment itself inside working time, else the next opening."""
        return self._forward(moment)[0]

    def working_time_between(self, a: datetime, b: datetime) -> timedelta:
        """Working time in ``[a, b)``; negative if b lies before a."""
        return self._worked(micros(a), micros(b))

    def add_working_time(self, start: datetime, amount: timedelta | int) -> datetime:
        """The first moment by which that much working time (seconds or timedelta) has passed; negative: the last
        moment from which that much is still to pass until start."""
        wanted = (amount if isinstance(amount, timedelta) else timedelta(seconds=amount)) // timedelta(microseconds=1)
        year = self._local(start).year
        table = self._year(year)
        target = table.worked(micros(start)) + wanted
        while wanted > 0 and target > table.total:
            target -= table.total
            year, table = year + 1, self._year(year + 1)
        while wanted < 0 and target < 0:
            year, table = year - 1, self._year(year - 1)
            target += table.total
        if wanted == 0:
            return self._local(start)
        return self._moment(table.first_with(target) if wanted > 0 else table.last_with(target))

    def add_working_days(self, start: datetime, n: int) -> datetime:
        """The limit N working days from start, by the rule at the top of this module."""
        moment, day = self._forward(start) if n >= 0 else self._backward(start)
        if n == 0:
            return moment
        wall = moment.replace(tzinfo=None) - datetime.combine(day, time())
        target = self.working_day(day, n)
        return self._clipped(target, wall)

    def add(self, start: datetime, amount: int, unit: Unit) -> datetime:
        if unit is Unit.WORKING_DAY:
            return self.add_working_days(start, amount)
        if unit is Unit.DAY:
            same_time = self._local(start) + timedelta(days=amount)
            return self._local(same_time.astimezone(UTC))
        seconds = 60 if unit is Unit.MINUTE else 3600
        return self._moment(micros(start) + amount * seconds * 1_000_000)

    def due(self, start: datetime, amount: int, unit: Unit, pauses: Iterable[Period] = ()) -> datetime | None:
        """When the limit runs out, or None while an open pause holds it. A limit cannot run out inside a pause."""
        due = self.add(start, amount, unit)
        for begins, ends in _merged(pauses):
            if begins >= micros(due):
                break
            if ends == math.inf:
                return None
            begins = max(begins, micros(start))
            if unit is Unit.WORKING_DAY:
                due = self.add_working_time(due, max(self._worked(begins, int(ends)), timedelta()))
            else:
                due = self._moment(micros(due) + max(int(ends) - begins, 0))
        return due

    def remaining(self, now: datetime, due: datetime, unit: Unit) -> Remaining:
        """For display: "2 days 6 hours left", in working days and working time if the limit is in working days."""
        if micros(now) > micros(due):
            return self.remaining(due, now, unit)._replace(late=True)
        if unit is not Unit.WORKING_DAY:
            days, rest = divmod(timedelta(microseconds=micros(due) - micros(now)), timedelta(days=1))
            return Remaining(False, days, rest)
        days = self.working_days_between(self._forward(now)[1], self._local(due).date())
        if days > 0 and micros(self.add_working_days(now, days)) > micros(due):
            days -= 1
        days = max(days, 0)
        start = self.add_working_days(now, days)
        return Remaining(False, days, max(self.working_time_between(start, due), timedelta()))

    # Inside

    def _year(self, year: int) -> Year:
        if (table := self._years.get(year)) is None:
            table = self._years[year] = build_year(year, self.hours_on, self.tz)
        return table

    def _worked(self, a: int, b: int) -> timedelta:
        first, last = self._moment(a).year, self._moment(b).year
        if first > last:
            return -self._worked(b, a)
        whole = sum(self._year(year).total for year in range(first, last))
        return timedelta(microseconds=whole + self._year(last).worked(b) - self._year(first).worked(a))

    def _local(self, moment: datetime) -> datetime:
        micros(moment)  # refuses a moment without a time zone
        return moment.astimezone(self.tz)

    def _moment(self, instant: int) -> datetime:
        return local_of(instant, self.tz)

    def _forward(self, moment: datetime) -> tuple[datetime, date]:
        """The moment if it lies in working time ``[opens, closes)``, else the next opening; and its working day."""
        year = self._local(moment).year
        while (found := self._year(year).opening_from(micros(moment))) is None:
            year += 1
        return self._moment(found[0]), date.fromordinal(found[1])

    def _backward(self, moment: datetime) -> tuple[datetime, date]:
        """The moment if it lies in ``[opens, closes]``, else the closing before it; and its working day."""
        year = self._local(moment).year
        while (found := self._year(year).closing_before(micros(moment))) is None:
            year -= 1
        return self._moment(found[0]), date.fromordinal(found[1])

    def _clipped(self, day: date, wall: timedelta) -> datetime:
        """That time on the day's clock, or the working moment before it, or else the day's opening."""
        blocks = self.hours_on(day)
        seconds = wall / timedelta(seconds=1)
        begun = [block for block in blocks if block.opens <= seconds]
        if not begun:
            wall = timedelta(seconds=blocks[0].opens)
        elif seconds > begun[-1].closes:
            wall = timedelta(seconds=begun[-1].closes)
        local = (datetime.combine(day, time()) + wall).replace(tzinfo=self.tz)
        return self._local(local.astimezone(UTC))


def _merged(pauses: Iterable[Period]) -> list[tuple[int, float]]:
    """The pauses in order as instants, overlapping and touching ones joined; an open one ends at infinity."""
    joined: list[tuple[int, float]] = []
    for begins, ends in sorted((micros(pause.start), pause.end_instant()) for pause in pauses):
        if joined and begins <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], ends))
        else:
            joined.append((begins, ends))
    return joined
