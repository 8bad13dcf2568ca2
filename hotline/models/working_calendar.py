"""Working calendars as rows: an office's hours, and for each year the notice of holidays and make-up days.

Every organisation names one. A year counts only once somebody has approved its notice; until then the weekdays alone
decide and the year is called provisional. A limit already given keeps its due time when a year is approved later.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Literal, cast
from zoneinfo import ZoneInfo, available_timezones

import holidays
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Func, Q
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from hotline.calendar import Week, WorkingCalendar, hours
from hotline.models.organisation import Bilingual
from hotline.models.proposal import Proposal

if TYPE_CHECKING:
    from hotline.models.people import User

# Longer than a request, shorter than anybody's wait after approving a year.
_KEEP_SECONDS = 30.0
_kept: dict[int, tuple[float, WorkingCalendar]] = {}

OFFICE_WEEK_JSON = [["09:00-12:00", "14:00-18:00"]] * 5 + [[], []]


def validate_week(value: object) -> None:
    """Seven lists of blocks like "09:00-12:00", Monday first, at least one of them not empty."""
    if not isinstance(value, list) or len(value) != 7 or not any(value):
        raise ValidationError(_("Give the working hours of seven days, Monday first, at least one day with hours."))
    try:
        parse_week(value)
    except (TypeError, ValueError, AttributeError) as error:
        raise ValidationError(
            _("Write working hours like 09:00-12:00, in order and without overlap: %(reason)s"),
            params={"reason": str(error)},
        ) from error


def parse_week(value: list[list[str]]) -> Week:
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = (hours(*blocks) for blocks in value)
    return monday, tuesday, wednesday, thursday, friday, saturday, sunday


def validate_time_zone(value: str) -> None:
    if value not in _time_zones():
        raise ValidationError(_("%(name)s is no known time zone."), params={"name": value})


@cache
def _time_zones() -> set[str]:
    return available_timezones()


def _office_week() -> list[list[str]]:
    return [list(blocks) for blocks in OFFICE_WEEK_JSON]


class _JsonArrayLength(Func):
    function = "jsonb_array_length"
    output_field = models.IntegerField()


class Calendar(Bilingual):
    """When an office works: blocks of the week, and the years' notices."""

    code = models.SlugField(max_length=40, unique=True)
    weekly = models.JSONField(default=_office_week, validators=[validate_week])
    tz = models.CharField(max_length=64, default="Asia/Shanghai", validators=[validate_time_zone])

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Exact(_JsonArrayLength("weekly"), 7),
                name="calendar_weekly_has_seven_days",
            ),
            models.CheckConstraint(condition=~Q(tz=""), name="calendar_tz_is_named"),
        ]

    def working(self) -> WorkingCalendar:
        return working_calendar(self.pk)


class CalendarYear(models.Model):
    """What is known of a year: nobody's word yet (provisional), or a notice somebody approved."""

    class State(models.TextChoices):
        PROVISIONAL = "provisional", _("Provisional: weekdays only")
        APPROVED = "approved", _("Approved")

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=State, default=State.PROVISIONAL)
    # Empty on an approved year that came with a published notice: the source says which.
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["calendar", "year"], name="calendar_year_once"),
            models.CheckConstraint(condition=Q(year__range=(1949, 2999)), name="calendar_year_is_plausible"),
            models.CheckConstraint(
                condition=Q(state__in=["provisional", "approved"]), name="calendar_year_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="approved", approved_at__isnull=False)
                | Q(state="provisional", approved_at__isnull=True, approved_by__isnull=True),
                name="calendar_year_approved_at_iff_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} ({self.get_state_display()})"

    def approve(self, *, by: User | None, at: datetime) -> None:
        """From now on the year's holidays and make-up days count."""
        self.state, self.approved_by, self.approved_at = self.State.APPROVED, by, at
        self.save(update_fields=["state", "approved_by", "approved_at"])
        transaction.on_commit(forget)


class CalendarDay(Bilingual):
    """A day the notice takes out of the week, or puts in."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("Holiday")
        MAKEUP = "makeup", _("Make-up working day")

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="days")
    date = models.DateField()
    kind = models.CharField(max_length=8, choices=Kind)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["calendar", "date"], name="calendar_day_once"),
            models.CheckConstraint(condition=Q(kind__in=["holiday", "makeup"]), name="calendar_day_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"


def working_calendar(calendar_id: int) -> WorkingCalendar:
    """The calendar as arithmetic, kept in this process so that an ordinary request asks no question of the database."""
    now = time.monotonic()
    kept = _kept.get(calendar_id)
    if kept and kept[0] > now:
        return kept[1]
    loaded = _load(calendar_id)
    if kept and kept[1] == loaded:
        loaded = kept[1]  # its years are worked out already
    _kept[calendar_id] = (now + _KEEP_SECONDS, loaded)
    return loaded


def forget() -> None:
    """Ask the database again next time: after a change in this process, and between tests."""
    _kept.clear()


def _load(calendar_id: int) -> WorkingCalendar:
    calendar = Calendar.objects.get(pk=calendar_id)
    approved = calendar.years.filter(state=CalendarYear.State.APPROVED).values_list("year", flat=True)
    days = cast(dict[date, Literal["holiday", "makeup"]], dict(calendar.days.values_list("date", "kind")))
    return WorkingCalendar.from_seed(days, approved, parse_week(calendar.weekly), ZoneInfo(calendar.tz))


def chinese_days(year: int) -> dict[date, tuple[Literal["holiday", "makeup"], str, str]]:
    """What the State Council's notice changes in a year: date → (kind, Chinese name, English name)."""
    chinese = holidays.country_holidays("CN", years=year, language="zh_CN")
    english = holidays.country_holidays("CN", years=year, language="en_US")
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    days: dict[date, tuple[Literal["holiday", "makeup"], str, str]] = {}
    for day in map(date.fromordinal, range(first, last + 1)):
        if day in chinese:
            days[day] = ("holiday", chinese[day], english[day])
        elif day.weekday() >= 5 and chinese.is_working_day(day):
            days[day] = ("makeup", "调休上班", "Make-up working day")
    return days


def has_notice(year: int) -> bool:
    """Whether the library knows the year's notice and not only the fixed holidays: it then moves days about."""
    calendar: Any = holidays.country_holidays("CN", years=year)
    return any(day.year == year for day in calendar.weekend_workdays)


@transaction.atomic
def seed_from_holidays(calendar: Calendar, years: Iterable[int], *, at: datetime) -> None:
    """Enter the published notices. A year without one stays provisional; a year already approved is left alone."""
    source = f"holidays {version('holidays')}: State Council notice"
    for year in years:
        row, _made = CalendarYear.objects.select_for_update().get_or_create(calendar=calendar, year=year)
        if row.state == CalendarYear.State.APPROVED or not has_notice(year):
            continue
        CalendarDay.objects.filter(calendar=calendar, date__year=year).delete()
        CalendarDay.objects.bulk_create(
            CalendarDay(calendar=calendar, date=day, kind=kind, name=name, name_en=name_en)
            for day, (kind, name, name_en) in chinese_days(year).items()
        )
        row.state, row.approved_at, row.source = CalendarYear.State.APPROVED, at, source
        row.save()
    transaction.on_commit(forget)
