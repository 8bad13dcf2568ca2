"""When hits are worth a look: enough of them, and far above the middle of the peers."""

from __future__ import annotations

from decimal import Decimal
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oversight.detector import Hit, Subject, by_chance, suspicions, usual
from tests.stories import MONDAY

ONE, OTHERS = Subject(1), [Subject(n) for n in (2, 3, 4)]


def hits(subject: Subject, n: int) -> list[Hit]:
    return [Hit(subject, f"event:{subject.organisation}-{k}", MONDAY) for k in range(n)]


def found(ones: int, others: int, *, of: int = 100, at_least: int = 5, times_peers: int = 20) -> list[Subject]:
    rows = hits(ONE, ones) + [hit for other in OTHERS for hit in hits(other, others)]
    looked_at = dict.fromkeys([ONE, *OTHERS], of)
    return [one.subject for one in suspicions(rows, looked_at, {"at_least": at_least, "times_peers": times_peers})]


@pytest.mark.parametrize(
    ("ones", "others", "is_found"),
    [(4, 0, False), (5, 0, True), (9, 5, False), (10, 5, False), (14, 5, True), (50, 50, False), (0, 0, False)],
    ids=["too few", "enough, none of the others", "less than twice", "by chance", "hardly by chance", "all", "nothing"],
)
def test_somebody_stands_out_by_number_and_by_share(ones: int, others: int, is_found: bool) -> None:
    assert (ONE in found(ones, others)) is is_found


def test_without_three_peers_the_number_alone_decides() -> None:
    looked_at = {ONE: 10, Subject(2): 10, Subject(3): 10}
    told = suspicions(hits(ONE, 5), looked_at, {"at_least": 5, "times_peers": 20})
    assert [(one.subject, one.peers) for one in told] == [(ONE, None)]


def test_twice_as_much_of_a_few_happens_and_twice_as_much_of_many_does_not() -> None:
    assert found(10, 5, of=100) == []
    assert found(100, 50, of=1000) == [ONE]


def test_one_hit_of_a_few_is_not_many_times_the_nothing_that_most_of_them_have() -> None:
    """Most of twelve small bodies have none by chance; the middle half together has some."""
    counts = [(0, 20)] * 7 + [(1, 20)] * 4 + [(2, 20)]
    assert usual(counts) == Decimal(100 * 2) / (6 * 20)


def test_a_quarter_of_guilty_peers_does_not_make_it_usual() -> None:
    honest, guilty = [(1, 50)] * 9, [(40, 50)] * 3
    assert usual(honest + guilty) == usual(honest) == 2


@pytest.mark.parametrize(("n", "of", "peers"), [(5, 26, 5), (13, 26, 5), (1, 10, 20), (0, 10, 20), (10, 10, 50)])
def test_chance_is_the_upper_tail_of_the_binomial(n: int, of: int, peers: int) -> None:
    p = peers / 100
    exact = sum(comb(of, k) * p**k * (1 - p) ** (of - k) for k in range(n, of + 1))
    assert float(by_chance(n, of, Decimal(peers))) == pytest.approx(exact, rel=1e-5)


def test_what_everybody_always_does_is_chance_and_what_nobody_does_is_none() -> None:
    assert by_chance(10, 10, Decimal(100)) == 1
    assert by_chance(5, 10, Decimal(0)) == 0


def test_hits_that_are_not_among_what_was_looked_at_are_no_more_than_all_of_it() -> None:
    """Of three closed cases five came back."""
    rows = hits(ONE, 5)
    told = suspicions(rows, {ONE: 3, **dict.fromkeys(OTHERS, 100)}, {"at_least": 5, "times_peers": 20})
    assert [one.subject for one in told] == [ONE]


def test_the_middle_is_that_of_all_peers_also_of_those_without_a_hit() -> None:
    rows = hits(ONE, 6) + hits(OTHERS[0], 50)
    told = suspicions(rows, dict.fromkeys([ONE, *OTHERS], 100), {"at_least": 5, "times_peers": 20})
    assert {one.subject: one.peers for one in told} == {ONE: Decimal(0), OTHERS[0]: Decimal(0)}


@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 20), st.integers(0, 50))
def test_more_of_the_same_never_makes_it_less_suspicious(
    ones: int, others: int, at_least: int, times_peers: int
) -> None:
    now = ONE in found(ones, others, at_least=at_least, times_peers=times_peers)
    more = ONE in found(ones + 1, others, at_least=at_least, times_peers=times_peers)
    assert more or not now
