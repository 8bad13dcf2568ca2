"""No question can be bent: 5,000 hostile values in every parameter of every list, of pages and of the API.

Each is compared with a harmless value as long: the same status, the same rows, no server error, no second lost. Names
of columns and lookups as parameters must change nothing either.
"""

from __future__ import annotations

import logging
import random
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from typing import Any

from django.test.utils import setup_test_environment

from bench.hostile import nothing_need_last
from bench.hostile.questions import Place, lookups, places, questions, seen
from bench.report import Report
from bench.town import town
from tests import stories

LONGEST = 1.0  # more than the harmless value takes
AGAIN = 3  # a second look, should the machine itself have been busy
NAMES_EACH = 8
TOLD = 20


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--n", type=int, default=5_000, help="hostile values")
    parser.add_argument("--each", type=int, default=1, help="parameters each is put into")


class Drill:
    def __init__(self) -> None:
        self.harmless: dict[tuple[Place, str, str], tuple[float, Any]] = {}
        self.met: Counter[Place] = Counter()
        self.faults: dict[str, list[str]] = {
            "server errors": [],
            "answers that differ": [],
            "answers a second late": [],
        }
        self.longest = 0.0

    def ask(self, place: Place, hostile: str, harmless: str, *, names: bool = False) -> None:
        """One hostile value, or one hostile name."""
        given = ("1", hostile) if names else (hostile, "")
        plain = ("1", harmless) if names else (harmless, "")
        key = (place, *plain)
        if key not in self.harmless:
            usual, told = self.timed(place, *plain)
            self.harmless[key] = usual, seen(told)
        usual, same = self.harmless[key]
        seconds, answer = self.timed(place, *given)
        self.met[place] += 1
        words = f"{place.asked(*given)[:200]}"
        if answer.status_code >= 500:
            self.faults["server errors"].append(f"{words}: {answer.status_code}")
        if seen(answer) != same:
            self.faults["answers that differ"].append(f"{words}: {seen(answer)!s:.200} not {same!s:.200}")
        if seconds - usual > LONGEST:
            self.faults["answers a second late"].append(f"{words}: {seconds:.1f} s, else {usual:.1f} s")
        self.longest = max(self.longest, seconds - usual)

    def timed(self, place: Place, *given: str) -> tuple[float, Any]:
        times = []
        for _try in range(AGAIN):
            began = time.monotonic()
            answer = place.told(*given)
            times.append(time.monotonic() - began)
            if times[-1] < LONGEST:
                break
        return min(times), answer


def run(options: Namespace, report: Report) -> None:
    setup_test_environment()
    logging.disable(logging.WARNING)
    chance, drill = random.Random(options.seed), Drill()
    with town():
        nothing_need_last()
        for story in stories.IN_STATUS.values():
            story()
        stories.bounce_asked()
        everywhere = places()
        for question in questions(chance, options.n):
            for place in chance.sample(everywhere, options.each):
                drill.ask(place, *question)
        for place in {(p.path, id(p.client)): p for p in everywhere}.values():
            for name, harmless in chance.sample(list(lookups(place)), NAMES_EACH):
                drill.ask(place, name, harmless, names=True)
    report.figure("hostile values", options.n, at_least=5_000)
    report.figure("parameters", len(everywhere))
    report.figure("fewest values met by one", min(drill.met[place] for place in everywhere), at_least=1)
    report.figure("requests", drill.met.total())
    for what, faults in drill.faults.items():
        for fault in faults[:TOLD]:
            report.fault(fault)
        report.figure(what, len(faults), exactly=0)
    report.figure("longest delay, s", drill.longest, at_most=LONGEST)
