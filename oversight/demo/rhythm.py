"""When people call, and when offices work."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from cases.deadlines import calendar_of, local_date
from hotline.calendar import SHANGHAI

# how many of a day's calls come in each hour, from midnight on
HOURS = (2, 1, 1, 1, 1, 2, 5, 10, 22, 30, 30, 22, 13, 15, 26, 27, 24, 20, 14, 12, 11, 8, 5, 3)
DAY_OFF = 0.45
LATELY = 7  # days of which more is in hand than of those before
LATELY_MORE = 2.2
OPENS, CLOSES = time(7, 40), time(21, 30)  # somebody of the hotline office is there


class Rhythm:
    """The times of a story that ends now."""

    def __init__(self, rng: Random, *, days: int, now: datetime) -> None:
        self.rng, self.now = rng, now
        self.start = now - timedelta(days=days)
        self.calendar = calendar_of()

    def arrivals(self, n: int) -> list[datetime]:
        """``n`` moments up to now, in order: busy mornings and afternoons, quiet nights, light weekends."""
        hours = [self.start + timedelta(hours=i) for i in range(int((self.now - self.start).total_seconds() // 3600))]
        weights = [self._weight(hour) for hour in hours]
        chosen = self.rng.choices(hours, weights, k=n)
        return sorted(hour + timedelta(seconds=self.rng.randrange(3600)) for hour in chosen)

    def _weight(self, hour: datetime) -> float:
        working = self.calendar.is_working_day(local_date(hour))
        lately = LATELY_MORE if self.now - hour < timedelta(days=LATELY) else 1
        return HOURS[hour.astimezone(SHANGHAI).hour] * (1 if working else DAY_OFF) * lately

    def working(self, at: datetime, low: float, high: float) -> datetime:
        """Some working hours later, and not on the stroke of the opening."""
        later = self.calendar.add_working_time(at, timedelta(hours=self.rng.uniform(low, high)))
        return later + timedelta(seconds=self.rng.randrange(20, 600))

    def soon(self, at: datetime, low: float, high: float) -> datetime:
        """Some minutes later, whatever the hour."""
        return at + timedelta(minutes=self.rng.uniform(low, high))

    def on_duty(self, at: datetime, low: float, high: float) -> datetime:
        """Some minutes later, or after the office opens."""
        later = self.soon(at, low, high)
        local = later.astimezone(SHANGHAI)
        if OPENS <= local.timetz().replace(tzinfo=None) < CLOSES:
            return later
        day: date = local.date() + timedelta(days=1 if local.time() >= CLOSES else 0)
        return datetime.combine(day, OPENS, SHANGHAI) + timedelta(minutes=self.rng.uniform(1, high))
