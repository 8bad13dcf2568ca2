"""docs/speed.md: written from the kept figures, so that it never says anything else."""

from __future__ import annotations

from typing import Any

from bench.report import FIGURES
from bench.speed import figures

PAGE = FIGURES.parent.parent / "docs" / "speed.md"
HEAD = """# Speed

Written by `bin/bench` from `bench/figures/speed.json`; nothing here is typed by hand. Each size is a PostgreSQL of its
own (2 GB shared buffers, `synchronous_commit` on), filled by copying what the verbs wrote for {fates} fates a case may
have, then `VACUUM ANALYZE`. Web: granian, two processes of 64 threads, as in the image. A figure is the median of three
rounds; c=8 is eight connections at once, c=1 one. SQL counts statements without BEGIN and COMMIT; CPU is processor
milliseconds of a request, program and database. "Floor" is a bare view of the same Django on the same server in the
same run (one row read; three rows inserted), so the ratio holds on any machine; milliseconds hold on a quiet one of the
size named. The bench shares its processors with the servers it measures.

Machine: {machine}. Seed {seed}.
"""
LOAD = "Load of the machine, 15 minutes: {load}. Above about 3, others were at work and the times are too long."
COLUMNS = ("p50 c=1", "p95 c=1", "req/s c=8", "p95 c=8", "CPU", "SQL", "WAL", "x floor p50")


def write(fates: int) -> None:
    kept = figures.read()
    if not kept.get("jobs"):
        return
    text = HEAD.format(fates=fates, machine=kept.get("machine", ""), seed=kept.get("seed", ""))
    sizes = sorted({int(size) for job in kept["jobs"].values() for size in job["sizes"]})
    for size in sizes:
        load = max(job["sizes"].get(str(size), {}).get("load", 0) for job in kept["jobs"].values())
        text += f"\n## {size:,} cases\n\n{LOAD.format(load=load)}\n\n| | {' | '.join(COLUMNS)} | missed |\n"
        text += f"|---|{'---:|' * len(COLUMNS)}---|\n"
        text += "".join(_row(job, str(size)) for job in kept["jobs"].values() if str(size) in job["sizes"])
    if len(sizes) > 1:
        text += f"\n## Growth from {sizes[0]:,} to {sizes[-1]:,} cases\n\nMedian of one client, how many times slower: "
        text += ", ".join(f"{name} {ratio:.2f}" for name, ratio in figures.growth()) + ".\n"
    PAGE.write_text(text, encoding="utf-8")


def _row(job: dict[str, Any], size: str) -> str:
    found = job["sizes"][size]
    given = found["figures"]
    cells = [f"{given[name]:g}" if name in given else "" for name in COLUMNS]
    if not any(cells):
        cells[0] = ", ".join(f"{name} {value:g}" for name, value in given.items())
    return f"| {job['title']} | {' | '.join(cells)} | {'; '.join(found['missed'])} |\n"
