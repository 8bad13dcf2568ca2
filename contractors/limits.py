"""Until when: so many working days of the city's calendar from a moment on."""

from __future__ import annotations

from datetime import datetime

from cases.deadlines import calendar_of
from hotline.calendar import Unit


def working_days_after(at: datetime, n: int) -> datetime:
    return calendar_of().add(at, n, Unit.WORKING_DAY)


def day_before(due: datetime, *, at: datetime) -> datetime:
    """One working day before a limit, when somebody is reminded; at once if that is over."""
    return max(at, calendar_of().add_working_days(due, -1)) if due > at else at
