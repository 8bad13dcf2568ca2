"""The gap of two results about the same cases, against what statisticians published."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.paired_gap import Gap, gap_of_scores, gap_of_shares

# Newcombe, Statistics in Medicine 17 (1998), table III, method 10: both, only the first, only the second, neither.
NEWCOMBE = [
    (36, 12, 2, 0, 0.0569, 0.3404),
    (20, 12, 2, 16, 0.0562, 0.3292),
    (18, 12, 2, 18, 0.0562, 0.3290),
    (36, 14, 0, 0, 0.1528, 0.4167),
    (35, 14, 0, 1, 0.1461, 0.4175),
    (18, 14, 0, 18, 0.1441, 0.3963),
    (2, 97, 1, 0, 0.8721, 0.9854),
    (1, 97, 1, 1, 0.8736, 0.9850),
    (0, 29, 1, 0, 0.6666, 0.9882),
    (2, 98, 0, 0, 0.9178, 0.9945),
    (1, 98, 0, 1, 0.9171, 0.9916),
    (0, 30, 0, 0, 0.8395, 1.0),
    (54, 0, 0, 0, -0.0664, 0.0664),
    (53, 0, 0, 1, -0.0729, 0.0729),
    (30, 0, 0, 24, -0.0358, 0.0358),
    (29, 0, 0, 25, -0.0354, 0.0354),
    (28, 0, 0, 26, -0.0352, 0.0352),
    (27, 0, 0, 27, -0.0351, 0.0351),
]
counts = st.integers(min_value=0, max_value=400)


@pytest.mark.parametrize(("both", "first", "second", "neither", "low", "high"), NEWCOMBE)
def test_the_interval_is_newcombes(both: int, first: int, second: int, neither: int, low: float, high: float) -> None:
    gap = gap_of_shares(both, first, second, neither)
    assert gap.n == both + first + second + neither
    assert gap.value == Decimal(first - second) / gap.n
    assert (gap.low, gap.high) == pytest.approx((low, high), abs=1e-4)


def test_it_agrees_with_another_implementation() -> None:
    """Fagerland, Lydersen, Laake, "Statistical Analysis of Contingency Tables" (2017), chapter 8: complete response
    before and after consolidation therapy; and airway hyper-responsiveness before and after a transplantation."""
    gap = gap_of_shares(59, 6, 16, 80)
    assert (gap.low, gap.high) == pytest.approx((-0.1186, -0.0046), abs=6e-5)
    gap = gap_of_shares(1, 1, 7, 12)
    assert (gap.low, gap.high) == pytest.approx((-0.507, -0.026), abs=6e-4)


def test_scores_of_nought_and_one_have_walds_interval() -> None:
    """The transplantation again: −0.520 to −0.052 in the same book."""
    one, none = Decimal(1), Decimal(0)
    gap = gap_of_scores([(one, one, 1), (one, none, 1), (none, one, 7), (none, none, 12)])
    assert gap.value == Decimal(-6) / 21
    assert (gap.low, gap.high) == pytest.approx((-0.520, -0.052), abs=6e-4)


def test_basically_satisfied_counts_in_part() -> None:
    part = Decimal("0.9")
    gap = gap_of_scores([(Decimal(1), part, 10), (part, Decimal(0), 10)])
    assert (gap.ordinary, gap.independent, gap.value) == (Decimal(19), Decimal(9), Decimal("0.5"))


def test_without_pairs_there_is_no_gap() -> None:
    for nothing in (gap_of_shares(0, 0, 0, 0), gap_of_scores([])):
        assert nothing == Gap(0, Decimal(0), Decimal(0))
        assert nothing.value is None
        assert not nothing.warns(0, 0)


def test_it_warns_beyond_the_limit_and_of_enough_pairs_only() -> None:
    gap = gap_of_shares(80, 8, 2, 10)  # six points
    assert gap.warns(5, 30)
    assert not gap.warns(6, 30)
    assert not gap.warns(5, 101)
    assert not gap_of_shares(80, 2, 8, 10).warns(5, 30)


@given(counts, counts, counts, counts)
def test_the_gap_lies_in_its_interval_and_turns_round_with_its_sides(a: int, b: int, c: int, d: int) -> None:
    gap, turned = gap_of_shares(a, b, c, d), gap_of_shares(a, c, b, d)
    if not gap.n:
        return
    assert gap.low is not None
    assert gap.high is not None
    assert -1.0000001 <= gap.low <= float(gap.value or 0) <= gap.high <= 1.0000001
    assert (turned.low, turned.high) == pytest.approx((-gap.high, -gap.low))
