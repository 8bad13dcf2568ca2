"""Figures carry their n, parts add up to the whole, and money never loses a cent."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.measures import Count, Duration, Measure, Money, Ratio, Registry, Unit

counts = st.integers(0, 10**9)
ratios = st.builds(lambda part, rest, out: Ratio(part, part + rest, out), counts, counts, counts)
cents = st.decimals(-(10**10), 10**10, places=2, allow_nan=False, allow_infinity=False)


def test_a_rate_of_nothing_is_no_number() -> None:
    assert Ratio(0, 0).value is None
    assert Ratio(0, 0).percent() is None
    assert Duration(timedelta(), 0).mean is None


def test_a_percentage_is_rounded_half_up() -> None:
    assert Ratio(1, 8).percent() == Decimal("12.5")
    assert Ratio(1, 16).percent() == Decimal("6.3")
    assert Ratio(1, 16).percent(0) == Decimal(6)
    assert Ratio(Decimal("0.9"), 1).percent(2) == Decimal("90.00")


def test_too_few_cases_are_marked() -> None:
    assert Ratio(1, 29).below(30)
    assert not Ratio(1, 30).below(30)


def test_impossible_counts_are_refused() -> None:
    for numerator, denominator, excluded in [(1, 0, 0), (-1, 2, 0), (1, -2, 0), (1, 2, -1)]:
        with pytest.raises(ValueError, match=r"\."):
            Ratio(numerator, denominator, excluded)
    with pytest.raises(ValueError, match=r"\."):
        Duration(timedelta(1), 0)
    with pytest.raises(ValueError, match=r"\."):
        Count(-1)


@given(st.lists(ratios))
def test_parts_add_up_to_the_whole(parts: list[Ratio]) -> None:
    whole = Ratio.total(parts)
    assert whole.numerator == sum(part.numerator for part in parts)
    assert whole.denominator == sum(part.denominator for part in parts)
    assert whole.excluded == sum(part.excluded for part in parts)
    assert whole == Ratio.total(reversed(parts))
    values = [part.value for part in parts if part.value is not None]
    if values and whole.value is not None:
        assert min(values) - Decimal("1e-20") <= whole.value <= max(values) + Decimal("1e-20")


@given(st.lists(st.tuples(st.timedeltas(timedelta(), timedelta(days=900)), st.integers(1, 1000))))
def test_time_adds_up_and_its_mean_is_over_all(parts: list[tuple[timedelta, int]]) -> None:
    whole = Duration.total(Duration(spent, n) for spent, n in parts)
    assert whole.spent == sum((spent for spent, _n in parts), timedelta())
    assert whole.mean == (whole.spent / whole.n if parts else None)
    assert Count.total(Count(n) for _spent, n in parts).n == whole.n


@given(cents, st.lists(st.integers(0, 1000), min_size=1).filter(any))
def test_a_split_amount_adds_up_to_the_cent(amount: Decimal, weights: list[int]) -> None:
    money = Money(amount)
    parts = money.split(weights)
    assert Money.total(parts) == money
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.amount - amount * weight / sum(weights)) < Decimal("0.01")


def test_a_quarterly_payment_is_split_by_the_plan() -> None:
    parts = Money(Decimal("100.00")).split([1, 1, 1])
    assert [part.amount for part in parts] == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]
    assert [part.amount for part in Money(Decimal("-0.05")).split([50, 50])] == [Decimal("-0.03"), Decimal("-0.02")]


def test_currencies_and_floats_do_not_mix() -> None:
    with pytest.raises(ValueError, match="CNY and USD"):
        Money(Decimal(1)) + Money(Decimal(1), "USD")
    with pytest.raises(TypeError):
        Money(0.1)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Money(Decimal("NaN"))
    assert (-Money(Decimal("1.005")) * 2 - Money(Decimal(1))).rounded() == Money(Decimal("-3.01"))
    assert Money(Decimal("2.345")).rounded().amount == Decimal("2.34")
    assert Money(Decimal(1)) < Money(Decimal(2))


def test_a_measure_is_defined_once_and_knows_its_function() -> None:
    registry = Registry()

    @registry.measure("sign_off_on_time", "Timely sign-off rate", "Signed in time, of all due.", Unit.PERCENT)
    def sign_off_on_time() -> Ratio:
        return Ratio(1, 2)

    assert sign_off_on_time().value == Decimal("0.5")
    assert registry["sign_off_on_time"].source.startswith("tests.hotline.test_measures.")
    again = Measure("sign_off_on_time", "Again", "Again.", Unit.PERCENT, 1, sign_off_on_time)
    with pytest.raises(ValueError, match="already measured"):
        registry.add(again)
    registry.measure("backlog", "Backlog", "Open at the end.", Unit.COUNT, version=2)(sign_off_on_time)
    assert [measure.key for measure in registry.in_order()] == ["backlog", "sign_off_on_time"]
    with pytest.raises(ValueError, match="Versions"):
        registry.measure("x", "X", "X.", Unit.COUNT, version=0)(sign_off_on_time)
