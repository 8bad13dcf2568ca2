"""A month's account: the statement of screen 05 to the cent, and what holds for every account."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contractors.reckoning import Line, Price, account, apportion, base_price, months
from contractors.scoring import Rule, Scored, score

YEAR = Price(date(2026, 1, 1), date(2026, 12, 31), Decimal("16560000"), performance_share=Decimal(30))
FEBRUARY = date(2026, 2, 1)

LEISURELY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no failure


def linear(weight: str, good: int, of: int, target: str, slope: str, direction: str = "at_least") -> Line:
    clause = Rule({"kind": "linear", "slope": slope}, direction, Decimal(target), Decimal(weight))
    return Line(clause.weight, score(clause, Fraction(100 * good, of)))


def money(kind: str, value: int, yuan: str, target: str = "0", direction: str = "at_most") -> Line:
    clause = Rule({"kind": kind}, direction, Decimal(target), money=Decimal(yuan))
    return Line(Decimal(0), score(clause, Fraction(value)))


STATEMENT = [
    linear("20", 128_417, 132_607, "96", "1"),
    linear("15", 113_803, 128_417, "90", "1.5"),
    linear("15", 450, 480, "95", "1"),
    linear("15", 38_906, 41_964, "92", "1"),
    Line(Decimal(15), Scored(True, Decimal(15))),
    linear("10", 41_879, 42_560, "98", "1"),
    linear("10", 56, 240, "20", "0.5", "at_most"),
    money("per_event", 1, "-5000"),
    money("per_event", 41, "-20"),
    money("once", 9, "8000", target="9", direction="at_least"),
]


def test_a_statement_adds_up_as_it_is_printed() -> None:
    told = account(base_price(YEAR, FEBRUARY), YEAR.performance_share, STATEMENT)
    assert (told.base, told.fixed, told.performance) == (Decimal("1380000"), Decimal("966000"), Decimal("414000"))
    assert (told.marks, told.full, told.earned) == (Decimal("95.01"), Decimal(100), Decimal("393341.40"))
    effects = ("0", "-8569.80", "-5175", "0", "0", "0", "-6913.80", "-5000", "-820", "8000")
    assert told.effects == tuple(map(Decimal, effects))
    assert told.per_point == Decimal("4140.00")
    assert told.due == Decimal("1361521.40")


def test_a_veto_costs_what_the_marks_earned() -> None:
    told = account(Decimal(1000), Decimal(30), [Line(Decimal(10), Scored(False, Decimal(8))), _veto()])
    assert (told.earned, told.effects, told.due) == (Decimal(0), (Decimal(-60), Decimal(-240)), Decimal(700))


def _veto() -> Line:
    return Line(Decimal(0), Scored(False, veto=True))


def test_a_mark_with_a_price_of_its_own_costs_that_and_stays_out_of_the_score() -> None:
    own = Line(Decimal(10), Scored(False, Decimal("8.5")), per_point=Decimal(1000))
    told = account(Decimal(10_000), Decimal(0), [own])
    assert (told.effects, told.due, told.full) == ((Decimal(-1500),), Decimal(8500), Decimal(0))


def test_an_amount_is_spread_over_whole_months_evenly_and_over_parts_of_one_by_days() -> None:
    part = Price(date(2026, 1, 16), date(2026, 3, 15), Decimal(300))
    assert [base_price(part, month) for month in months(part.first_day, part.last_day)] == [
        Decimal("77.42"),
        Decimal("150.00"),
        Decimal("72.58"),
    ]
    assert base_price(part, date(2026, 4, 1)) == 0


def test_an_early_end_or_an_extension_leaves_the_monthly_price_as_it_was() -> None:
    cut = replace(YEAR, last_day=date(2026, 6, 15), planned=YEAR.last_day)
    assert [base_price(cut, date(2026, month, 1)) for month in (5, 6, 7)] == [1_380_000, 690_000, 0]
    longer = replace(YEAR, last_day=date(2027, 1, 31), planned=YEAR.last_day)
    assert base_price(longer, date(2027, 1, 1)) == 1_380_000


def test_seats_and_calls_are_paid_as_many_as_there_were() -> None:
    seats = Price(date(2026, 1, 16), date(2026, 12, 31), seats=25, seat_price=Decimal("9626"))
    assert base_price(seats, FEBRUARY) == Decimal("240650.00")
    assert base_price(seats, date(2026, 1, 1)) == Decimal("124206.45")  # 16 of 31 days
    calls = Price(date(2026, 1, 1), date(2026, 12, 31), call_price=Decimal("1.7025"))
    assert base_price(calls, FEBRUARY, calls=128_417) == Decimal("218629.94")


CENTS = st.integers(0, 10**12).map(lambda cents: Decimal(cents).scaleb(-2))
DAYS = st.dates(date(2020, 1, 1), date(2029, 12, 31))


@settings(LEISURELY, max_examples=25)  # ten years are a hundred and twenty months, each the whole term
@given(amount=CENTS, a=DAYS, b=DAYS)
def test_the_months_of_a_term_add_up_to_the_amount(amount: Decimal, a: date, b: date) -> None:
    price = Price(min(a, b), max(a, b), amount)
    parts = [base_price(price, month) for month in months(price.first_day, price.last_day)]
    assert sum(parts) == amount
    assert all(part >= 0 for part in parts)


@st.composite
def lines(draw: Any) -> Line:
    if draw(st.booleans()):
        weight = draw(st.decimals(1, 50, places=2))
        own = draw(st.none() | st.decimals(0, 10_000, places=2))
        return Line(weight, Scored(False, draw(st.decimals(0, weight, places=2))), own)
    return Line(Decimal(0), Scored(False, None, draw(st.decimals(-10_000, 10_000, places=2)), draw(st.booleans())))


@LEISURELY
@given(base=CENTS, share=st.decimals(0, 100, places=2), given_lines=st.lists(lines(), max_size=12))
def test_an_account_adds_up_to_the_cent(base: Decimal, share: Decimal, given_lines: list[Line]) -> None:
    told = account(base, share, given_lines)
    assert told.fixed + told.performance == told.base == base
    assert told.due == told.base + sum(told.effects, Decimal(0))
    own = told.due - told.fixed - told.earned
    assert own == sum((_own(line) for line in given_lines), Decimal(0))


def _own(line: Line) -> Decimal:
    lost = (line.scored.marks or 0) - line.weight if line.per_point is not None else Decimal(0)
    return line.scored.money + _cent((line.per_point or Decimal(0)) * lost)


def _cent(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), "ROUND_HALF_UP")


@LEISURELY
@given(parts=st.lists(st.fractions(-1000, 1000, max_denominator=997), min_size=1, max_size=20))
def test_left_over_cents_go_to_the_largest_remainders(parts: list[Fraction]) -> None:
    total = round(sum(parts))
    shares = apportion(total, parts)
    assert sum(shares) == total
    assert all(abs(share - part) <= 1 for share, part in zip(shares, parts, strict=True))
