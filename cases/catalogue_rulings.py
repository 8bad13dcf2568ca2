"""Rulings that teach the catalogue: a case went elsewhere than it says, because somebody ruled so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from cases.catalogue import Catalogue, in_force, matter
from cases.deadlines import local_date
from cases.models import CatalogueChange, CatalogueEntry, Decision, DecisionKind, DecisionState
from hotline.models import Membership, Organisation, Region, TwoPeopleState
from hotline.shelf import REGIONS

WITHIN = timedelta(days=90)
SHOWN = 100
TEACHING = (DecisionKind.BOUNCE, DecisionKind.DISPUTE)


@dataclass(frozen=True)
class Lesson:
    """A ruling, the unit it named, and the line by which such cases would go elsewhere again."""

    decision: Decision
    unit: Organisation
    line: CatalogueEntry | None

    @property
    def places(self) -> list[Region]:
        """Where the lesson may hold: the case's place and what is around it, the nearest first."""
        return around(self.decision.case.region)


def around(region: Region | None) -> list[Region]:
    """The place and every place around it but the city, which is everywhere."""
    found = []
    while region is not None and region.level != Region.Level.CITY:
        found.append(region)
        region = REGIONS.get(region.parent_id) if region.parent_id else None
    return found


def lessons(by: Membership, at: datetime) -> list[Lesson]:
    """Rulings on returns and disputes of the last 90 days against which the catalogue stands, the latest first."""
    learnt = CatalogueChange.objects.filter(ruling__isnull=False).exclude(version__state=TwoPeopleState.DROPPED)
    rulings = (
        Decision.objects.visible_to(by)
        .filter(kind__in=TEACHING, state=DecisionState.GRANTED, ruled_at__gte=at - WITHIN, ruled_at__lte=at)
        .filter(case__category__isnull=False, ruled_unit__isnull=False)
        .exclude(pk__in=learnt.values("ruling"))
        .select_related("case", "ruled_by")
        .order_by("-ruled_at", "-pk")[:SHOWN]
    )
    decisions = list(rulings)
    catalogue = Catalogue(in_force(local_date(at)))
    found = []
    for decision in decisions:
        unit, case = decision.ruled_unit, decision.case
        if unit is None or case.category is None or not unit.is_active(local_date(at)):
            continue
        line = catalogue.line(matter(case.category, case.region, case.channel, case.kind))
        if not isinstance(line, CatalogueEntry) or line.unit_id != unit.pk:
            found.append(Lesson(decision, unit, line if isinstance(line, CatalogueEntry) else None))
    return found
