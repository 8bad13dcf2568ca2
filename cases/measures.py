"""The figures of cases: each one function, one sentence, one unit, one version, and the lists behind its numbers.

A measure says which cases it is about, which of them count, and which were left out; the rest follows. Every number
opens exactly its list: ``behind(key, period, part)`` is the same condition the number was counted with.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import wraps
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases import outcomes
from cases.models import CaseQuerySet
from hotline import measures
from hotline.calendar import Period
from hotline.measures import MEASURES, Ratio, Unit


class Part(StrEnum):
    """Which of a figure's numbers."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    EXCLUDED = "excluded"


ALL, NONE = Q(), Q(pk__in=[])


@dataclass(frozen=True)
class Parts:
    """What a figure is made of: the cases it is ``of``, those left out, and of the rest those that are ``good`` and
    those that count only in part."""

    of: Q
    good: Q = ALL
    partly: Q = NONE
    coefficient: Decimal = Decimal(0)
    without: Q = NONE

    def condition(self, part: Part) -> Q:
        """The cases behind one of the numbers; those that count in part are behind the numerator too."""
        if part == Part.EXCLUDED:
            return self.of & self.without
        among = self.of & ~self.without
        return among & (self.good | self.partly) if part == Part.NUMERATOR else among

    def columns(self) -> dict[str, Any]:
        """The counts, as aggregates over the cases it is of."""
        among = ~self.without
        return {
            "n": Count("pk", filter=among),
            "good": Count("pk", filter=among & self.good),
            "partly": Count("pk", filter=among & self.partly),
            "excluded": Count("pk", filter=self.without),
        }

    def ratio(self, row: dict[str, Any]) -> Ratio:
        """The rate from counted columns."""
        weighed = row["partly"] * self.coefficient if row["partly"] else 0
        return Ratio(row["good"] + weighed, row["n"], row["excluded"])


PARTS: dict[str, Callable[[Period], Parts]] = {}
Definition = Callable[[Period], Parts]
Sentence = str | Promise


def rate(key: str, name: Sentence, sentence: Sentence, version: int = 1) -> Callable[[Definition], Any]:
    """Make a definition a rate of the registry: (cases, period) → Ratio."""

    def register(definition: Definition) -> Callable[[CaseQuerySet, Period], Ratio]:
        @wraps(definition)
        def measured(cases: CaseQuerySet, period: Period) -> Ratio:
            parts = definition(period)
            return parts.ratio(cases.filter(parts.of).order_by().aggregate(**parts.columns()))

        _enter(key, name, sentence, Unit.PERCENT, version, definition, measured)
        return measured

    return register


def number(key: str, name: Sentence, sentence: Sentence, version: int = 1) -> Callable[[Definition], Any]:
    """Make a definition a count of the registry: (cases, period) → Count."""

    def register(definition: Definition) -> Callable[[CaseQuerySet, Period], measures.Count]:
        @wraps(definition)
        def measured(cases: CaseQuerySet, period: Period) -> measures.Count:
            return measures.Count(cases.filter(definition(period).of).order_by().count())

        _enter(key, name, sentence, Unit.COUNT, version, definition, measured)
        return measured

    return register


def _enter(
    key: str, name: Sentence, sentence: Sentence, unit: Unit, version: int, definition: Definition, function: Any
) -> None:
    PARTS[key] = definition
    MEASURES.add(measures.Measure(key, name, sentence, unit, version, function))


def behind(cases: CaseQuerySet, key: str, period: Period, part: Part) -> CaseQuerySet:
    """Exactly the cases behind one number of a measure."""
    return cases.filter(PARTS[key](period).condition(part))


def by(cases: CaseQuerySet, key: str, period: Period, field: str) -> dict[Any, Ratio]:
    """The rate for each value of a field of the case (unit, taken_by_organisation …), by one query."""
    parts = PARTS[key](period)
    rows = cases.filter(parts.of).order_by().values(field).annotate(**parts.columns())
    return {row[field]: parts.ratio(row) for row in rows}


# -- Intake


@number("intake", _("Cases registered"), _("Cases registered in the period."))
def intake(period: Period) -> Parts:
    return Parts(of=outcomes.registered(period))


@rate(
    "direct_answer_rate",
    _("Direct-answer rate"),
    _("Of the cases registered in the period, the share answered in the course of the contact."),
)
def direct_answer_rate(period: Period) -> Parts:
    return Parts(of=outcomes.registered(period), good=outcomes.answered_directly())


@rate(
    "refusal_rate",
    _("Refusal rate"),
    _("Of the cases registered in the period, the share not accepted on a stated legal ground."),
)
def refusal_rate(period: Period) -> Parts:
    return Parts(of=outcomes.registered(period), good=outcomes.refused())


