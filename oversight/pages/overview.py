"""The supervisor's page: what needs an act now, how it turned out, how much came in, which units."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hotline.guards import acting, requires
from hotline.models import Membership, Organisation
from hotline.paging import address
from hotline.reckoning import YEARS
from hotline.roles import Capability
from oversight.bar_chart import bar_chart
from oversight.boards import Board, Span, UnitLine, span
from oversight.detectors import with_rules
from oversight.kept import numbers
from oversight.models import Finding

UNITS_SHOWN = 8
FINDINGS_SHOWN = 4


@require_GET
@requires(Capability.OVERVIEW_READ)
def overview(request: HttpRequest) -> HttpResponse:
    """Numbers that need an act first; each opens exactly the cases it counts."""
    at = timezone.now()
    contractors = list(Organisation.objects.filter(kind=Organisation.Kind.CONTRACTOR).order_by("path"))
    board = Board(acting(request), at, _contractor(request, contractors))
    counted = numbers(board, span(request.GET.get("period", ""), at, _day(request, "first"), _day(request, "last")))
    context = {
        "at": counted.at,
        "board": board,
        "span": counted.span,
        "contractors": contractors,
        "tiles": counted.tiles,
        "lines": counted.lines,
        "chart": bar_chart(counted.days),
        "days": counted.days,
        "pair": counted.two_sources,
        "minimum_n": settings.MINIMUM_N,
        "coefficient": settings.BASICALLY_SATISFIED_COEFFICIENT,
    }
    switch, units = _switch(request, counted.span), _units(request, counted.units)
    return render(request, "oversight/overview.html", {**context, **switch, **units, **_findings(acting(request))})


def _findings(by: Membership) -> dict[str, Any]:
    """How many findings wait for a person's word, and the latest of them."""
    unsettled = Finding.objects.visible_to(by).unsettled()
    latest = list(unsettled.select_related("organisation", "person").order_by("-grown_at", "-pk")[:FINDINGS_SHOWN])
    return {"findings": with_rules(latest), "findings_total": unsettled.count() if latest else 0}


def _switch(request: HttpRequest, chosen: Span) -> dict[str, Any]:
    """The switch between periods, and the last day of the one chosen."""
    named = "custom" if request.GET.get("period") == "custom" else chosen.slug
    end = chosen.period.end or timezone.now()
    return {
        "spans": _spans(request, named),
        "chosen_period": named,
        "last_day": timezone.localtime(end - timedelta(microseconds=1)),
    }


def _units(request: HttpRequest, lines: list[UnitLine]) -> dict[str, Any]:
    """The first units of the table, or all of them if asked for."""
    everything = request.GET.get("units") == "all"
    return {
        "units": lines if everything else lines[:UNITS_SHOWN],
        "units_total": len(lines),
        "all_units_url": "" if everything else address(request.GET, units="all"),
    }


def _contractor(request: HttpRequest, contractors: list[Organisation]) -> Organisation | None:
    code = request.GET.get("contractor", "")
    if not code:
        return None
    found = next((c for c in contractors if c.code == code), None)
    return found or get_object_or_404(Organisation, kind=Organisation.Kind.CONTRACTOR, code=code)


def _day(request: HttpRequest, name: str) -> date | None:
    try:
        day = parse_date(request.GET.get(name, ""))
    except ValueError:
        return None
    return day if day and day.year in YEARS else None


def _spans(request: HttpRequest, chosen: str) -> list[dict[str, Any]]:
    """The switch between periods."""
    named = (
        ("today", _("Today")),
        ("week", _("This week")),
        ("month", _("This month")),
        ("custom", _("Days of choice…")),
    )
    return [
        {"url": address(request.GET, period=slug, first="", last=""), "words": words, "chosen": slug == chosen}
        for slug, words in named
    ]
