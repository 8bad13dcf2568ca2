"""Freezing a day's figures on the night after it, each with the version of its definition and its counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from cases import measures, tallies
from cases.deadlines import local_date
from cases.tallies import Counts
from cases.tally_figures import RATES, whats_of
from hotline.measures import MEASURES
from hotline.models import Organisation
from oversight.models import FrozenFigure

__all__ = ["freeze", "measures"]  # the measures are registered by their module


def freeze(at: datetime) -> int:
    """Keep yesterday's figures, of all cases and by contractor, unless they are kept; returns how many were.

    While very many acts wait to be counted nothing is kept yet: the next hour does it.
    """
    day = local_date(at) - timedelta(1)
    if FrozenFigure.of_day(day).exists() or not tallies.readable(None):
        return 0
    figures = list(_figures(day, at))
    FrozenFigure.objects.bulk_create(figures, ignore_conflicts=True)
    return len(figures)


def _figures(day: date, at: datetime) -> Iterator[FrozenFigure]:
    span, whats = {"": (day, day + timedelta(1))}, whats_of(RATES)
    whole = tallies.count(None, at, span, whats).get(("", None), Counts())
    by_body = {body: counts for (_, body), counts in tallies.count(None, at, span, whats, each="taken_by").items()}
    contractors = Organisation.objects.filter(kind=Organisation.Kind.CONTRACTOR).values_list("pk", flat=True)
    for contractor, counts in [(None, whole), *((pk, by_body.get(pk, Counts())) for pk in contractors)]:
        for key, formula in RATES.items():
            net, gross = formula.ratio(counts), formula.ratio(counts, gross=True)
            yield FrozenFigure(
                day=day,
                measure=key,
                version=MEASURES[key].version,
                contractor_id=contractor,
                numerator=net.numerator,
                denominator=net.denominator,
                excluded=net.excluded,
                gross_numerator=gross.numerator,
                gross_denominator=gross.denominator,
                frozen_at=at,
            )
