"""A full disk, no writing, no connection left: told as 503, nothing half-written, and well again once it is over.

Callers register cases by HTTP all the while. PostgreSQL lies on a small disk of memory, which is filled to the last
byte and freed; then the database takes no writing; then others hold every connection. Needs root, for the small disk.
"""

from __future__ import annotations

import contextlib
import random
import subprocess
import threading
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg2
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from bench.calling import Line, NoAnswer, Person
from bench.errands import registering
from bench.people import hire
from bench.report import Report
from bench.town import Town, town, until
from cases.models import Case, CaseEvent, CaseText
from hotline.models import RequestKey

DISK_MB = 400
WELL_SECONDS = 60


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--refused", type=int, default=200, help="answers 503 to wait for in each state")


@dataclass
class Told:
    """What callers were told, by what was the matter at the time."""

    state: str = "well"
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    acknowledged: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    guard: threading.Lock = field(default_factory=threading.Lock)

    def count(self, status: int) -> int:
        return self.answers[self.state, status]


def run(options: Namespace, report: Report) -> None:
    with small_disk(), town() as here, ThreadPoolExecutor(options.writers) as writers:
        here.environment["API_RATE"] = "1000000/min"
        people = hire("dispatcher", "HOTLINE", options.writers, at=timezone.now())
        web, told, over = here.web(), Told(), threading.Event()
        calls = [
            writers.submit(call, web.address, one, told, over, f"{report.seed}-{n}") for n, one in enumerate(people)
        ]
        try:
            well(told, report)
            for state, trouble in (("disk full", full), ("no writing", read_only), ("no connection", crowded)):
                with trouble():
                    told.state = state
                    until(lambda: told.count(503) >= options.refused, f"503s with {state}", 120)
                back(here, told, report)
        finally:
            over.set()
        for one in calls:
            one.result()
        tell(told, report)


@contextmanager
def small_disk() -> Iterator[None]:
    home = settings.EMBEDDED.postgres.home
    home.mkdir(parents=True, mode=0o700)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m,mode=700", "tmpfs", str(home)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(home)], check=True)


def call(address: str, person: Person, told: Told, over: threading.Event, seed: str) -> None:
    """Register one case after another, whatever the answer."""
    chance = random.Random(seed)
    line = Line([address], chance)
    while not over.wait(0.02):
        key = f"{chance.getrandbits(128):032x}"
        request = registering(person, f"路灯不亮 {key}", "13800006021", key=key, by_page=chance.random() < 0.5)
        state = told.state
        try:
            answer = line.send(request)
        except NoAnswer as lost:
            told.unclear.append(f"{state}: {lost}")
            continue
        with told.guard:
            told.answers[state, answer.status] += 1
        if answer.status in (201, 303):
            told.acknowledged.append(f"路灯不亮 {key}")
        elif answer.status != 503 or "retry-after" not in answer.headers or len(answer.body) < 100:
            told.unclear.append(f"{state}: {answer.status} {answer.headers} {answer.body[:300]!r}")
    line.close()


def well(told: Told, report: Report) -> None:
    """Wait until work is done again."""
    told.state, began = "well", time.monotonic()
    before = len(told.acknowledged)
    until(lambda: len(told.acknowledged) > before + 20, "work done again", 120)
    report.figure(f"seconds until well {len(report.figures) + 1}", time.monotonic() - began, at_most=WELL_SECONDS)


def back(here: Town, told: Told, report: Report) -> None:
    """A server that gave up is started again, as whoever supervises it does."""
    connections.close_all()
    here.start_servers()
    well(told, report)


@contextmanager
def full() -> Iterator[None]:
    """Not a byte is left."""
    filler = settings.EMBEDDED.postgres.home / "filler"
    with filler.open("wb") as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(2**16))
            file.flush()
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def read_only() -> Iterator[None]:
    name = settings.EMBEDDED.name
    _command(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    _command("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()")
    try:
        yield
    finally:
        _command(f'ALTER DATABASE "{name}" RESET default_transaction_read_only')
        _command("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()")


@contextmanager
def crowded() -> Iterator[None]:
    """Others take every connection, also those that the application had."""
    held: list[psycopg2.extensions.connection] = []
    stop = threading.Event()
    _command("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()")
    taking = threading.Thread(target=_take, args=(held, stop))
    taking.start()
    try:
        yield
    finally:
        stop.set()
        taking.join()
        for one in held:
            one.close()


def _take(held: list[psycopg2.extensions.connection], stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            held.append(_connect())
        except psycopg2.OperationalError:
            stop.wait(0.01)


def _connect() -> psycopg2.extensions.connection:
    return psycopg2.connect(host=str(settings.EMBEDDED.run_dir), user=settings.EMBEDDED.name, dbname="postgres")


def _command(statement: str) -> None:
    """From another database, so that one does not end oneself."""
    link = _connect()
    link.autocommit = True
    with contextlib.closing(link), link.cursor() as cursor:
        cursor.execute(statement.replace("current_database()", f"'{settings.EMBEDDED.name}'"))


def tell(told: Told, report: Report) -> None:
    for (state, status), n in sorted(told.answers.items()):
        report.figure(f"{state}: answers {status}", n)
    report.figure("answers that are neither done nor a clear 503", len(told.unclear), exactly=0)
    for sentence in told.unclear[:10]:
        print("   ", sentence)
    there = set(Case.objects.values_list("title", flat=True))
    report.figure("acknowledged", len(told.acknowledged), at_least=1)
    report.figure("acknowledged and lost", len(set(told.acknowledged) - there), exactly=0)
    whole = set(CaseEvent.objects.values_list("case_id", flat=True)) & set(
        CaseText.objects.values_list("pk", flat=True)
    )
    report.figure("half-written cases", len(set(Case.objects.values_list("pk", flat=True)) - whole), exactly=0)
    report.figure("cases twice", Case.objects.count() - len(there), exactly=0)
    report.figure("keys without an answer kept", RequestKey.objects.filter(answer=None).count(), exactly=0)
    connection.close()
