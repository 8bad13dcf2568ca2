"""What is paid when: by quarter as the months came to, or in shares that settle what months add and take."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contractors.models import Assessment, Contract, Terms
from contractors.payments import Payment, payments
from contractors.reckoning import Price, base_price, months
from tests.people import local

YEAR: Any = Contract(term=SimpleNamespace(lower=local("2026-01-01 00:00"), upper=local("2027-01-01 00:00")))
AMOUNT = Decimal("16560000.00")
PLANS: list[dict[str, Any]] = [
    {"every": 1},
    {"every": 3},
    {"every": 12},
    {"shares": [["50", "2026-01-10"], ["50", "2027-01-20"]]},
    {"shares": [["30", "2026-01-10"], ["30", "2026-05-01"], ["30", "2026-09-01"], ["10", "2027-01-20"]]},
    {"shares": [["65", "2026-01-10"], ["35", "2027-01-20"]]},
    {"shares": [["33.33", "2026-03-01"], ["33.33", "2026-06-01"], ["33.34", "2026-12-01"]]},
]

LEISURELY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no failure


class Entries(list[Any]):
    def all(self) -> Entries:
        return self


def month(first: date, effect: Decimal, *, locked: bool = True) -> Any:
    base = base_price(Price(date(2026, 1, 1), date(2026, 12, 31), AMOUNT), first)
    at = datetime.combine(first + timedelta(days=40), datetime.min.time(), local("2026-01-01 00:00").tzinfo)
    return SimpleNamespace(month=first, is_locked=locked, locked_at=at, base=base, due=base + effect, settles=Entries())


def paid(plan: dict[str, Any], assessed: list[Any]) -> list[Payment]:
    return payments(YEAR, Terms(amount=AMOUNT, payment_plan=plan), assessed)


EFFECTS = st.lists(st.decimals(-100_000, 100_000, places=2), min_size=12, max_size=12)


@pytest.mark.parametrize("plan", PLANS, ids=str)
@LEISURELY
@given(effects=EFFECTS)
def test_all_payments_together_pay_what_all_months_came_to(plan: dict[str, Any], effects: list[Decimal]) -> None:
    term = list(months(date(2026, 1, 1), date(2026, 12, 31)))
    assessed = [month(first, effect) for first, effect in zip(term, effects, strict=True)]
    made = paid(plan, assessed)
    assert sum(one.amount for one in made) == sum(one.due for one in assessed)
    assert all(one.complete for one in made)
    assert sorted(one.month for payment in made for one in payment.months) == term


def test_a_quarter_is_complete_when_its_three_months_are_locked() -> None:
    january, february = month(date(2026, 1, 1), Decimal(-100)), month(date(2026, 2, 1), Decimal(0))
    march = month(date(2026, 3, 1), Decimal(0), locked=False)
    first, *others = paid({"every": 3}, [january, february, march])
    assert (first.first, first.last, first.complete) == (date(2026, 1, 1), date(2026, 3, 31), False)
    assert first.amount == january.due + february.due
    assert len(others) == 3


def test_a_share_settles_the_months_locked_by_its_day() -> None:
    plan = {"shares": [["50", "2026-01-10"], ["50", "2027-01-20"]]}
    january = month(date(2026, 1, 1), Decimal("-8569.80"))
    first, last = paid(plan, [january])
    assert (first.share, first.settled) == (Decimal("8280000.00"), Decimal(0))
    assert (last.settled, last.complete) == (Decimal("-8569.80"), False)


def test_nothing_is_promised_of_months_nobody_assessed() -> None:
    assessed: list[Assessment] = []
    assert [one.amount for one in paid({"every": 3}, assessed)] == [0, 0, 0, 0]
