"""The supervisor's figures from the tallies; counted from the cases where these cannot answer.

They cannot for a period that begins or ends within a day, nor while very many acts wait to be counted.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cases import measures, tallies
from cases.models.tally import Counted
from cases.tallies import Counts
from cases.tally_figures import RATES, whats_of
from hotline.calendar import Period
from hotline.measures import MEASURES, Ratio
from oversight.board import Board


@dataclass(frozen=True)
class Rate:
    """A rate as the measure is defined, and as if nothing had been excluded by a ruling."""

    net: Ratio
    gross: Ratio


@dataclass(frozen=True)
class DayCounts:
    registered: int
    on_time: Ratio


def rates(board: Board, spans: Mapping[str, Period], keys: Collection[str]) -> dict[str, dict[str, Rate]]:
    """Each measure's rate in each of the named periods."""
    days = {name: tallies.days_of(period, board.at) for name, period in spans.items()}
    whole = {name: pair for name, pair in days.items() if pair}
    if len(whole) < len(spans) or not tallies.readable(board.by):
        return {name: {key: _counted(board, key, period) for key in keys} for name, period in spans.items()}
    found = tallies.count(board.by, board.at, whole, whats_of(keys), board.among)
    return {name: {key: _rate(found.get((name, None), Counts()), key) for key in keys} for name in spans}


def _counted(board: Board, key: str, period: Period) -> Rate:
    return Rate(MEASURES[key].function(board.cases, period), measures.gross(board.cases, key, period))


def _rate(counts: Counts, key: str) -> Rate:
    return Rate(RATES[key].ratio(counts), RATES[key].ratio(counts, gross=True))


def by_day(board: Board, days: Sequence[date]) -> dict[date, DayCounts]:
    """For each of these days how many cases were registered, and of those due how many were answered in time."""
    if not tallies.readable(board.by):
        return {day: _one_day(board, Period.days(day, day)) for day in days}
    span = {"": (min(days), max(days) + timedelta(1))}
    whats = whats_of(("on_time_closing",)) | {Counted.REGISTERED}
    found = tallies.count(board.by, board.at, span, whats, board.among, each="day")
    return {day: _day(found.get(("", day), Counts())) for day in days}


def _one_day(board: Board, day: Period) -> DayCounts:
    until_now = Period(day.start, min(day.end or board.at, board.at))
    on_time = MEASURES["on_time_closing"].function(board.cases, until_now)
    return DayCounts(MEASURES["intake"].function(board.cases, day).n, on_time)


def _day(counts: Counts) -> DayCounts:
    return DayCounts(counts.n(Counted.REGISTERED), RATES["on_time_closing"].ratio(counts))


def by_unit(board: Board, period: Period, keys: Collection[str]) -> dict[str, dict[Any, Ratio]]:
    """Each measure's rate for every unit that has a case it is about."""
    days = tallies.days_of(period, board.at)
    if days is None or not tallies.readable(board.by):
        return {key: measures.by(board.cases, key, period, "unit") for key in keys}
    found = tallies.count(board.by, board.at, {"": days}, whats_of(keys), board.among, each="unit")
    by_key = {key: {unit or None: RATES[key].ratio(counts) for (_, unit), counts in found.items()} for key in keys}
    return {key: {unit: r for unit, r in of.items() if r.denominator or r.excluded} for key, of in by_key.items()}
