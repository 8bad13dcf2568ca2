"""One thing to measure: who asks for what, and what it may take."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bench.speed.client import Request

TARGETS = {
    "p50 c=1": "at most", "p95 c=1": "at most", "p95 c=8": "at most", "req/s c=8": "at least",
    "SQL": "at most", "CPU": "at most", "WAL": "at most", "seconds": "at most", "rows/s": "at least", "MB": "at most",
    "disk": "at most", "drained/s": "at least", "steps/s": "at least",
}  # fmt: skip


@dataclass(frozen=True)
class Job:
    """Requests by one person, by key or in a browser (``page``); ``floor`` is what it is compared with."""

    name: str
    title: str
    who: str
    requests: Callable[[Any], Iterator[Request]] = lambda _city: iter(())
    targets: Mapping[str, float] = field(default_factory=dict)
    page: bool = False
    floor: str = "read"
    alone: Callable[..., dict[str, float]] = lambda *_where: {}  # measures by itself what is no row of requests


@dataclass
class Result:
    """What a job took at one size."""

    job: str
    size: int
    figures: dict[str, float] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)

    def judge(self, targets: Mapping[str, float]) -> None:
        for name, limit in targets.items():
            value = self.figures.get(name)
            if value is None:
                self.missed.append(f"{name} not measured")
            elif value > limit if TARGETS[name] == "at most" else value < limit:
                self.missed.append(f"{name} {value:g}, {TARGETS[name]} {limit:g}")
