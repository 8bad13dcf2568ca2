"""Amounts, digests and recomputations as a statement prints them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _

from contractors.assessing import Outcome
from contractors.models import Assessment, Objection, PaperSignature
from contractors.pages.clause_words import value_words
from hotline.measures import MEASURES

register = template.Library()


@register.filter
def yuan(amount: Decimal | None, sign: str = "") -> str:
    """Grouped, two places, a true minus; with "+" a plus before what is added."""
    if amount is None:
        return "–"
    before = "−" if amount < 0 else sign if amount > 0 else ""
    return f"{before}{abs(amount):,.2f}"


@register.filter
def plain(number: Decimal) -> Decimal:
    """Without the places that say nothing: 20.00 is 20, and 42560 stays 42560."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


@register.filter
def digest(text: str) -> str:
    """Short enough to compare by eye: 9f3c 71ae 04d2 … b86e."""
    return f"{text[:4]} {text[4:8]} {text[8:12]} … {text[-4:]}"


@register.filter
def measured(outcome: Outcome) -> str:
    return value_words(outcome.figure.value, outcome.figure.unit)


@register.filter
def recomputed(objection: Objection) -> str:
    """What the system finds the objection would come to."""
    told: dict[str, Any] = objection.recomputed
    value = None if told["value"] is None else Decimal(told["value"])
    words = {
        "value": value_words(value, MEASURES[objection.result.clause.measure].unit),
        "marks": told["marks"],
        "gain": yuan(Decimal(told["gain"]), "+"),
        "due": yuan(Decimal(told["due"])),
    }
    if told["marks"] is None:
        return _("%(gain)s yuan, the month %(due)s.") % words
    return _("%(value)s, marks %(marks)s; %(gain)s yuan, the month %(due)s.") % words


@register.filter
def contractor_signer(assessment: Assessment) -> str:
    """Who signed for the contractor, of a month read with its paper; nobody yet: nothing."""
    signed_by = assessment.contractor_signed_by
    paper: PaperSignature | None = getattr(assessment, "paper", None)
    if signed_by is None or paper is None:
        return signed_by.label if signed_by else ""
    words = {"who": paper.received_from, "recorder": signed_by.label}
    return _("on paper: %(who)s, recorded by %(recorder)s") % words
