"""The rows behind the gap between the contractor's cases as the system asked about them and as the government did."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cases.independent_measures import pairs_of, score_of
from cases.models import Case
from contractors.figures import Row, source
from hotline.calendar import Period
from hotline.models import Organisation


@source("independent_gap")
def independent_gap(contractor: Organisation, period: Period, _net: bool) -> Iterator[Row]:
    """A hundred points where only the ordinary answer says solved, minus a hundred where only the independent one."""
    for number, pair in pairs_of(Case.objects.filter(taken_by_organisation=contractor), period):
        yield Row(number, Decimal(100 * (pair["pair_ordinary_solved"] - pair["pair_solved"])))


@source("independent_satisfaction_gap")
def independent_satisfaction_gap(contractor: Organisation, period: Period, _net: bool) -> Iterator[Row]:
    """What the two answers count in the satisfaction rate, the one less the other; left out where one was not said."""
    for number, pair in pairs_of(Case.objects.filter(taken_by_organisation=contractor), period):
        before, after = pair["pair_ordinary_satisfaction"], pair["pair_satisfaction"]
        if before and after:
            yield Row(number, 100 * (score_of(before) - score_of(after)))
