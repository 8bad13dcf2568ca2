"""What verdicts add up to. Pure: met counts the whole weight, partly half of it, and anything fatal makes it nought."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Protocol

SHARE = {"full": Decimal(1), "partly": Decimal("0.5"), "not_met": Decimal(0)}
WEIGHTED, FATAL = frozenset(SHARE), frozenset({"clear", "happened"})
RANK = {"not_met": 0, "partly": 1, "full": 2, "happened": 0, "clear": 2}


class Item(Protocol):
    code: str
    weight: int
    fatal: bool


def points(item: Item, verdict: str) -> Decimal:
    """Of one weighted item, in steps of a half."""
    return SHARE[verdict] * item.weight


def happened(items: Iterable[Item], verdicts: Mapping[str, str]) -> list[str]:
    """The codes of the fatal items that happened."""
    return [item.code for item in items if item.fatal and verdicts[item.code] == "happened"]


def total(items: Iterable[Item], verdicts: Mapping[str, str]) -> Decimal:
    """Out of 100."""
    items = list(items)
    if happened(items, verdicts):
        return Decimal(0)
    return sum((points(item, verdicts[item.code]) for item in items if not item.fatal), Decimal(0))


def is_raise(before: str, after: str) -> bool:
    """Is the verdict better than before?"""
    return RANK[after] > RANK[before]


def differ(items: Iterable[Item], one: Mapping[str, str], other: Mapping[str, str], tolerance: int) -> bool:
    """Do two marks differ by more than so many points, or on anything fatal?"""
    items = list(items)
    if happened(items, one) != happened(items, other):
        return True
    return abs(total(items, one) - total(items, other)) > tolerance
