"""From a measured value to marks, by the rule a clause carries as data. Pure and exact: fractions inside, one rounding.

``scoring`` says how, in the unit of the measure (percent, seconds, yuan, points or a count), numbers as strings:

* ``{"kind": "linear", "slope": "0.5", "floor": "12.5"}``: full marks at the target, ``slope`` marks less for every unit
  short of it, never under ``floor``. With ``"cap"`` above the full marks, going beyond the target earns more, up to it.
* ``{"kind": "bands", "points": [["92", "0"], ["96", "10"]], "between": "linear"}``: marks at given values, straight
  lines between them, level outside. With ``"between": "steps"`` the best marks whose value was reached, 0 if none.
* ``{"kind": "per_event", "points": "2"}``: every event beyond the target costs marks, or money, up to ``"cap"`` yuan.
* ``{"kind": "once"}``: money once, as a reward if the target was met or, below zero, as a deduction if it was not.
* ``{"kind": "veto"}``: missing the target costs the whole performance part of the month.

Marks are rounded half up to two places, as on paper; the value they come from is not rounded before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from itertools import pairwise
from typing import Any

KINDS = ("linear", "bands", "per_event", "once", "veto")
MARKED = ("linear", "bands")
ZERO = Decimal(0)


@dataclass(frozen=True)
class Rule:
    """What a clause says about a value; ``target`` None means 0."""

    scoring: Mapping[str, Any]
    direction: str = "at_least"
    target: Decimal | None = None
    weight: Decimal = ZERO
    money: Decimal | None = None

    @property
    def kind(self) -> str:
        return str(self.scoring["kind"])


@dataclass(frozen=True)
class Scored:
    """What follows from a value. ``marks`` is None where the clause has none; ``money`` what it adds or takes by
    itself, besides marks; ``veto`` says that the performance part is lost."""

    met: bool
    marks: Decimal | None = None
    money: Decimal = Decimal("0.00")
    veto: bool = False


def score(rule: Rule, value: Fraction) -> Scored:
    """Marks and money for a measured value."""
    gap = _gap(rule, value)
    met = gap <= 0
    if rule.kind == "linear":
        return Scored(met, rounded(_linear(rule, gap)))
    if rule.kind == "bands":
        return Scored(met, rounded(_bands(rule, value)))
    if rule.kind == "per_event":
        return _per_event(rule, max(Fraction(0), gap))
    if rule.kind == "once":
        earned = rule.money is not None and (rule.money > 0) == met
        return Scored(met, money=rounded(Fraction(rule.money or 0)) if earned else Decimal("0.00"))
    return Scored(met, veto=not met)


def unscored(rule: Rule) -> Scored:
    """Nothing measured, or too little of it: nothing is deducted and nothing earned."""
    return Scored(True, rounded(Fraction(rule.weight)) if has_marks(rule) else None)


def has_marks(rule: Rule) -> bool:
    return rule.kind in MARKED or (rule.kind == "per_event" and "points" in rule.scoring)


def rounded(value: Fraction, places: int = 2) -> Decimal:
    """Half up, away from zero, exactly: 17.665 is 17.67."""
    scale = 10**places
    whole = int(abs(value) * scale + Fraction(1, 2))
    return Decimal(-whole if value < 0 else whole).scaleb(-places)


def _gap(rule: Rule, value: Fraction) -> Fraction:
    """How far the value is on the wrong side of the target; below zero if it is beyond it."""
    target = Fraction(rule.target or 0)
    return target - value if rule.direction == "at_least" else value - target


def _linear(rule: Rule, gap: Fraction) -> Fraction:
    full = Fraction(rule.weight)
    least, most = _number(rule.scoring.get("floor", "0")), _number(rule.scoring.get("cap", str(rule.weight)))
    return min(most, max(least, full - _number(rule.scoring["slope"]) * gap))


def _bands(rule: Rule, value: Fraction) -> Fraction:
    points = [(_number(at), _number(marks)) for at, marks in rule.scoring["points"]]
    if rule.scoring.get("between") == "steps":
        upward = rule.direction == "at_least"
        reached = [marks for at, marks in points if (value >= at if upward else value <= at)]
        return max(reached, default=Fraction(0))
    if value <= points[0][0]:
        return points[0][1]
    for (low, fewer), (high, more) in pairwise(points):
        if value <= high:
            return fewer + (more - fewer) * (value - low) / (high - low)
    return points[-1][1]


def _per_event(rule: Rule, events: Fraction) -> Scored:
    marks = None
    if "points" in rule.scoring:
        marks = rounded(max(Fraction(0), Fraction(rule.weight) - _number(rule.scoring["points"]) * events))
    money = Fraction(rule.money or 0) * events
    if "cap" in rule.scoring:
        limit = _number(rule.scoring["cap"])
        money = max(-limit, min(limit, money))
    return Scored(not events, marks, rounded(money))


def is_sound(rule: Rule) -> bool:
    """Can it be reckoned with, and does it say something?"""
    try:
        return _SOUND[rule.kind](rule) and _no_more_than(rule)
    except (KeyError, TypeError, ValueError, InvalidOperation, AttributeError):
        return False


def _sound_linear(rule: Rule) -> bool:
    least, most = _number(rule.scoring.get("floor", "0")), _number(rule.scoring.get("cap", str(rule.weight)))
    return (
        rule.target is not None
        and rule.weight > 0
        and _number(rule.scoring["slope"]) > 0
        and (0 <= least <= rule.weight <= most)
    )


def _sound_bands(rule: Rule) -> bool:
    points = [(_number(at), _number(marks)) for at, marks in rule.scoring["points"]]
    values, marks = [at for at, _ in points], [given for _, given in points]
    apart = values == sorted(set(values)) and len(values) >= (1 if rule.scoring.get("between") == "steps" else 2)
    known = rule.scoring.get("between", "linear") in ("linear", "steps")
    return known and apart and rule.weight > 0 and min(marks) >= 0 and max(marks) == rule.weight


def _sound_per_event(rule: Rule) -> bool:
    by_marks = "points" in rule.scoring
    if by_marks and not (rule.weight > 0 and _number(rule.scoring["points"]) > 0):
        return False
    if "cap" in rule.scoring and _number(rule.scoring["cap"]) <= 0:
        return False
    return by_marks or bool(rule.money)


def _no_more_than(rule: Rule) -> bool:
    """Nothing is said besides what its kind knows, and marks only where they count."""
    known = {"kind", *_KNOWN[rule.kind]}
    return set(rule.scoring) <= known and (has_marks(rule) or not rule.weight)


_KNOWN = {
    "linear": ("slope", "floor", "cap"),
    "bands": ("points", "between"),
    "per_event": ("points", "cap"),
    "once": (),
    "veto": (),
}
_SOUND: dict[str, Callable[[Rule], bool]] = {
    "linear": _sound_linear,
    "bands": _sound_bands,
    "per_event": _sound_per_event,
    "once": lambda rule: bool(rule.money),
    "veto": lambda rule: rule.money is None,
}


def _number(text: Any) -> Fraction:
    number = Decimal(text)
    if isinstance(text, float) or not number.is_finite():
        raise ValueError(f"{text} is no number to reckon with.")
    return Fraction(number)
