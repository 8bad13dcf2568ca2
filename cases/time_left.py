"""How much of a limit is left, in the time it is counted in, and how pressing that makes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.calendar import Unit, WorkingCalendar
from hotline.wording import DAY, remaining_words

SOON_SHARE = 0.25


@dataclass(frozen=True)
class TimeLeft:
    """``level`` is ok, soon, late or paused; ``until`` is when the counting stands still next (None: it stands now)."""

    due_at: datetime
    level: str
    seconds: float
    soon: float
    until: datetime | None
    day: int
    share: float

    @property
    def words(self) -> str:
        return remaining_words(self.seconds, day=self.day)


def time_left(
    *,
    started_at: datetime,
    due_at: datetime,
    unit: str,
    at: datetime,
    calendar: WorkingCalendar,
    card: str = "",
    paused: bool = False,
) -> TimeLeft:
    """What is left of a limit. Late: past its due time. Soon: a yellow card was shown, or less than a quarter is left.

    Limits in working days are measured in working time, and a "day" in the words is then a working day.
    """
    counts = Unit(unit)
    left = calendar.remaining(at, due_at, counts)
    day = _length_of_day(calendar, at) if counts is Unit.WORKING_DAY else DAY
    seconds = left.days * day + left.rest.total_seconds()
    whole = _length(calendar, started_at, due_at, counts)
    if not left.late and seconds <= 0:  # due at the next opening: what is left is the night or the weekend
        counts, day, seconds, card = Unit.HOUR, DAY, (due_at - at).total_seconds(), card or "yellow"
    soon = whole * SOON_SHARE
    level = "paused" if paused else "late" if left.late else "soon" if card or seconds <= soon else "ok"
    return TimeLeft(
        due_at=due_at,
        level=level,
        seconds=-seconds if left.late else seconds,
        soon=soon if not card else whole,
        until=None if paused else _runs_until(calendar, at, counts),
        day=day,
        share=1.0 if left.late or not whole else max(0.0, 1 - seconds / whole),
    )


def _length(calendar: WorkingCalendar, start: datetime, due: datetime, unit: Unit) -> float:
    if unit is not Unit.WORKING_DAY:
        return (due - start).total_seconds()
    return calendar.working_time_between(start, due).total_seconds()


def _length_of_day(calendar: WorkingCalendar, at: datetime) -> int:
    """Working seconds of the day that is running, else of the next one."""
    day = calendar.next_working_moment(at).date()
    return int(sum(block.closes - block.opens for block in calendar.hours_on(day))) or DAY


def _runs_until(calendar: WorkingCalendar, at: datetime, unit: Unit) -> datetime | None:
    """The end of the working block that runs now; other limits run on day and night."""
    if unit is not Unit.WORKING_DAY:
        return at + timedelta(days=1)
    local = at.astimezone(calendar.tz)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    passed = (local - midnight).total_seconds()
    for block in calendar.hours_on(local.date()):
        if block.opens <= passed < block.closes:
            return midnight + timedelta(seconds=block.closes)
    return None
