"""Working time the slow way: every working minute of many years written down, one after another.

Written apart from hotline.calendar and sharing no code with it, so that the two can be held against each other. It asks
of each minute "is this working time?" by the rules as an office would state them.
"""

from array import array
from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)


class PaperCalendar:
    """`hours` maps a weekday to "HH:MM" pairs; `off` and `on` are the notice; `noticed` are the years it is approved
    for."""

    def __init__(
        self,
        hours: dict[int, list[tuple[str, str]]],
        off: set[date],
        on: set[date],
        noticed: set[int],
        years: tuple[int, int],
        tz: str = "Asia/Shanghai",
    ) -> None:
        self.hours, self.off, self.on, self.noticed = hours, off, on, noticed
        self.zone = ZoneInfo(tz)
        self.minutes = self._written_down(years)  # the working minutes, as minutes since 1970

    def blocks(self, day: date) -> list[tuple[str, str]]:
        own = self.hours.get(day.weekday(), [])
        if day.year in self.noticed and day in self.off:
            return []
        if day.year in self.noticed and day in self.on and not own:
            return next(self.hours[weekday] for weekday in range(7) if self.hours.get(weekday))
        return own

    def works(self, local: datetime) -> bool:
        clock = local.strftime("%H:%M")
        return any(opens <= clock < closes for opens, closes in self.blocks(local.date()))

    def _written_down(self, years: tuple[int, int]) -> "array[int]":
        """Minute by minute in UTC; a day's answers are reused for days with the same blocks and no change of offset."""
        written = array("q")
        known: dict[tuple[tuple[str, str], ...], list[int]] = {}
        day = date(years[0], 1, 1)
        while day.year <= years[1]:
            first = datetime(day.year, day.month, day.day, tzinfo=self.zone).astimezone(UTC)
            next_day = day + timedelta(1)
            last = datetime(next_day.year, next_day.month, next_day.day, tzinfo=self.zone).astimezone(UTC)
            begin = int(first.timestamp()) // 60
            length = int((last - first).total_seconds()) // 60
            blocks = tuple(self.blocks(day))
            if length != 1440 or blocks not in known:
                offsets = [n for n in range(length) if self.works((first + n * MINUTE).astimezone(self.zone))]
                if length == 1440:
                    known[blocks] = offsets
            else:
                offsets = known[blocks]
            written.extend(begin + n for n in offsets)
            day = next_day
        return written

    # Seconds

    def position(self, moment: datetime) -> int:
        """How many working seconds were written down before the moment."""
        minute, second = divmod(int(moment.timestamp()), 60)
        index = bisect_left(self.minutes, minute)
        inside = index < len(self.minutes) and self.minutes[index] == minute
        return index * 60 + (second if inside else 0)

    def elapsed_by(self, seconds: int) -> datetime:
        """The first moment before which that many working seconds (at least one) were written down."""
        index, second = divmod(seconds - 1, 60)
        return self._at(self.minutes[index] * 60 + second + 1)

    def elapsed_from(self, seconds: int) -> datetime:
        """The last moment before which only that many were."""
        index, second = divmod(seconds, 60)
        return self._at(self.minutes[index] * 60 + second)

    def _at(self, timestamp: int) -> datetime:
        return datetime.fromtimestamp(timestamp, UTC).astimezone(self.zone)

    # Days

    def add_working_days(self, start: datetime, n: int) -> datetime:
        local = start.astimezone(self.zone)
        clock, day = local.strftime("%H:%M:%S"), local.date()
        if n > 0 and not self.works(local):
            opening = self.elapsed_from(self.position(start))
            clock, day = opening.strftime("%H:%M:%S"), opening.date()
        if n < 0 and not self._open_or_closing(local):
            closing = self.elapsed_by(self.position(start))
            clock, day = closing.strftime("%H:%M:%S"), closing.date()
        step = timedelta(1 if n > 0 else -1)
        left = abs(n)
        while left:
            day += step
            left -= bool(self.blocks(day))
        return self._on(day, clock)

    def _open_or_closing(self, local: datetime) -> bool:
        clock = local.strftime("%H:%M:%S")
        return any(opens + ":00" <= clock <= closes + ":00" for opens, closes in self.blocks(local.date()))

    def _on(self, day: date, clock: str) -> datetime:
        """At that time if the office is open or just closing, else at the closing before, else at the opening."""
        blocks = self.blocks(day)
        closings = [closes + ":00" for _opens, closes in blocks if closes + ":00" < clock]
        if not any(opens + ":00" <= clock <= closes + ":00" for opens, closes in blocks):
            clock = closings[-1] if closings else blocks[0][0] + ":00"
        local = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=self.zone)
        return local.astimezone(UTC).astimezone(self.zone)

    # Limits

    def due(
        self, start: datetime, amount: int, unit: str, pauses: list[tuple[datetime, datetime | None]]
    ) -> datetime | None:
        """Pauses in order and apart. Seconds lost are counted off the list and handed back after it."""
        if unit == "working_day":
            due = self.add_working_days(start, amount)
        elif unit == "day":
            naive = start.astimezone(self.zone).replace(tzinfo=None) + timedelta(days=amount)
            due = naive.replace(tzinfo=self.zone).astimezone(UTC)
        else:
            due = start.astimezone(UTC) + timedelta(minutes=amount * (60 if unit == "hour" else 1))
        for begins, ends in pauses:
            if begins.timestamp() >= due.timestamp():
                return due
            if ends is None:
                return None
            if ends.timestamp() <= start.timestamp():
                continue
            begins = begins if begins.timestamp() > start.timestamp() else start
            if unit == "working_day":
                lost = self.position(ends) - self.position(begins)
                due = self.elapsed_by(self.position(due) + lost) if lost else due
            else:
                due = due.astimezone(UTC) + (ends.astimezone(UTC) - begins.astimezone(UTC))
        return due
