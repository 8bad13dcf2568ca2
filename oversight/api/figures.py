"""The supervisor's figures for programs: the same cases, periods and definitions as on the page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypedDict

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from cases.deadlines import local_date
from cases.selected_cases import list_url
from cases.shelves import CATEGORIES, CHANNELS
from hotline.api.endpoint import Endpoint, Given, asked
from hotline.api.fields import Day, Shelved
from hotline.api.shapes import READ_FAILURES, schema
from hotline.api.words import Coded, moment, named
from hotline.calendar import Period
from hotline.guards import acting
from hotline.measures import Ratio
from hotline.models import Organisation
from hotline.roles import Capability
from hotline.shelf import ORGANISATIONS, REGIONS
from oversight import kept
from oversight.board import Board
from oversight.boards import Line, Span, Tile, span

SPANS = ("today", "week", "month", "custom")


class FiguresAsked(Given):
    """``custom`` goes from ``first`` to ``last``, both included; every other period ends now. ``region`` and
    ``category`` include what lies below them."""

    period = serializers.ChoiceField(choices=SPANS, default="month")
    first = Day(required=False)
    last = Day(required=False)
    contractor = Shelved(ORGANISATIONS, Organisation.Kind.CONTRACTOR, required=False)
    unit = Shelved(ORGANISATIONS, Organisation.Kind.UNIT, required=False)
    region = Shelved(REGIONS, required=False)
    category = Shelved(CATEGORIES, required=False)
    channel = Shelved(CHANNELS, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Days of choice are a stretch that has begun. Raises ValidationError naming the day that is wrong."""
        days = {name: attrs.get(name) for name in ("first", "last")}
        if attrs["period"] != "custom":
            _refuse({name: _("Only with period=custom.") for name, day in days.items() if day})
            return attrs
        _refuse({name: _("Say from which day to which.") for name, day in days.items() if not day})
        _check_order(attrs["first"], attrs["last"])
        return attrs


def _check_order(first: date, last: date) -> None:
    if last < first:
        _refuse({"last": _("The last day comes before the first.")})
    if first > local_date(timezone.now()):
        _refuse({"first": _("Nothing has been counted of days to come.")})


def _refuse(wrong: dict[str, str]) -> None:
    if wrong:
        raise ValidationError({name: ErrorDetail(words, code="invalid") for name, words in wrong.items()})


class StretchShape(TypedDict):
    """From one moment up to another, which is not in it."""

    begins_at: datetime
    ends_at: datetime | None


class RateShape(TypedDict):
    """A share of cases. ``n`` is how many cases it is of, the denominator. ``value`` lies between 0 and 1 and is null
    of nothing, never 0. ``excluded`` were left out of both. A numerator need not be whole: “basically satisfied”
    counts in part.
    """

    numerator: float
    denominator: int
    excluded: int
    n: int
    value: float | None


class ListsShape(TypedDict):
    """The pages that list the cases behind the three numbers."""

    numerator: str
    denominator: str
    excluded: str


class OutcomeShape(TypedDict):
    """One measure. ``net`` is as it is defined in its ``version``; ``gross`` as if no case had been excluded by a
    ruling; ``before`` is net, of the stretch before. ``few``: of fewer cases than ``minimum_n``, so the page shows no
    rate. ``change`` is in percentage points, null where either side is of few.
    """

    key: str
    title: str
    sentence: str
    unit: str
    version: int
    net: RateShape
    gross: RateShape
    before: RateShape
    change: float | None
    few: bool
    lists: ListsShape


class ActNowShape(TypedDict):
    """Cases that need an act now, of how many units, and the page that lists them."""

    key: str
    title: str
    sentence: str
    n: int
    units: int
    list: str


class FiguresShape(TypedDict):
    """The figures of a period, of the cases asked for. ``act_now`` is of this moment, whatever the period."""

    counted_at: datetime
    period: str
    stretch: StretchShape
    before: StretchShape
    contractor: Coded | None
    unit: Coded | None
    region: Coded | None
    category: Coded | None
    channel: Coded | None
    minimum_n: int
    coefficient: float
    act_now: list[ActNowShape]
    outcomes: list[OutcomeShape]


class Figures(Endpoint):
    capability = Capability.OVERVIEW_READ

    @extend_schema(
        operation_id="figures",
        summary="The outcomes of a period and what needs an act now, each with the list behind it",
        description="The numbers of the supervisor's page: the same cases, the same definitions. Where counting takes"
        " long they are up to a minute old, and `counted_at` says how old.",
        parameters=[FiguresAsked],
        responses={200: schema(FiguresShape), **READ_FAILURES},
    )
    def get(self, request: Request) -> Response:
        given, at = asked(FiguresAsked, request), timezone.now()
        chosen = span(given.pop("period"), at, given.pop("first", None), given.pop("last", None))
        return Response(_figures(Board(acting(request), at, **given), chosen))


def _figures(board: Board, chosen: Span) -> FiguresShape:
    tiles, lines = kept.panel(board, chosen, "tiles"), kept.panel(board, chosen, "lines")
    return {
        "counted_at": moment(min(tiles.at, lines.at)),
        "period": lines.span.slug,
        "stretch": _stretch(lines.span.period),
        "before": _stretch(lines.span.before),
        "contractor": named(board.contractor),
        "unit": named(board.unit),
        "region": named(board.region),
        "category": named(board.category),
        "channel": named(board.channel),
        "minimum_n": settings.MINIMUM_N,
        "coefficient": float(settings.BASICALLY_SATISFIED_COEFFICIENT),
        "act_now": [_act_now(tile) for tile in tiles.shows],
        "outcomes": [_outcome(line) for line in lines.shows],
    }


def _stretch(period: Period) -> StretchShape:
    return {"begins_at": moment(period.start), "ends_at": moment(period.end)}


def _act_now(tile: Tile) -> ActNowShape:
    return {
        "key": tile.set.slug,
        "title": str(tile.set.title),
        "sentence": str(tile.set.sentence),
        "n": tile.n,
        "units": tile.units,
        "list": list_url(tile.opens),
    }


def _outcome(line: Line) -> OutcomeShape:
    return {
        "key": line.measure.key,
        "title": str(line.measure.name),
        "sentence": str(line.measure.sentence),
        "unit": str(line.measure.unit),
        "version": line.measure.version,
        "net": _rate(line.now),
        "gross": _rate(line.gross),
        "before": _rate(line.before),
        "change": None if line.change is None else float(line.change),
        "few": line.few,
        "lists": {
            "numerator": list_url(line.opens["numerator"]),
            "denominator": list_url(line.opens["denominator"]),
            "excluded": list_url(line.opens["excluded"]),
        },
    }


def _rate(ratio: Ratio) -> RateShape:
    return {
        "numerator": float(ratio.numerator) if ratio.numerator != int(ratio.numerator) else int(ratio.numerator),
        "denominator": ratio.denominator,
        "excluded": ratio.excluded,
        "n": ratio.denominator,
        "value": None if ratio.value is None else float(ratio.value),
    }
