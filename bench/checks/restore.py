"""A lost disk loses nothing acknowledged: restored from the backup under load, to the last row, within a minute.

Callers register cases by HTTP while bin/backup runs; its receiver is killed once in between. Then the database is
killed with -9 and its directory and the files are destroyed. Restored with another key, with a damaged page, without
one segment of changes or with a damaged one, it must say so; restored as it should be, every acknowledged case is there
and can be read. Last, a page is damaged in the living database, and the next copy must be refused.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import threading
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from bench.calling import Line, NoAnswer, Person
from bench.errands import registering
from bench.multiply import multiply
from bench.people import hire
from bench.report import Report
from bench.town import Program, Town, town, until
from cases.attachments import Upload, attach, content_of
from cases.models import Attachment, AttachmentKind, Case
from hotline.backup.shelf import Shelf
from hotline.keyring import Keyring
from tests import stories
from tests.people import member

COPIED_SECONDS = 600
FILES = 5
PAGE = 8192


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--cases", type=int, default=300_000, help="that are there before")
    parser.add_argument("--writers", type=int, default=16)
    parser.add_argument("--seconds", type=int, default=30, help="of load, before the disk is lost")
    parser.add_argument("--within", type=int, default=60, help="seconds that restoring may take")


@dataclass
class Told:
    """What callers know: the numbers and telephones of what was acknowledged, and how often nobody knows."""

    acknowledged: dict[str, str] = field(default_factory=dict)
    unknown: int = 0
    refused: list[str] = field(default_factory=list)
    longest: float = 0.0


def run(options: Namespace, report: Report) -> None:
    os.environ.setdefault("EMBEDDED_PG_OPTIONS", "-c max_wal_size=4GB -c maintenance_work_mem=256MB")
    with town() as here:
        here.environment["API_RATE"] = "1000000/min"
        shelf = Shelf(here.root / "backup")
        kept = prepare(options, report)
        here.environment["EMBEDDED_PG_OPTIONS"] = os.environ["EMBEDDED_PG_OPTIONS"]
        told = strain(here, shelf, options, report)
        lost_segment = damage_and_restore(here, shelf, report)
        restore_well(here, shelf, told, kept, options.within, report)
        report.figure("segments of changes", lost_segment, at_least=2)
        damage_the_living(here, shelf, report)


def prepare(options: Namespace, report: Report) -> list[Attachment]:
    """The cases that are there already, and some files."""
    first = stories.signed(at=timezone.now() - timedelta(hours=3))
    began = time.monotonic()
    if options.cases:
        multiply(first, options.cases)
    report.figure("cases before", Case.objects.count())
    report.figure("seconds to make them", time.monotonic() - began)
    picture = b"%PDF-1.4\n" + b"x" * 5000
    uploads = [Upload(f"p{n}.pdf", picture + str(n).encode() + b"\n%%EOF\n") for n in range(FILES)]
    return [
        attach(first, upload, by=member("wang"), at=timezone.now(), kind=AttachmentKind.CREDENTIAL)
        for upload in uploads
    ]


def strain(here: Town, shelf: Shelf, options: Namespace, report: Report) -> Told:
    """Load, the backup, a killed receiver, and the loss of everything."""
    people = hire("dispatcher", "HOTLINE", options.writers, at=timezone.now())
    web, keeper = here.web(), here.start("backup", manage("backup", str(shelf.root)))
    told, over, seed = Told(), threading.Event(), report.seed
    with ThreadPoolExecutor(options.writers) as writers:
        until(lambda: shelf.bases() or not keeper.alive, "a first copy", COPIED_SECONDS)
        calls = [
            writers.submit(call, web.address, person, told, over, f"{seed}-{n}") for n, person in enumerate(people)
        ]
        for part in range(3):
            time.sleep(options.seconds / 3)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_switch_wal()")
            if part == 0:
                kill_receiver(keeper)
        here.kill_postgres()
        shutil.rmtree(settings.EMBEDDED.postgres.data)
        shutil.rmtree(settings.MEDIA_ROOT)
        over.set()
        for one in calls:
            one.result()
    keeper.stop()
    web.kill()
    report.figure("acknowledged", len(told.acknowledged), at_least=options.writers)
    report.figure("outcomes unknown", told.unknown)
    report.figure("longest answer, seconds", told.longest)
    report.figure("answers 5xx but 503", len(told.refused), exactly=0)
    return told


def call(address: str, person: Person, told: Told, over: threading.Event, seed: str) -> None:
    """Register one case after another; remember what was acknowledged."""
    chance = random.Random(seed)
    line = Line([address], chance)
    while not over.is_set():
        phone = f"139{chance.randrange(10**8):08}"
        request = registering(
            person, f"第 {seed} 号，路灯不亮", phone, key=f"{chance.getrandbits(128):032x}", by_page=False
        )
        began = time.monotonic()
        try:
            answer = line.send(request)
        except NoAnswer:
            told.unknown += 1
            time.sleep(0.1)
            continue
        told.longest = max(told.longest, time.monotonic() - began)
        if answer.status == 201:
            told.acknowledged[answer.json["number"]] = phone
        elif answer.status == 503:
            told.unknown += 1
        else:
            told.refused.append(answer.body.decode()[:500])
            print("   ", told.refused[-1])
    line.close()


def kill_receiver(keeper: Program) -> None:
    """kill -9 of the keeper's pg_receivewal."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, rest = status.read_text().split("(", 1)[1].rsplit(")", 1)
        except OSError:
            continue
        if name == "pg_receivewal" and int(rest.split()[1]) == keeper.process.pid:
            os.kill(int(status.parent.name), 9)
            return
    raise RuntimeError("no receiver runs")


