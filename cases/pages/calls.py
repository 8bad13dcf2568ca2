"""The telephone in figures, by day, contractor, agent or queue, and the calls behind each of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from cases.call_counting import CALL_FIGURES, Figure, figures, total
from cases.call_measures import TABLE
from cases.call_sets import CallSelection, calls_url
from cases.counting import Part
from cases.deadlines import local_date
from cases.models import Call, Case
from hotline.calendar import Period
from hotline.guards import acting, requires
from hotline.measures import MEASURES, Duration, Ratio
from hotline.models import Membership, Organisation, User
from hotline.paging import PARAMETER, address, page_of, pager
from hotline.reckoning import YEARS
from hotline.roles import CONTRACTOR, Capability

DAYS, MOST_DAYS = 7, 366
WHOSE = ("contractor", "agent", "queue")
ROWS = ("day", "contractor", "agent", "queue")


@dataclass(frozen=True)
class Cell:
    """One number of the table, and the lists it opens."""

    figure: Figure
    opens: str
    counts: str = ""
    left_out: str = ""

    @property
    def ratio(self) -> Ratio | None:
        return self.figure if isinstance(self.figure, Ratio) else None

    @property
    def seconds(self) -> float | None:
        mean = self.figure.mean if isinstance(self.figure, Duration) else None
        return None if mean is None else mean.total_seconds()

    @property
    def is_time(self) -> bool:
        return isinstance(self.figure, Duration)


@require_GET
@requires(Capability.CALL_READ)
def calls(request: HttpRequest) -> HttpResponse:
    """One line for each day, contractor, agent or queue; every number opens the calls it counts."""
    by = acting(request)
    chosen = selected(request, by)
    rows_by = request.GET.get("by", "day")
    if rows_by not in ROWS:
        raise Http404(rows_by)
    reach = chosen.within(Call.objects.visible_to(by))
    counted = figures(reach, chosen.period, by=rows_by, keys=TABLE)
    lines = _lines(chosen, rows_by, counted)
    context = {
        "chosen": chosen,
        "first": timezone.localdate(chosen.period.start),
        "last": _last_day(chosen.period),
        "measures": [MEASURES[key] for key in TABLE],
        "lines": lines,
        "total": _cells(chosen, total(counted.values(), TABLE)),
        "switch": _switch(request, rows_by),
        "rows_by": rows_by,
        "contractors": _contractors(by),
        "minimum_n": settings.MINIMUM_N,
        "all_url": calls_url(chosen),
    }
    return render(request, "cases/calls.html", context)


@require_GET
@requires(Capability.CALL_READ)
def call_list(request: HttpRequest) -> HttpResponse:
    """One page of the calls a number counts, latest first, and how many there are."""
    by = acting(request)
    chosen = selected(request, by)
    reach = chosen.calls(Call.objects.visible_to(by))
    rows = reach.select_related("agent", "citizen")
    found = page_of(rows, "offered_at", request.GET.get(PARAMETER, ""), descending=True)
    near = set(Case.objects.visible_to(by).filter(pk__in=[c.case_id for c in found.rows]).values_list("pk", flat=True))
    cases = {case.pk: case.number for case in Case.objects.filter(pk__in=near).only("number")}
    n = reach.order_by().count()
    words = pgettext("calls", "%(shown)s of %(n)s") % {"shown": len(found.rows), "n": f"{n:,}"}
    context = {
        "chosen": chosen,
        "measure": MEASURES[chosen.measure] if chosen.measure else None,
        "part": _part_words(chosen),
        "rows": [(call, cases.get(call.case_id or 0, "")) for call in found.rows],
        "n": n,
        "back_url": _figures_url(chosen),
    }
    return render(request, "cases/call_list.html", {**context, "pager": pager(request.GET, found, words)})


def selected(request: HttpRequest, by: Membership) -> CallSelection:
    """What an address asks for. Raises Http404 for a measure, contractor or agent that does not exist."""
    measure, part = request.GET.get("measure", ""), request.GET.get("part", "") or Part.DENOMINATOR
    if (measure and measure not in CALL_FIGURES) or part not in Part.__members__.values():
        raise Http404(measure or part)
    code, agent = request.GET.get("contractor", ""), request.GET.get("agent", "")
    return CallSelection(
        period=_period(request),
        measure=measure,
        part=Part(part),
        contractor=get_object_or_404(_contractors(by), code=code) if code else None,
        agent=_agent(agent, by) if agent else None,
        queue=request.GET.get("queue", "")[:40],
    )


def _agent(username: str, by: Membership) -> User:
    """Somebody with a call within reach; others are as if they were not there. Raises Http404."""
    call = Call.objects.visible_to(by).filter(agent__username=username).select_related("agent").first()
    if call is None or call.agent is None:
        raise Http404(username)
    return call.agent


def _contractors(by: Membership) -> QuerySet[Organisation]:
    """Those whose calls one may see: a contractor's people, their own."""
    found = Organisation.objects.filter(kind=Organisation.Kind.CONTRACTOR).order_by("path")
    return found.filter(pk=by.organisation_id) if by.role in CONTRACTOR else found


