"""The week's plan beside what became of it, one line for each person; and taking a plan in from a table."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from cases.tables import Problem, Table, read_table
from contractors import presence, rostering
from contractors.models import Shift
from contractors.presence import Kept, Span
from contractors.presence_measures import people_of
from contractors.shift_plan import Plan
from contractors.shift_table import COLUMNS, NEEDED, judge
from hotline.acts import Refusal
from hotline.calendar import SHANGHAI, Period
from hotline.guards import acting, requires
from hotline.models import Membership, Organisation, User
from hotline.pages.performing import attach, perform
from hotline.reckoning import YEARS
from hotline.roles import CONTRACTOR, Capability

PROBLEMS_SHOWN = 200
WEEK = timedelta(days=6)


class TableForm(forms.Form):
    """A plan as a table."""

    file = forms.FileField(label=gettext_lazy("Table (CSV or XLSX)"))


@dataclass
class Cell:
    """One person's day: what was planned, what became of it, and how long they were at work in all."""

    day: date
    shifts: list[tuple[Shift, Kept]] = field(default_factory=list)
    present: timedelta = timedelta()
    over: timedelta = timedelta()
    is_over: bool = False


@require_GET
@requires(Capability.SHIFT_READ)
def shifts(request: HttpRequest) -> HttpResponse:
    """A week, Monday to Sunday; presence only for those who may read it, and of the own for agents."""
    by, at = acting(request), timezone.now()
    monday, contractor = monday_of(request, at), contractor_of(request, by)
    week = Period.days(monday, monday + WEEK)
    rows = _rows(by, contractor, week, at)
    context = {
        "days": [monday + timedelta(n) for n in range(7)],
        "today": timezone.localdate(at),
        "rows": rows,
        "contractor": contractor,
        "contractors": contractors_of(by),
        "monday": monday,
        "before": monday - timedelta(7),
        "after": monday + timedelta(7),
        "plans": by.can(Capability.SHIFT_PLAN),
        "reads_presence": by.can(Capability.PRESENCE_READ),
    }
    return render(request, "contractors/shifts.html", context)


def _rows(by: Membership, contractor: Organisation | None, week: Period, at: datetime) -> list[dict[str, Any]]:
    """By four queries, however many people there are."""
    planned = Shift.objects.visible_to(by).overlapping(week.start, week.end or at).order_by("span")
    if contractor is not None:
        planned = planned.filter(organisation=contractor)
    by_person: dict[int, list[Shift]] = defaultdict(list)
    for shift in planned:
        by_person[shift.user_id].append(shift)
    seated = people_of(contractor, week) if by.can(Capability.PRESENCE_READ) else [by.user_id]
    people = User.objects.in_bulk({*by_person, *seated})
    stays = presence.spans(list(people), week, now=at)
    named = sorted(people.values(), key=lambda person: (person.staff_number, person.username))
    return [_row(person, by_person[person.pk], stays.get(person.pk, []), week, at) for person in named]


def _row(person: User, planned: list[Shift], stays: list[Span], week: Period, at: datetime) -> dict[str, Any]:
    cells = [Cell(timezone.localdate(week.start) + timedelta(n)) for n in range(7)]
    for cell in cells:
        day = Period.days(cell.day, cell.day)
        end = day.end or at
        cell.is_over, cell.present = end <= at, presence.overlap(stays, day.start, end)
        for shift in planned:
            if shift.span.lower in day:
                rest = timedelta(minutes=shift.break_minutes)
                cell.shifts.append((shift, presence.kept(shift.span.lower, shift.span.upper, rest, stays)))
        if cell.shifts:
            inside = sum((presence.overlap(stays, s.span.lower, s.span.upper) for s, _kept in cell.shifts), timedelta())
            cell.over = max(cell.present - inside, timedelta())
    hours = sum((s.span.upper - s.span.lower for c in cells for s, _kept in c.shifts), timedelta())
    return {"person": person, "cells": cells, "planned": hours, "present": sum((c.present for c in cells), timedelta())}


@requires(Capability.SHIFT_PLAN)
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """A table becomes the plan as a whole, or not at all: what is wrong with which row is said beside it."""
    if request.method == "GET":
        return _bring(request, TableForm(), [])
    form, by, at = TableForm(request.POST, request.FILES), acting(request), timezone.now()
    if not form.is_valid():
        return _bring(request, form, [])
    try:
        judged = judge(_read(form), by=by, at=at)
        if judged.problems:
            return _bring(request, form, judged.problems)
        plan = Plan(judged.lines, judged.rests)
        first = min((planned.day for planned in judged.lines), default=timezone.localdate(at))
        return perform(
            request,
            lambda: rostering.plan_shifts(plan, by=by, at=at),
            then=lambda _shifts: f"{reverse('contractors:shifts')}?week={first}",
            said=lambda made: (
                ngettext("%(n)s shift is planned.", "%(n)s shifts are planned.", len(made)) % {"n": len(made)}
            ),
        )
    except Refusal as refusal:
        attach(form, refusal)
        return _bring(request, form, [])


def _read(form: TableForm) -> Table:
    file = form.cleaned_data["file"]
    return read_table(file.name, file.read())


def _bring(request: HttpRequest, form: TableForm, problems: list[Problem]) -> HttpResponse:
    context = {
        "form": form,
        "columns": [(label, name in NEEDED) for name, (label, _words) in COLUMNS.items()],
        "problems": problems[:PROBLEMS_SHOWN],
        "n": len(problems),
    }
    return render(request, "contractors/shifts_bring.html", context, status=422 if form.errors or problems else 200)


def monday_of(request: HttpRequest, at: datetime) -> date:
    """The Monday of the week an address names, else of this one."""
    try:
        day = parse_date(request.GET.get("week", ""))
    except ValueError:
        day = None
    day = day if day and day.year in YEARS else timezone.localdate(at, SHANGHAI)
    return day - timedelta(day.weekday())


def contractors_of(by: Membership) -> list[Organisation]:
    """Whose plan one may read: a contractor's people, their own."""
    found = Organisation.objects.filter(kind=Organisation.Kind.CONTRACTOR).order_by("path")
    return list(found.filter(pk=by.organisation_id) if by.role in CONTRACTOR else found)


def contractor_of(request: HttpRequest, by: Membership) -> Organisation | None:
    """The one an address names; a contractor's people read their own. Raises Http404."""
    if by.role in CONTRACTOR:
        return by.organisation
    code = request.GET.get("contractor", "")
    return get_object_or_404(Organisation, kind=Organisation.Kind.CONTRACTOR, code=code) if code else None
