"""A city's cases as they would have come in, each drawn from its number alone, so that any part can be made alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import models

from bench.speed.fates import FATES
from bench.speed.pool import Saying
from cases.models import Case
from hotline.models import Message

CALLS_AGAIN, UNNAMED = 0.35, 0.03
DAY = timedelta(days=1)
PER_DAY = 1_370  # a prefecture city: half a million cases a year
FIRST = 1_000  # ids below are left to the cases the patterns were taken from


@dataclass(frozen=True)
class Lived:
    """One fate as it was lived: the rows that are written from here, and how long it took."""

    case: dict[str, Any]
    messages: list[dict[str, Any]]
    began: datetime
    lasted: timedelta


@dataclass(frozen=True)
class Drawn:
    """The n-th case: when, what became of it, what was said, and with which case its citizen came first (-1: none)."""

    n: int
    at: datetime
    fate: int
    saying: Saying
    contractor: int
    channel: int
    citizen: int


@dataclass(frozen=True)
class City:
    """What all cases are drawn from, and until when they came in."""

    lived: list[Lived]
    sayings: list[Saying]
    contractors: list[int]
    channels: list[int]
    shared: dict[str, Any]
    until: datetime
    total: int
    seed: int
    only: int = -1  # every case has this fate, and is the same unit's

    def registered(self, n: int) -> datetime:
        """Evenly many a day; the last one just now. Those of one fate all came in today."""
        if n >= self.total:
            return self.until - timedelta(hours=2) + timedelta(milliseconds=n - self.total)
        return self.until - timedelta(days=(self.total - n) / PER_DAY)

    def case(self, n: int) -> Drawn:
        rng, at = Random(self.seed * 1_000_003 + n), self.registered(n)
        return Drawn(
            n=n,
            at=at,
            fate=self._fate(rng, self.until - at),
            saying=self._saying(rng),
            contractor=self.contractors[rng.random() < 0.4],
            channel=rng.choices(self.channels, range(len(self.channels), 0, -1))[0],
            citizen=-1 if rng.random() < UNNAMED else self._first_call(n, rng),
        )

    def _saying(self, rng: Random) -> Saying:
        said = self.sayings[int(rng.random() ** 1.5 * len(self.sayings))]
        if self.only < 0:
            return said
        return replace(said, unit=self.shared["unit"], unit_code=self.shared["unit_code"])

    def _fate(self, rng: Random, age: timedelta) -> int:
        """What has become of a case that old: the younger, the likelier it is still under way."""
        if self.only >= 0:
            return self.only
        days = age / DAY
        fitting = [(n, fate) for n, fate in enumerate(FATES) if self.lived[n].lasted < age]
        under_way = [(n, f) for n, f in fitting if days < f.open_days]
        ended = [(n, f) for n, f in fitting if not f.open_days]
        among = under_way if rng.random() < sum(fate.share for _n, fate in under_way) else ended
        return rng.choices([n for n, _f in among], [fate.share for _n, fate in among])[0]

    def _first_call(self, n: int, rng: Random) -> int:
        """The case with which this one's citizen first turned to the hotline."""
        first = n if self._is_new(n) else rng.randrange(n)
        while not self._is_new(first):
            first -= 1
        return first

    def _is_new(self, n: int) -> bool:
        return n == 0 or (n * 2_654_435_761 >> 7) % 1000 >= CALLS_AGAIN * 1000


def read_lived(lived: dict[str, Case]) -> list[Lived]:
    """The patterns of what is written outside the database, personal data opened."""
    found = []
    for fate in FATES:
        case = Case.objects.get(pk=lived[fate.name].pk)
        messages = [_row(message) for message in Message.objects.filter(about=case.number).order_by("pk")]
        found.append(Lived(_row(case), messages, case.registered_at, case.changed_at - case.registered_at))
    return found


def _row(thing: models.Model) -> dict[str, Any]:
    return {field.attname: getattr(thing, field.attname) for field in thing._meta.concrete_fields}
