"""Today's service level of each contractor beside what its contract says: the telephone since midnight."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings

from cases.call_counting import Figure, figures
from cases.call_measures import INBOUND, WAITING
from cases.call_sets import CallSelection, calls_url
from cases.counting import Part
from cases.deadlines import local_date
from cases.models import Call
from contractors.models import Clause, Contract, Terms
from contractors.models.clause import Direction
from hotline.calendar import Period
from hotline.measures import MEASURES, Duration, Measure, Ratio
from hotline.models import Organisation
from oversight.board import Board

LEVELS = ("connection_rate", "answered_in_time", "mean_wait", "mean_wrap_up")
HUNG_UP = timedelta(hours=1)  # a call that waits longer than that has ended, and its end was not reported


@dataclass(frozen=True)
class Level:
    """One figure, what the contract asks for (in percent or seconds), and the calls behind it."""

    measure: Measure
    figure: Ratio | Duration
    target: Decimal | None
    at_least: bool
    opens: dict[str, str]

    @property
    def is_time(self) -> bool:
        return isinstance(self.figure, Duration)

    @property
    def value(self) -> Decimal | None:
        """In the unit of the target."""
        if isinstance(self.figure, Ratio):
            return None if self.figure.value is None else self.figure.value * 100
        return None if self.figure.mean is None else Decimal(str(self.figure.mean.total_seconds()))

    @property
    def few(self) -> bool:
        return self.figure.below(settings.MINIMUM_N)

    @property
    def missed(self) -> bool:
        """Below what was agreed; too few calls miss nothing."""
        if self.value is None or self.target is None or self.few:
            return False
        return self.value < self.target if self.at_least else self.value > self.target

    @property
    def full(self) -> Decimal:
        """What the bar's whole length stands for."""
        zero = Decimal(0)
        return max(2 * (self.target or zero), self.value or zero, Decimal(1)) if self.is_time else Decimal(100)

    @property
    def share(self) -> float:
        return float((self.value or 0) / self.full)

    @property
    def tick(self) -> float | None:
        return None if self.target is None else float(self.target / self.full)


@dataclass(frozen=True)
class Service:
    """One contractor's day so far."""

    contractor: Organisation
    waiting: int
    longest: timedelta | None
    levels: list[Level]


def services(board: Board) -> list[Service]:
    """The chosen contractor, or all that had calls today or have a contract in force; by name."""
    today = Period(Period.days(local_date(board.at), local_date(board.at)).start, board.at)
    calls = Call.objects.visible_to(board.by)
    if board.contractor:
        calls = calls.filter(organisation=board.contractor)
    rows = figures(calls, today, by="contractor", keys=LEVELS)
    targets = clauses_in_force(board.at, LEVELS)
    waiting = _waiting(board, calls)
    known = Organisation.objects.filter(kind=Organisation.Kind.CONTRACTOR, pk__in={*rows, *targets} - {None})
    wanted = [c for c in known.order_by("path") if board.contractor in (None, c)]
    return [
        Service(c, *waiting.get(c.pk, (0, None)), _levels(c, today, rows.get(c.pk, {}), targets.get(c.pk, {})))
        for c in wanted
    ]


def clauses_in_force(at: datetime, measures: Collection[str]) -> dict[int, dict[str, Clause]]:
    """By contractor and measure, the clause in force at the moment that has a target."""
    terms = Terms.objects.in_force(at).filter(contract__in=Contract.objects.in_force(at))
    clauses = Clause.objects.in_force(local_date(at)).in_order().select_related("terms__contract")
    found: dict[int, dict[str, Clause]] = {}
    for clause in clauses.filter(terms__in=terms, measure__in=measures, target__isnull=False):
        found.setdefault(clause.terms.contract.organisation_id, {}).setdefault(clause.measure, clause)
    return found


def _waiting(board: Board, calls: Any) -> dict[int, tuple[int, timedelta | None]]:
    """How many ring now, and how long the first of them has."""
    ringing = calls.filter(
        INBOUND, WAITING, in_menu=False, offered_at__gte=board.at - HUNG_UP, offered_at__lte=board.at
    )
    found: dict[int, tuple[int, timedelta | None]] = {}
    for body, offered in ringing.order_by("-offered_at").values_list("organisation", "offered_at"):
        found[body] = (found.get(body, (0, None))[0] + 1, board.at - offered)
    return found


def _levels(body: Organisation, today: Period, row: dict[str, Figure], targets: dict[str, Clause]) -> list[Level]:
    return [_level(key, row, targets.get(key), CallSelection(today, measure=key, contractor=body)) for key in LEVELS]


def _level(key: str, row: dict[str, Figure], clause: Clause | None, chosen: CallSelection) -> Level:
    nothing = Duration(timedelta(), 0) if key.startswith("mean_") else Ratio(0, 0)
    figure = row.get(key, nothing)
    assert isinstance(figure, Ratio | Duration)
    at_least = clause.direction == Direction.AT_LEAST if clause else not key.startswith("mean_")
    return Level(MEASURES[key], figure, clause.target if clause else None, at_least, _opens(chosen, Part))


def _opens(chosen: CallSelection, parts: Iterable[Part]) -> dict[str, str]:
    return {part.value: calls_url(chosen, part=part) for part in parts}
