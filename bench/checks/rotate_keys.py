"""Keys are changed on a running system: nothing unreadable, nothing left, killed and started again, hardly noticed.

A million citizens are loaded with real ciphertexts. While agents read and register cases, ``manage.py rotate_keys``
seals everything with a new key and is killed with -9 again and again. Giving the old key up is refused until nothing
needs it; then every row is opened with the new key alone and compared with what was loaded.
"""

from __future__ import annotations

import io
import json
import multiprocessing
import random
import sys
import threading
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, connections
from django.test.utils import override_settings
from django.utils import timezone

from bench.calling import Line, Person, api, look
from bench.clocks import a_case, copies
from bench.people import hire
from bench.report import Report, percentile
from bench.seeded import person
from bench.town import Program, Town, town
from cases.models import Case, Citizen, Urgency
from hotline.keyring import Keyring
from hotline.rotation import left_under, sealed_tables

FIRST = 0x0192_0000_0000_7000_8000 << 48
COLUMNS = ("name", "phone", "address")
AT_ONCE = 20_000
READ = 300  # cases of old rows, read again and again
MANAGE = ["nice", sys.executable, "manage.py"]  # as docs/operations.md tells to


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--rest", type=float, default=2.0, help="seconds idle for a second of sealing")
    parser.add_argument("--rate", type=float, default=8, help="reads, and writes, a second")
    parser.add_argument("--slower", type=float, default=1.2, help="how much slower the slowest twentieth may be")
    parser.add_argument("--before", type=float, default=40, help="seconds of comparison without rotation")


def run(options: Namespace, report: Report) -> None:
    with town() as here:
        load(options)
        numbers = cases_of_old_rows(options.rows)
        report.figure("rows loaded", Citizen.objects.count(), at_least=options.rows)
        manage(here, "--new-key").process.wait()
        [agent] = hire("agent", "JIA", 1, at=timezone.now())
        web = here.web()
        before = under_load(web, agent, numbers, options, lambda: time.sleep(options.before))
        began = time.monotonic()
        during = under_load(web, agent, numbers, options, lambda: rotate(here, options, report))
        report.figure("seconds of sealing anew, kills included", round(time.monotonic() - began))
        compare(before, during, options.slower, report)
        web.stop()
        judge(here, options, report)


def tokens_of(task: tuple[int, int, int]) -> str:
    """Rows for COPY, sealed by the fields themselves."""
    start, n, seed = task
    [fields] = [sealed.columns for sealed in sealed_tables() if sealed.model is Citizen]
    lines = []
    for number in range(start, start + n):
        key = UUID(int=FIRST + number)
        sealed = [
            f"\\\\x{column.seal(value, key).hex()}" for column, value in zip(fields, person(number, seed), strict=True)
        ]
        index = f"\\\\x{number:032x}"
        lines.append("\t".join([str(key), *sealed, index, "\\N", "zh-hans", "2026-03-09 10:00+08"]))
    return "\n".join(lines) + "\n"


def load(options: Namespace) -> None:
    tasks = [(n, min(AT_ONCE, options.rows - n), options.seed) for n in range(0, options.rows, AT_ONCE)]
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(2) as pool, connection.cursor() as cursor:
        for rows in pool.imap(tokens_of, tasks):
            columns = f"id, {', '.join(COLUMNS)}, phone_index, last4_index, language, created_at"
            cursor.copy_expert(f"COPY cases_citizen ({columns}) FROM STDIN", io.StringIO(rows))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE cases_citizen")


