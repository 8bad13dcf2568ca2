"""Nobody tampers with the audit trail unnoticed, a million entries are checked in a minute, and writers do not feel it.

First every way of tampering with a trail, with everything but the key and the seals outside, so many times each: found,
and named. Then ``bin/verify_audit`` alone on a long trail, whole and with one entry changed. Last a town at work:
callers register cases with and without a sealer beside them, sealers are killed with -9 at any moment, and in the end
every entry is sealed once and the whole is as it was written.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from django.conf import settings
from django.utils import timezone

from bench.calling import Line, Person
from bench.errands import registering
from bench.forging import JOURNAL, WAYS, Trail, edit, places, trail
from bench.people import hire
from bench.report import Report
from bench.town import Program, Town, town, until
from hotline import seals
from hotline.audit_chain import Seal
from hotline.audit_checking import check_now
from hotline.models import AuditEntry, AuditSeal, Heartbeat

TRAIL, TRIALS_EACH = 200, 50
SEALER = "import django; django.setup()\nfrom hotline import seals\nimport time\n"
SLOWEST = 0.10  # what sealing may cost whoever writes


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--n", type=int, default=1_000, help="trials of each way of tampering")
    parser.add_argument("--entries", type=int, default=1_000_000, help="of the long trail")
    parser.add_argument("--within", type=float, default=60, help="seconds that checking it may take")
    parser.add_argument("--rounds", type=int, default=5, help="of writing, with and without a sealer each")
    parser.add_argument("--seconds", type=float, default=12, help="a round's length")
    parser.add_argument("--writers", type=int, default=4)
    parser.add_argument("--kills", type=int, default=20, help="of sealers")
    parser.add_argument("--slower", type=float, default=SLOWEST, help="the share by which writers may be slower")


def run(options: Namespace, report: Report) -> None:
    tamper(options.n, report)
    long_trail(options, report)
    with town() as here:
        here.environment["API_RATE"] = "1000000/min"
        write_beside_sealers(here, options, report)
        kill_sealers(here, options.kills, report)


def tamper(n: int, report: Report) -> None:
    """Each way, so many times, on many trails."""
    found, named = Counter[str](), Counter[str]()
    for trial in range(n):
        if trial % TRIALS_EACH == 0:
            whole = trail(TRAIL, random.Random(f"{report.seed} {trial}"))
            if whole.checked().faults:
                report.fault(f"a trail nobody touched is not whole (trial {trial})")
        for name, way in WAYS.items():
            it = whole.copied()
            wanted = way(it, random.Random(f"{report.seed} {name} {trial}"))
            faults = it.checked().faults
            found[name] += bool(faults)
            named[name] += wanted <= places(faults)
    for name in WAYS:
        report.figure(f"{name}: found", found[name], exactly=n)
        report.figure(f"{name}: named", named[name], exactly=n)


def long_trail(options: Namespace, report: Report) -> None:
    """The program as an auditor runs it: alone, on files."""
    it = trail(options.entries, random.Random(report.seed), a_seal=60)
    report.figure("entries of the long trail", len(it.entries))
    report.figure("seals of it", len(it.seals))
    with tempfile.TemporaryDirectory(dir=os.environ.get("APP_VAR_DIR")) as place:
        report.figure("seconds to check it", verified(it, Path(place), "whole", report), at_most=options.within)
        [(_entry, number)] = edit(it, random.Random(report.seed))
        verified(it, Path(place), f"{JOURNAL} entry {number} of seal", report)
        size = sum(len(line) + 1 for line in it.seals) / len(it.entries)
        report.figure("bytes of seals an entry", round(size, 1))


def verified(it: Trail, place: Path, expected: str, report: Report) -> float:
    """Seconds that the program takes; what it must say it says, or the promise is broken."""
    for name, lines in (
        (f"{JOURNAL}.jsonl", it.entries),
        ("seals.jsonl", it.seals),
        ("seals-outside.jsonl", it.outside),
    ):
        directory = place / "outside" if "outside" in name else place / "export"
        directory.mkdir(exist_ok=True)
        with (directory / name).open("wb") as file:
            file.writelines(line + b"\n" for line in lines)
    (place / "export" / "export.json").write_text(json.dumps({"until": len(it.outside)}))
    program = [sys.executable, "-I", "-S", str(settings.BASE_DIR / "bin" / "verify_audit")]
    began = time.monotonic()
    done = subprocess.run([*program, place / "export", "--outside", place / "outside"], capture_output=True, text=True)
    seconds = time.monotonic() - began
    if expected not in done.stdout:
        report.fault(f"the program did not say {expected!r} but {done.stdout[:300]!r} {done.stderr[:300]!r}")
    return seconds


def write_beside_sealers(here: Town, options: Namespace, report: Report) -> None:
    """Rounds with a sealer and without take turns, so that whatever else goes on here hits both alike."""
    web = here.web()
    people = hire("dispatcher", "HOTLINE", options.writers, at=timezone.now())
    rates: dict[bool, list[float]] = {True: [], False: []}
    acts(web.address, people, options.seconds, f"{report.seed} warm")
    for n in range(2 * options.rounds):
        beside = n % 4 in (1, 2)  # without, with, with, without
        with sealer(here, "3") if beside else quiet():
            rates[beside].append(acts(web.address, people, options.seconds, f"{report.seed} {n}"))
    web.stop()
    without, beside_them = median(rates[False]), median(rates[True])
    report.figure("acts a second without a sealer", without)
    report.figure("acts a second beside a sealer", beside_them)
    report.figure("slower by, share", 1 - beside_them / without, at_most=options.slower)


@contextmanager
def sealer(here: Town, rest: str) -> Iterator[Program]:
    """A sealer at work, that has caught up."""
    began = timezone.now()
    command = [sys.executable, "-c", f"{SEALER}while True: seals.seal_new(); time.sleep({rest})"]
    here.environment["DJANGO_SETTINGS_MODULE"] = "hotline.settings"
    program = here.start("sealer", command)
    until(Heartbeat.objects.filter(name=seals.SEALED, at__gt=began).exists, "first seal")
    yield program
    program.kill()


@contextmanager
def quiet() -> Iterator[None]:
    yield


def acts(address: str, people: list[Person], seconds: float, seed: str) -> float:
    """Cases registered a second, by all of them."""
    over = threading.Event()

    def work(n: int) -> int:
        chance, done = random.Random(f"{seed} {n}"), 0
        line = Line([address], chance)
        while not over.is_set():
            key, phone = f"{chance.getrandbits(128):032x}", f"139{chance.randrange(10**8):08}"
            answer = line.send(registering(people[n], f"{seed} 路灯不亮", phone, key=key, by_page=False))
            done += answer.status == 201
        line.close()
        return done

    with ThreadPoolExecutor(len(people)) as writers:
        began = time.monotonic()
        working = [writers.submit(work, n) for n in range(len(people))]
        time.sleep(seconds)
        over.set()
        return sum(one.result() for one in working) / (time.monotonic() - began)


def kill_sealers(here: Town, kills: int, report: Report) -> None:
    """Two at a time, without rest; one is killed at a random moment and replaced, while entries are written."""
    rng, over = random.Random(report.seed), threading.Event()
    web = here.web()
    people = hire("dispatcher", "HOTLINE", 2, at=timezone.now())
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(lambda: [acts(web.address, people, 2, f"kills {n}") for n in _until(over)])
        with sealer(here, "0.01") as first, sealer(here, "0.01") as second:
            pair = [first, second]
            for _ in range(kills):
                time.sleep(rng.uniform(0.2, 2.0))
                place = rng.randrange(2)
                os.killpg(pair[place].process.pid, signal.SIGKILL)
                pair[place].process.wait()
                pair[place] = here.start("sealer", pair[place].process.args)  # type: ignore[arg-type]
            for program in pair:
                program.kill()
        over.set()
        writing.result()
    web.stop()
    seals.seal_new()
    judge(kills, report)


def _until(over: threading.Event) -> Iterator[int]:
    n = 0
    while not over.is_set():
        yield n
        n += 1


def judge(kills: int, report: Report) -> None:
    """Each entry in one seal, and all of it whole."""
    in_seals: Counter[int] = Counter()
    for line in AuditSeal.objects.values_list("line", flat=True).iterator():
        seal = Seal.read(line.encode())
        if seal is not None:
            in_seals.update(int(one.partition(":")[0]) for one in seal.journals.get(JOURNAL, (0, "", ""))[2].split())
    there = set(AuditEntry.objects.values_list("pk", flat=True))
    report.figure("sealers killed", kills)
    report.figure("entries written meanwhile", len(there), at_least=1)
    report.figure("seals made", AuditSeal.objects.count(), at_least=1)
    report.figure("entries sealed twice", sum(n > 1 for n in in_seals.values()), exactly=0)
    report.figure("entries never sealed", len(there - in_seals.keys()), exactly=0)
    began = time.monotonic()
    found = check_now()
    report.figure("things wrong in the end", found.check.faults_in_all + len(found.spots), exactly=0)
    report.figure("seals outside that differ", found.check.seals - found.check.agreeing, exactly=0)
    entries = sum(found.check.entries.values())
    report.figure("entries checked a second in the database", round(entries / (time.monotonic() - began)))
