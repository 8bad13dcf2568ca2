"""What was acknowledged is there: PostgreSQL killed with -9 under writers loses nothing and doubles nothing.

Killed are, at random moments: the postmaster with every back end at once, the postmaster alone, or one back end, after
which PostgreSQL restarts itself. A writer who was told 503, or nothing, asks again with the same key until it is told
what became of its request. The web process is never restarted: it finds the database again by itself.
"""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.utils import timezone

from bench.calling import Answer, Line, NoAnswer, Person, Request
from bench.errands import Target, doing, registering
from bench.people import hire
from bench.report import Report
from bench.town import Town, town, until
from cases.models import Case, CaseEvent

UNANSWERED_SECONDS = 120
PEACE = (0.5, 3.0)  # seconds of work between two kills
UNIT = "CGJ"
WITHIN_PAGE = 0.25
EXPECTED = ("200", "201", "303", "503", "no answer")  # the last on a kept connection that was closed meanwhile


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--writers", type=int, default=16)
    parser.add_argument("--seconds", type=int, default=400, help="no new kill after so long")


@dataclass
class Heard:
    """What the writers were told, and what they took as done."""

    tries: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    done_before: int = 0  # carried out by a try whose answer was lost
    asked_again: int = 0
    guard: threading.Lock = field(default_factory=threading.Lock)

    @property
    def done(self) -> int:
        return len(self.titles) + len(self.words)

    def one_try(self, told: Answer | NoAnswer) -> None:
        with self.guard:
            self.tries["no answer" if isinstance(told, NoAnswer) else str(told.status)] += 1
            if isinstance(told, Answer) and told.status == 503 and "retry-after" not in told.headers:
                self.faults.append("a 503 without Retry-After")


def run(options: Namespace, report: Report) -> None:
    with town() as here:
        here.environment["API_RATE"] = "1000000/min"
        at = timezone.now()
        people = hire("dispatcher", "HOTLINE", options.writers, at=at)
        web, heard, over = here.web(), Heard(), threading.Event()
        with ThreadPoolExecutor(options.writers) as pool:
            writers = [
                pool.submit(write, person, web.address, heard, over, random.Random(f"{report.seed}-{n}"))
                for n, person in enumerate(people)
            ]
            try:
                recoveries = kill_again_and_again(here, options, heard, random.Random(report.seed))
            finally:
                over.set()
            for writer in writers:
                writer.result()
        tell(report, heard, recoveries, web_alive=web.alive)


# -- The writers


def write(person: Person, address: str, heard: Heard, over: threading.Event, chance: random.Random) -> None:
    """Register, note, dispatch, note; then the next case. Whatever was begun is settled before one leaves."""
    line, serial = Line([address], chance), 0
    while not over.is_set():
        serial += 1
        title = f"{person.name} 第 {serial} 件"
        by_page = chance.random() < WITHIN_PAGE
        phone = f"138{chance.randrange(10**8):08}"
        answer = settle(line, registering(person, title, phone, key=key_of(chance), by_page=by_page), heard, chance)
        if answer is None:
            continue
        with heard.guard:
            heard.titles.append(title)
        if by_page:
            continue
        number, version = answer.json["number"], answer.version
        for n, act in enumerate(("note", "dispatch", "note")):
            words = f"{title}，第 {n} 步"
            asked = doing(person, act, words, Target(number, version, UNIT), key=key_of(chance))
            answer = settle(line, asked, heard, chance)
            if answer is None:
                break
            version = answer.version
            with heard.guard:
                heard.words.append(words)


def key_of(chance: random.Random) -> str:
    return f"{chance.getrandbits(128):032x}"


