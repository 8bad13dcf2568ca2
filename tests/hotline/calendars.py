"""The calendars the tests hold against each other: each as the product's, and written down on paper."""

from datetime import date
from functools import cache
from zoneinfo import ZoneInfo

from hotline.calendar import Week, WorkingCalendar, hours
from tests.hotline import notices
from tests.hotline.paper_calendar import PaperCalendar

Written = dict[int, list[tuple[str, str]]]

OFFICE: Written = {weekday: [("09:00", "12:00"), ("14:00", "18:00")] for weekday in range(5)}
SIX_DAYS: Written = {
    **{weekday: [("08:30", "11:45"), ("13:30", "17:30")] for weekday in range(4)},
    4: [("08:30", "12:00")],
    5: [("09:00", "10:30"), ("10:45", "11:00"), ("15:00", "16:00")],
}
EVENINGS: Written = {weekday: [("07:00", "23:00")] for weekday in range(7)}
NIGHTS: Written = {weekday: [("00:30", "23:30")] for weekday in (0, 2, 4, 6)}

Both = tuple[WorkingCalendar, PaperCalendar]


def both(
    written: Written,
    off: set[date],
    on: set[date],
    noticed: set[int],
    years: tuple[int, int] = (2016, 2031),
    tz: str = "Asia/Shanghai",
) -> Both:
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = (
        hours(*("-".join(block) for block in written.get(weekday, []))) for weekday in range(7)
    )
    week: Week = (monday, tuesday, wednesday, thursday, friday, saturday, sunday)
    calendar = WorkingCalendar(week, frozenset(off), frozenset(on), frozenset(noticed), ZoneInfo(tz))
    return calendar, PaperCalendar(written, off, on, noticed, years, tz)


@cache
def everyday() -> list[Both]:
    """An office with a made-up notice to 2026 (2027 and 2028 without), a six-day week approved in even years only, a
    hotline open every evening, one in a city with summer time, and the published notices where they can be read."""
    off, on = notices.made_up()
    calendars = [
        both(OFFICE, off, on, set(range(2018, 2027))),
        both(SIX_DAYS, off, on, set(range(2018, 2028, 2))),
        both(EVENINGS, off, set(), {2019, 2020, 2024}),
        both(NIGHTS, off, on, set(range(2018, 2027)), tz="Europe/Berlin"),
    ]
    if notices.PUBLISHED.exists():
        off, on = notices.published()
        calendars.append(both(OFFICE, off, on, set(range(2018, 2027))))
    return calendars


@cache
def summer_time() -> Both:
    """Asia/Shanghai put its clocks on and back from 1986 to 1991."""
    return both(NIGHTS | OFFICE, set(), set(), set(), (1984, 1993))
