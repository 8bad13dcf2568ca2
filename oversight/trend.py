"""The last thirty days as the supervisor's page draws them, and what the contracts in force ask of their rate."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from contractors.models import Clause
from contractors.models.clause import Direction
from hotline.measures import MEASURES, Measure, Ratio
from hotline.models import Organisation
from oversight.board import Board
from oversight.boards import Day, intake_by_day
from oversight.service_level import clauses_in_force

OF_CALLS, OF_CASES = "answered_in_time", "on_time_closing"


@dataclass(frozen=True)
class Target:
    """What one contract asks, or several alike; ``rate`` from 0 to 1."""

    contractors: list[Organisation]
    at_least: bool
    rate: Decimal


@dataclass(frozen=True)
class Trend:
    """Thirty days, the measure whose rate is drawn over them, and its targets."""

    days: list[Day]
    measure: Measure
    targets: list[Target]

    def rate(self, day: Day) -> Ratio:
        return day.quick if self.measure.key == OF_CALLS else day.on_time


def trend(board: Board) -> Trend:
    """How quickly calls were answered; how punctual cases were, where no telephone reports its calls."""
    days = intake_by_day(board)
    key = OF_CALLS if any(day.quick.denominator for day in days) else OF_CASES
    return Trend(days, MEASURES[key], _targets(board, key))


def _targets(board: Board, key: str) -> list[Target]:
    """None where the cases are narrowed by more than their contractor: the contract speaks of all of them."""
    if key == OF_CASES and any((board.unit, board.region, board.category, board.channel)):
        return []
    found: dict[tuple[str, Decimal], list[int]] = {}
    for body, clauses in clauses_in_force(board.at, [key]).items():
        if board.contractor is None or board.contractor.pk == body:
            found.setdefault(_asked(clauses[key]), []).append(body)
    bodies = Organisation.objects.in_bulk([pk for pks in found.values() for pk in pks]) if found else {}
    targets = [
        Target(sorted((bodies[pk] for pk in pks), key=lambda body: body.path), direction == Direction.AT_LEAST, rate)
        for (direction, rate), pks in found.items()
    ]
    return sorted(targets, key=lambda target: target.rate)


def _asked(clause: Clause) -> tuple[str, Decimal]:
    assert clause.target is not None
    return clause.direction, clause.target / 100