# -- Units


@rate(
    "on_time_closing",
    _("On-time closing rate"),
    _(
        "Of the cases whose promise to the citizen fell due in the period, the share answered by then; unfinished ones"
        " count against it. Settled at intake is not due; withdrawn by the citizen is left out."
    ),
)
def on_time_closing(period: Period) -> Parts:
    return Parts(of=outcomes.due(period), good=outcomes.kept(period), without=outcomes.withdrawn())


@rate(
    "closing_rate",
    _("Closing rate"),
    _("Of the cases due in the period, the share answered before it ended, in time or late."),
)
def closing_rate(period: Period) -> Parts:
    return Parts(of=outcomes.due(period), good=outcomes.answered_at_all(period), without=outcomes.withdrawn())


@rate(
    "sign_on_time",
    _("Timely sign-off rate"),
    _("Of the cases whose sign-off by the lead unit fell due in the period, the share signed off in time."),
)
def sign_on_time(period: Period) -> Parts:
    return Parts(of=outcomes.sign_off_due(period), good=outcomes.signed_in_time(period))


@rate(
    "first_time_closing",
    _("First-time closing rate"),
    _("Of the cases closed in the period after a unit had them, the share closed in the first round."),
)
def first_time_closing(period: Period) -> Parts:
    return Parts(of=outcomes.ended_with_a_unit(period), good=outcomes.in_first_round())


@rate(
    "bounce_rate",
    _("Return rate"),
    _("Of the cases dispatched in the period, the share whose return by the unit was granted."),
)
def bounce_rate(period: Period) -> Parts:
    return Parts(of=outcomes.dispatched(period), good=outcomes.returned(period))


@rate(
    "extension_rate",
    _("Extension rate"),
    _("Of the cases dispatched in the period, the share whose unit was granted more time."),
)
def extension_rate(period: Period) -> Parts:
    return Parts(of=outcomes.dispatched(period), good=outcomes.extended(period))


@rate(
    "rehandling_rate",
    _("Re-handling rate"),
    _(
        "Of the cases that were closed or went to re-handling in the period after a unit had answered, the share that"
        " went to re-handling."
    ),
)
def rehandling_rate(period: Period) -> Parts:
    again = outcomes.sent_to_rehandling(period)
    return Parts(of=outcomes.ended_with_a_unit(period) | again, good=again)


@number(
    "backlog",
    _("Open cases"),
    _("Cases registered before the end of the period and open at it."),
)
def backlog(period: Period) -> Parts:
    return Parts(of=outcomes.open_at_the_end(period))


# -- The citizen's verdict


@rate(
    "contact_rate",
    _("Contact rate"),
    _(
        "Of the cases on which the citizen said in the period whether the unit got in touch, the share where it did;"
        " the last answer counts."
    ),
)
def contact_rate(period: Period) -> Parts:
    return Parts(of=outcomes.said_about_contact(period), good=outcomes.said_contacted(period))


@rate(
    "resolution_rate",
    _("Resolution rate"),
    _(
        "Of the cases the citizen rated in the period, the share the citizen calls solved; the last answer counts, and"
        " unrated is not solved."
    ),
)
def resolution_rate(period: Period) -> Parts:
    return Parts(of=outcomes.rated(period), good=outcomes.said_solved(period))


@rate(
    "satisfaction_rate",
    _("Satisfaction rate"),
    _(
        "Of the cases on which the citizen said in the period how satisfied he is, the share satisfied; “basically"
        " satisfied” counts by the coefficient set for the city, and unrated is never satisfied."
    ),
)
def satisfaction_rate(period: Period) -> Parts:
    return Parts(
        of=outcomes.said_how_satisfied(period),
        good=outcomes.said_satisfied(period),
        partly=outcomes.said_basically_satisfied(period),
        coefficient=settings.BASICALLY_SATISFIED_COEFFICIENT,
    )


@rate(
    "rating_participation",
    _("Rating participation"),
    _(
        "Of the cases the system asked the citizen about in the period, the share answered. Citizens who did not want"
        " to be asked or left no number are left out."
    ),
)
def rating_participation(period: Period) -> Parts:
    return Parts(
        of=outcomes.surveyed(period), good=outcomes.answered_the_survey(period), without=~outcomes.asked(period)
    )


@rate(
    "valid_callback_rate",
    _("Valid callback rate"),
    _("Of the cases on which the citizen was called back in the period, the share where the citizen was reached."),
)
def valid_callback_rate(period: Period) -> Parts:
    return Parts(of=outcomes.called_back(period), good=outcomes.reached(period))
