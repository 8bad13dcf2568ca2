"""The figures of the independent callback: what it found, how many answered it, and the gap to the ordinary result."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from cases import independent_outcomes as outcomes
from cases.counting import Parts, number, rate
from cases.models import CaseQuerySet, Satisfaction
from cases.paired_gap import Gap, gap_of_scores, gap_of_shares
from hotline.calendar import Period
from hotline.measures import Unit, measure
from hotline.roles import Capability

READ = Capability.INDEPENDENT_READ
Rows = Iterable[dict[str, Any]]


@rate(
    "independent_resolution_rate",
    _("Independent resolution rate"),
    _(
        "Of the cases whose citizen answered an independent callback in the period, the share the citizen calls solved;"
        " the last answer counts."
    ),
    read=READ,
)
def independent_resolution_rate(period: Period) -> Parts:
    return Parts(of=outcomes.asked(period), good=outcomes.said_solved(period))


def _satisfaction(period: Period, with_whom: str) -> Parts:
    return Parts(
        of=outcomes.said_how_satisfied(period, with_whom),
        good=outcomes.said_satisfied(period, with_whom),
        partly=outcomes.said_basically_satisfied(period, with_whom),
        coefficient=settings.BASICALLY_SATISFIED_COEFFICIENT,
    )


@rate(
    "independent_satisfaction_rate",
    _("Independent satisfaction rate"),
    _(
        "Of the cases whose citizen said in an independent callback of the period how satisfied he is with the"
        " handling, the share satisfied; “basically satisfied” counts by the coefficient set for the city."
    ),
    read=READ,
)
def independent_satisfaction_rate(period: Period) -> Parts:
    return _satisfaction(period, "satisfaction")


@rate(
    "independent_agent_satisfaction_rate",
    _("Independent satisfaction with the agent"),
    _(
        "Of the cases whose citizen said in an independent callback of the period how satisfied he is with the agent"
        " who took the call, the share satisfied; “basically satisfied” counts by the coefficient set for the city."
    ),
    read=READ,
)
def independent_agent_satisfaction_rate(period: Period) -> Parts:
    return _satisfaction(period, "agent_satisfaction")


@rate(
    "independent_valid_rate",
    _("Valid independent callbacks"),
    _(
        "Of the cases whose independent callback ended in the period, the share whose citizen answered it; refused, not"
        " reached and expired count against it."
    ),
    read=READ,
)
def independent_valid_rate(period: Period) -> Parts:
    return Parts(of=outcomes.call_ended(period), good=outcomes.call_answered(period))


# -- The gap


@number(
    "independent_pairs",
    _("Pairs of answers"),
    _(
        "Cases that both the system's own asking and an independent callback of the period asked about in the same"
        " round."
    ),
    read=READ,
)
def independent_pairs(period: Period) -> Parts:
    return Parts(of=outcomes.paired(period))


@number(
    "independent_satisfaction_pairs",
    _("Pairs of answers on satisfaction"),
    _(
        "Cases on which the system's own asking and an independent callback of the period both said, in the same round,"
        " how satisfied the citizen is with the handling."
    ),
    read=READ,
)
def independent_satisfaction_pairs(period: Period) -> Parts:
    return Parts(of=outcomes.paired_in_satisfaction(period))


def pairs_of(cases: CaseQuerySet, period: Period) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every pair by its case's number: the rows behind the gaps."""
    for row in _rows(cases, period).values("number", *outcomes.pair_columns(period)):
        yield row["number"], row


def _rows(cases: CaseQuerySet, period: Period) -> CaseQuerySet:
    return cases.filter(outcomes.paired(period)).order_by().annotate(**outcomes.pair_columns(period))


def _pairs(cases: CaseQuerySet, period: Period, *fields: str) -> Rows:
    """How often which pair of answers was given, by one query."""
    rows: Rows = _rows(cases, period).values(*fields, *outcomes.pair_columns(period)).annotate(n=Count("pk"))
    return rows


def _solved(rows: Rows) -> Gap:
    counted: dict[tuple[bool, bool], int] = defaultdict(int)
    for row in rows:
        counted[row["pair_ordinary_solved"], row["pair_solved"]] += row["n"]
    return gap_of_shares(counted[True, True], counted[True, False], counted[False, True], counted[False, False])


def _satisfied(rows: Rows) -> Gap:
    return gap_of_scores(
        (score_of(row["pair_ordinary_satisfaction"]), score_of(row["pair_satisfaction"]), row["n"])
        for row in rows
        if row["pair_ordinary_satisfaction"] and row["pair_satisfaction"]
    )


def score_of(satisfaction: int) -> Decimal:
    """As it counts in the satisfaction rate."""
    if satisfaction == Satisfaction.BASICALLY:
        return Decimal(settings.BASICALLY_SATISFIED_COEFFICIENT)
    return Decimal(int(satisfaction > Satisfaction.BASICALLY))


@measure(
    "independent_gap",
    _("Independent gap of the resolution rate"),
    _(
        "Of the cases that both the system's own asking and an independent callback of the period asked about in the"
        " same round, the resolution rate by the former less that by the latter, in percentage points; with Newcombe's"
        " 95 % interval for pairs."
    ),
    Unit.POINTS,
)
def independent_gap(cases: CaseQuerySet, period: Period) -> Gap:
    return _solved(_pairs(cases, period))


@measure(
    "independent_satisfaction_gap",
    _("Independent gap of the satisfaction rate"),
    _(
        "Of the cases on which both said how satisfied the citizen is with the handling, in the same round, the"
        " satisfaction rate by the system's own asking less that by the independent callback of the period, in"
        " percentage points; with Wald's 95 % interval for pairs."
    ),
    Unit.POINTS,
)
def independent_satisfaction_gap(cases: CaseQuerySet, period: Period) -> Gap:
    return _satisfied(_pairs(cases, period))


def gaps_by(cases: CaseQuerySet, period: Period, field: str) -> dict[Any, tuple[Gap, Gap]]:
    """Both gaps (solved, satisfied) for each value of a field of the case, by one query."""
    rows: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for row in _pairs(cases, period, field):
        rows[row[field]].append(row)
    return {value: (_solved(of), _satisfied(of)) for value, of in rows.items()}


def both_gaps(cases: CaseQuerySet, period: Period) -> tuple[Gap, Gap]:
    """The gaps of what was called solved and of satisfaction, by one query."""
    rows = list(_pairs(cases, period))
    return _solved(rows), _satisfied(rows)
