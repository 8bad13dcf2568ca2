"""One year of a working calendar, worked out once so that every question about it is a bisection. Pure.

Instants are whole microseconds since 1970 UTC: two datetimes of one zone subtract as wall clocks in Python, which is
wrong across a change of summer time (Asia/Shanghai had one from 1986 to 1991).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

SECOND = 1_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Block(NamedTuple):
    """Working time ``[opens, closes)`` in seconds of the local day."""

    opens: int
    closes: int


Hours = tuple[Block, ...]


def hours(*blocks: str) -> Hours:
    """``hours("09:00-12:00", "14:00-18:00")``; a day may end at 24:00. Blocks are in order and never overlap."""
    parsed = tuple(_block(block) for block in blocks)
    if any(opens >= closes for opens, closes in parsed):
        raise ValueError("A block of working hours must close after it opens.")
    if any(later.opens < earlier.closes for earlier, later in pairwise(parsed)):
        raise ValueError("Blocks of working hours must be in order and may not overlap.")
    return parsed


def _block(text: str) -> Block:
    opens, dash, closes = text.partition("-")
    if not dash:
        raise ValueError(f"Working hours are written like 09:00-12:00, not {text!r}.")
    return Block(_seconds_of_day(opens), _seconds_of_day(closes))


def _seconds_of_day(text: str) -> int:
    if text == "24:00":
        return 86_400
    parsed = time.fromisoformat(text)
    return parsed.hour * 3600 + parsed.minute * 60 + parsed.second


def micros(moment: datetime) -> int:
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone.")
    return (moment - _EPOCH) // _MICROSECOND


def local_of(instant: int, tz: ZoneInfo) -> datetime:
    return (_EPOCH + timedelta(microseconds=instant)).astimezone(tz)


@dataclass(slots=True)
class Year:
    """The blocks of a year as instants, with the day each belongs to and the working time before it."""

    opens: list[int] = field(default_factory=list)
    closes: list[int] = field(default_factory=list)
    before: list[int] = field(default_factory=list)
    block_days: list[int] = field(default_factory=list)
    days: list[int] = field(default_factory=list)
    total: int = 0

    def worked(self, instant: int) -> int:
        """Working time of this year that has passed by then."""
        index = bisect_right(self.opens, instant) - 1
        return 0 if index < 0 else self.before[index] + min(instant, self.closes[index]) - self.opens[index]

    def first_with(self, worked: int) -> int:
        """The first instant by which that much (> 0) has passed: at a block's end, its closing."""
        index = bisect_left(self.before, worked) - 1
        return self.opens[index] + worked - self.before[index]

    def last_with(self, worked: int) -> int:
        """The last instant by which no more than that has passed: at a block's start, its opening."""
        index = bisect_right(self.before, worked) - 1
        return self.opens[index] + worked - self.before[index]

    def opening_from(self, instant: int) -> tuple[int, int] | None:
        """The instant if it lies in ``[opens, closes)``, else the next opening; and its day."""
        index = bisect_right(self.closes, instant)
        return (max(instant, self.opens[index]), self.block_days[index]) if index < len(self.opens) else None

    def closing_before(self, instant: int) -> tuple[int, int] | None:
        """The instant if it lies in ``[opens, closes]``, else the closing before it; and its day."""
        index = bisect_right(self.opens, instant) - 1
        return (min(instant, self.closes[index]), self.block_days[index]) if index >= 0 else None

    def days_before(self, day: date) -> int:
        return bisect_left(self.days, day.toordinal())

    def days_through(self, day: date) -> int:
        return bisect_right(self.days, day.toordinal())


def build_year(year: int, hours_on: Callable[[date], Hours], tz: ZoneInfo) -> Year:
    table = Year()
    for ordinal in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1):
        day = date.fromordinal(ordinal)
        if blocks := hours_on(day):
            table.days.append(ordinal)
            for opens, closes in _instants(day, blocks, tz):
                table.opens.append(opens)
                table.closes.append(closes)
                table.before.append(table.total)
                table.block_days.append(ordinal)
                table.total += closes - opens
    return table


def _instants(day: date, blocks: Hours, tz: ZoneInfo) -> Iterator[tuple[int, int]]:
    """The day's blocks as instants. A change of offset cuts a block: hours that never were don't count, hours that
    were twice count twice."""
    for starts, ends, offset in _stretches(day, tz):
        midnight = micros(datetime.combine(day, time(), UTC)) - offset
        for block in blocks:
            opens = max(midnight + block.opens * SECOND, starts)
            closes = min(midnight + block.closes * SECOND, ends)
            if opens < closes:
                yield opens, closes


def _stretches(day: date, tz: ZoneInfo) -> list[tuple[int, int, int]]:
    """The local day as ``(starts, ends, offset)``: one stretch, or two where the clocks change on that day."""
    starts = micros(datetime.combine(day, time(), tz))
    ends = micros(datetime.combine(day + timedelta(1), time(), tz))
    first, last = _offset(starts, tz), _offset(ends - SECOND, tz)
    if first == last:
        return [(starts, ends, first)]
    seconds = range(starts, ends, SECOND)
    change = seconds[bisect_left(seconds, True, key=lambda instant: _offset(instant, tz) != first)]
    return [(starts, change, first), (change, ends, last)]


def _offset(instant: int, tz: ZoneInfo) -> int:
    offset = local_of(instant, tz).utcoffset()
    assert offset is not None
    return offset // _MICROSECOND
