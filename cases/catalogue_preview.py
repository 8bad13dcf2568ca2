"""What a version of the catalogue would have changed: last month's cases, routed by both."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Q

from cases.catalogue import Catalogue, Matter, in_force
from cases.models import Case, CaseQuerySet, CatalogueChange, CatalogueVersion
from cases.models.dispatch_catalogue import Line
from cases.shelves import CATEGORIES
from hotline.calendar import Period
from hotline.models import Organisation
from hotline.shelf import ORGANISATIONS, REGIONS


class Combination(NamedTuple):
    """What the catalogue goes by, as a case keeps it."""

    category: int
    region: int | None
    channel: int
    kind: str


class Shift(NamedTuple):
    """Cases that would go from one unit to another; None is nobody: a dispatcher would have to find out."""

    before: int | None
    after: int | None


@dataclass(frozen=True)
class Move:
    """One such shift in figures: how many cases, and how many of them ended with either unit all the same."""

    before: Organisation | None
    after: Organisation | None
    n: int
    with_before: int
    with_after: int


@dataclass(frozen=True)
class Preview:
    """How ``total`` cases of a month would be routed: ``n`` of them differently."""

    period: Period
    total: int
    moves: list[Move]
    shifted: dict[Combination, Shift]

    @property
    def n(self) -> int:
        return sum(move.n for move in self.moves)

    def cases(self, cases: CaseQuerySet) -> CaseQuerySet:
        """Those cases, of the ones given."""
        if not self.shifted:
            return cases.none()
        return _registered(cases, self.period).filter(reduce(or_, map(_same, self.shifted)))

    def shift(self, case: Case) -> tuple[Organisation | None, Organisation | None]:
        """Where the case would go by the catalogue as it is, and by the version."""
        key = Combination(case.category_id or 0, case.region_id, case.channel_id, case.kind)
        before, after = self.shifted.get(key, Shift(None, None))
        return _unit(before), _unit(after)


def last_month(on: date) -> Period:
    """The whole calendar month before that day's, in local days."""
    last = on.replace(day=1) - timedelta(days=1)
    return Period.month(last.year, last.month, ZoneInfo(settings.TIME_ZONE))


def preview(version: CatalogueVersion, on: date) -> Preview:
    """Route the month before ``on`` by the catalogue as it stands on the version's day, without and with the version.

    Asks for as many rows as there are combinations of category, place, channel and kind, never for the cases.
    """
    period, changes = last_month(on), list(version.changes.all())
    lines: list[Line] = list(in_force(version.valid_from))
    keys = {change.key for change in changes}
    as_it_is = Catalogue(lines)
    as_proposed = Catalogue([line for line in lines if line.key not in keys] + [c for c in changes if c.unit_id])
    shifted: dict[Combination, Shift] = {}
    n, kept, moved = Counter[Shift](), Counter[Shift](), Counter[Shift]()
    for combination, unit, count in _combinations(_below(changes), period):
        case = _matter(combination)
        shift = Shift(_unit_of(as_it_is.line(case)), _unit_of(as_proposed.line(case)))
        if shift.before == shift.after:
            continue
        shifted[combination] = shift
        n[shift] += count
        kept[shift] += count if unit is not None and unit == shift.before else 0
        moved[shift] += count if unit is not None and unit == shift.after else 0
    moves = [Move(_unit(s.before), _unit(s.after), n[s], kept[s], moved[s]) for s, _count in n.most_common()]
    return Preview(period, _registered(Case.objects.all(), period).count(), moves, shifted)


def _registered(cases: CaseQuerySet, period: Period) -> CaseQuerySet:
    return cases.filter(registered_at__gte=period.start, registered_at__lt=period.end)


def _below(changes: list[CatalogueChange]) -> list[int]:
    """The categories the changes are about, with all below them."""
    paths = tuple(change.category.path for change in changes)
    return [category.pk for category in CATEGORIES.all() if category.path.startswith(paths)] if paths else []


def _combinations(categories: list[int], period: Period) -> list[tuple[Combination, int | None, int]]:
    """Each combination that occurred, with the unit its cases have now and how many they are."""
    rows = (
        _registered(Case.objects.all(), period)
        .filter(category__in=categories)
        .order_by()
        .values_list("category", "region", "channel", "kind", "unit")
        .annotate(n=Count("pk"))
    )
    return [(Combination(*key), unit, n) for *key, unit, n in rows]


def _matter(combination: Combination) -> Matter:
    region = REGIONS.get(combination.region).path if combination.region else ""
    return Matter(CATEGORIES.get(combination.category).path, region, combination.channel, combination.kind)


def _unit_of(line: Line | None) -> int | None:
    return line.unit_id if line else None  # type: ignore[attr-defined]  # entries and changes have one each


def _unit(key: int | None) -> Organisation | None:
    return ORGANISATIONS.get(key) if key else None


def _same(combination: Combination) -> Q:
    region = Q(region=combination.region) if combination.region else Q(region__isnull=True)
    return Q(category=combination.category, channel=combination.channel, kind=combination.kind) & region
