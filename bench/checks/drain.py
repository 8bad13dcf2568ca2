"""After an outage all that came due meanwhile is acted on at once, the most urgent first.

So many clocks have come due while nobody kept time. Then two timekeepers start; measured is the time between the
first and the last commit. Each step is an update of the clock, an event, a notice and an audit entry.
"""

from __future__ import annotations

import random
from argparse import ArgumentParser, Namespace
from datetime import datetime, timedelta

from bench.clocks import come_due, judge, taken, wait_for_all
from bench.crew import Crew
from bench.report import Report
from bench.town import town
from cases.models import Clock, Urgency
from hotline.agreed_time import database_time

OUTAGE_SECONDS = 3600
MOST_SECONDS, LEAST_RATE = 40, 3000  # for a hundred thousand


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--n", type=int, default=100_000)
    parser.add_argument("--timekeepers", type=int, default=2)


def run(options: Namespace, report: Report) -> None:
    rng = random.Random(report.seed)
    with town() as here:
        here.keep_commit_times()
        due = come_due(options.n, OUTAGE_SECONDS, rng, begin=-timedelta(seconds=OUTAGE_SECONDS))
        Crew(here, ["timekeeper"] * options.timekeepers)
        wait_for_all(database_time())
        judge(report, due)
        at = dict(taken(due))
        seconds = (max(at.values()) - min(at.values())).total_seconds()
        report.figure("seconds from the first to the last", seconds, at_most=MOST_SECONDS)
        report.figure("steps a second", len(at) / max(seconds, 0.001), at_least=LEAST_RATE)
        tell_order(report, at)


def tell_order(report: Report, at: dict[int, datetime]) -> None:
    """How far the emergencies had come before the rest, as shares of all steps."""
    order = sorted(at, key=at.__getitem__)
    urgencies = dict(Clock.objects.filter(pk__in=order).values_list("pk", "case__urgency"))
    for urgency in (Urgency.EMERGENCY, Urgency.URGENT, Urgency.ORDINARY):
        places = [place for place, clock in enumerate(order) if urgencies[clock] == urgency]
        first, last = (place / len(order) for place in (places[0], places[-1]))
        limit = {Urgency.EMERGENCY: 0.1, Urgency.URGENT: 0.2}.get(urgency)
        report.figure(f"{urgency}: first at share", first)
        report.figure(f"{urgency}: all done at share", last, at_most=limit)
