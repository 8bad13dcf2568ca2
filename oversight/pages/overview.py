"""The supervisor's page: what needs an act now, how it turned out, how much came in, which units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hotline.guards import acting, requires
from hotline.models import Membership
from hotline.paging import address
from hotline.reckoning import YEARS
from hotline.roles import Capability
from oversight import kept
from oversight.bar_chart import bar_chart
from oversight.board import Board
from oversight.boards import Span, span
from oversight.detectors import with_rules
from oversight.line_chart import line_chart
from oversight.models import Finding
from oversight.pages.board_filters import board_of, filters
from oversight.pages.board_panels import panel_of
from oversight.pages.board_tables import target_words

UNITS_SHOWN = 8
FINDINGS_SHOWN = 4
PAIRS = ("independent_pairs", "independent_satisfaction_pairs")  # the measures whose cases the two gaps are told of


@require_GET
@requires(Capability.OVERVIEW_READ)
def overview(request: HttpRequest) -> HttpResponse:
    """Numbers that need an act first; each opens exactly the cases it counts."""
    at = timezone.now()
    board, chosen = board_of(request, at), _span(request, at)
    shown = {name: show(request, board, chosen) for name, show in PANELS.items()}
    context: dict[str, Any] = {name: value for part in shown.values() for name, value in part.items()}
    panels = {name: panel_of(request, name, part, board) for name, part in shown.items()}
    counted = [part["at"] for part in shown.values()]
    context |= {"board": board, "span": chosen, "filters": filters(board), "at": min(counted), "panels": panels}
    return render(request, "oversight/overview.html", {**context, **_shared(), **_switch(request, chosen)})


@require_GET
@requires(Capability.OVERVIEW_READ)
def overview_panel(request: HttpRequest, name: str) -> HttpResponse:
    """One panel of it, counted now: what a page that is open asks for when there is news."""
    if name not in PANELS:
        raise Http404(name)
    at = timezone.now()
    board, chosen = board_of(request, at), _span(request, at)
    context = PANELS[name](request, board, chosen)
    panel = panel_of(request, name, context, board)
    return render(request, panel.template, {**context, "board": board, "span": chosen, "panel": panel, **_shared()})


def _span(request: HttpRequest, at: datetime) -> Span:
    return span(request.GET.get("period", ""), at, _day(request, "first"), _day(request, "last"))


def _shared() -> dict[str, Any]:
    return {"minimum_n": settings.MINIMUM_N, "coefficient": settings.BASICALLY_SATISFIED_COEFFICIENT}


# -- The panels


def _act(_request: HttpRequest, board: Board, chosen: Span) -> dict[str, Any]:
    found = kept.panel(board, chosen, "tiles")
    return {"at": found.at, "tiles": found.shows}


def _service(_request: HttpRequest, board: Board, chosen: Span) -> dict[str, Any]:
    found = kept.panel(board, chosen, "services")
    return {"at": found.at, "services": found.shows}


def _outcomes(_request: HttpRequest, board: Board, chosen: Span) -> dict[str, Any]:
    found = kept.panel(board, chosen, "lines")
    return {"at": found.at, "lines": found.shows, "lines_span": found.span}


def _trend(_request: HttpRequest, board: Board, chosen: Span) -> dict[str, Any]:
    found = kept.panel(board, chosen, "trend")
    trend = found.shows
    rates = [trend.rate(day).value for day in trend.days]
    return {
        "at": found.at,
        "trend": trend,
        "chart": bar_chart(trend.days),
        "asked": target_words(trend.targets),
        "line": line_chart(rates, [target.rate for target in trend.targets]),
    }


def _units(request: HttpRequest, board: Board, chosen: Span) -> dict[str, Any]:
    """The first units of the table, or all of them if asked for; ranked if asked for."""
    ranked, everything = request.GET.get("order") == "punctual", request.GET.get("units") == "all"
    found = kept.panel(board, chosen, "ranked_units" if ranked else "units")
    page = reverse("oversight:overview")
    return {
        "at": found.at,
        "units": found.shows if everything else found.shows[:UNITS_SHOWN],
        "units_total": len(found.shows),
        "all_units_url": "" if everything else page + address(request.GET, units="all"),
        "ranked": ranked,
        "order_url": page + address(request.GET, order="" if ranked else "punctual"),
    }


def _findings(request: HttpRequest, board: Board, _chosen: Span) -> dict[str, Any]:
    """How many findings wait for a person's word, and the latest of them."""
    by: Membership = acting(request)
    unsettled = Finding.objects.visible_to(by).unsettled()
    latest = list(unsettled.select_related("organisation", "person").order_by("-grown_at", "-pk")[:FINDINGS_SHOWN])
    total = unsettled.count() if latest else 0
    return {"at": board.at, "findings": with_rules(latest), "findings_total": total}


def _two_sources(_request: HttpRequest, board: Board, chosen: Span) -> dict[str, Any]:
    found = kept.panel(board, chosen, "two_sources")
    pairs = {key: replace(board.everything, measure=key, period=found.span.period) for key in PAIRS}
    return {"at": found.at, "pair": found.shows, "pairs": pairs}


PANELS: dict[str, Callable[[HttpRequest, Board, Span], dict[str, Any]]] = {
    "act": _act,
    "service": _service,
    "outcomes": _outcomes,
    "two_sources": _two_sources,
    "trend": _trend,
    "units": _units,
    "findings": _findings,
}


# -- The period


def _switch(request: HttpRequest, chosen: Span) -> dict[str, Any]:
    """The switch between periods, and the last day of the one chosen."""
    named = "custom" if request.GET.get("period") == "custom" else chosen.slug
    end = chosen.period.end or timezone.now()
    return {
        "spans": _spans(request, named),
        "chosen_period": named,
        "last_day": timezone.localtime(end - timedelta(microseconds=1)),
    }


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
