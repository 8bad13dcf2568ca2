"""Identities viewed many at a time (domain: reads of identity, volume)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from cases.models import EventKind
from cases.models.event import CaseEventQuerySet
from hotline.calendar import Period
from oversight.detector import Detector, Hit, Limit, Limits, Subject
from oversight.detectors.acts import acts, by_subject


def _reveals(period: Period) -> CaseEventQuerySet:
    return acts(period, EventKind.REVEALED).filter(by__isnull=False, organisation__isnull=False)


def hits(period: Period, limits: Limits) -> Iterable[Hit]:
    """Every look within a stretch of minutes in which one person took so many."""
    return _hits(_reveals(period), limits)


def hits_of(people: Collection[int], period: Period, limits: Limits) -> Iterable[Hit]:
    """The same rule, asked about these people only."""
    return _hits(_reveals(period).filter(by__in=people), limits) if people else []


def _hits(reveals: CaseEventQuerySet, limits: Limits) -> Iterable[Hit]:
    looks: dict[Subject, list[tuple[datetime, int, int]]] = defaultdict(list)
    rows = reveals.order_by("at").values_list("organisation", "by", "at", "pk", "case")
    for body, person, at, pk, case in rows.iterator(2_000):
        looks[Subject(body, person)].append((at, pk, case))
    for subject, taken in looks.items():
        for at, pk, case in _crowded(taken, limits["looks"], timedelta(minutes=limits["minutes"])):
            yield Hit(subject, f"event:{pk}", at, case=case)


def _crowded(
    taken: list[tuple[datetime, int, int]], least: int, within: timedelta
) -> Iterable[tuple[datetime, int, int]]:
    """Those that lie with at least so many others in one stretch of that length, in order of time."""
    told = 0
    for last in range(least - 1, len(taken)):
        first = last - least + 1
        if taken[last][0] - taken[first][0] <= within:
            yield from taken[max(first, told) : last + 1]
            told = last + 1


def looked_at(period: Period, limits: Limits) -> Mapping[Subject, int]:
    return by_subject(_reveals(period), "organisation", "by")


DETECTOR = Detector(
    "odd_looks",
    _("Many identities viewed within minutes"),
    _("Somebody viewed the names and numbers of many cases within minutes."),
    _("A burst main: many callers were called back together."),
    hits,
    looked_at,
    at_least=1,
    limits={
        "looks": Limit(_("So many looks"), 15, 2, 500),
        "minutes": Limit(_("Within so many minutes"), 10, 1, 240),
    },
)