def cases_of_old_rows(rows: int) -> list[str]:
    made = copies(a_case(timezone.now()), [Urgency.ORDINARY] * READ)
    for n, case in enumerate(made):
        Case.objects.filter(pk=case.pk).update(citizen_id=UUID(int=FIRST + n * (rows // READ)))
    return [case.number for case in made]


def manage(here: Town, *arguments: str) -> Program:
    return here.start("rotate", [*MANAGE, "rotate_keys", *arguments])


def rotate(here: Town, options: Namespace, report: Report) -> None:
    """Until it ends by itself, after so many kills."""
    chance, killed = random.Random(options.seed), 0
    going = manage(here, f"--rest={options.rest}")
    while killed < options.kills:
        deadline = time.monotonic() + chance.uniform(2.5, 8)
        while going.alive and time.monotonic() < deadline:
            time.sleep(0.05)
        if not going.alive:
            break
        going.kill()
        killed += 1
        if killed == 1 and manage(here, "--revoke=1").process.wait() == 0:
            report.fault("the old key was given up while rows needed it")
        going = manage(here, f"--rest={options.rest}")
    report.figure("kills", killed, at_least=options.kills)
    report.figure("exit code of the last one", going.process.wait(), exactly=0)


@dataclass
class Timings:
    reads: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    refused: int = 0


def under_load(web: Program, agent: Person, numbers: list[str], options: Namespace, meanwhile: object) -> Timings:
    timings, over = Timings(), threading.Event()
    callers = [threading.Thread(target=call, args=(web, agent, numbers, options, timings, over, n)) for n in range(2)]
    for caller in callers:
        caller.start()
    try:
        meanwhile()  # type: ignore[operator]
    finally:
        over.set()
        for caller in callers:
            caller.join()
    return timings


def call(
    web: Program, agent: Person, numbers: list[str], options: Namespace, timings: Timings, over: threading.Event, n: int
) -> None:
    """Read or register at a steady pace, whatever the answers take."""
    chance = random.Random(options.seed + n)
    line, due, serial = Line([web.address], chance), time.monotonic(), 0
    body = {"words": "建设街路灯不亮。", "title": "建设街路灯不亮", "kind": "complaint", "channel": "phone"}
    while not over.is_set():
        due += 1 / options.rate
        serial += 1
        if n == 0:
            request = look(agent, f"cases/{chance.choice(numbers)}/")
        else:
            citizen = {"name": "陈晓燕", "phone": f"1390{chance.randrange(10**7):07d}"}
            request = api(agent, "cases/", {**body, "citizen": citizen}, key=f"{due}-{serial}")
        began = time.monotonic()
        status = line.send(request).status
        (timings.writes if n else timings.reads).append(time.monotonic() - began)
        timings.refused += status >= 400
        time.sleep(max(0.0, due - time.monotonic()))


def compare(before: Timings, during: Timings, slower: float, report: Report) -> None:
    report.figure("requests during", len(during.reads) + len(during.writes))
    report.figure("of them refused or failed", before.refused + during.refused, exactly=0)
    for what in ("reads", "writes"):
        usual, then = (1000 * percentile(getattr(timings, what), 0.95) for timings in (before, during))
        report.figure(f"p95 of {what} before, ms", round(usual, 1))
        report.figure(f"p95 of {what} during, ms", round(then, 1), at_most=round(slower * usual, 1))


@contextmanager
def key_file() -> Iterator[Keyring]:
    """The keys as the programs read them now."""
    keys = Keyring(**json.loads((settings.EMBEDDED.root / "keys.json").read_text()))
    with override_settings(FIELD_KEYS=keys.field_keys, FIELD_KEY_CURRENT=keys.field_key_current):
        yield keys


def judge(here: Town, options: Namespace, report: Report) -> None:
    with key_file():
        report.figure("left under the old key", sum(left_under("1").values()), exactly=0)
    report.figure("giving up the old key", manage(here, "--revoke=1").process.wait(), exactly=0)
    with key_file() as keys:
        report.figure("keys in force", len(keys.field_keys), exactly=1)
        connections.close_all()
        tasks = [(n, min(AT_ONCE, options.rows - n), options.seed) for n in range(0, options.rows, AT_ONCE)]
        with multiprocessing.get_context("fork").Pool(2) as pool:
            wrong = sum(pool.imap_unordered(wrong_rows, tasks))
        report.figure("rows unreadable or changed", wrong, exactly=0)
        report.figure("rows of the day unreadable", unreadable_since(timezone.now() - timedelta(hours=1)), exactly=0)


def wrong_rows(task: tuple[int, int, int]) -> int:
    start, n, seed = task
    rows = Citizen.objects.filter(pk__gte=UUID(int=FIRST + start), pk__lt=UUID(int=FIRST + start + n))
    found = {citizen.pk.int - FIRST: (citizen.name, citizen.phone, citizen.address) for citizen in rows}
    return sum(found.get(number) != tuple(person(number, seed)) for number in range(start, start + n))


def unreadable_since(at: datetime) -> int:
    return sum(citizen.masked_phone[:3] not in ("139", "138") for citizen in Citizen.objects.filter(created_at__gt=at))
