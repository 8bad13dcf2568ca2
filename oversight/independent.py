"""What overseers see of the independent callback: how far the sample is, the gap of the two sources, the pairs.

Callbacks still to be made are told as one number, never by contractor or unit: of a unit that closed one case on a day
that number would tell which.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from cases import independent_outcomes as outcomes
from cases.deadlines import local_date
from cases.independent_measures import both_gaps, gaps_by
from cases.independent_rules import RULES
from cases.models import (
    Case,
    CaseQuerySet,
    IndependentAttempt,
    IndependentCallback,
    IndependentDraw,
    IndependentState,
)
from cases.paired_gap import Gap
from hotline.calendar import Period
from hotline.measures import Ratio
from hotline.models import Membership, Organisation

DAYS = (30, 90, 365)
DRAWS_SHOWN = 10


@dataclass(frozen=True)
class Look:
    """Whose cases, of the last so many local days, somebody looks at."""

    by: Membership
    at: datetime
    days: int = DAYS[1]
    contractor: Organisation | None = None
    unit: Organisation | None = None

    @property
    def first(self) -> date:
        return local_date(self.at) - timedelta(days=self.days - 1)

    @property
    def period(self) -> Period:
        return Period.days(self.first, local_date(self.at))

    @property
    def cases(self) -> CaseQuerySet:
        found = Case.objects.visible_to(self.by)
        if self.contractor is not None:
            found = found.filter(taken_by_organisation=self.contractor)
        return found.filter(unit=self.unit) if self.unit is not None else found


@dataclass(frozen=True)
class Progress:
    """How the callbacks ended that were drawn from rounds of these days. ``waiting`` is None where it would tell of
    single cases."""

    answered: int
    refused: int
    not_reached: int
    expired: int
    called: int
    waiting: int | None

    @property
    def ended(self) -> int:
        return self.answered + self.refused + self.not_reached + self.expired

    @property
    def drawn(self) -> int:
        return self.ended + (self.waiting or 0)

    @property
    def valid(self) -> Ratio:
        """Of those that were called and are over, the answered ones."""
        return Ratio(self.answered, self.called)


def progress(look: Look) -> Progress:
    """Counted in one query, and one more for those that wait."""
    drawn = IndependentCallback.objects.drawn_between(look.first, local_date(look.at))
    ended = drawn.visible_to(look.by)
    if look.contractor is not None:
        ended = ended.filter(contractor=look.contractor)
    tried = Exists(IndependentAttempt.objects.filter(callback=OuterRef("pk")))
    states = {state.value: Count("pk", filter=Q(state=state)) for state in IndependentState if state != "waiting"}
    counted = ended.annotate(tried=tried).order_by().aggregate(**states, called=Count("pk", filter=Q(tried=True)))
    return Progress(**counted, waiting=drawn.waiting().count() if look.contractor is None else None)


@dataclass(frozen=True)
class Pair:
    """The two results of a contractor or unit, or of all: what was called solved, and how satisfied people are."""

    organisation: Organisation | None
    solved: Gap
    satisfied: Gap
    limit: int

    @property
    def few(self) -> bool:
        return self.solved.below(settings.MINIMUM_N)

    @property
    def warns(self) -> bool:
        return self.solved.warns(self.limit, settings.MINIMUM_N)

    @property
    def sure(self) -> bool:
        """Does the whole interval lie above nought?"""
        return self.solved.low is not None and self.solved.low > 0


def warning_limit(at: datetime) -> int:
    """In percentage points, by the rules in force."""
    return int(RULES.on(at)["warning_points"])


def of_cases(cases: CaseQuerySet, period: Period, at: datetime) -> Pair:
    """The two results of these cases, by one query."""
    return Pair(None, *both_gaps(cases, period), warning_limit(at))


def whole(look: Look) -> Pair:
    return of_cases(look.cases, look.period, look.at)


def by_contractor(look: Look) -> list[Pair]:
    return _pairs(look, "taken_by_organisation", {Organisation.Kind.CONTRACTOR})


def by_unit(look: Look) -> list[Pair]:
    return _pairs(look, "unit", None)


def _pairs(look: Look, field: str, kinds: Iterable[str] | None) -> list[Pair]:
    """Those with enough pairs by their gap, the widest first; then the others by name. None is ranked by a number."""
    gaps = gaps_by(look.cases, look.period, field)
    known = Organisation.objects.in_bulk([pk for pk in gaps if pk is not None])
    limit = warning_limit(look.at)
    found = [Pair(body, *gaps[pk], limit) for pk, body in known.items() if kinds is None or body.kind in kinds]
    return sorted(found, key=_place)


def _place(pair: Pair) -> tuple[bool, float, str]:
    gap = 0.0 if pair.few else float(pair.solved.value or 0)
    return pair.few, -gap, pair.organisation.path if pair.organisation else ""


# -- The pairs themselves


WHICH = ("all", "differ", "worse")


def pairs(look: Look, which: str = "all") -> QuerySet[Any, Any]:
    """Cases with both answers, each with its last pair: all, those that differ about solved or not, or those that only
    the ordinary answer calls solved."""
    columns = outcomes.pair_columns(look.period, "at", "agent_satisfaction", "ordinary_source")
    found: QuerySet[Any, Any] = look.cases.filter(outcomes.paired(look.period)).annotate(**columns)
    if which == "differ":
        found = found.exclude(pair_solved=F("pair_ordinary_solved"))
    if which == "worse":
        found = found.filter(pair_ordinary_solved=True, pair_solved=False)
    return found.select_related("unit", "taken_by_organisation")


# -- The draws


def latest_draws(look: Look) -> list[IndependentDraw]:
    """The last days' draws with how many of each are over; without their frames, which are long."""
    counts = {
        "n": Count("callbacks"),
        "over": Count("callbacks", filter=Q(callbacks__ended_at__isnull=False)),
    }
    drawn = IndependentDraw.objects.filter(day__gte=look.first).defer("frame").annotate(**counts)
    return list(drawn.order_by("-day")[:DRAWS_SHOWN])
