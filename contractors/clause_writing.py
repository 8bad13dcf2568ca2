"""The clauses of a draft: put, changed, taken out, and tried on a month before anybody signs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from contractors import assessing, contracting, scoring
from contractors.assessing import Month
from contractors.figures import measurable
from contractors.models import Clause, Direction, Terms
from hotline.acts import Invalid, NotNow, verb
from hotline.calendar import Period
from hotline.models import Membership
from hotline.plain_text import clean_text

NUMBER_LIMIT, NAME_LIMIT, NAME_EN_LIMIT, EVIDENCE_LIMIT, CLAUSES_LIMIT = 20, 120, 160, 120, 60
NUMBERS = {
    "weight": (0, 1000),
    "money": (-100_000_000, 100_000_000),
    "target": (0, 1_000_000_000),
    "window_months": (1, 36),
    "minimum_n": (0, 1_000_000),
}


@dataclass(frozen=True)
class ClauseGiven:
    """A clause as somebody writes it; see ``contractors.models.Clause``."""

    number: str
    name: str
    measure: str
    name_en: str = ""
    direction: str = Direction.AT_LEAST
    target: Decimal | None = None
    scoring: dict[str, Any] = field(default_factory=dict)
    weight: Decimal = Decimal(0)
    money: Decimal | None = None
    window_months: int = 1
    minimum_n: int = 0
    net: bool = True
    evidence: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


@verb
def put(terms: Terms, given: ClauseGiven, *, by: Membership, at: datetime, clause: int | None = None) -> Clause:
    """Add a clause to a draft, or change the one with that key. Raises Invalid for what cannot be reckoned with."""
    terms = contracting.draft_of(terms, by)
    others = terms.clauses.all() if clause is None else terms.clauses.exclude(pk=clause)
    if clause is None and others.count() >= CLAUSES_LIMIT:
        raise NotNow(_("A contract has up to %(n)s clauses.") % {"n": CLAUSES_LIMIT})
    written = _found(terms, clause) if clause is not None else Clause(terms=terms, position=others.count() + 1)
    _fill(written, given)
    if others.filter(number=written.number).exists():
        raise Invalid(_("There is a clause with this number already."), field="number")
    written.save()
    return written


@verb
def take_out(terms: Terms, *, by: Membership, at: datetime, clause: int) -> Terms:
    """Leave a clause out of a draft."""
    terms = contracting.draft_of(terms, by)
    _found(terms, clause).delete()
    return terms


def tried(terms: Terms, month: date, *, at: datetime) -> Month:
    """What a month that is over would have come to by these terms, signed or not. Changes nothing.

    Of a month outside the contract's term the clauses are measured as they stand, at the price of a month within it.
    """
    if at < (Period.month(month.year, month.month).end or at):
        raise Invalid(_("The month is not over yet."), field="month")
    return assessing.compute(terms, month, trial=True)


def _found(terms: Terms, clause: int) -> Clause:
    found = terms.clauses.filter(pk=clause).first()
    if found is None:
        raise NotNow(_("The draft has no such clause any more."))
    return found


def _fill(clause: Clause, given: ClauseGiven) -> None:
    texts = {
        "number": (given.number, NUMBER_LIMIT, True),
        "name": (given.name, NAME_LIMIT, True),
        "name_en": (given.name_en, NAME_EN_LIMIT, False),
        "evidence": (given.evidence, EVIDENCE_LIMIT, False),
    }
    for name, (text, limit, needed) in texts.items():
        text = " ".join(clean_text(text).split())
        if len(text) > limit or (needed and not text):
            raise Invalid(_("Fill this in with at most %(n)s characters.") % {"n": limit}, field=name)
        setattr(clause, name, text)
    if given.measure not in {measure.key for measure in measurable()}:
        raise Invalid(_("Choose what is measured."), field="measure")
    if given.direction not in Direction.values:
        raise Invalid(_("Choose at least or at most."), field="direction")
    _check_numbers(given)
    if given.valid_from and given.valid_until and given.valid_until <= given.valid_from:
        raise Invalid(_("The period ends before it begins."), field="valid_until")
    said = ("measure", "direction", "target", "scoring", "weight", "money", "window_months", "minimum_n", "net")
    for name in (*said, "valid_from", "valid_until"):
        setattr(clause, name, getattr(given, name))
    if not scoring.is_sound(assessing.rule_of(clause)):
        raise Invalid(
            _("This scoring cannot be reckoned with: look at its numbers, the target, the marks and the money."),
            field="scoring",
        )


def _check_numbers(given: ClauseGiven) -> None:
    for name, (least, most) in NUMBERS.items():
        value = getattr(given, name)
        if value is not None and not (Decimal(value).is_finite() and least <= value <= most):
            raise Invalid(_("A number from %(least)s to %(most)s.") % {"least": least, "most": most}, field=name)
