"""Clauses in words: the target, the scoring, and a measured value as people read it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contractors.models import Clause, Direction, Terms
from contractors.scoring import rounded
from hotline.measures import MEASURES, Measure, Unit

SIGNS = {Direction.AT_LEAST: "≥", Direction.AT_MOST: "≤"}


@dataclass(frozen=True)
class ClauseLine:
    clause: Clause
    measure: Measure
    target: str
    scoring: str


def clause_lines(terms: Terms) -> list[ClauseLine]:
    return [
        ClauseLine(clause, MEASURES[clause.measure], target_words(clause), scoring_words(clause))
        for clause in terms.clauses.in_order()
    ]


def target_words(clause: Clause) -> str:
    """≥ 96%; for events, what each costs."""
    if clause.scoring["kind"] in ("per_event", "once") and clause.money is not None and not clause.target:
        return _("%(yuan)s yuan") % {"yuan": _grouped(abs(clause.money))}
    if clause.target is None:
        return "–" if clause.scoring["kind"] == "bands" else f"{SIGNS[Direction(clause.direction)]} 0"
    return f"{SIGNS[Direction(clause.direction)]} {with_unit(clause.target, MEASURES[clause.measure].unit)}"


def with_unit(number: Decimal, unit: Unit, places: int | None = None) -> str:
    words = _grouped(number.normalize() if places is None else number, places)
    forms = {
        Unit.PERCENT: "%(n)s%%",
        Unit.TIME: _("%(n)s s"),
        Unit.MONEY: _("%(n)s yuan"),
        Unit.POINTS: _("%(n)s points"),
    }
    return forms.get(unit, "%(n)s") % {"n": words}


def value_words(value: Decimal | Fraction | None, unit: Unit) -> str:
    """The measured value, two places for rates and means."""
    if value is None:
        return "–"
    if unit == Unit.COUNT:
        return _grouped(rounded(Fraction(value), 2).normalize())
    return with_unit(rounded(Fraction(value), 2), unit, 2)


def scoring_words(clause: Clause) -> str:
    """The rule in a sentence."""
    scoring: dict[str, Any] = clause.scoring
    told = _WORDS[scoring["kind"]](clause, scoring)
    if clause.window_months > 1:
        told += " " + _("Over %(n)s months.") % {"n": clause.window_months}
    if clause.minimum_n:
        told += " " + _("Not scored under n = %(n)s.") % {"n": clause.minimum_n}
    return told


def _linear(clause: Clause, scoring: dict[str, Any]) -> str:
    told = _("Full marks at the target, %(slope)s less for every unit short of it.") % {"slope": scoring["slope"]}
    if Decimal(scoring.get("floor", "0")):
        told += " " + _("Never under %(n)s.") % {"n": scoring["floor"]}
    if "cap" in scoring:
        told += " " + _("Up to %(n)s beyond it.") % {"n": scoring["cap"]}
    return told + _per_mark(clause)


def _bands(clause: Clause, scoring: dict[str, Any]) -> str:
    points = ", ".join(f"{at} → {marks}" for at, marks in scoring["points"])
    steps = scoring.get("between") == "steps"
    told = _("Steps: %(points)s.") if steps else _("Bands, linear between: %(points)s.")
    return told % {"points": points} + _per_mark(clause)


def _per_event(clause: Clause, scoring: dict[str, Any]) -> str:
    told = []
    if clause.money:
        told.append(_("%(yuan)s yuan for each.") % {"yuan": _grouped(clause.money, sign=True)})
    if "points" in scoring:
        n = Decimal(scoring["points"])
        told.append(ngettext("%(n)s mark less for each.", "%(n)s marks less for each.", int(n)) % {"n": n})
    if "cap" in scoring:
        told.append(_("Up to %(yuan)s yuan a month.") % {"yuan": _grouped(Decimal(scoring["cap"]))})
    return " ".join(told)


def _once(clause: Clause, _scoring: dict[str, Any]) -> str:
    money = clause.money or Decimal(0)
    told = _("%(yuan)s yuan if met.") if money > 0 else _("%(yuan)s yuan if missed.")
    return told % {"yuan": _grouped(money, sign=True)}


def _veto(_clause: Clause, _scoring: dict[str, Any]) -> str:
    return _("Missing it costs the performance part of the month.")


def _per_mark(clause: Clause) -> str:
    return " " + _("%(yuan)s yuan for each mark.") % {"yuan": _grouped(clause.money)} if clause.money else ""


def _grouped(number: Decimal, places: int | None = None, *, sign: bool = False) -> str:
    words = f"{abs(number):,f}" if places is None else f"{abs(number):,.{places}f}"
    return ("−" if number < 0 else "+" if sign and number > 0 else "") + words


_WORDS = {"linear": _linear, "bands": _bands, "per_event": _per_event, "once": _once, "veto": _veto}