def settle(line: Line, request: Request, heard: Heard, chance: random.Random) -> Answer | None:
    """Ask until it is known what became of the request. It must have been done."""
    failed_at: list[datetime] = []

    def hear(told: Answer | NoAnswer) -> None:
        heard.one_try(told)
        if isinstance(told, NoAnswer) or told.status == 503:
            failed_at.append(timezone.now())

    try:
        answer = line.insist(request, seconds=UNANSWERED_SECONDS, heard=hear)
    except TimeoutError as stuck:
        heard.faults.append(str(stuck))
        return None
    if answer.status not in (200, 201, 303):
        heard.faults.append(f"{request.path} was told {answer.status} {answer.body[:200]!r}")
        return None
    if failed_at:
        with heard.guard:
            heard.asked_again += 1
            changed_at = datetime.fromisoformat(answer.json["changed_at"]) if answer.body else None
            heard.done_before += changed_at is not None and changed_at < failed_at[-1]
    return answer


# -- The killer


def kill_again_and_again(here: Town, options: Namespace, heard: Heard, chance: random.Random) -> list[float]:
    """Seconds from each kill until the next act was acknowledged."""
    recoveries, end = list[float](), time.monotonic() + options.seconds
    while len(recoveries) < options.kills and time.monotonic() < end:
        time.sleep(chance.uniform(*PEACE))
        began = time.monotonic()
        kill(here, chance.choice(("everything", "postmaster", "back end")), chance)
        before = heard.done
        while heard.done - before < 2 and time.monotonic() - began < UNANSWERED_SECONDS:  # one may be on its way
            time.sleep(0.02)
        recoveries.append(time.monotonic() - began)
    return recoveries


def kill(here: Town, what: str, chance: random.Random) -> None:
    postmaster = int((settings.EMBEDDED.postgres.data / "postmaster.pid").read_text().split()[0])
    children = [int(pid) for pid in Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()]
    back_ends = [pid for pid in children if "[local]" in _command(pid)]
    if what == "back end" and back_ends:
        strike(chance.choice(back_ends))
        return
    here.kill_postgres()
    if what == "everything":
        for pid in children:
            strike(pid)
    until(lambda: not any(map(lives, children)), "end of the back ends")  # they notice that the postmaster is gone
    time.sleep(chance.uniform(0, 1))
    here.start_servers()


def strike(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def lives(pid: int) -> bool:
    """Whether it runs, and does not only wait to be buried."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def _command(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
    return ""


# -- The verdict


def tell(report: Report, heard: Heard, recoveries: list[float], *, web_alive: bool) -> None:
    connection.close()
    for fault in heard.faults[:20]:
        report.fault(fault)
    report.figure("kills", len(recoveries))
    report.figure("acts acknowledged", heard.done)
    report.figure("rows of acknowledged acts", rows())
    for what, n in sorted(heard.tries.items()):
        report.figure(f"told {what}", n)
    other = sum(n for what, n in heard.tries.items() if what not in EXPECTED)
    report.figure("answers other than done and 503", other, exactly=0)
    report.figure("asked again", heard.asked_again)
    report.figure("of these done by a try whose answer was lost", heard.done_before)
    told = dict(Case.objects.values_list("title").annotate(n=Count("pk")))
    noted = dict(CaseEvent.objects.exclude(why="").values_list("why").annotate(n=Count("pk")))
    report.figure("acknowledged acts lost", lost(heard.titles, told) + lost(heard.words, noted), exactly=0)
    report.figure("acts done twice", sum(n > 1 for n in (*told.values(), *noted.values())), exactly=0)
    report.figure("acts done that nobody was told of", len(told) - len(heard.titles), exactly=0)
    report.figure("longest time to the next act, seconds", max(recoveries), at_most=UNANSWERED_SECONDS / 2)
    report.figure("web processes that lived on", int(web_alive), exactly=1)


def lost(acknowledged: list[str], found: dict[str, int]) -> int:
    return sum(words not in found for words in acknowledged)


def rows() -> int:
    """All rows of the tables that the acts wrote to."""
    tables = ("cases_case", "cases_citizen", "cases_casetext", "cases_clock", "cases_caseevent", "cases_assignment")
    more = ("hotline_auditentry", "hotline_message", "hotline_requestkey")
    with connection.cursor() as cursor:
        total = 0
        for table in (*tables, *more):
            cursor.execute(f"SELECT count(*) FROM {table}")
            total += cursor.fetchone()[0]
    return int(total)
