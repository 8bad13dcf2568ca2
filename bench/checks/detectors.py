"""Each detector names nine of ten who are guilty of its scheme, and four of five it names are guilty.

Schemes are planted in one city after another, each with a seed of its own and with honest noise beside them
(``oversight/demo/planting.py``), and taken out again. What is told is of all of them together, with exact intervals. A
city takes some minutes, for everything in it goes through the verbs; Ctrl-C ends with those that are done.
"""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from collections import defaultdict
from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING

from django.db import connection

from bench.report import Report
from bench.town import town

if TYPE_CHECKING:
    from oversight.demo.judging import Judged


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--cities", type=int, default=4, help="planted one after the other")
    parser.add_argument("--seeds", type=int, nargs="+", help="of these seeds, instead of some that --seed draws")
    parser.add_argument("--units", type=int, help="units that take part in each")


def run(options: Namespace, report: Report) -> None:
    from oversight.demo import judging
    from oversight.demo.planting import UNITS

    seeds = options.seeds or Random(report.seed).sample(range(10**6), options.cities)
    every: dict[str, list[Judged]] = defaultdict(list)
    done: list[int] = []
    with town(), suppress(KeyboardInterrupt):
        for seed in seeds:
            began = time.monotonic()
            for key, judged in judging.judge(seed, options.units or UNITS, say=print).items():
                every[key].append(judged)
            with connection.cursor() as cursor:  # a city that was undone would lie in the way of the next
                cursor.execute("VACUUM ANALYZE")
            missing = [key for key, parts in every.items() if not parts[-1].is_enough]
            done.append(seed)
            took = time.monotonic() - began
            print(f"  seed {seed}: {took:.0f} s; not enough: {', '.join(missing) or '–'}", flush=True)
    report.figures["seeds"] = " ".join(map(str, done))
    if not done:
        report.fault("no city was judged")
    for key, parts in every.items():
        tell(report, key, judging.together(parts))


def tell(report: Report, key: str, judged: Judged) -> None:
    """A row of the table; a detector that shows too little breaks the promise."""
    report.figures[key] = str(judged)
    print(f"  {key:24} {judged}", flush=True)
    if not judged.is_enough:
        report.fault(f"{key} is not good enough: recall {judged.recall:.2f}, precision {judged.precision or 0:.2f}")
