"""What is withheld cannot be found: not by one subtraction, not by solving all sums of all tables together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from oversight.suppression import ALL, Cell, Sum, found_by_solving, table, withheld

MINIMUM = 10
Counted = dict[Cell, int]


def cell(**of: str) -> Cell:
    return frozenset(of.items())


def row(**counts: int) -> tuple[Counted, list[Sum]]:
    """A table of one line."""
    return table(["unit"], {(unit,): n for unit, n in counts.items()})


def hidden_of(*tables: tuple[Counted, list[Sum]]) -> frozenset[Cell]:
    counts = {name: n for counted, _sums in tables for name, n in counted.items()}
    return withheld([counts], [line for _counted, sums in tables for line in sums], MINIMUM)


def rank(rows: Iterable[Sequence[Fraction]]) -> int:
    """By plain elimination; on purpose another way than the product's."""
    left, found = [list(r) for r in rows], 0
    for column in range(len(left[0]) if left else 0):
        pivot = next((n for n in range(found, len(left)) if left[n][column]), None)
        if pivot is None:
            continue
        left[found], left[pivot] = left[pivot], left[found]
        for n in range(found + 1, len(left)):
            times = left[n][column] / left[found][column]
            left[n] = [a - times * b for a, b in zip(left[n], left[found], strict=True)]
        found += 1
    return found


def solved(sums: Iterable[Sum], hidden: Iterable[Cell]) -> set[Cell]:
    """A reader's work: a withheld cell is found if knowing it too would tell nothing new."""
    unknown = sorted(hidden, key=sorted)
    rows = [
        [Fraction((name == line.total) - (name in line.parts)) for name in unknown]
        for line in sums
        if any(name in unknown for name in (line.total, *line.parts))
    ]
    alone = [[Fraction(name == other) for other in unknown] for name in unknown]
    known = rank(rows)
    return {name for name, own in zip(unknown, alone, strict=True) if rank([*rows, own]) == known}


def test_nothing_is_withheld_where_all_are_many() -> None:
    assert hidden_of(row(cgj=10, swj=25)) == frozenset()


def test_beside_one_that_is_few_the_smallest_other_is_withheld_too() -> None:
    assert hidden_of(row(cgj=4, swj=25, dhq=60)) == {cell(unit="cgj"), cell(unit="swj")}


def test_a_nought_covers_nothing() -> None:
    assert hidden_of(row(cgj=4, swj=0, dhq=60)) == {cell(unit="cgj"), cell(unit="dhq")}


def test_two_that_are_few_are_withheld_with_a_third_if_they_are_few_together() -> None:
    assert hidden_of(row(cgj=4, swj=5, dhq=60)) == {cell(unit="cgj"), cell(unit="swj"), cell(unit="dhq")}
    assert hidden_of(row(cgj=4, swj=6, dhq=60)) == {cell(unit="cgj"), cell(unit="swj")}


def test_where_there_is_nothing_else_the_total_is_withheld() -> None:
    assert hidden_of(row(cgj=4)) == {cell(unit="cgj"), ALL}


def test_a_table_is_covered_in_rows_and_columns() -> None:
    counts = {("cgj", "road"): 3, ("cgj", "water"): 40, ("swj", "road"): 50, ("swj", "water"): 60}
    counted, sums = table(["unit", "topic"], counts)
    hidden = hidden_of((counted, sums))
    assert hidden == {frozenset(zip(("unit", "topic"), of, strict=True)) for of in counts}
    assert solved(sums, hidden) == set()


def test_tables_that_share_a_margin_are_one_system() -> None:
    """By topic a unit of four could be found from the other table's total; so there too two are withheld."""
    units = table(["unit", "topic"], {("cgj", "road"): 4, ("cgj", "water"): 30, ("swj", "road"): 30})
    channels = table(["channel", "topic"], {("phone", "road"): 30, ("app", "road"): 4, ("phone", "water"): 30})
    hidden, sums = hidden_of(units, channels), [*units[1], *channels[1]]
    assert cell(channel="app", topic="road") in hidden
    assert solved(sums, hidden) == found_by_solving(sums, hidden) == set()


def test_what_is_few_in_one_layer_is_withheld_in_all() -> None:
    counted, sums = row(cgj=30, swj=40, dhq=50)
    fewer, _same = row(cgj=20, swj=3, dhq=50)
    assert withheld([counted, fewer], sums, MINIMUM) == {cell(unit="swj"), cell(unit="cgj")}


def test_what_is_found_only_over_several_sums_is_covered_too() -> None:
    counts = {("a", "a"): 1, ("a", "b"): 10, ("b", "a"): 10, ("b", "d"): 1, ("c", "b"): 1}
    counted, sums = table(["channel", "kind"], counts)
    assert {name for name in solved(sums, hidden_of((counted, sums))) if counted[name]} == set()


sizes = st.one_of(st.just(0), st.integers(1, 12), st.integers(10, 500))
codes = st.sampled_from("abcd")


tables = st.dictionaries(st.tuples(codes, codes), sizes, max_size=9)


@settings(max_examples=60, deadline=None)
@given(tables, tables)
def test_no_withheld_cell_can_be_found_by_solving_all_sums(
    first: dict[tuple[str, str], int], second: dict[tuple[str, str], int]
) -> None:
    """Two tables by unit, one by topic and one by kind, as a reader may combine them. The second is made to agree."""
    by_topic, one = table(["unit", "topic"], first)
    agreed = {
        (unit, kind): n // 2 if kind == "x" else n - n // 2
        for (name, n) in by_topic.items()
        if len(name) == 1 and dict(name).keys() == {"unit"}
        for unit in [dict(name)["unit"]]
        for kind in "xy"
    }
    by_kind, two = table(["unit", "kind"], agreed)
    alone, three = table(["channel", "kind"], second)
    for counted, sums in ((by_topic | by_kind, [*one, *two]), (alone, three)):
        hidden = withheld([counted], sums, MINIMUM)
        assert {name for name, n in counted.items() if 0 < n < MINIMUM} <= hidden
        found = solved(sums, hidden)
        assert {name for name in found if counted[name]} == set()
        for line in sums:
            parts = [part for part in line.parts if part in hidden]
            if parts and line.total not in hidden:
                assert sum(counted[part] for part in parts) >= MINIMUM


def test_solving_finds_what_a_careless_table_gives_away() -> None:
    counted, sums = row(cgj=4, swj=25, dhq=60)
    assert found_by_solving(sums, [cell(unit="cgj")]) == solved(sums, [cell(unit="cgj")]) == {cell(unit="cgj")}
    assert counted[ALL] == 89
