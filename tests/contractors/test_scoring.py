"""Marks from values: the published rules reproduced, and what holds for every rule."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contractors.scoring import Rule, is_sound, rounded, score, unscored

LEISURELY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no failure


def rule(scoring: dict[str, Any], target: str | None = "100", weight: str = "25", **given: Any) -> Rule:
    return Rule(scoring, target=None if target is None else Decimal(target), weight=Decimal(weight), **given)


def marks(rule: Rule, value: str | Fraction) -> Decimal | None:
    return score(rule, Fraction(value)).marks


ON_TIME = rule({"kind": "linear", "slope": "1"})
SATISFIED_95 = rule({"kind": "linear", "slope": "0.5", "floor": "12.5"}, "95")
SATISFIED_98 = rule({"kind": "linear", "slope": "0.5", "floor": "12.5"}, "98")
TEST_CALLS = rule({"kind": "bands", "points": [["92", "0"], ["96", "10"]]}, None, "10")
HANDLING_TIME = rule({"kind": "bands", "points": [["80", "10"], ["90", "0"]]}, None, "10", direction="at_most")


@pytest.mark.parametrize(
    ("published", "rate", "expected"),
    [  # Lianyungang's bulletins: rate and score as printed
        (ON_TIME, "66.67", "0"),
        (ON_TIME, "80", "5"),
        (ON_TIME, "89.82", "14.82"),
        (SATISFIED_95, "70.59", "12.8"),
        (SATISFIED_95, "66.67", "12.5"),
        (SATISFIED_95, "50", "12.5"),
        (SATISFIED_98, "87.5", "19.75"),
        (SATISFIED_98, "83.33", "17.67"),
        (SATISFIED_98, "75", "13.5"),
        (SATISFIED_98, "71.43", "12.5"),
        # telecom-style bands: full marks, none, and a straight line between
        (TEST_CALLS, "91.99", "0"),
        (TEST_CALLS, "92", "0"),
        (TEST_CALLS, "93", "2.5"),
        (TEST_CALLS, "95", "7.5"),
        (TEST_CALLS, "96", "10"),
        (TEST_CALLS, "100", "10"),
        (HANDLING_TIME, "79", "10"),
        (HANDLING_TIME, "80", "10"),
        (HANDLING_TIME, "82.5", "7.5"),
        (HANDLING_TIME, "90", "0"),
        (HANDLING_TIME, "120", "0"),
    ],
)
def test_published_rules_give_the_published_marks(published: Rule, rate: str, expected: str) -> None:
    assert is_sound(published)
    assert marks(published, rate) == Decimal(expected)


def test_the_exact_rate_is_scored_and_not_the_one_printed() -> None:
    assert marks(SATISFIED_98, Fraction(500, 6)) == Decimal("17.67")
    assert marks(ON_TIME, Fraction(299_999, 3000)) == Decimal("25.00")  # 99.99967 %, printed as 100 %


def test_steps_give_the_best_marks_that_were_reached() -> None:
    at_least = rule({"kind": "bands", "points": [["90", "5"], ["95", "10"]], "between": "steps"}, None, "10")
    assert [marks(at_least, value) for value in ("89.9", "90", "94.9", "95")] == [0, 5, 5, 10]
    points = [["15", "10"], ["30", "4"]]
    at_most = rule({"kind": "bands", "points": points, "between": "steps"}, None, "10", direction="at_most")
    assert [marks(at_most, value) for value in ("15", "16", "30", "31")] == [10, 4, 4, 0]


def test_going_beyond_the_target_earns_more_only_where_a_cap_says_so() -> None:
    assert marks(SATISFIED_95, "100") == 25
    assert marks(rule({"kind": "linear", "slope": "0.5", "cap": "27"}, "95"), "98") == Decimal("26.5")
    assert marks(rule({"kind": "linear", "slope": "0.5", "cap": "27"}, "95"), "100") == 27


def test_events_cost_money_each_beyond_what_is_tolerated_up_to_a_cap() -> None:
    missed = rule({"kind": "per_event", "cap": "500"}, "2", "0", direction="at_most", money=Decimal("-20"))
    assert [score(missed, Fraction(n)).money for n in (0, 2, 3, 27, 1000)] == [0, 0, -20, -500, -500]
    by_marks = rule({"kind": "per_event", "points": "2"}, None, "5", direction="at_most")
    assert [marks(by_marks, n) for n in ("0", "1", "3")] == [5, 3, 0]


def test_a_reward_is_paid_once_if_earned_and_a_deduction_if_not() -> None:
    reward = rule({"kind": "once"}, "9", "0", money=Decimal(8000))
    assert [score(reward, Fraction(n)).money for n in (8, 9)] == [0, 8000]
    deduction = rule({"kind": "once"}, "9", "0", money=Decimal(-8000))
    assert [score(deduction, Fraction(n)).money for n in (8, 9)] == [-8000, 0]


def test_a_veto_strikes_when_its_target_is_missed() -> None:
    leaks = rule({"kind": "veto"}, None, "0", direction="at_most")
    assert [score(leaks, Fraction(n)).veto for n in (0, 1)] == [False, True]


def test_where_nothing_was_measured_nothing_is_deducted_and_nothing_earned() -> None:
    assert unscored(ON_TIME).marks == 25
    assert unscored(rule({"kind": "once"}, "9", "0", money=Decimal(8000))).money == 0
    assert not unscored(rule({"kind": "veto"}, None, "0")).veto


@pytest.mark.parametrize(
    "unsound",
    [
        rule({}),
        rule({"kind": "generous"}),
        rule({"kind": "linear"}),
        rule({"kind": "linear", "slope": "-1"}),
        rule({"kind": "linear", "slope": "NaN"}),
        rule({"kind": "linear", "slope": 0.5}),
        rule({"kind": "linear", "slope": "1", "floor": "26"}),
        rule({"kind": "linear", "slope": "1", "cap": "20"}),
        rule({"kind": "linear", "slope": "1", "surprise": "1"}),
        rule({"kind": "linear", "slope": "1"}, None),
        rule({"kind": "linear", "slope": "1"}, weight="0"),
        rule({"kind": "bands", "points": [["92", "0"]]}),
        rule({"kind": "bands", "points": [["96", "0"], ["92", "25"]]}),
        rule({"kind": "bands", "points": [["92", "0"], ["96", "10"]]}),
        rule({"kind": "bands", "points": "92"}),
        rule({"kind": "bands", "points": [["92", "0"], ["96", "25"]], "between": "curves"}),
        rule({"kind": "per_event"}, None, "0"),
        rule({"kind": "per_event", "points": "2"}, None, "0"),
        rule({"kind": "per_event", "cap": "0"}, None, "0", money=Decimal(-1)),
        rule({"kind": "once"}, None, "0"),
        rule({"kind": "once"}, None, "5", money=Decimal(1)),
        rule({"kind": "veto"}, None, "0", money=Decimal(1)),
    ],
)
def test_a_rule_that_says_nothing_or_nonsense_is_not_sound(unsound: Rule) -> None:
    assert not is_sound(unsound)


VALUES = st.fractions(min_value=0, max_value=100, max_denominator=10_000)
AMOUNTS = st.decimals(min_value="0.01", max_value=50, places=2)


@LEISURELY
@given(a=VALUES, b=VALUES, target=st.decimals(0, 100, places=2), slope=AMOUNTS, weight=AMOUNTS)
def test_more_is_never_worth_less_and_marks_stay_within_bounds(
    a: Fraction, b: Fraction, target: Decimal, slope: Decimal, weight: Decimal
) -> None:
    clause = Rule({"kind": "linear", "slope": str(slope)}, target=target, weight=weight)
    worse, better = score(clause, min(a, b)), score(clause, max(a, b))
    assert worse.marks is not None
    assert better.marks is not None
    assert 0 <= worse.marks <= better.marks <= weight
    assert score(clause, max(a, b)).met == (max(a, b) >= Fraction(target))


@LEISURELY
@given(value=st.fractions(-(10**12), 10**12, max_denominator=10_000))  # no city pays a billion yuan a month
def test_rounding_is_half_up_and_off_by_half_a_cent_at_most(value: Fraction) -> None:
    cents = rounded(value)
    assert cents == cents.quantize(Decimal("0.01"))
    assert abs(Fraction(cents) - value) <= Fraction(1, 200)
    assert rounded(-value) == -cents
