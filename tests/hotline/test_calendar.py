"""Working time: the rules by example, and against working time written down minute by minute."""

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline.calendar import OFFICE_WEEK, SHANGHAI, Period, Unit, WorkingCalendar, hours
from tests.hotline.calendars import everyday, summer_time
from tests.hotline.deadline_cases import assert_agree, draw

OFFICE = WorkingCalendar(approved_years=frozenset({2026}))


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("03-12 10:06", 5, "03-19 10:06"),  # the same time of day
        ("03-12 15:44", 2, "03-16 15:44"),  # over a week-end
        ("03-14 11:00", 1, "03-17 09:00"),  # Saturday counts from Monday's opening
        ("03-12 18:00", 1, "03-16 09:00"),  # closed at six sharp: from Friday's opening
        ("03-12 17:59:59", 1, "03-13 17:59:59"),
        ("03-12 12:30", 1, "03-13 14:00"),  # the lunch break
        ("03-12 03:00", 0, "03-12 09:00"),
        ("03-16 15:44", -1, "03-13 15:44"),  # a yellow card
        ("03-16 09:00", -1, "03-13 09:00"),  # a limit at the opening keeps its time
        ("03-13 12:00", -1, "03-12 12:00"),  # and one at a closing
        ("03-15 10:00", -1, "03-12 18:00"),  # Sunday counts back from Friday's closing
    ],
)
def test_working_days_end_at_the_same_time_of_day(start: str, n: int, due: str) -> None:
    assert OFFICE.add_working_days(at(start), n) == at(due)


def test_a_time_of_day_the_last_day_lacks_ends_at_the_working_moment_before_it() -> None:
    friday_short = WorkingCalendar((*OFFICE_WEEK[:4], hours("09:00-11:00", "14:00-16:00"), (), ()))
    assert friday_short.add_working_days(at("03-12 17:30"), 1) == at("03-13 16:00")
    assert friday_short.add_working_days(at("03-12 11:40"), 1) == at("03-13 11:00")
    early = WorkingCalendar((hours("07:00-12:00"), *OFFICE_WEEK[1:]))
    assert early.add_working_days(at("03-16 07:30"), 1) == at("03-17 09:00")


def test_a_make_up_saturday_is_worked_and_a_holiday_is_not() -> None:
    calendar = WorkingCalendar.from_seed(
        {date(2026, 2, 14): "makeup", date(2026, 2, 16): "holiday", date(2026, 2, 17): "holiday"}
    )
    assert calendar.add_working_days(at("02-13 10:00"), 1) == at("02-14 10:00")
    assert calendar.add_working_days(at("02-13 10:00"), 2) == at("02-18 10:00")
    assert calendar.working_time_between(at("02-14 00:00"), at("02-18 00:00")) == timedelta(hours=7)


def test_a_year_without_an_approved_notice_follows_the_week_and_says_so() -> None:
    calendar = WorkingCalendar(holidays=frozenset({date(2027, 1, 4)}), approved_years=frozenset({2026}))
    assert calendar.is_working_day(date(2027, 1, 4))
    assert calendar.is_provisional(at("12-30 09:00"), at("12-30 09:00") + timedelta(days=5))
    assert not calendar.is_provisional(at("12-30 09:00"), at("12-31 23:59"))


def test_minutes_hours_and_days_never_stop() -> None:
    start = at("03-13 17:50")
    assert OFFICE.add(start, 30, Unit.MINUTE) == at("03-13 18:20")
    assert OFFICE.add(start, 24, Unit.HOUR) == at("03-14 17:50")
    assert OFFICE.add(start, 7, Unit.DAY) == at("03-20 17:50")


def test_a_pause_moves_a_working_limit_by_the_working_time_it_cost() -> None:
    start, week_end = at("03-12 10:00"), Period(at("03-13 18:00"), at("03-16 09:00"))
    assert OFFICE.due(start, 5, Unit.WORKING_DAY, [week_end]) == at("03-19 10:00")
    lunch_and_after = Period(at("03-13 11:00"), at("03-13 15:00"))
    assert OFFICE.due(start, 5, Unit.WORKING_DAY, [week_end, lunch_and_after]) == at("03-19 14:00") - timedelta(hours=2)
    assert OFFICE.due(start, 2, Unit.HOUR, [Period(at("03-12 11:00"), at("03-14 11:00"))]) == at("03-14 12:00")


def test_overlapping_pauses_cost_their_time_once() -> None:
    one, two = Period(at("03-12 10:00"), at("03-12 11:00")), Period(at("03-12 10:30"), at("03-12 11:30"))
    assert OFFICE.due(at("03-12 09:30"), 1, Unit.HOUR, [two, one]) == at("03-12 12:00")


def test_an_open_pause_holds_the_limit_unless_it_ran_out_before() -> None:
    start = at("03-12 10:00")
    assert OFFICE.due(start, 1, Unit.WORKING_DAY, [Period(at("03-12 16:00"))]) is None
    assert OFFICE.due(start, 1, Unit.WORKING_DAY, [Period(at("03-13 10:00"))]) == at("03-13 10:00")


def test_a_limit_cannot_run_out_inside_a_pause() -> None:
    due = OFFICE.due(at("03-14 10:00"), 0, Unit.WORKING_DAY, [Period(at("03-15 10:00"), at("03-16 10:00"))])
    assert due == at("03-16 10:00")