def _period(request: HttpRequest) -> Period:
    """The moments of a list, the days of a form, or the last seven days."""
    begins, ends = _moment(request.GET.get("from", "")), _moment(request.GET.get("until", ""))
    if begins and ends and begins <= ends:
        return Period(begins, ends)
    today = local_date(timezone.now())
    first = _day(request.GET.get("first", "")) or today - timedelta(DAYS - 1)
    last = max(first, _day(request.GET.get("last", "")) or today)
    return Period.days(first, min(last, first + timedelta(MOST_DAYS - 1)))


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo and at.year in YEARS else None


def _day(text: str) -> date | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and day.year in YEARS else None


def _last_day(period: Period) -> date:
    return timezone.localdate((period.end or timezone.now()) - timedelta(microseconds=1))


# -- The lines of the table


def _lines(chosen: CallSelection, rows_by: str, counted: dict[Any, dict[str, Figure]]) -> list[dict[str, Any]]:
    """Each with its name and the lists its numbers open; days in order, others by name."""
    named = _named(rows_by, counted)
    lines = []
    for group in sorted(counted, key=lambda group: (group is None, str(named[group][0]))):
        name, narrowed = named[group][0], _narrowed(chosen, rows_by, group, named[group][1])
        cells = _cells(narrowed, counted[group]) if narrowed else _cells(chosen, counted[group], opens=False)
        lines.append({"name": name, "day": group if rows_by == "day" else None, "cells": cells})
    return lines


def _named(rows_by: str, groups: Iterable[Any]) -> dict[Any, tuple[str, Any]]:
    """What a group is called, and the thing it stands for."""
    if rows_by == "agent":
        people = User.objects.in_bulk([group for group in groups if group])
        return {group: (people[group].label, people[group]) if group else (_("no agent"), None) for group in groups}
    if rows_by == "contractor":
        known = Organisation.objects.in_bulk([group for group in groups if group])
        return {
            group: (known[group].label, known[group]) if group else (_("of no contractor"), None) for group in groups
        }
    return {group: (str(group) or _("no queue"), group) for group in groups}


def _narrowed(chosen: CallSelection, rows_by: str, group: Any, thing: Any) -> CallSelection | None:
    """The selection of one line; None for what no address can say."""
    if not thing:
        return None
    if rows_by != "day":
        return replace(chosen, **{rows_by: thing})
    day = Period.days(group, group)
    starts = max(day.start, chosen.period.start)
    return replace(chosen, period=Period(starts, min(day.end or starts, chosen.period.end or starts)))


def _cells(chosen: CallSelection, row: dict[str, Figure], *, opens: bool = True) -> list[Cell]:
    if not opens:
        return [Cell(row[key], "") for key in TABLE]
    return [
        Cell(
            figure=row[key],
            opens=calls_url(chosen, measure=key),
            counts=calls_url(chosen, measure=key, part=Part.NUMERATOR),
            left_out=calls_url(chosen, measure=key, part=Part.EXCLUDED) if row[key].excluded else "",
        )
        for key in TABLE
    ]


def _figures_url(chosen: CallSelection) -> str:
    days = {"first": str(timezone.localdate(chosen.period.start)), "last": str(_last_day(chosen.period))}
    given = {name: value for name, value in chosen.address().items() if name in WHOSE}
    return f"{reverse('cases:calls')}?{urlencode(given | days)}"


def _switch(request: HttpRequest, rows_by: str) -> list[dict[str, Any]]:
    named = zip(ROWS, (_("By day"), _("By contractor"), _("By agent"), _("By queue")), strict=True)
    return [{"url": address(request.GET, by=slug), "words": words, "chosen": slug == rows_by} for slug, words in named]


def _part_words(chosen: CallSelection) -> str:
    if not chosen.measure:
        return ""
    return {
        Part.NUMERATOR: _("the calls that count"),
        Part.DENOMINATOR: _("all calls it is about"),
        Part.EXCLUDED: _("the calls left out"),
    }[chosen.part]
