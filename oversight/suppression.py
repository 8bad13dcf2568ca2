"""Which cells of published tables are withheld, so that none of them can be found by subtraction. Pure.

A cell is named by what it is of: ``{("unit", "CGJ"), ("category", "SZ")}``; the empty name is everything. Tables that
share a total or a margin are one system of sums, for a reader subtracts across tables too. The rule:

1. A cell of one to ``minimum`` − 1 is withheld.
2. In every sum with a withheld number there are two at least, and where the total stands, the withheld parts come to
   ``minimum`` together: what is left after subtraction is no smaller group than may be published.
3. What could still be found by solving all sums together is covered by withholding a neighbour, the smallest first,
   until nothing can be found. (A neighbour need not stand beside it: subtraction goes over several sums.)

This is the primary and complementary suppression of official statistics (Hundepool et al., Statistical Disclosure
Control, 2012, ch. 4); rule 2's sums and rule 3's equations are checked exactly, over fractions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple, TypeVar

Cell = frozenset[tuple[str, str]]
Counts = Mapping[Cell, int]
ALL: Cell = frozenset()
Atom = TypeVar("Atom", bound=tuple[str, ...])


class Sum(NamedTuple):
    """The total is the sum of its parts; a reader knows that."""

    total: Cell
    parts: tuple[Cell, ...]


def table(dimensions: Sequence[str], atoms: Mapping[Atom, int]) -> tuple[dict[Cell, int], list[Sum]]:
    """All cells of a table from its innermost ones, and every sum a reader can do in it."""
    values = [sorted({atom[place] for atom in atoms}) for place in range(len(dimensions))]
    cells: dict[Cell, int] = {}
    for atom, n in atoms.items():
        named = list(zip(dimensions, atom, strict=True))
        for length in range(len(named) + 1):
            for some in combinations(named, length):
                cells[frozenset(some)] = cells.get(frozenset(some), 0) + n
    sums = []
    for cell in list(cells):
        fixed = {dimension for dimension, _value in cell}
        for dimension, known in zip(dimensions, values, strict=True):
            if dimension not in fixed:
                sums.append(Sum(cell, tuple(cell | {(dimension, value)} for value in known)))
    for line in sums:
        cells |= {part: 0 for part in line.parts if part not in cells}
    return cells, sums


def withheld(layers: Sequence[Counts], sums: Iterable[Sum], minimum: int) -> frozenset[Cell]:
    """The cells to withhold, in every layer alike: counts of different things in the same cells are one layer each."""
    lines = list(sums)
    hidden = {cell for counts in layers for cell, n in counts.items() if 0 < n < minimum}
    while True:
        before = len(hidden)
        for line in lines:
            _cover(line, hidden, layers, minimum)
        if len(hidden) > before:
            continue
        for cell in found_by_solving(lines, hidden):
            _hide_beside(cell, lines, hidden, layers)
        if len(hidden) == before:
            return frozenset(hidden)


def found_by_solving(sums: Iterable[Sum], hidden: Iterable[Cell]) -> set[Cell]:
    """The withheld cells that the sums determine, by elimination over fractions."""
    unknown = sorted(set(hidden), key=sorted)
    place = {cell: n for n, cell in enumerate(unknown)}
    rows: dict[int, dict[int, Fraction]] = {}
    for line in sums:
        row: dict[int, Fraction] = {}
        for cell, factor in ((line.total, 1), *((part, -1) for part in line.parts)):
            if cell in place:
                row[place[cell]] = row.get(place[cell], Fraction(0)) + factor
        _eliminate(rows, {column: value for column, value in row.items() if value})
    return {unknown[pivot] for pivot, row in rows.items() if len(row) == 1}


def _eliminate(rows: dict[int, dict[int, Fraction]], row: dict[int, Fraction]) -> None:
    """Add a row to those reduced so far, each kept under its pivot with that column in no other."""
    for pivot in [column for column in row if column in rows]:
        _subtract(row, rows[pivot], row[pivot])
    if not row:
        return
    pivot = min(row)
    scale = row[pivot]
    row = {column: value / scale for column, value in row.items()}
    for other in rows.values():
        if pivot in other:
            _subtract(other, row, other[pivot])
    rows[pivot] = row


def _subtract(row: dict[int, Fraction], other: Mapping[int, Fraction], times: Fraction) -> None:
    for column, value in other.items():
        left = row.get(column, Fraction(0)) - times * value
        if left:
            row[column] = left
        else:
            row.pop(column, None)


def _cover(line: Sum, hidden: set[Cell], layers: Sequence[Counts], minimum: int) -> None:
    """Rule 2 for one sum."""
    while True:
        parts = [part for part in line.parts if part in hidden]
        open_total = line.total not in hidden
        lonely = len(parts) + (not open_total) == 1
        few = open_total and any(0 < sum(counts.get(part, 0) for part in parts) < minimum for counts in layers)
        if not (lonely or few):
            return
        another = _smallest([part for part in line.parts if part not in hidden], layers)
        if another is None and not open_total:
            return  # nothing left beside it that counts anybody
        hidden.add(line.total if another is None else another)


def _hide_beside(cell: Cell, lines: Sequence[Sum], hidden: set[Cell], layers: Sequence[Counts]) -> None:
    """Withhold the smallest number that stands in a sum with the cell; if all that do are withheld, with one of them,
    and so on."""
    reached = {cell}
    while True:
        near = {other for line in lines for other in _members(line) if not reached.isdisjoint(_members(line))}
        another = _smallest(near - hidden, layers)
        if another is not None:
            hidden.add(another)
            return
        if near <= reached:
            return  # all that hangs together with it is withheld
        reached |= near


def _members(line: Sum) -> tuple[Cell, ...]:
    return (line.total, *line.parts)


def _smallest(cells: Iterable[Cell], layers: Sequence[Counts]) -> Cell | None:
    """The smallest that counts anybody: to withhold a nought covers nothing."""
    sizes = [(max(counts.get(cell, 0) for counts in layers), sorted(cell), cell) for cell in cells]
    counting = [size for size in sizes if size[0] > 0]
    return min(counting)[2] if counting else None
