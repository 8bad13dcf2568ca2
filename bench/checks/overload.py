"""Ten times the load bends the hotline and does not break it: calls are still registered, and all is well soon after.

First as many callers as there are threads of work for two cores, with pauses; then ten times as many without a pause,
who read lists, search, look at queues and register; then the first ones again.
"""

from __future__ import annotations

import random
import threading
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from urllib.parse import quote

from django.utils import timezone

from bench.calling import Line, NoAnswer, Person, Request, all_at_once, look
from bench.errands import registering
from bench.multiply import multiply
from bench.people import hire
from bench.report import Report, percentile
from bench.town import Program, town, until
from tests import stories

PAUSE_SECONDS = (0.2, 0.6)
WELL_SECONDS = 1.0  # an answer that nobody minds
RECOVERED_SECONDS = 30
IN_A_ROW = 20
PAGES = ("/dispatch/", "/cases/", f"/search/?q={quote('路灯')}")
TIMES = 10


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--cases", type=int, default=100_000, help="that are there before")
    parser.add_argument("--callers", type=int, default=8, help="of an ordinary hour; ten times as many come then")
    parser.add_argument("--seconds", type=int, default=120, help="of overload")


@dataclass
class Heard:
    """What was told to all callers of one time of the day."""

    reading: list[float] = field(default_factory=list)
    registering: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    latest: list[float] = field(default_factory=list)
    guard: threading.Lock = field(default_factory=threading.Lock)

    def hear(self, status: str, seconds: float, *, intake: bool) -> None:
        with self.guard:
            self.statuses[f"{'registration' if intake else 'reading'} {status}"] += 1
            self.latest.append(seconds)
            if status in ("200", "201"):
                (self.registering if intake else self.reading).append(seconds)

    def count(self, words: str) -> int:
        return sum(n for told, n in self.statuses.items() if told.startswith(words))

    def well(self) -> bool:
        return len(self.latest) >= IN_A_ROW and max(self.latest[-IN_A_ROW:]) < WELL_SECONDS


def run(options: Namespace, report: Report) -> None:
    with town() as here:
        here.environment["API_RATE"] = "1000000/min"
        first = stories.signed(at=timezone.now() - timedelta(hours=3))
        multiply(first, options.cases)
        people = hire("dispatcher", "HOTLINE", TIMES * options.callers, at=timezone.now())
        usual, web = people[: options.callers], here.web()
        before, rush, after = Heard(), Heard(), Heard()
        with calling(usual, web, before, report.seed, PAUSE_SECONDS):
            until(before.well, "an ordinary hour", 120)
        with calling(people, web, rush, report.seed, (0, 0)):
            time.sleep(options.seconds)
        began = time.monotonic()
        with calling(usual, web, after, report.seed, PAUSE_SECONDS):
            until(after.well, "an ordinary hour again", 300)
        recovered = time.monotonic() - began
        tell(rush, recovered, report)


def calling(
    people: list[Person], web: Program, heard: Heard, seed: int, pause: tuple[float, float]
) -> AbstractContextManager[None]:
    return all_at_once([partial(call, web.address, one, heard, f"{seed}-{one.name}", pause) for one in people])


def call(
    address: str, person: Person, heard: Heard, seed: str, pause: tuple[float, float], over: threading.Event
) -> None:
    chance = random.Random(seed)
    line = Line([address], chance)
    while not over.wait(chance.uniform(*pause)):
        intake = chance.random() < 0.25
        request, began = what(person, chance, intake=intake), time.monotonic()
        try:
            status = str(line.send(request).status)
        except NoAnswer:
            status = "unanswered"
        heard.hear(status, time.monotonic() - began, intake=intake)
    line.close()


def what(person: Person, chance: random.Random, *, intake: bool) -> Request:
    if intake:
        phone, key = f"139{chance.randrange(10**8):08}", f"{chance.getrandbits(128):032x}"
        return registering(person, "路灯不亮，晚上看不清路", phone, key=key, by_page=False)
    if chance.random() < 0.25:
        return look(person, "cases/?status=handling")
    return Request("GET", chance.choice(PAGES), {"Cookie": f"sessionid={person.session}"})


def tell(rush: Heard, recovered: float, report: Report) -> None:
    for told, n in sorted(rush.statuses.items()):
        report.figure(told, n)
    good = {"reading 200", "reading 503", "registration 201", "registration 503"}
    report.figure(
        "answers that are neither done nor 503",
        sum(n for told, n in rush.statuses.items() if told not in good),
        exactly=0,
    )
    share = rush.statuses["registration 201"] / max(1, rush.count("registration"))
    report.figure("share of registrations done at once", share, at_least=0.99)
    report.figure("registrations, 99 of 100 within, seconds", percentile(rush.registering, 0.99))
    report.figure("reading, 99 of 100 within, seconds", percentile(rush.reading, 0.99))
    report.figure("seconds until all is well again", recovered, at_most=RECOVERED_SECONDS)
