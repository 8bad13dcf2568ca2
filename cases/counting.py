"""How a figure is counted: which cases it is about, which of them count, which were left out, net and gross.

Every number opens exactly its list: ``behind(key, period, part)`` is the same condition the number was counted with.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import wraps
from typing import Any

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cases import outcomes
from cases.models import CaseQuerySet
from hotline import measures
from hotline.calendar import Period
from hotline.measures import MEASURES, Ratio, Unit
from hotline.roles import Capability


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


Definition = Callable[[Period], Parts]
Sentence = str | Promise
PARTS: dict[str, Definition] = {}
GROSS: dict[str, Definition] = {}
READ: dict[str, Capability] = {}  # measures that not everybody who reads cases may open
NET = _("Cases excluded by a ruling are left out; gross, they count.")


def rate(
    key: str,
    name: Sentence,
    sentence: Sentence,
    version: int = 1,
    *,
    net: bool = False,
    read: Capability | None = None,
) -> Callable[[Definition], Any]:
    """Make a definition a rate of the registry: (cases, period) → Ratio; ``net`` of cases excluded by a ruling. With
    ``read`` the lists behind it open to that right only."""

    def register(gross_parts: Definition) -> Callable[[CaseQuerySet, Period], Ratio]:
        GROSS[key] = gross_parts
        definition = _without_excluded(gross_parts) if net else gross_parts

        @wraps(gross_parts)
        def measured(cases: CaseQuerySet, period: Period) -> Ratio:
            parts = definition(period)
            return parts.ratio(cases.filter(parts.of).order_by().aggregate(**parts.columns()))

        told = format_lazy("{} {}", sentence, NET) if net else sentence
        _enter(key, name, told, Unit.PERCENT, version, definition, measured, read=read)
        return measured

    return register


def _without_excluded(gross_parts: Definition) -> Definition:
    def net_parts(period: Period) -> Parts:
        parts = gross_parts(period)
        return replace(parts, without=parts.without | outcomes.excluded())

    return net_parts


def number(
    key: str, name: Sentence, sentence: Sentence, version: int = 1, *, read: Capability | None = None
) -> Callable[[Definition], Any]:
    """Make a definition a count of the registry: (cases, period) → Count. ``read`` as for a rate."""

    def register(definition: Definition) -> Callable[[CaseQuerySet, Period], measures.Count]:
        @wraps(definition)
        def measured(cases: CaseQuerySet, period: Period) -> measures.Count:
            return measures.Count(cases.filter(definition(period).of).order_by().count())

        _enter(key, name, sentence, Unit.COUNT, version, definition, measured, read=read)
        return measured

    return register


def _enter(
    key: str,
    name: Sentence,
    sentence: Sentence,
    unit: Unit,
    version: int,
    definition: Definition,
    function: Any,
    *,
    read: Capability | None = None,
) -> None:
    PARTS[key] = definition
    if read is not None:
        READ[key] = read
    MEASURES.add(measures.Measure(key, name, sentence, unit, version, function))


def behind(cases: CaseQuerySet, key: str, period: Period, part: Part) -> CaseQuerySet:
    """Exactly the cases behind one number of a measure."""
    return cases.filter(PARTS[key](period).condition(part))


def by(cases: CaseQuerySet, key: str, period: Period, field: str) -> dict[Any, Ratio]:
    """The rate for each value of a field of the case (unit, taken_by_organisation …), by one query."""
    parts = PARTS[key](period)
    rows = cases.filter(parts.of).order_by().values(field).annotate(**parts.columns())
    return {row[field]: parts.ratio(row) for row in rows}


def gross(cases: CaseQuerySet, key: str, period: Period) -> Ratio:
    """The rate as if nothing had been excluded by a ruling."""
    parts = GROSS[key](period)
    return parts.ratio(cases.filter(parts.of).order_by().aggregate(**parts.columns()))
