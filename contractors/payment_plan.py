"""How a contract is paid out, as data: every so many months, or in shares of the amount on given days. Pure.

``{"every": 3}`` pays what the months of each quarter of the term came to once all of them are locked. ``{"shares":
[["50", "2025-01-01"], ["50", "2025-12-31"]]}`` pays shares of the amount, in percent, on their days; each also settles
what the months locked until then came to above or below their price, so that all together pay what all months came to.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

EVERY = (1, 2, 3, 4, 6, 12)
SHARES = {
    "50/50": (Decimal(50), Decimal(50)),
    "30/30/30/10": (Decimal(30), Decimal(30), Decimal(30), Decimal(10)),
    "65/35": (Decimal(65), Decimal(35)),
}
QUARTERLY = {"every": 3}


class Instalment(NamedTuple):
    percent: Decimal
    on: date


def every(plan: Mapping[str, Any]) -> int | None:
    """After how many months it is paid each time; None if in shares."""
    return plan.get("every")


def instalments(plan: Mapping[str, Any]) -> list[Instalment]:
    """The shares in the order they are paid; raises ValueError if the plan makes no sense."""
    try:
        found = [Instalment(Decimal(percent), date.fromisoformat(on)) for percent, on in plan.get("shares", [])]
    except (InvalidOperation, TypeError, ValueError) as wrong:
        raise ValueError("A share is a percentage and a day.") from wrong
    return found


def is_sound(plan: Any) -> bool:
    """Paid every so many months, or in shares above zero that add up to 100 % on days that follow each other."""
    if not isinstance(plan, Mapping) or set(plan) not in ({"every"}, {"shares"}):
        return False
    if "every" in plan:
        return plan["every"] in EVERY and not isinstance(plan["every"], bool)
    try:
        shares = instalments(plan)
    except ValueError:
        return False
    percents, days = [share.percent for share in shares], [share.on for share in shares]
    positive = all(percent.is_finite() and percent > 0 for percent in percents)
    return positive and sum(percents) == 100 and days == sorted(set(days))
