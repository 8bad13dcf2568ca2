"""Calendars as rows: seeded from the published notices, approved by somebody, kept at hand."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from hotline.models import working_calendar
from hotline.models.working_calendar import Calendar, CalendarDay, CalendarYear, chinese_days, seed_from_holidays
from tests.hotline import notices

NOW = datetime(2026, 3, 16, 2, 24, tzinfo=UTC)


@pytest.fixture
def office(db: None) -> Calendar:
    working_calendar.forget()
    return Calendar.objects.create(code="test-office", name="热线办作息", name_en="Office hours")


@pytest.mark.parametrize("year", range(2018, 2027))
@pytest.mark.skipif(not notices.PUBLISHED.exists(), reason="the published notices are not beside the checkout")
@pytest.mark.data
def test_every_day_of_the_seeded_years_agrees_with_the_published_notices(year: int) -> None:
    off, on = notices.published()
    days = chinese_days(year)
    day = date(year, 1, 1)
    while day.year == year:
        kind = days[day][0] if day in days else ""
        works = kind == "makeup" or (day.weekday() < 5 and kind != "holiday")
        assert works == (day in on or (day.weekday() < 5 and day not in off)), day
        day += timedelta(1)


def test_seeding_approves_years_with_a_notice_and_leaves_others_provisional(office: Calendar) -> None:
    seed_from_holidays(office, range(2025, 2029), at=NOW)
    seed_from_holidays(office, range(2025, 2029), at=NOW)
    states = dict(office.years.values_list("year", "state"))
    assert states == {2025: "approved", 2026: "approved", 2027: "provisional", 2028: "provisional"}
    calendar = office.working()
    assert calendar.is_working_day(date(2026, 2, 14))
    assert not calendar.is_working_day(date(2026, 2, 17))
    assert calendar.is_working_day(date(2027, 10, 1))
    assert calendar.is_provisional(NOW, NOW + timedelta(days=365))
    holiday = office.days.get(date=date(2026, 2, 17))
    assert (holiday.name, holiday.name_en) == ("春节", "Chinese New Year (Spring Festival)")


def test_approving_a_year_makes_its_days_count(
    office: Calendar, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    year = CalendarYear.objects.create(calendar=office, year=2027)
    CalendarDay.objects.create(calendar=office, date=date(2027, 10, 1), kind="holiday", name="国庆节")
    assert office.working().is_working_day(date(2027, 10, 1))
    with django_capture_on_commit_callbacks(execute=True):
        year.approve(by=None, at=NOW)
    assert not office.working().is_working_day(date(2027, 10, 1))


def test_a_calendar_at_hand_asks_nothing_of_the_database(
    office: Calendar, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = office.working()
    with django_assert_num_queries(0):
        assert office.working() is first
    working_calendar.forget()
    with django_assert_num_queries(3):
        assert office.working() == first


def test_a_change_is_seen_after_half_a_minute(office: Calendar, monkeypatch: pytest.MonkeyPatch) -> None:
    first = office.working()
    CalendarYear.objects.create(calendar=office, year=2026, state="approved", approved_at=NOW)
    assert office.working() is first
    monkeypatch.setattr(working_calendar, "_KEEP_SECONDS", -1.0)
    working_calendar.forget()
    second = office.working()
    assert second.approved_years == {2026}
    assert office.working() is second  # read again, found unchanged, its worked-out years kept


@pytest.mark.parametrize(
    "row",
    [
        CalendarYear(year=2026, state="approved"),
        CalendarYear(year=2026, state="provisional", approved_at=NOW),
        CalendarYear(year=2026, state="perhaps"),
        CalendarYear(year=1900),
        CalendarDay(date=date(2026, 1, 1), kind="picnic", name="?"),
    ],
    ids=["approved by nobody's clock", "provisional yet approved", "unknown state", "a year long ago", "unknown kind"],
)
def test_the_database_refuses(office: Calendar, row: Any) -> None:
    row.calendar = office
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_day_and_a_year_are_entered_once(office: Calendar) -> None:
    CalendarDay.objects.create(calendar=office, date=date(2026, 1, 1), kind="holiday", name="元旦")
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarDay.objects.create(calendar=office, date=date(2026, 1, 1), kind="makeup", name="元旦")
    CalendarYear.objects.create(calendar=office, year=2026)
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarYear.objects.create(calendar=office, year=2026)


@pytest.mark.parametrize(
    "weekly",
    [
        [],
        [[]] * 7,
        [["09:00-12:00"]] * 6,
        [["12:00-09:00"]] * 7,
        [["9"]] * 7,
        {"monday": []},
        [[9]] * 7,
        [None] * 6 + [1],
    ],
)
def test_a_week_that_makes_no_sense_is_refused(weekly: Any) -> None:
    calendar = Calendar(code="bad", name="坏", name_en="Bad", weekly=weekly)
    with pytest.raises(ValidationError) as refused:
        calendar.clean_fields()
    assert set(refused.value.message_dict) == {"weekly"}


def test_an_unknown_time_zone_is_refused() -> None:
    with pytest.raises(ValidationError):
        Calendar(code="bad", name="坏", name_en="Bad", tz="Asia/Liaocheng").clean_fields()
