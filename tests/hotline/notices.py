"""Notices of holidays for the calendar's tests: a small one made up here, and the published ones if they are there."""

import json
from datetime import date, timedelta
from pathlib import Path

PUBLISHED = Path(__file__).resolve().parents[3] / "shared" / "data" / "calendar" / "chinese-days.json"

# Made up, but shaped like the real ones: a week off in which two week-ends are worked, and days that cross a month.
_SPANS = [((1, 1), 3), ((2, 10), 8), ((4, 4), 3), ((5, 1), 5), ((6, 20), 3), ((10, 1), 7)]


def made_up(first: int = 2018, last: int = 2026) -> tuple[set[date], set[date]]:
    """The days off and the make-up days."""
    off: set[date] = set()
    for year in range(first, last + 1):
        for (month, day), length in _SPANS:
            off |= {date(year, month, day) + timedelta(n) for n in range(length)}
    on: set[date] = set()
    for year in range(first, last + 1):
        for (month, day), length in _SPANS:
            if length >= 5:
                on.add(_weekend_day(date(year, month, day) - timedelta(1), -1, off))
                on.add(_weekend_day(date(year, month, day) + timedelta(length), 1, off))
    return off, on


def _weekend_day(day: date, step: int, off: set[date]) -> date:
    while day.weekday() < 5 or day in off:
        day += timedelta(step)
    return day


def published() -> tuple[set[date], set[date]]:
    notice = json.loads(PUBLISHED.read_text())
    return set(map(date.fromisoformat, notice["holidays"])), set(map(date.fromisoformat, notice["workdays"]))
