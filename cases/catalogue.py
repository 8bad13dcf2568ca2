"""Which line of the dispatch catalogue a case falls under."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q

from cases.deadlines import local_date
from cases.models import CatalogueEntry, Category, Channel
from cases.models.dispatch_catalogue import CatalogueQuerySet, Line
from hotline.models import Region


class Matter(NamedTuple):
    """What of a case the catalogue goes by. Paths are codes from the top down (``/SZ/SZ01/``)."""

    category: str
    region: str = ""
    channel: int | None = None
    kind: str = ""


def codes(path: str) -> list[str]:
    """The codes of a path in a tree, from the top down."""
    return [code for code in path.split("/") if code]


def matter(category: Category, region: Region | None, channel: Channel | None = None, kind: str = "") -> Matter:
    return Matter(category.path, region.path if region else "", channel.pk if channel else None, kind)


def fits(line: Line, case: Matter) -> bool:
    """Is the line for such a case? It is for its category and all below it, for its region and all inside it."""
    return (
        case.category.startswith(line.category.path)
        and (line.region is None or case.region.startswith(line.region.path))
        and line.channel_id in (None, case.channel)
        and line.kind in ("", case.kind)
    )


def closeness(line: Line) -> tuple[int, int, bool, bool]:
    """The nearest category wins before the nearest region, that before the channel, and that before the kind."""
    near = len(codes(line.region.path)) if line.region else 0
    return (line.category.depth, near, line.channel_id is not None, bool(line.kind))


Key = tuple[int, int | None, int | None, str]


def lines_of(on: date) -> dict[Key, CatalogueEntry]:
    """All entries that hold on that day, by the cases they are for."""
    holding = CatalogueEntry.objects.in_force(on).order_by("category__path", "pk")
    return {entry.key: entry for entry in holding.prefetch_related("co_organisers")}


class Catalogue:
    """Lines as they hold on one day, held in memory to look many cases up."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._by_category: dict[str, list[Line]] = defaultdict(list)
        for line in sorted(lines, key=closeness, reverse=True):
            self._by_category[line.category.path].append(line)

    def line(self, case: Matter) -> Line | None:
        """The line such a case falls under; None if the catalogue is silent about it."""
        above = codes(case.category)
        for depth in range(len(above), 0, -1):
            for line in self._by_category.get(f"/{'/'.join(above[:depth])}/", ()):
                if fits(line, case):
                    return line
        return None


def in_force(on: date) -> list[CatalogueEntry]:
    """The entries that hold on that day and whose unit takes cases on it."""
    return list(_of_active_units(on))


def entry_for(case: Matter, at: datetime) -> CatalogueEntry | None:
    """The entry that holds at that moment for such a case."""
    on = local_date(at)
    near = _of_active_units(on).filter(
        Q(region__isnull=True) | Q(region__code__in=codes(case.region)),
        Q(channel__isnull=True) | Q(channel=case.channel),
        category__code__in=codes(case.category),
        kind__in=["", case.kind],
    )
    return max(near, key=closeness, default=None)


def _of_active_units(on: date) -> CatalogueQuerySet:
    """A unit that takes no cases any more is passed over: the next line up says whose they are."""
    lasting = Q(unit__active_until__isnull=True) | Q(unit__active_until__gt=on)
    return CatalogueEntry.objects.in_force(on).filter(lasting, unit__active_from__lte=on).order_by("pk")
