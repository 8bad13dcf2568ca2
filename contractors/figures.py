"""The figure a clause is scored by, with every row it was counted from.

A figure is nothing but its rows: what each adds above and below the line, and whether it was left out. So freezing the
rows freezes the figure, and comparing them says what changed. A month has a million of them, most alike in all but
their name: they are held as the text that is frozen, and what is alike is added up once.

``SOURCES`` says for each measure where its rows come from; measures of cases are counted by the conditions of
``cases.counting``.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import BooleanField, ExpressionWrapper

from cases import measures as case_measures  # registers the measures of cases
from cases.counting import GROSS, PARTS, Parts
from cases.models import Case
from hotline.calendar import Period
from hotline.measures import MEASURES, Measure, Unit
from hotline.models import Organisation

__all__ = ["SOURCES", "Figure", "Row", "case_measures", "figure", "marks", "measurable", "source"]

ONE, ZERO = Decimal(1), Decimal(0)


class Row(NamedTuple):
    """``ref`` is what people know it by: a case number, a call's id. ``above`` of ``below`` counts, unless left out."""

    ref: str
    above: Decimal = ONE
    below: Decimal = ONE
    out: bool = False

    @property
    def line(self) -> str:
        return f"{self.ref}\t{_plain(self.above)}\t{_plain(self.below)}\t{'x' if self.out else ''}"

    @classmethod
    def of(cls, line: str) -> Row:
        ref, above, below, out = line.split("\t")
        return cls(ref, Decimal(above), Decimal(below), bool(out))


Source = Callable[[Organisation, Period, bool], Iterable[Row]]
SOURCES: dict[str, Source] = {}


@dataclass(frozen=True)
class Figure:
    """What was measured, in the measure's unit; equal whatever order the rows came in.

    ``canonical`` is the rows in order, one a line: what is kept, compared and hashed.
    """

    unit: Unit
    canonical: str

    @classmethod
    def of(cls, unit: Unit, rows: Iterable[Row]) -> Figure:
        """Lines are in order as their names are: no name holds anything that comes before a tab."""
        return cls(unit, "\n".join(sorted(row.line for row in rows)))

    @property
    def lines(self) -> list[str]:
        return self.canonical.splitlines()

    @property
    def rows(self) -> list[Row]:
        return [Row.of(line) for line in self.lines]

    @cached_property
    def _alike(self) -> list[tuple[int, Row]]:
        """How many rows count in the same way, and a nameless one of them."""
        ways = Counter(line[line.index("\t") :] for line in self.lines)
        return [(n, Row.of(way)) for way, n in ways.items()]

    @cached_property
    def above(self) -> Decimal:
        return sum((n * row.above for n, row in self._alike if not row.out), ZERO)

    @cached_property
    def below(self) -> Decimal:
        return sum((n * row.below for n, row in self._alike if not row.out), ZERO)

    @property
    def n(self) -> int:
        return sum(n for n, row in self._alike if not row.out)

    @property
    def excluded(self) -> int:
        return sum(n for n, row in self._alike if row.out)

    @property
    def value(self) -> Fraction | None:
        """Percent, seconds, yuan, points, or how many. A count of nothing is 0; a rate of nothing is no figure."""
        if self.unit == Unit.COUNT:
            return Fraction(self.above)
        if not self.below:
            return None
        return Fraction(self.above) / Fraction(self.below) * (100 if self.unit == Unit.PERCENT else 1)

    def without(self, refs: Collection[str]) -> Figure:
        """The same with these rows left out as well."""
        if not refs:
            return self
        left_out = frozenset(refs)
        return Figure(self.unit, "\n".join(_out(line) if ref_of(line) in left_out else line for line in self.lines))

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.canonical.encode()).hexdigest()

    @property
    def packed(self) -> bytes:
        return zlib.compress(self.canonical.encode(), 6)


def ref_of(line: str) -> str:
    """The name of the row that the line is of."""
    return line[: line.index("\t")]


def _out(line: str) -> str:
    return Row.of(line)._replace(out=True).line


def source(key: str) -> Callable[[Source], Source]:
    """Say where the rows of a measure come from, for measures that are not of cases."""

    def register(rows: Source) -> Source:
        if key in SOURCES:
            raise ValueError(f"The rows of {key} come from one place.")
        SOURCES[key] = rows
        return rows

    return register


def measurable() -> list[Measure]:
    """The measures that a clause can be about, by key."""
    return [measure for measure in MEASURES.in_order() if measure.key in SOURCES or measure.key in PARTS]


def figure(key: str, contractor: Organisation, period: Period, *, net: bool = True) -> Figure:
    """What the contractor came to in the period, with its rows. ``net`` leaves out what rulings excluded.

    Raises KeyError for a measure nobody knows the rows of.
    """
    rows = SOURCES[key](contractor, period, net) if key in SOURCES else _of_cases(key, contractor, period, net)
    return Figure.of(MEASURES[key].unit, rows)


def _of_cases(key: str, contractor: Organisation, period: Period, net: bool) -> Iterator[Row]:
    """One query: every case the figure is of, and how it counts."""
    parts = (PARTS if net else GROSS)[key](period) if key in GROSS else PARTS[key](period)
    counted = MEASURES[key].unit == Unit.COUNT
    rows: Any = Case.objects.filter(parts.of, taken_by_organisation=contractor).order_by()
    marked = rows.annotate(**marks(parts)).values_list("number", "is_good", "is_partly", "is_out")
    for number, good, partly, out in marked.iterator(chunk_size=5000):
        above = ONE if good else parts.coefficient if partly else ZERO
        yield Row(number, ONE if counted else above, ONE, out)


def marks(parts: Parts) -> dict[str, Any]:
    """Columns that say of every row how it counts."""
    named = {"is_good": parts.good, "is_partly": parts.partly, "is_out": parts.without}
    return {name: ExpressionWrapper(condition, BooleanField()) for name, condition in named.items()}


def _plain(number: Decimal) -> str:
    """The same text for the same number: 0.90 and 0.9 are one. A month has a million ones and noughts."""
    if number is ONE or number is ZERO:
        return "1" if number is ONE else "0"
    return f"{number.normalize():f}"
