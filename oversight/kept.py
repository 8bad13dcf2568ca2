"""The supervisor's numbers, kept for a minute where counting them takes long: a year of a large city, not a small one.

Each panel is counted, kept and dated by itself; its numbers open the lists of the moment it was counted at.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from oversight.board import Board
from oversight.boards import Span, act_now, outcome_lines, unit_lines
from oversight.independent import of_cases
from oversight.service_level import services
from oversight.trend import trend

LONG = 0.1  # seconds; what is counted sooner is counted every time
KEPT = 60.0
MOST = 256

COUNTED: dict[str, Callable[[Board, Span], Any]] = {
    "tiles": lambda board, _chosen: act_now(board),
    "services": lambda board, _chosen: services(board),
    "lines": outcome_lines,
    "trend": lambda board, _chosen: trend(board),
    "units": unit_lines,
    "two_sources": lambda board, chosen: of_cases(board.cases, chosen.period, board.at),
    "ranked_units": lambda board, chosen: unit_lines(board, chosen, ranked=True),
}


@dataclass(frozen=True)
class Panel:
    """What one panel shows, as of one moment."""

    at: datetime
    span: Span
    shows: Any


_kept: dict[Hashable, tuple[float, Panel]] = {}
_counting: dict[Hashable, threading.Lock] = {}
_lock = threading.Lock()


def panel(board: Board, chosen: Span, name: str) -> Panel:
    """One panel's numbers. While one counts, others who ask the same wait for him."""
    key = name, *_key(board, chosen)
    with _lock:
        counting = _counting.setdefault(key, threading.Lock())
    with counting:
        if (found := _kept.get(key)) and found[0] > time.monotonic():
            return found[1]
        began = time.monotonic()
        counted = Panel(board.at, chosen, COUNTED[name](board, chosen))
        if time.monotonic() - began > LONG:
            _keep(key, counted)
    return counted


def _key(board: Board, chosen: Span) -> tuple[Hashable, ...]:
    """For whom, which cases, which period; the end of one that lasts until now is left open."""
    period = chosen.period
    if period.end == board.at:
        period = replace(period, end=None)
    of = (board.contractor, board.unit, board.region, board.category, board.channel)
    among = tuple(thing.pk if thing else None for thing in of)
    return board.by.role, board.by.user_id, board.by.organisation_id, *among, chosen.slug, period, chosen.before


def _keep(key: Hashable, counted: Panel) -> None:
    with _lock:
        if len(_kept) >= MOST:
            _kept.clear()
            _counting.clear()
        _kept[key] = (time.monotonic() + KEPT, counted)
