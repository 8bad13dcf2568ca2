"""Bursts: a burst main makes four hundred people call about the same thing within the hour.

Looked for every few seconds among the requests of the last minutes only, by the index on the time: what it costs
depends on how many came in just now, never on how many there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Case as SqlCase
from django.db.models import Count, F, Max, Min, When
from django.utils.translation import gettext as _

from cases import routing
from cases.models import Burst, Case, CaseQuerySet, Category
from cases.shelves import CATEGORIES
from hotline import outbox, rows
from hotline.acts import verb
from hotline.models import Message, Region
from hotline.roles import Role
from hotline.shelf import REGIONS

# A community is taken for the street it lies in; whoever names no more than the district is counted for that.
STREET = SqlCase(When(region__level=Region.Level.COMMUNITY, then=F("region__parent")), default=F("region"))


@dataclass(frozen=True)
class Like:
    """Requests of one category around one place, in the window."""

    category: int
    region: int
    n: int
    first_at: datetime
    last_at: datetime


def window() -> timedelta:
    return timedelta(minutes=settings.BURST_MINUTES)


def lately(at: datetime) -> CaseQuerySet:
    """What came in within the window. Confidential requests are never counted with others."""
    return Case.objects.filter(registered_at__gt=at - window(), registered_at__lte=at, confidential=False)


def found(at: datetime) -> list[Like]:
    """Categories and places with so many requests in the window that it is a burst."""
    known = lately(at).filter(category__isnull=False, region__isnull=False)
    together = known.annotate(street=STREET).values("category", "street").order_by()
    many = together.annotate(n=Count("pk"), first_at=Min("registered_at"), last_at=Max("registered_at"))
    return [
        Like(row["category"], row["street"], row["n"], row["first_at"], row["last_at"])
        for row in many.filter(n__gte=settings.BURST_CASES)
    ]


def alike(category: Category | None, region: Region | None, at: datetime) -> int:
    """How many like this came in around here within the window; 0 below the number that makes a burst."""
    if category is None or region is None:
        return 0
    around = Region.objects.filter(path__startswith=street_of(region).path)
    n = lately(at).filter(category=category, region__in=around.values("pk"))[: settings.BURST_CASES * 50].count()
    return n if n >= settings.BURST_CASES else 0


def street_of(region: Region) -> Region:
    if region.level == Region.Level.COMMUNITY and region.parent_id is not None:
        return REGIONS.get(region.parent_id)
    return region


def going_on(category: Category | None, region: Region | None) -> Burst | None:
    """The burst that such a request belongs to."""
    if category is None or region is None:
        return None
    bursts = Burst.objects.going_on().select_related("group__main")
    return bursts.filter(category=category, region=street_of(region)).first()


def look(at: datetime) -> int:
    """Notice what is new, follow what goes on, and end what is over; returns how many were noticed."""
    like = {(one.category, one.region): one for one in found(at)}
    for burst in Burst.objects.going_on():
        one = like.pop((burst.category_id, burst.region_id), None)
        if one is not None:
            n = Burst.cases(_until(burst, one.last_at)).count()
            Burst.objects.filter(pk=burst.pk).update(n=n, last_at=one.last_at)
        elif burst.last_at <= at - window():
            Burst.objects.filter(pk=burst.pk, over_at__isnull=True).update(over_at=at)
    return sum(notice(one, at=at, by=None) is not None for one in like.values())


def _until(burst: Burst, last_at: datetime) -> Burst:
    burst.last_at = last_at
    return burst


@verb
def notice(one: Like, *, at: datetime, by: None = None) -> Burst | None:
    """Tell of a burst, once: the shift leaders and dispatchers, and the unit that deals with such things there.

    None if somebody else told of it meanwhile.
    """
    burst = Burst(
        category_id=one.category,
        region_id=one.region,
        n=one.n,
        first_at=one.first_at,
        last_at=one.last_at,
        noticed_at=at,
    )
    if not rows.insert([], once=burst):
        return None
    burst = Burst.objects.going_on().get(category=one.category, region=one.region)
    outbox.post(*_messages(burst, at))
    return burst


def _messages(burst: Burst, at: datetime) -> list[Message]:
    category, region = CATEGORIES.get(burst.category_id), REGIONS.get(burst.region_id)
    words = {"n": burst.n, "minutes": settings.BURST_MINUTES, "place": region.name, "matter": category.name}
    about = f"/bursts/{burst.pk}/"
    told = [
        outbox.notice("burst", at=at, to_role=role, words=words, about=about)
        for role in (Role.SHIFT_LEADER, Role.DISPATCHER)
    ]
    units = [suggested.unit for suggested in routing.suggest_units(category, region, at)[:1]]
    return told + [outbox.notice("burst", at=at, to_organisation=unit, words=words, about=about) for unit in units]


def sentence(n: int) -> str:
    """As the console says it while somebody types."""
    return _("%(n)s like this within %(minutes)s minutes around here") % {"n": n, "minutes": settings.BURST_MINUTES}
