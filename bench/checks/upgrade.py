"""Upgrading stops nobody: the release before is at work while the database is brought to today's, back, and on again.

Callers read and write at the release's own web process during every migration, and at today's beside it in between.
Nobody is answered with 5xx, and 99 of 100 within a second. At the end everything is undone down to an empty database
and made again.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from bench.calling import Line, NoAnswer, Person, Request, all_at_once, look
from bench.errands import registering
from bench.multiply import multiply
from bench.people import hire
from bench.release import MIGRATIONS, unpack
from bench.report import Report, percentile
from bench.town import Program, Town, free_port, town, until
from cases.models import Case
from hotline.management.commands.run_demo import answers, commands
from tests import stories

PAUSE_SECONDS = (0.1, 0.4)
OPENED = 20
OURS = ("hotline_", "cases_", "contractors_", "oversight_")


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--callers", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=10, help="that old and new code work side by side")


@dataclass
class Heard:
    """What all callers together were told."""

    seconds: list[float] = field(default_factory=list)
    quiet: list[float] = field(default_factory=list)  # of the seconds, those while nothing was migrated
    migrating: bool = False
    failed: list[str] = field(default_factory=list)
    written: int = 0


@dataclass
class Caller:
    person: Person
    numbers: list[str]
    heard: Heard
    chance: random.Random

    def request(self) -> Request:
        """A case, a list, a page, or a registration."""
        kind = self.chance.randrange(4)
        if kind == 0:
            return look(self.person, f"cases/{self.chance.choice(self.numbers)}/")
        if kind == 1:
            return look(self.person, "cases/?status=handling")
        if kind == 2:
            return Request("GET", "/dispatch/", {"Cookie": f"sessionid={self.person.session}"})
        phone, key = f"139{self.chance.randrange(10**8):08}", f"{self.chance.getrandbits(128):032x}"
        return registering(self.person, "路灯不亮，晚上看不清路", phone, key=key, by_page=False)

    def run(self, address: str, over: threading.Event) -> None:
        line = Line([address], self.chance)
        while not over.wait(self.chance.uniform(*PAUSE_SECONDS)):
            request, began, migrating = self.request(), time.monotonic(), self.heard.migrating
            try:
                answer = line.send(request)
            except NoAnswer as lost:
                self.heard.failed.append(f"{request.method} {request.path}: {lost}")
                continue
            took = time.monotonic() - began
            self.heard.seconds.append(took)
            if not (migrating or self.heard.migrating):
                self.heard.quiet.append(took)
            self.heard.written += answer.status == 201
            if answer.status >= 400:
                self.heard.failed.append(f"{request.method} {request.path}: {answer.status} {answer.body[:300]!r}")
        line.close()


def run(options: Namespace, report: Report) -> None:
    os.environ.setdefault("EMBEDDED_PG_OPTIONS", "-c max_wal_size=8GB -c maintenance_work_mem=512MB")
    with town() as here:
        here.environment |= {"API_RATE": "1000000/min", "EMBEDDED_PG_OPTIONS": os.environ["EMBEDDED_PG_OPTIONS"]}
        release = unpack(here.root / "release")
        people = hire("dispatcher", "HOTLINE", options.callers, at=timezone.now())
        numbers = prepare(options, report)
        migrate(here, report, "back", MIGRATIONS, "before anybody calls")
        migrate(here, report, "on", {"": ""}, "by the release itself, with what only it uses", release)
        heard = Heard()
        callers = [Caller(one, numbers, heard, random.Random(f"{report.seed}-{one.name}")) for one in people]
        old = web_of(here, release)
        with all_at_once([partial(caller.run, old.address) for caller in callers[::2]]):
            time.sleep(options.seconds / 2)
            migrate(here, report, "on", {"": ""}, "under load", heard=heard)
            new = here.web()
            with all_at_once([partial(caller.run, new.address) for caller in callers[1::2]]):
                time.sleep(options.seconds)
            migrate(here, report, "back", MIGRATIONS, "under load", heard=heard)
            migrate(here, report, "on", {"": ""}, "under load, again", heard=heard)
            time.sleep(options.seconds / 2)
        tell(heard, report)
        for program in here.programs:
            program.stop()
        to_nothing_and_back(here, report)


def prepare(options: Namespace, report: Report) -> list[str]:
    """The cases that are there already; the numbers of those that can be opened (a copy's has no check digit)."""
    at = timezone.now() - timedelta(hours=3)
    first = stories.signed(at=at)
    began = time.monotonic()
    if options.cases:
        multiply(first, options.cases)
    report.figure("cases", Case.objects.count(), at_least=options.cases)
    report.figure("seconds to make them", time.monotonic() - began)
    return [first.number, *(stories.a_case(at=at).number for _ in range(OPENED))]


def web_of(here: Town, release: Path) -> Program:
    """The release's own web process, at the same database."""
    port = free_port()
    program = here.start(
        "old-web", ["env", "-C", str(release), *commands("127.0.0.1", port)["web"]], address=f"http://127.0.0.1:{port}"
    )
    until(lambda: answers(f"{program.address}/health/live"), f"an answer from {program.address}")
    return program


def migrate(
    here: Town,
    report: Report,
    way: str,
    targets: dict[str, str],
    when: str,
    code: Path = settings.BASE_DIR,
    heard: Heard | None = None,
) -> None:
    """As an operator does it, by the command."""
    heard, began = heard or Heard(), time.monotonic()
    heard.migrating = True
    connections.close_all()
    for app, name in targets.items():
        command = [sys.executable, str(code / "manage.py"), "migrate", *filter(None, (app, name))]
        done = subprocess.run(command, capture_output=True, text=True, env=here.environment, cwd=code)
        if done.returncode:
            report.fault(f"migrate {app} {name}: {done.stderr}")
    heard.migrating = False
    report.figure(f"seconds {way}, {when}", time.monotonic() - began)


def tell(heard: Heard, report: Report) -> None:
    report.figure("requests", len(heard.seconds))
    report.figure("of these registrations", heard.written, at_least=1)
    report.figure("not answered well", len(heard.failed), exactly=0)
    for sentence in heard.failed[:10]:
        print("   ", sentence)
    report.figure("while nothing is migrated 99 of 100 within, seconds", percentile(heard.quiet, 0.99))
    report.figure("half within, seconds", percentile(heard.seconds, 0.5))
    report.figure("99 of 100 within, seconds", percentile(heard.seconds, 0.99), at_most=1)
    report.figure("longest, seconds", max(heard.seconds, default=0))


def to_nothing_and_back(here: Town, report: Report) -> None:
    migrate(here, report, "back", {"hotline": "zero"}, "to nothing")
    left = [name for name in connection.introspection.table_names() if name.startswith(OURS)]
    report.figure("tables left", len(left), exactly=0)
    migrate(here, report, "on", {"": ""}, "from nothing")
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    report.figure("cases then", Case.objects.count(), exactly=0)
