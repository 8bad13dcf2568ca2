"""How a figure of calls is counted: which calls it is about, which of them count, which were left out.

Every number opens exactly its list: ``calls_behind(key, period, part)`` is the condition the number was counted with.
All figures of a table come from one statement, and a total is the sum of its rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any

from django.db.models import Count, DateTimeField, F, Func, Sum, Value
from django.db.models.functions import TruncDate

from cases.counting import ALL, NONE, Part, Parts, Sentence
from cases.models import CallQuerySet
from hotline import measures
from hotline.calendar import SHANGHAI, Period
from hotline.measures import MEASURES, Duration, Ratio, Unit

__all__ = ["ALL", "CALL_FIGURES", "DIMENSIONS", "NONE", "Part", "Parts", "calls_behind", "figures", "offered_in"]

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
Figure = measures.Count | Ratio | Duration
Definition = Callable[[], Parts]
DIMENSIONS = {
    "day": TruncDate("offered_at", tzinfo=SHANGHAI),
    "contractor": F("organisation"),
    "agent": F("agent"),
    "queue": F("queue"),
    "half_hour": Func(
        Value(timedelta(minutes=30)), F("offered_at"), Value(EPOCH), function="date_bin", output_field=DateTimeField()
    ),
}
CALL_FIGURES: dict[str, CallFigure] = {}


class CallFigure:
    """One measure of calls: what it counts, and for a length of time what it adds up."""

    def __init__(self, key: str, unit: Unit, definition: Definition, spent: Any = None) -> None:
        self.key, self.unit, self.parts, self.spent = key, unit, definition, spent

    def columns(self) -> dict[str, Any]:
        parts = self.parts()
        among = parts.of & ~parts.without
        found: dict[str, Any] = {
            "n": Count("pk", filter=among),
            "excluded": Count("pk", filter=parts.of & parts.without),
        }
        if self.unit == Unit.PERCENT:
            found["good"] = Count("pk", filter=among & parts.good)
        if self.unit == Unit.TIME:
            found["spent"] = Sum(self.spent, filter=among)
        return {f"{self.key}__{name}": column for name, column in found.items()}

    def value(self, row: Any) -> Figure:
        n, excluded = row[f"{self.key}__n"], row[f"{self.key}__excluded"]
        if self.unit == Unit.COUNT:
            return measures.Count(n, excluded)
        if self.unit == Unit.PERCENT:
            return Ratio(row[f"{self.key}__good"], n, excluded)
        spent = row[f"{self.key}__spent"] or 0
        return Duration(spent if isinstance(spent, timedelta) else timedelta(seconds=spent), n, excluded)


def call_measure(
    key: str, name: Sentence, sentence: Sentence, unit: Unit, *, version: int = 1, spent: Any = None
) -> Callable[[Definition], Any]:
    """Make a definition a measure of the registry: (calls, period) → Count, Ratio or Duration."""

    def register(definition: Definition) -> Callable[[CallQuerySet, Period], Figure]:
        figure = CALL_FIGURES[key] = CallFigure(key, unit, definition, spent)

        @wraps(definition)
        def measured(calls: CallQuerySet, period: Period) -> Figure:
            return figure.value(offered_in(calls, period).order_by().aggregate(**figure.columns()))

        MEASURES.add(measures.Measure(key, name, sentence, unit, version, measured))
        return measured

    return register


def offered_in(calls: CallQuerySet, period: Period) -> CallQuerySet:
    """A call belongs to the period in which it began."""
    begun = calls.filter(offered_at__gte=period.start)
    return begun.filter(offered_at__lt=period.end) if period.end else begun


def calls_behind(calls: CallQuerySet, key: str, period: Period, part: Part) -> CallQuerySet:
    """Exactly the calls behind one number of a measure."""
    return offered_in(calls, period).filter(CALL_FIGURES[key].parts().condition(part))


def figures(calls: CallQuerySet, period: Period, *, by: str, keys: Iterable[str]) -> dict[Any, dict[str, Figure]]:
    """For each day, contractor, agent or queue all those figures, by one statement."""
    wanted = [CALL_FIGURES[key] for key in keys]
    columns = {name: column for figure in wanted for name, column in figure.columns().items()}
    rows = offered_in(calls, period).order_by().values(group=DIMENSIONS[by]).annotate(**columns)
    return {row["group"]: {figure.key: figure.value(row) for figure in wanted} for row in rows}


def total(parts: Iterable[dict[str, Figure]], keys: Iterable[str]) -> dict[str, Figure]:
    """The figures of all rows together."""
    rows = list(parts)
    kinds: dict[Unit, Any] = {Unit.COUNT: measures.Count, Unit.PERCENT: Ratio, Unit.TIME: Duration}
    return {key: kinds[CALL_FIGURES[key].unit].total(row[key] for row in rows) for key in keys}
