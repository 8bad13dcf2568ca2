"""What a run found: printed as it goes, kept in bench/figures/speed.json by size and job."""

from __future__ import annotations

import json
import os
import platform
from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from bench.report import FIGURES
from bench.speed.job import Result

PATH = FIGURES / "speed.json"
SHOWN = (
    "p50 c=1", "p95 c=1", "req/s c=8", "p50 c=8", "p95 c=8", "p99 c=8", "CPU app", "CPU database", "SQL", "rows", "WAL",
    "x floor p50",
)  # fmt: skip


def keep(result: Result, title: str, options: Namespace) -> None:
    show(result, title)
    if options.unkept:
        return
    FIGURES.mkdir(exist_ok=True)
    kept = read()
    load = round(os.getloadavg()[2], 1)
    kept |= {"machine": f"{os.cpu_count()} cores, {platform.machine()}", "seed": options.seed}
    jobs = kept.setdefault("jobs", {}).setdefault(result.job, {"title": title, "sizes": {}})
    jobs["title"] = title
    jobs["sizes"][str(result.size)] = {
        "date": datetime.now(UTC).date().isoformat(),
        "load": load,
        "figures": {name: round(value, 2) for name, value in result.figures.items()},
        "missed": result.missed,
    }
    PATH.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read() -> dict[str, Any]:
    return json.loads(PATH.read_text(encoding="utf-8")) if PATH.exists() else {}


def show(result: Result, title: str) -> None:
    shown = {name: result.figures[name] for name in SHOWN if name in result.figures}
    shown = shown or result.figures
    words = "  ".join(f"{name} {value:g}" for name, value in shown.items())
    print(f"  {result.job:<16} {title}\n      {words}", flush=True)
    for miss in result.missed:
        print(f"      MISSED: {miss}", flush=True)


def growth() -> Iterator[tuple[str, float]]:
    """How much slower the largest size is than the smallest, by the median of one client."""
    for name, job in read().get("jobs", {}).items():
        sizes = sorted(int(size) for size in job["sizes"])
        first, last = (job["sizes"][str(size)]["figures"].get("p50 c=1") for size in (sizes[0], sizes[-1]))
        if first and last and len(sizes) > 1 and not name.startswith("floor"):
            yield name, last / first


def show_growth() -> None:
    for name, ratio in growth():
        print(f"  {name:<16} x {ratio:.2f}")
