"""Guessing or swapping keys gives nothing: what is out of reach is neither told nor changed.

Everybody in a town of two contractors, units above and below each other, the office and the platform asks for what may
be another's: the key in the address, in the query, inside the body, in the head. Each case bears marks of its own;
what a person may be told is what ``Case.objects.visible_to`` gives. Rows out of reach are compared after every write.
"""

from __future__ import annotations

import logging
import random
from argparse import ArgumentParser, Namespace

from django.test.utils import override_settings, setup_test_environment

from bench.guessing.judging import Verdict, guess, people, undone
from bench.guessing.world import build
from bench.report import Report
from bench.town import town

TOLD = 20


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--n", type=int, default=50_000, help="probes")
    parser.add_argument("--cases", type=int, default=80)


def run(options: Namespace, report: Report) -> None:
    setup_test_environment()
    logging.disable(logging.ERROR)  # thousands of refusals
    with town(), override_settings(SESSION_IDLE_SECONDS=86_400):  # what sessions note is undone too
        world = build(options.cases, random.Random(options.seed))
        everybody = people(world)
        with undone():  # one transaction that never ends well: of two, one would wait for the other's rows
            whole = guess(world, everybody, options.n, random.Random(options.seed))
    tell(report, whole)


def tell(report: Report, whole: Verdict) -> None:
    for fault in (whole.leaks + whole.changes + whole.openings + whole.failures)[:TOLD]:
        report.fault(fault)
    for kind, count in sorted(whole.probes.items()):
        report.figure(f"probes, key in the {kind}", count)
    report.figure("about something out of reach by its address", whole.hidden)
    report.figure("probes that wrote something (of the person's own)", whole.writes)
    report.figure("marks of hidden cases told", len(whole.leaks), exactly=0)
    report.figure("rows out of reach changed", len(whole.changes), exactly=0)
    report.figure("hidden things opened", len(whole.openings), exactly=0)
    report.figure("server errors", len(whole.failures), exactly=0)
