"""Every limit is acted on exactly once and in time, whoever is killed: timekeepers, workers and beats die at random.

Each is killed with -9 at a random moment while clocks come due: its whole process group, which is started again at
once, or one child, which its parent must replace. Lateness counts up to the commit.
"""

from __future__ import annotations

import random
from argparse import ArgumentParser, Namespace
from collections import Counter
from datetime import timedelta

from bench.clocks import come_due, judge, judge_lateness, wait_for_all
from bench.crew import Crew, at_random_moments, crew_arguments, names
from bench.report import Report
from bench.town import town

SECONDS_PER_KILL = 3.0  # whoever starts again takes three seconds of a processor


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--n", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=200)
    crew_arguments(parser, timekeepers=3, workers=2, beats=2)
    parser.add_argument("--p99", type=float, default=2, help="seconds late, at most")
    parser.add_argument("--longest", type=float, default=10, help="seconds late, at most")


def run(options: Namespace, report: Report) -> None:
    rng, seconds = random.Random(report.seed), SECONDS_PER_KILL * options.kills
    with town() as here:
        here.keep_commit_times()
        crew = Crew(here, names(options))
        crew.wait_until_at_work()
        due = come_due(options.n, seconds, rng)
        last = max(due.values())
        at_random_moments(options.kills, last - timedelta(seconds=1), rng, lambda: crew.kill_one(rng))
        wait_for_all(last)
        for name, n in sorted(Counter(crew.killed).items()):
            report.figure(f"{name}s killed", n)
        judge_lateness(report, judge(report, due), p99=options.p99, longest=options.longest)
