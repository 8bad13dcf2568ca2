"""No case is given to two, no edit is lost: writers fight over the same cases, and whoever loses hears what changed.

Every writer is a process with people of all roles. Several begin a case together on the same version: dispatch,
note, withdraw. Then some look again and go on: sign off, return, rule, extend, reply, review, call back, reopen; by API
with If-Match, by page with the hidden version. Meanwhile the clocks' escalations and the surveys' ends are fired from
outside. At the end each case's recorded history is compared with what everybody was told.
"""

from __future__ import annotations

import multiprocessing
import random
import threading
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier, Event

from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from bench import history
from bench.calling import Line, Person
from bench.history import Findings
from bench.people import hire
from bench.report import Report
from bench.town import town
from bench.walking import UNITS, Attempt, Writer, registered
from cases import escalation, surveys
from cases.models import Survey

SHOWN = 5  # faults of one sort that are told in full
AHEAD = timedelta(days=20)  # clocks and surveys are fired as if it were so much later
PAUSE_SECONDS = 0.2
REGISTERING = 0.1  # the share of the time in which the cases are made


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--n", type=int, default=3000, help="cases")
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--webs", type=int, default=2)
    parser.add_argument("--seconds", type=int, default=400, help="no new case after so long")


def run(options: Namespace, report: Report) -> None:
    with town() as here:
        here.environment["API_RATE"] = "1000000/min"
        crews = [crew() for _ in range(options.writers)]
        addresses = [here.web().address for _ in range(options.webs)]
        numbers = register_all(crews, addresses, options)
        over = threading.Event()
        before = deadlocks()
        connections.close_all()
        walking = start(options, report.seed, crews, addresses, numbers)
        clock = threading.Thread(target=fire, args=(over, report))
        clock.start()
        try:
            attempts = [attempt for pipe in walking for attempt in pipe.recv()]
        finally:
            over.set()
            clock.join()
        tell(report, numbers, attempts, deadlocks() - before)


def crew() -> dict[str, Person]:
    """One writer's people."""
    at = timezone.now()
    office = {role: hire(role, "HOTLINE", 1, at=at)[0] for role in ("dispatcher", "reviewer", "callback_officer")}
    return office | {unit: hire("handler", unit, 1, at=at)[0] for unit in UNITS}


def register_all(crews: list[dict[str, Person]], addresses: list[str], options: Namespace) -> list[str]:
    """The cases, by all writers' dispatchers; nobody can be sent an SMS, so that all are called back."""
    end = time.monotonic() + options.seconds * REGISTERING

    def some(part: int) -> list[str]:
        line, agent, made = Line(addresses, random.Random(part)), crews[part]["dispatcher"], list[str]()
        for i in range(part, options.n, len(crews)):
            if time.monotonic() > end:
                break
            made.append(registered(line, agent, f"争议件 {part}-{i}", f"0593-6{part:02}{i:04}"))
        return made

    with ThreadPoolExecutor(len(crews)) as pool:
        return [number for part in pool.map(some, range(len(crews))) for number in part]


def start(
    options: Namespace, seed: int, crews: list[dict[str, Person]], addresses: list[str], numbers: list[str]
) -> list[Connection]:
    """The writers, forked; each sends what it tried through its pipe."""
    family = multiprocessing.get_context("fork")
    over, end, ends = family.Event(), time.monotonic() + options.seconds * (1 - REGISTERING), []

    def look_at_the_clock() -> None:
        if time.monotonic() > end:
            over.set()

    together = family.Barrier(options.writers, look_at_the_clock)  # one looks for all: all go on, or nobody
    for n, people in enumerate(crews):
        here, there = family.Pipe(duplex=False)
        family.Process(
            target=write, args=(seed, n, people, addresses, numbers, together, over, there), daemon=True
        ).start()
        there.close()
        ends.append(here)
    return ends


def write(
    seed: int,
    place: int,
    people: dict[str, Person],
    addresses: list[str],
    numbers: list[str],
    together: Barrier,
    over: Event,
    tell_it: Connection,
) -> None:
    chance = random.Random(f"{seed}-{place}")
    writer = Writer(f"{seed}-{place}", place, people, Line(addresses, chance), chance, together)
    try:
        tell_it.send(writer.walk(numbers, together.parties, over))
    except BaseException:
        together.abort()
        raise


def fire(over: threading.Event, report: Report) -> None:
    """The scanners, as the workers run them, as if days had passed."""
    try:
        while not over.wait(PAUSE_SECONDS):
            at = timezone.now() + AHEAD
            while escalation.fire_batch(at) and not over.is_set():
                pass
            for survey in Survey.objects.due(at).select_related("case")[:5]:
                surveys.advance(survey, at=at)
    except Exception as error:
        report.fault(f"a scanner failed: {error!r}")
    finally:
        connections.close_all()


def deadlocks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(
            "SELECT deadlocks FROM pg_stat_database WHERE datname = %s", [settings.DATABASES["default"]["NAME"]]
        )
        return int(cursor.fetchone()[0])


def tell(report: Report, numbers: list[str], attempts: list[Attempt], met: int) -> None:
    findings, by_case = Findings(), dict[str, list[Attempt]]()
    for attempt in attempts:
        by_case.setdefault(attempt.number, []).append(attempt)
    for number in numbers:
        history.check(number, by_case.get(number, []), findings)
    report.figure("cases", len(numbers))
    report.figure("cases fought over", len(by_case))
    report.figure("attempts", len(attempts))
    told = Counter(f"{a.status} {a.code}".strip() for a in attempts)
    for what, n in sorted(told.items()):
        report.figure(f"told {what}", n)
    report.figure("acts acknowledged", findings.acknowledged)
    for act, n in sorted(Counter(a.act for a in attempts if a.done).items()):
        report.figures[f"done: {act}"] = n
    sorts = {
        "cases given to two": findings.doubled,
        "changes or fields lost": findings.lost,
        "changes nobody was told of": findings.unexplained,
        "losers not told what changed": findings.told_nothing,
    }
    for name, found in sorts.items():
        report.figure(name, len(found), exactly=0)
        for sentence in found[:SHOWN]:
            print(f"    {sentence}")
    report.figure("losers told what changed", findings.told_what_changed)
    report.figure("answers 5xx", sum(n for what, n in told.items() if what.startswith("5")), exactly=0)
    report.figure("deadlocks", met, exactly=0)