def manage(*arguments: str) -> list[str]:
    return [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]


def restore(here: Town, shelf: Shelf, **environment: str) -> tuple[bool, str]:
    """Whether bin/restore was content, and what it said."""
    command = manage("restore", str(shelf.root))
    done = subprocess.run(command, capture_output=True, text=True, env={**here.environment, **environment})
    return done.returncode == 0, done.stdout + done.stderr


def expect(report: Report, name: str, held: bool, said: str) -> None:
    report.figure(name, int(held), exactly=1)
    if not held:
        print(said)


def damage_and_restore(here: Town, shelf: Shelf, report: Report) -> int:
    """Every damaged backup must be reported. Returns how many segments were received."""
    data = settings.EMBEDDED.postgres.data
    base = shelf.bases()[-1]
    segments = list(shelf.received(base).values())
    others = Keyring.fresh()
    keys = {"SECRET_KEY": others.secret_key, "BLIND_INDEX_KEY": others.blind_index_key}
    well, said = restore(here, shelf, FIELD_KEYS=f"1:{others.field_keys['1']}", **keys)
    held = not well and not data.exists() and "keys this backup was made with are not here" in said
    expect(report, "fails closed with other keys", held, said)
    with damaged(largest(base.path)):
        well, said = restore(here, shelf)
        expect(report, "a damaged page is reported", not well and not data.exists() and "checksum" in said, said)
    lost = segments[1].rename(segments[1].with_suffix(".lost"))
    well, said = restore(here, shelf)
    held = not well and not data.exists() and segments[1].name in said
    expect(report, "a missing segment is reported", held, said)
    lost.rename(segments[1])
    with damaged(segments[1], 2 * PAGE + 100):
        well, said = restore(here, shelf)
        expect(report, "a damaged segment is reported", not well and "what comes next is damaged" in said, said)
    settings.EMBEDDED.postgres.stop()
    connections.close_all()
    shutil.rmtree(data)
    return len(segments)


def restore_well(here: Town, shelf: Shelf, told: Told, kept: list[Attachment], within: int, report: Report) -> None:
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    began = time.monotonic()
    well, said = restore(here, shelf)
    report.figure("seconds to restore", time.monotonic() - began, at_most=within)
    expect(report, "restored and found whole", well, said)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        report.figure("megabytes", cursor.fetchone()[0] // 2**20)
    there = {case.number: case for case in Case.objects.filter(number__in=told.acknowledged).select_related("citizen")}
    report.figure("acknowledged and lost", len(told.acknowledged.keys() - there.keys()), exactly=0)
    called = {number: case.citizen.phone if case.citizen else "" for number, case in there.items()}
    unread = [number for number, phone in called.items() if told.acknowledged[number] not in (phone or "")]
    report.figure("acknowledged and unreadable", len(unread), exactly=0)
    at, by = timezone.now(), member("wang")
    sound = [one for one in kept if content_of(one, by=by, at=at).startswith(b"%PDF")]
    report.figure("files lost", len(kept) - len(sound), exactly=0)


def damage_the_living(here: Town, shelf: Shelf, report: Report) -> None:
    """A page that rots on the database's own disk is found by the next copy."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT pg_relation_filepath('hotline_user')")
        path = settings.EMBEDDED.postgres.data / cursor.fetchone()[0]
    connections.close_all()
    with damaged(path, PAGE // 2):
        command = manage("backup", str(here.root / "second"), "--once")
        done = subprocess.run(command, capture_output=True, text=True, env=here.environment)
        held = done.returncode != 0 and "checksum" in done.stderr
        expect(report, "a page damaged in the database is reported", held, done.stdout + done.stderr)


@contextmanager
def damaged(path: Path, at: int = PAGE // 2) -> Iterator[None]:
    """The file with some bytes of it changed."""
    with path.open("r+b") as file:
        file.seek(at)
        before = file.read(16)
        file.seek(at)
        file.write(bytes(byte ^ 0x5A for byte in before))
    try:
        yield
    finally:
        with path.open("r+b") as file:
            file.seek(at)
            file.write(before)


def largest(base: Path) -> Path:
    """A file of tables."""
    files = [path for path in (base / "base").rglob("*") if path.name.isdigit()]
    return max(files, key=lambda path: path.stat().st_size)
