"""A day by half-hours: seats planned, filled and needed, beside the calls; and what each person had to bear."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from cases.call_counting import figures
from cases.call_sets import CallSelection, calls_url
from cases.models import Call
from contractors import presence_measures
from contractors.load import Borne, borne
from contractors.pages.shifts import contractor_of, contractors_of
from contractors.staffing import needs
from hotline.calendar import SHANGHAI, Period
from hotline.guards import acting, requires
from hotline.measures import Ratio
from hotline.models import Organisation
from hotline.reckoning import YEARS
from hotline.roles import Capability

KEYS = ("calls_offered", "answered_in_time")


@require_GET
@requires(Capability.PRESENCE_READ)
def seats(request: HttpRequest) -> HttpResponse:
    """One line for each half-hour with a plan, somebody at work, a call, or a call to be expected."""
    by, at = acting(request), timezone.now()
    contractor, day = contractor_of(request, by), _day(request, at)
    period = Period.days(day, day)
    calls = Call.objects.visible_to(by)
    calls = calls.filter(organisation=contractor) if contractor else calls
    lines = _lines(calls, contractor, period, day, at)
    chosen = CallSelection(period=period, contractor=contractor)
    context = {
        "day": day,
        "before": day - timedelta(1),
        "after": day + timedelta(1),
        "contractor": contractor,
        "contractors": contractors_of(by),
        "lines": lines,
        "filled": Ratio(sum(line["seats"].filled for line in lines if line["seats"]),
                        sum(line["seats"].planned for line in lines if line["seats"])),
        "people": _people(borne(contractor, period, now=at), chosen),
        "share": settings.STAFFING_SHARE,
        "seconds": settings.ANSWER_SECONDS,
        "minimum_n": settings.MINIMUM_N,
    }  # fmt: skip
    return render(request, "contractors/seats.html", context)


def _lines(
    calls: Any, contractor: Organisation | None, period: Period, day: date, at: datetime
) -> list[dict[str, Any]]:
    filled = {each.start: each for each in presence_measures.half_hours(contractor, period, now=at)}
    expected = {need.start: need for need in needs(calls, day)}
    counted = figures(calls, period, by="half_hour", keys=KEYS)
    counted = {start.astimezone(SHANGHAI): row for start, row in counted.items()}
    lines, start = [], period.start
    while start < (period.end or at):
        seat, need, row = filled.get(start), expected.get(start), counted.get(start, {})
        if need or row or (seat and (seat.planned or seat.present)):
            chosen = CallSelection(Period(start, start + timedelta(minutes=30)), contractor=contractor)
            opens = calls_url(chosen, measure="calls_offered")
            lines.append(
                {"start": start, "end": chosen.period.end, "seats": seat, "need": need, "row": row, "opens": opens}
            )
        start += timedelta(minutes=30)
    return lines


def _people(rows: list[Borne], chosen: CallSelection) -> list[dict[str, Any]]:
    return [{"borne": row, "opens": calls_url(chosen, agent=row.user)} for row in rows]


def _day(request: HttpRequest, at: datetime) -> date:
    try:
        day = parse_date(request.GET.get("day", ""))
    except ValueError:
        day = None
    return day if day and day.year in YEARS else timezone.localdate(at)
