"""The tallies are right at every moment, whoever dies: 100,000 random acts, corrections among them, and a recount.

Writers live through cases side by side, on the same days and for the same bodies; some are killed in the middle of an
act, and so are those who fold, both with -9. Meanwhile and at the end every tally is recounted from the rows. Then one
is bent in each way there is, and the check has to say so.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from multiprocessing.process import BaseProcess
from typing import Any

from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from bench.lives import Lives
from bench.report import Report
from bench.town import town
from cases import tally_keeping
from cases.models import Case, Tally, TallyChange
from hotline import bell

FAMILY = multiprocessing.get_context("fork")
BEGINS = timedelta(days=120)  # so long ago
PACE = timedelta(minutes=8)
WAITERS = "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype IN ('transactionid', 'tuple', 'relation')"
BENT = {
    "one more": "UPDATE cases_tally SET n = n + 1 WHERE ctid = %s",
    "a row gone": "DELETE FROM cases_tally WHERE ctid = %s",
    "another day": "UPDATE cases_tally SET day = day - 400 WHERE ctid = %s",
    "another standing": "UPDATE cases_tally SET standing = 3 - standing WHERE ctid = %s",
}


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--n", type=int, default=100_000, help="acts")
    parser.add_argument("--writers", type=int, default=3)
    parser.add_argument("--folders", type=int, default=2)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--recounts", type=int, default=20, help="while acts go on")


def run(options: Namespace, report: Report) -> None:
    with town():
        crew = Crew(options, report.seed)
        crew.work(report)
        began = time.monotonic()
        tally_keeping.fold_all(600)
        report.figure("notes left", TallyChange.objects.count(), exactly=0)
        report.figure("seconds to fold what was left", time.monotonic() - began)
        began = time.monotonic()
        report.figure("differences at the end", told(report), exactly=0)
        report.figure("seconds for the recount", time.monotonic() - began)
        report.figure("cases", Case.objects.count())
        report.figure("tallies", Tally.objects.count())
        bend(report)


def told(report: Report) -> int:
    found = list(tally_keeping.differences())
    for difference in found[:5]:
        report.fault(str(difference))
    return len(found)


class Crew:
    """Who writes and who folds; whoever is killed is replaced at once."""

    def __init__(self, options: Namespace, seed: int) -> None:
        self.options, self.seed = options, seed
        self.chance = random.Random(seed)
        self.counters: list[Any] = []  # one for each who was born: who dies holds no lock
        self.killed: Counter[str] = Counter()
        self.members: list[tuple[str, BaseProcess]] = []

    @property
    def done(self) -> int:
        return sum(counter.value for counter in self.counters)

    def start(self, name: str, work: Callable[..., None]) -> None:
        self.counters.append(FAMILY.RawValue("q", 0))
        process = FAMILY.Process(target=work, args=(len(self.counters), self.counters[-1]), daemon=True)
        process.start()
        self.members.append((name, process))

    def work(self, report: Report) -> None:
        connections.close_all()
        began = time.monotonic()
        for _n in range(self.options.writers):
            self.start("writer", self.write)
        for _n in range(self.options.folders):
            self.start("folder", self.fold)
        waits, recounts = self.watch(report)
        for _name, process in self.members:
            process.kill()
            process.join()
        report.figure("acts", self.done)
        report.figure("acts a second", self.done / (time.monotonic() - began))
        for name, n in sorted(self.killed.items()):
            report.figure(f"{name}s killed", n)
        report.figure("recounts while acts went on", recounts, at_least=1)
        report.figure("looks at which anybody waited for another's row", waits)

    def watch(self, report: Report) -> tuple[int, int]:
        """Kill, replace, recount and look who waits until all is done; returns the waits and the recounts."""
        next_kill = next_recount = waits = recounts = 0.0
        n = self.options.n
        while self.done < n:
            waits += self.waiting()
            if self.done >= next_recount:
                next_recount += n / (self.options.recounts + 1)
                recounts += 1
                report.broken += [f"while acts went on: {d}" for d in tally_keeping.differences()][:5]
            if self.done >= next_kill:
                next_kill += n / (self.options.kills + 1)
                self.kill_one()
            time.sleep(0.05)
        return int(waits), int(recounts)

    def waiting(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute(WAITERS)
            return int(cursor.fetchone()[0])

    def kill_one(self) -> None:
        name, process = self.members.pop(self.chance.randrange(len(self.members)))
        if process.pid is not None:
            os.kill(process.pid, signal.SIGKILL)
        process.join()
        self.killed[name] += 1
        connections.close_all()
        self.start(name, self.write if name == "writer" else self.fold)

    def write(self, born: int, counter: Any) -> None:
        chance = random.Random(f"{self.seed}-{born}")
        share = self.done / self.options.n
        with bell.silence():
            lives = Lives(chance, timezone.now() - BEGINS + BEGINS * share * 0.8, PACE)
            lives.serial = born * 10**6
            while True:
                lives.act()
                counter.value += 1

    def fold(self, _born: int, _counter: Any) -> None:
        while True:
            if not tally_keeping.fold():
                time.sleep(0.2)


def bend(report: Report) -> None:
    """A tally that says something else is found, whatever was done to it, and mended by counting anew."""
    missed = 0
    for how, statement in BENT.items():
        with connection.cursor() as cursor:
            cursor.execute("SELECT ctid FROM cases_tally ORDER BY md5(ctid::text) LIMIT 1")
            cursor.execute(statement, [cursor.fetchone()[0]])
        if check() != 1:
            missed += 1
            report.fault(f"not found: {how}")
        check("--mend")
    report.figure("bent tallies not found", missed, exactly=0)
    report.figure("what the check says after mending", check(), exactly=0)


def check(*arguments: str) -> int:
    """The command as people run it; returns its exit code."""
    try:
        call_command("check_tallies", *arguments, stdout=StringIO())
    except SystemExit as ended:
        return int(str(ended.code))
    return 0
