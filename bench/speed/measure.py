"""Running a job: warm up, then three rounds for one client and for eight, with what they cost the servers."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import median

from bench.speed import client, gauges
from bench.speed.city import City
from bench.speed.client import Request, Round
from bench.speed.doors import Doors
from bench.speed.job import Job, Result
from bench.town import Program

ROUNDS = 3
WARM = 24
ENOUGH = 1_000_000
Headers = Callable[[int], dict[str, str]]


class Failed(Exception):  # noqa: N818 - says what happened
    """The server answered with an error: there is nothing to measure."""


@dataclass
class Bench:
    """The servers under measurement and how long a round lasts."""

    web: Program
    floor: Program
    doors: Doors
    seconds: float = 2.0
    floor_figures: dict[str, dict[str, float]] = field(default_factory=dict)

    def run(self, job: Job, city: City) -> Result:
        requests, headers = job.requests(city), self.doors.headers(job.who, job.page)
        self.drive(self.web, requests, 4, WARM, headers)
        result = Result(job.name, city.total)
        for clients in (1, 8):
            rounds, costs = [], []
            for _n in range(ROUNDS):
                before = gauges.read(self.web.process.pid)
                rounds.append(self.drive(self.web, requests, clients, ENOUGH, headers))
                costs.append(gauges.read(self.web.process.pid).since(before))
            result.figures |= _times(rounds, f"c={clients}") | _costs(rounds, costs, clients)
        result.figures |= self._compared(job, result)
        result.judge(job.targets)
        return result

    def drive(self, server: Program, requests: Iterator[Request], clients: int, count: int, headers: Headers) -> Round:
        done = client.drive(
            server.address, requests, clients=clients, count=count, seconds=self.seconds, headers=headers
        )
        if done.failed or not done.times:
            raise Failed(f"{dict(done.statuses) or 'nothing was left to send'}")
        return done

    def drive_all(self, requests: Iterator[Request], count: int, headers: Headers) -> Round:
        return client.drive(self.web.address, requests, clients=8, count=count, seconds=600, headers=headers)

    def _compared(self, job: Job, result: Result) -> dict[str, float]:
        floor = self.floors()[job.floor]
        return {
            "x floor p50": round(result.figures["p50 c=1"] / floor["p50 c=1"], 1),
            "x floor req/s": round(floor["req/s c=8"] / result.figures["req/s c=8"], 1),
        }

    def floors(self) -> dict[str, dict[str, float]]:
        """What the floor's views take; measured once a run."""
        if not self.floor_figures:
            reads = (Request(f"/read/{n % 1000 + 1}") for n in itertools.count())
            inserts = (Request(f"/insert/I{n}", "POST") for n in itertools.count())
            self.floor_figures = {"read": self._floor(reads), "insert": self._floor(inserts)}
        return self.floor_figures

    def _floor(self, requests: Iterator[Request]) -> dict[str, float]:
        self.drive(self.floor, requests, 4, 400, lambda _n: {})
        figures: dict[str, float] = {}
        for clients in (1, 8):
            rounds, costs = [], []
            for _n in range(ROUNDS):
                before = gauges.read(self.floor.process.pid)
                rounds.append(self.drive(self.floor, requests, clients, ENOUGH, lambda _n: {}))
                costs.append(gauges.read(self.floor.process.pid).since(before))
            figures |= _times(rounds, f"c={clients}") | _costs(rounds, costs, clients)
        return figures


def _times(rounds: list[Round], clients: str) -> dict[str, float]:
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
    found = {f"{name} {clients}": median(r.milliseconds(share) for r in rounds) for name, share in shares.items()}
    return {name: round(value, 2) for name, value in found.items()} | {
        f"req/s {clients}": round(median(r.per_second for r in rounds), 1)
    }


def _costs(rounds: list[Round], costs: list[gauges.Cost], clients: int) -> dict[str, float]:
    """What one request costs; statements, rows and WAL are those of one client, processor time that of eight."""
    n = max(1, sum(len(r.times) for r in rounds))
    app, database = (1000 * sum(values) / n for values in zip(*((c.app, c.database) for c in costs), strict=True))
    if clients > 1:
        return {"CPU app": round(app, 2), "CPU database": round(database, 2), "CPU": round(app + database, 2)}
    return {
        "SQL": round(sum(c.statements for c in costs) / n, 1),
        "rows": round(sum(c.rows for c in costs) / n, 1),
        "WAL": round(sum(c.wal for c in costs) / n),
        "KB": round(sum(r.bytes for r in rounds) / n / 1024, 1),
    }
