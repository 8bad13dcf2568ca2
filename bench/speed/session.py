"""All the jobs at one size, in a town of its own."""

from __future__ import annotations

import pickle
import sys
import time
from argparse import Namespace
from dataclasses import replace
from datetime import timedelta

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.speed import figures, gauges, loading, page, servers  # noqa: E402
from bench.speed.assessment import ASSESSMENT_JOBS  # noqa: E402
from bench.speed.calls import CALL_JOBS  # noqa: E402
from bench.speed.city import City  # noqa: E402
from bench.speed.doors import Doors  # noqa: E402
from bench.speed.fan_out import FAN_OUT_JOBS  # noqa: E402
from bench.speed.fates import FATES  # noqa: E402
from bench.speed.floor import TABLES  # noqa: E402
from bench.speed.job import Job, Result  # noqa: E402
from bench.speed.measure import Bench, Failed  # noqa: E402
from bench.speed.panels import PANEL_JOBS  # noqa: E402
from bench.speed.reads import READS  # noqa: E402
from bench.speed.writes import SPECIAL, WRITES  # noqa: E402
from bench.town import Town, town  # noqa: E402

KEPT = settings.EMBEDDED.root / "city.pickle"  # what an earlier run left behind


def run(options: Namespace, size: int) -> int:
    """Returns the exit code: 1 if a target was missed."""
    print(f"\n{size:,} cases", flush=True)
    with town(ground=not KEPT.exists()) as here:
        gauges.prepare()
        city = _filled(size, options.seed)
        with connection.cursor() as cursor:
            cursor.execute(TABLES)
        floor = servers.web(here, "bench.speed.floor:application", "floor", FLOOR="1")
        bench = Bench(servers.web(here), floor, Doors(), options.seconds)
        for name, taken in bench.floors().items():
            figures.keep(Result(f"floor-{name}", size, taken), f"floor: {name}", options)
        results = [measured(bench, job, city, options) for job in _wanted([*READS, *PANEL_JOBS, *WRITES], options.only)]
        results += [
            special(bench, here, city, job, options)
            for job in _wanted([*SPECIAL, *CALL_JOBS, *FAN_OUT_JOBS, *ASSESSMENT_JOBS], options.only)
        ]
        memory = Result("memory", size, {"MB": max(gauges.memory_of(bench.web.process.pid)) / 2**20})
        memory.judge({"MB": 200})
        figures.keep(memory, "resident memory of the larger web process", options)
    if not options.unkept:
        page.write(len(FATES))
    return 1 if any(result.missed for result in [*results, memory]) else 0


def _wanted(jobs: list[Job], only: str) -> list[Job]:
    names = tuple(name for name in only.split(",") if name)
    return [job for job in jobs if not names or job.name.startswith(names)]


def measured(bench: Bench, job: Job, city: City, options: Namespace) -> Result:
    try:
        result = bench.run(job, city)
    except Failed as failure:
        result = Result(job.name, city.total, missed=[f"not measured: {failure}"])
    figures.keep(result, job.title, options)
    return result


def special(bench: Bench, here: Town, city: City, job: Job, options: Namespace) -> Result:
    result = Result(job.name, city.total)
    try:
        result.figures |= job.alone(bench, here, city)
        result.judge(job.targets)
    except (Failed, RuntimeError, TimeoutError) as failure:
        result.missed.append(f"not measured: {failure}")
    figures.keep(result, job.title, options)
    return result


def _filled(size: int, seed: int) -> City:
    """The city with so many cases: one left there by an earlier run, or a new one."""
    if KEPT.exists():
        city: City = pickle.loads(KEPT.read_bytes())
        return city
    began = time.monotonic()
    city = replace(loading.found_city(seed), until=timezone.now() - timedelta(minutes=1), total=size)
    rows = loading.fill(city)
    print(f"  filled in {time.monotonic() - began:.0f} s, the rows at {size / rows:,.0f} cases/s", flush=True)
    KEPT.write_bytes(pickle.dumps(city))
    sys.stdout.flush()
    return city
