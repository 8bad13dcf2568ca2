"""What a detector is, and when what it saw is worth a person's look. Pure.

A detector names acts or calls that are as it describes (*hits*), each of one body or person, and says how many it
looked at of each. It points; it judges nobody: every detector says what innocent thing looks the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from math import ceil, comb
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.functional import Promise

from hotline.calendar import Period

FEW_PEERS = 3  # fewer have no middle worth the name
BY_CHANCE = Decimal("0.001")  # looked at every night of every body, anything likelier would be found somewhere


class Subject(NamedTuple):
    """Whom a hit is about: a body, and a person of it where it is about one."""

    organisation: int
    person: int | None = None


@dataclass(frozen=True)
class Hit:
    """One act or call that is as a detector describes; ``ref`` names it for good."""

    subject: Subject
    ref: str
    at: datetime
    case: int | None = None
    call: UUID | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Limit:
    """One threshold that two people may change; as it is brought, and between what it may lie."""

    label: str | Promise
    brought: int
    least: int = 0
    most: int = 1000


Limits = Mapping[str, int]


@dataclass(frozen=True)
class Detector:
    """``at_least`` and ``times_peers`` are every detector's; ``limits`` are its own besides.

    ``tells`` says in words what was seen in one hit, from its facts; the reader's language is active.
    """

    key: str
    name: str | Promise
    looks_for: str | Promise
    innocent: str | Promise
    hits: Callable[[Period, Limits], Iterable[Hit]]
    looked_at: Callable[[Period, Limits], Mapping[Subject, int]]
    at_least: int = 3
    times_peers: int = 0
    limits: Mapping[str, Limit] = field(default_factory=dict)
    tells: Callable[[Mapping[str, Any]], str] | None = None
    version: int = 2


@dataclass(frozen=True)
class Suspicion:
    """Hits about one subject that are worth a look. ``peers`` is what is usual among the others, per cent."""

    subject: Subject
    hits: list[Hit]
    of: int
    peers: Decimal | None


def suspicions(hits: Iterable[Hit], looked_at: Mapping[Subject, int], limits: Limits) -> list[Suspicion]:
    """Who has at least so many hits, and ``times_peers`` tenths of what is usual among their peers, and not by chance.

    Peers are all others of whom anything was looked at, those without a hit too. With ``times_peers`` 0, or with fewer
    than three peers, the number alone decides.
    """
    found: dict[Subject, list[Hit]] = defaultdict(list)
    for hit in hits:
        found[hit.subject].append(hit)
    counts = {subject: (len(found[subject]), of) for subject, of in looked_at.items() if of}
    told = []
    for subject, rows in found.items():
        if len(rows) < limits["at_least"]:
            continue
        others = [count for other, count in counts.items() if other != subject]
        peers = usual(others) if len(others) >= FEW_PEERS else None
        if _stands_out(len(rows), looked_at.get(subject, 0), peers, limits["times_peers"]):
            told.append(Suspicion(subject, sorted(rows, key=lambda hit: hit.at), looked_at.get(subject, 0), peers))
    return sorted(told, key=lambda one: (-len(one.hits), one.subject.organisation, one.subject.person or 0))


def share(n: int, of: int) -> Decimal:
    """Per cent; ``of`` is not nought."""
    return Decimal(100 * n) / of


def usual(counts: Sequence[tuple[int, int]]) -> Decimal:
    """The share, per cent, of the middle half of those counted, taken together (interquartile mean, by numbers).

    A median would be nought wherever most have none, and one hit more than nought is any number of times as much.
    """
    ordered = sorted(counts, key=lambda count: (share(*count), count))
    cut = ceil(len(ordered) / 4)
    middle = ordered[cut : len(ordered) - cut]
    return share(sum(n for n, _of in middle), sum(of for _n, of in middle))


def by_chance(n: int, of: int, peers: Decimal) -> Decimal:
    """How likely somebody who does as the peers do has so many hits or more: the upper tail of the binomial.

    ``peers`` is per cent. Terms are added from ``n`` upwards until they no longer matter.
    """
    likely = peers / 100
    if n <= 0 or likely >= 1:
        return Decimal(1)
    term = comb(of, n) * likely**n * (1 - likely) ** (of - n)
    total = term
    for k in range(n + 1, of + 1):
        term *= Decimal(of - k + 1) / k * likely / (1 - likely)
        total += term
        if term < total / 10**6:
            break
    return min(total, Decimal(1))


def _stands_out(n: int, of: int, peers: Decimal | None, tenths: int) -> bool:
    if not tenths or not of or peers is None:
        return True
    within = min(n, of)  # what is counted as a hit need not be among what was looked at
    return share(n, of) * 10 >= peers * tenths and by_chance(within, of, peers) <= BY_CHANCE
