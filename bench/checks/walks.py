"""The workflow has no forbidden state: whatever people try, in any order, on what they saw last, some of it twice.

The state machine of the tests (``tests/cases/walk.py``), for as long as one likes. A broken promise is shown as the few
steps that lead to it.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from bench.report import Report
from bench.town import town
from tests.cases import walk


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--n", type=int, default=500, help="walks")
    parser.add_argument("--steps", type=int, default=30, help="the longest walk")


def run(options: Namespace, report: Report) -> None:
    broken = 0
    with town():
        try:
            walk.walk_about(options.n, options.steps, report.seed)
        except Exception as error:
            broken = 1
            steps = "\n".join(getattr(error, "__notes__", ()))
            report.fault(f"{error!r}\n{steps}")
    report.figure("walks", options.n)
    report.figure("acts tried", sum(n for what, n in walk.told.items() if what != "repeated"))
    for what, n in sorted(walk.told.items()):
        report.figure(what, n)
    report.figure("promises broken", broken, exactly=0)