def test_what_is_left_is_told_in_working_days_and_working_time() -> None:
    left = OFFICE.remaining(at("03-16 10:24"), at("03-19 10:06"), Unit.WORKING_DAY)
    assert (left.late, left.days, left.hours, left.minutes) == (False, 2, 6, 42)
    left = OFFICE.remaining(at("03-16 10:24"), at("03-16 15:44"), Unit.WORKING_DAY)
    assert (left.late, left.days, left.hours, left.minutes) == (False, 0, 3, 20)
    late = OFFICE.remaining(at("03-16 10:24"), at("03-13 10:24"), Unit.WORKING_DAY)
    assert (late.late, late.days, late.rest) == (True, 1, timedelta())
    wall = OFFICE.remaining(at("03-16 10:24"), at("03-18 12:00"), Unit.HOUR)
    assert (wall.days, wall.hours, wall.minutes) == (2, 1, 36)


def test_a_hotline_that_never_closes_works_every_second() -> None:
    round_the_clock = WorkingCalendar((hours("00:00-24:00"),) * 7)
    start = at("03-14 23:30:15")
    assert round_the_clock.add_working_days(start, 3) == at("03-17 23:30:15")
    assert round_the_clock.add_working_time(start, timedelta(days=400)) == start + timedelta(days=400)
    weekdays = WorkingCalendar((hours("00:00-24:00"),) * 5 + ((), ()))
    assert weekdays.add_working_days(at("03-14 00:00"), -1) == at("03-13 00:00")  # Friday 24:00, less a day


def test_a_period_is_half_open() -> None:
    march = Period.month(2026, 3)
    assert at("03-01 00:00") in march
    assert at("03-31 23:59:59.999999") in march
    assert at("04-01 00:00") not in march
    assert not march.overlaps(Period.month(2026, 4))
    assert march.overlaps(Period(at("03-31 23:59")))
    assert Period.month(2026, 12).end == datetime(2027, 1, 1, tzinfo=SHANGHAI)


@pytest.mark.parametrize("bad", ["09:00", "12:00-09:00", "9-12", "09:00-25:00"])
def test_hours_that_make_no_sense_are_refused(bad: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        hours(bad)


def test_overlapping_hours_idle_weeks_and_moments_without_a_zone_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        hours("09:00-12:00", "11:00-13:00")
    with pytest.raises(ValueError, match="working hours"):
        WorkingCalendar(((),) * 7)
    with pytest.raises(ValueError, match="time zone"):
        OFFICE.add_working_days(datetime(2026, 3, 12, 10), 1)  # noqa: DTZ001
    with pytest.raises(ValueError, match="holiday"):
        WorkingCalendar(holidays=frozenset({date(2026, 1, 1)}), makeup=frozenset({date(2026, 1, 1)}))


def test_a_night_worked_when_the_clocks_changed_is_an_hour_shorter_or_longer() -> None:
    nights = WorkingCalendar((hours("00:00-06:00"),) * 7)
    zone = ZoneInfo("Asia/Shanghai")

    def night(day: date) -> timedelta:
        return nights.working_time_between(*_midnights(day, zone))

    assert night(date(1988, 4, 17)) == timedelta(hours=5)
    assert night(date(1988, 9, 11)) == timedelta(hours=7)
    assert night(date(1992, 4, 12)) == timedelta(hours=6)


def _midnights(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    first = datetime(day.year, day.month, day.day, tzinfo=zone)
    return first.astimezone(UTC), (first + timedelta(1)).astimezone(UTC)


@settings(max_examples=300, deadline=None)
@given(st.integers(min_value=0), st.integers(min_value=0, max_value=3))
def test_limits_agree_with_working_time_written_down(seed: int, which: int) -> None:
    calendar, paper = everyday()[which]
    assert_agree(calendar, paper, draw(random.Random(seed), 2018, 2028))


def test_limits_agree_in_the_years_of_summer_time() -> None:
    calendar, paper = summer_time()
    chance = random.Random(1986)
    for _ in range(3_000):
        assert_agree(calendar, paper, draw(chance, 1986, 1991))


@settings(max_examples=300, deadline=None)
@given(
    st.datetimes(datetime(2018, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.integers(-30, 30),
    st.integers(0, 3),
)
def test_a_later_start_never_ends_earlier(start: datetime, n: int, which: int) -> None:
    calendar = everyday()[which][0]
    first = calendar.add_working_days(start, n)
    assert first <= calendar.add_working_days(start + timedelta(minutes=7), n)


@settings(max_examples=300, deadline=None)
@given(
    st.datetimes(datetime(2018, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.timedeltas(timedelta(), timedelta(days=60)),
)
def test_adding_working_time_is_the_inverse_of_measuring_it(start: datetime, amount: timedelta) -> None:
    for calendar, _paper in everyday():
        end = calendar.add_working_time(start, amount)
        assert calendar.working_time_between(start, end) == amount
        assert calendar.working_time_between(end, start) == -amount
        assert calendar.working_time_between(calendar.add_working_time(start, -amount), start) == amount


@settings(max_examples=300, deadline=None)
@given(
    st.datetimes(datetime(2018, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.timedeltas(timedelta(), timedelta(days=60)),
    st.integers(0, 3),
)
def test_what_is_left_leads_to_the_limit(now: datetime, span: timedelta, which: int) -> None:
    calendar = everyday()[which][0]
    due = now + span
    left = calendar.remaining(now, due, Unit.WORKING_DAY)
    reached = calendar.add_working_days(now, left.days)
    assert calendar.working_time_between(reached, due) == left.rest or reached > due
    assert calendar.add_working_days(now, left.days + 1) > due
