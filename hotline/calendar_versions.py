"""A year's notice of holidays and make-up days, entered by one person and approved by another."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hotline.acts import Invalid
from hotline.calendar import WorkingCalendar
from hotline.models import Calendar, CalendarDay, CalendarYear, Membership, Proposal
from hotline.models.working_calendar import chinese_days, forget, has_notice, parse_week
from hotline.proposals import Subject, Values, register

KINDS = {str(kind.value): kind for kind in CalendarDay.Kind}
Day = list[str]  # date, kind, Chinese name, English name


def target_of(calendar: Calendar, year: int) -> str:
    return f"{calendar.code}:{year}"


class CalendarYears(Subject):
    """A target is a calendar's code and a year: ``city:2027``. In force as soon as it is approved."""

    key = "calendar_year"
    label = gettext_lazy("Working calendar")

    def current(self, target: str) -> Values | None:
        calendar, year = _place(target)
        row = CalendarYear.objects.filter(calendar=calendar, year=year, state=CalendarYear.State.APPROVED).first()
        return None if row is None else {"days": days_of(calendar, year), "source": row.source}

    def clean(self, target: str, given: Values, proposal: Proposal) -> Values:
        calendar, year = _place(target)
        days = sorted(_clean_day(day, year, calendar) for day in given["days"])
        if len({day[0] for day in days}) < len(days):
            raise Invalid(_("A day is named twice."), field="days")
        source = str(given["source"]).strip()
        if not source or not days:
            raise Invalid(_("Give the notice it comes from, and its days."), field="days" if source else "source")
        return {"days": days, "source": source[:200]}

    def lines(self, values: Values) -> list[tuple[str, str]]:
        days = [
            (f"{on} {_weekday(on)}", f"{KINDS[kind].label} · {name}") for on, kind, name, _english in values["days"]
        ]
        return [(_("Notice"), values["source"]), *days]

    def title(self, target: str, values: Values) -> str:
        calendar, year = _place(target)
        return f"{calendar.label} · {year}"

    def effects(self, proposal: Proposal, at: datetime) -> list[str]:
        calendar, year = _place(proposal.target)
        was, becomes = (worked_days(calendar, year, values) for values in (proposal.before, proposal.change))
        said = _("%(year)s has %(becomes)s working days by this notice; until now it was reckoned with %(was)s.")
        keep = _("A due time once given stays, also where it was marked provisional.")
        users = calendar.organisation_set.count()
        reach = ngettext(
            "%(n)s organisation works by this calendar.", "%(n)s organisations work by this calendar.", users
        )
        return [said % {"year": year, "becomes": becomes, "was": was}, keep, reach % {"n": users}]

    def put_in_force(self, proposal: Proposal, *, by: Membership, at: datetime) -> None:
        calendar, year = _place(proposal.target)
        row, _made = CalendarYear.objects.select_for_update().get_or_create(calendar=calendar, year=year)
        CalendarDay.objects.filter(calendar=calendar, date__year=year).delete()
        CalendarDay.objects.bulk_create(
            CalendarDay(calendar=calendar, date=date.fromisoformat(on), kind=kind, name=name, name_en=english)
            for on, kind, name, english in proposal.change["days"]
        )
        row.state, row.approved_by_id, row.approved_at = CalendarYear.State.APPROVED, by.user_id, at
        row.source, row.proposal = proposal.change["source"], proposal
        row.save()
        transaction.on_commit(forget)


def days_of(calendar: Calendar, year: int) -> list[Day]:
    rows = calendar.days.filter(date__year=year).order_by("date")
    return [[day.date.isoformat(), day.kind, day.name, day.name_en] for day in rows]


def known_notice(year: int) -> tuple[list[Day], str]:
    """What the library knows of the year: its notice, or only the fixed holidays without days moved about."""
    days = [[on.isoformat(), kind, name, english] for on, (kind, name, english) in chinese_days(year).items()]
    return days, "" if has_notice(year) else _("Only the fixed holidays are known; no notice was published yet.")


def worked_days(calendar: Calendar, year: int, values: Values | None) -> int:
    """Working days of the year under a notice; without one the weekdays alone decide."""
    days: dict[date, Literal["holiday", "makeup"]] = {
        date.fromisoformat(on): kind for on, kind, _name, _english in (values or {"days": []})["days"]
    }
    working = WorkingCalendar.from_seed(days, [year] if values else [], parse_week(calendar.weekly))
    return working.working_days_between(date(year - 1, 12, 31), date(year, 12, 31))


def _place(target: str) -> tuple[Calendar, int]:
    code, _colon, year = target.rpartition(":")
    calendar = Calendar.objects.filter(code=code).first()
    if calendar is None or not year.isdecimal() or not 1949 <= int(year) <= 2999:
        raise Invalid(_("This calendar or year is not known."))
    return calendar, int(year)


def _clean_day(day: Any, year: int, calendar: Calendar) -> Day:
    """A holiday takes out a day; a make-up day puts one in that had no hours."""
    on, kind, name, english = (str(part).strip() for part in day)
    try:
        found = date.fromisoformat(on)
    except ValueError:
        raise Invalid(_("“%(text)s” is no date. Write 2027-02-06.") % {"text": on}, field="days") from None
    if found.year != year:
        raise Invalid(_("%(day)s is not in %(year)s.") % {"day": on, "year": year}, field="days")
    if kind not in KINDS or not name:
        raise Invalid(_("Say of %(day)s what it is and what it is called.") % {"day": on}, field="days")
    if kind == CalendarDay.Kind.MAKEUP and calendar.weekly[found.weekday()]:
        raise Invalid(_("%(day)s is worked anyway; a make-up day has no hours of its own.") % {"day": on}, field="days")
    return [found.isoformat(), kind, name[:120], english[:160]]


def _weekday(on: str) -> str:
    return date_format(date.fromisoformat(on), "D")


register(CalendarYears())
