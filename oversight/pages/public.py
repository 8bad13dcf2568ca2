"""The public's pages: how the hotline does its work, and the same as open data. Nobody signs in, nothing is counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import http_date, parse_etags, quote_etag
from django.views.decorators.http import require_safe

from hotline import rates
from hotline.guards import public
from hotline.measures import MEASURES
from hotline.rates import Rate
from oversight import public_reading
from oversight.bar_chart import Column, columns
from oversight.public_reading import COLUMNS, DIMENSIONS, Cell, Month
from oversight.published import OF_CALLS, OF_CASES

BY_READER = Rate("public.reader", 300, 15 * 60)
FRESH = 3600  # seconds that a copy of a month may be used without asking
MONTH = re.compile(r"\d{4}-\d{2}")
CHART_MONTHS = 12


@public
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """The last month that is frozen, or an earlier one."""
    if (wait := _too_often(request)) is not None:
        return wait
    known = public_reading.months()
    topics = public_reading.topics()
    context: dict[str, Any] = {
        "months": known,
        "minimum_n": settings.MINIMUM_N,
        "contracts": public_reading.contracts(),
        "topics": topics,
        "topics_on": topics[0].on if topics else None,
        "told": public_reading.told(),
    }
    month = _asked(known, request.GET.get("month", "")) or (known[0] if known else None)
    if month is not None:
        context |= {
            "month": month,
            "volumes": month.volumes(),
            "rates": month.rates(),
            "units": Told.of(public_reading.cells(month, "on_time_closing", "unit")),
            "categories": Told.of(_largest(public_reading.cells(month, "intake", "category"))),
            "channels": Told.of(_largest(public_reading.cells(month, "intake", "channel"))),
            "chart": columns([_column(one) for one in reversed(known[:CHART_MONTHS])]),
        }
    return _open_to_search(render(request, "oversight/public.html", context))


@dataclass(frozen=True)
class Told:
    """The cells that are told, and how many beside them are withheld."""

    cells: list[Cell]
    withheld: int

    @classmethod
    def of(cls, cells: list[Cell]) -> Told:
        told = [cell for cell in cells if not cell.is_withheld]
        return cls(told, len(cells) - len(told))


def _largest(cells: list[Cell]) -> list[Cell]:
    return sorted(cells, key=lambda cell: -(cell.n or 0))


def _column(month: Month) -> Column:
    figure = month.figure("intake")
    return Column(month.slug, figure.n or 0, "–" if figure.n is None else f"{figure.n:,}")


@public
@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """Which months there are, and what each column means."""
    if (wait := _too_often(request)) is not None:
        return wait
    context = {
        "months": public_reading.months(),
        "columns": COLUMNS,
        "dimensions": DIMENSIONS,
        "measures": [MEASURES[key] for key in (*OF_CALLS, *OF_CASES)],
        "minimum_n": settings.PUBLIC_MINIMUM_N,
        "rate_n": max(settings.MINIMUM_N, settings.PUBLIC_MINIMUM_N),
    }
    return _open_to_search(render(request, "oversight/open_data.html", context))


@public
@require_safe
def month_csv(request: HttpRequest, month: str) -> HttpResponse:
    return _file(request, month, public_reading.as_csv, "text/csv; charset=utf-8", "csv")


@public
@require_safe
def month_json(request: HttpRequest, month: str) -> HttpResponse:
    return _file(request, month, public_reading.as_json, "application/json", "json")


def _file(request: HttpRequest, slug: str, written: Callable[[Month], bytes], kind: str, ending: str) -> HttpResponse:
    """A month's file. It never changes, so whoever has it is told so."""
    if (wait := _too_often(request)) is not None:
        return wait
    month = _asked(public_reading.months(), slug)
    if month is None:
        raise Http404(slug)
    etag = quote_etag(f"{month.digest[:32]}-{ending}")
    response: HttpResponse
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(written(month), content_type=kind)
        response["Content-Disposition"] = f'attachment; filename="12345-{month.slug}.{ending}"'
        response["Last-Modified"] = http_date(month.made_at.timestamp())
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={FRESH}"
    response["Access-Control-Allow-Origin"] = "*"  # anybody's page may read what anybody may read
    return response


def _asked(known: list[Month], slug: str) -> Month | None:
    return next((month for month in known if month.slug == slug), None) if MONTH.fullmatch(slug) else None


def _too_often(request: HttpRequest) -> HttpResponse | None:
    wait = rates.take(BY_READER, rates.caller(request), at=timezone.now())
    if not wait:
        return None
    response = render(request, "oversight/public_wait.html", {"wait": max(wait, 60)}, status=429)
    response["Retry-After"] = str(wait)
    return response


def _open_to_search(response: HttpResponse) -> HttpResponse:
    """The page carries the visitor's own form key, so only the visitor's browser may keep it."""
    response["Cache-Control"] = "private, no-cache"
    return response
