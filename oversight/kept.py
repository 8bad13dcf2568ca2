"""The supervisor's numbers, kept for a minute where counting them takes long: a year of a large city, not a small one.

A kept page says as of when it was counted, and its numbers open the lists of that moment.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import datetime

from oversight.boards import (
    Board,
    Day,
    Line,
    Span,
    Tile,
    UnitLine,
    act_now,
    intake_by_day,
    outcome_lines,
    unit_lines,
)
from oversight.independent import Pair, of_cases

LONG = 0.1  # seconds; what is counted sooner is counted every time
KEPT = 60.0
MOST = 64


@dataclass(frozen=True)
class Numbers:
    """Everything that the page counts, as of one moment."""

    at: datetime
    span: Span
    tiles: list[Tile]
    lines: list[Line]
    days: list[Day]
    units: list[UnitLine]
    two_sources: Pair


_kept: dict[Hashable, tuple[float, Numbers]] = {}
_counting: dict[Hashable, threading.Lock] = {}
_lock = threading.Lock()


def numbers(board: Board, chosen: Span) -> Numbers:
    """The numbers, counted now or less than a minute ago. While one counts, others who ask the same wait for him."""
    key = _key(board, chosen)
    with _lock:
        counting = _counting.setdefault(key, threading.Lock())
    with counting:
        if (found := _kept.get(key)) and found[0] > time.monotonic():
            return found[1]
        began = time.monotonic()
        counted = count(board, chosen)
        if time.monotonic() - began > LONG:
            _keep(key, counted)
    return counted


def count(board: Board, chosen: Span) -> Numbers:
    return Numbers(
        at=board.at,
        span=chosen,
        tiles=act_now(board),
        lines=outcome_lines(board, chosen),
        days=intake_by_day(board),
        units=unit_lines(board, chosen),
        two_sources=of_cases(board.cases, chosen.period, board.at),
    )


def _key(board: Board, chosen: Span) -> Hashable:
    """For whom, and which period; the end of one that lasts until now is left open."""
    period = chosen.period
    if period.end == board.at:
        period = replace(period, end=None)
    contractor = board.contractor.pk if board.contractor else None
    return board.by.role, board.by.organisation_id, contractor, chosen.slug, period, chosen.before


def _keep(key: Hashable, counted: Numbers) -> None:
    with _lock:
        if len(_kept) >= MOST:
            _kept.clear()
            _counting.clear()
        _kept[key] = (time.monotonic() + KEPT, counted)
