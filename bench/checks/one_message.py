"""A citizen gets each message once, not twice and never not at all, whoever dies between us and the gateway.

The gateway is a process of its own that crashes before and after accepting, is slow, refuses, babbles and hangs up, and
reports what arrived, once or more often. It, the timekeepers and the worker are killed at random. First it drops
repeats by their key, as it should: then each message arrives exactly once. Then it knows no keys: then no more arrive
twice than there were kills and answers that stayed out, and each of those is marked.
"""

from __future__ import annotations

import random
import sys
import threading
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

from django.db import transaction

from bench.clocks import making, spread
from bench.crew import Crew, at_random_moments, crew_arguments, names
from bench.gateway import accepted, reports_of
from bench.report import Report
from bench.town import Program, Town, free_port, town, until
from hotline import outbox, tokens
from hotline.agreed_time import database_time
from hotline.models import Membership, Message

SECONDS_PER_KILL = 3.0  # one carrier sends some thirty messages a second, and those killed have to start again
LONGEST_WAIT = 900.0  # a message that failed again and again waits ever longer
WORDS = {"number": "20260309-000018", "code": "123456", "site": "https://12345.example.gov.cn"}


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--n", type=int, default=8_000, help="messages, to each kind of gateway")
    crew_arguments(parser, timekeepers=3, workers=1, beats=1)
    parser.add_argument("--patience", type=int, default=10, help="seconds the gateway may take to answer")
    parser.add_argument("--kills", type=int, default=80, help="with each kind of gateway")


def run(options: Namespace, report: Report) -> None:
    rng = random.Random(report.seed)
    with town() as here:
        here.environment |= {"RECEIPTS": f"{here.web().address}/api/v1/receipts/", "RECEIPTS_KEY": carriers_key()}
        for kind, keyed in (("with keys", True), ("without keys", False)):
            with gateway(here, rng, options.patience, keyed=keyed) as desk:
                crew = Crew(here, names(options))
                crew.wait_until_at_work()
                messages = write(options.n, SECONDS_PER_KILL * options.kills, rng)
                kill_while_they_leave(desk, crew, messages, options.kills, rng)
                crew.stop()
            judge(report, kind, messages, desk, len(crew.killed))


def carriers_key() -> str:
    """A key for the carrier's reports, as the telephone platform has one for its own."""
    carrier, at = Membership.objects.get(user__username="telephony"), database_time()
    return tokens.issue(carrier, by=carrier, at=at, name="receipts", days=1).raw


def kill_while_they_leave(desk: Desk, crew: Crew, messages: list[Message], kills: int, rng: random.Random) -> None:
    last = max(message.next_attempt_at for message in messages if message.next_attempt_at)
    at_random_moments(kills, last, rng, lambda: kill_one(desk, crew, rng))
    waiting = Message.objects.filter(channel="sms", state=Message.State.WAITING)
    until(lambda: not waiting.exists(), "end of waiting messages", LONGEST_WAIT)


class Desk:
    """The gateway's process, which is started again whenever it ends."""

    def __init__(self, here: Town, rng: random.Random, patience: int, *, keyed: bool) -> None:
        self.here, self.port = here, free_port()
        self.ledger = here.root / f"gateway-{self.port}.txt"
        self.rng, self.keyed, self.patience = rng, keyed, str(patience)
        self.closing = threading.Event()
        self.starts = 0
        self.program = self.start()
        self.keeper = threading.Thread(target=self.keep, daemon=True)
        self.keeper.start()

    def start(self) -> Program:
        self.starts += 1
        seed = str(self.rng.random())
        more = [str(self.port), str(self.ledger), seed, self.patience, *["keyed"] * self.keyed]
        return self.here.start("gateway", [sys.executable, "-m", "bench.gateway", *more])

    def keep(self) -> None:
        while not self.closing.wait(0.05):
            if not self.program.alive:
                self.program = self.start()

    def close(self) -> None:
        self.closing.set()
        self.keeper.join()
        self.program.kill()


@contextmanager
def gateway(here: Town, rng: random.Random, patience: int, *, keyed: bool) -> Iterator[Desk]:
    desk = Desk(here, rng, patience, keyed=keyed)
    here.environment |= {"SMS_PROVIDER": "http", "SMS_GATEWAY_TOKEN": "drill", "SMS_TIMEOUT_SECONDS": str(patience)}
    here.environment["SMS_GATEWAY_URL"] = f"http://127.0.0.1:{desk.port}/sms"
    try:
        yield desk
    finally:
        desk.close()


def write(n: int, seconds: float, rng: random.Random) -> list[Message]:
    """Messages to citizens, through the outbox, each to leave at its moment."""
    at = database_time()
    moments = islice(spread(at + making(n), seconds, rng), n)
    messages = [
        outbox.sms("progress", to=f"+86138{number:08}", at=moment, words=WORDS, urgent=True)
        for number, moment in enumerate(moments)
    ]
    for first in range(0, n, 500):
        with transaction.atomic():
            outbox.post(*messages[first : first + 500])
    return messages


def kill_one(desk: Desk, crew: Crew, rng: random.Random) -> None:
    """The gateway every third time, else one of those who carry."""
    if rng.random() < 1 / 3:
        desk.program.kill()
        crew.killed.append("gateway")
    else:
        crew.kill_one(rng)


def judge(report: Report, kind: str, messages: list[Message], desk: Desk, kills: int) -> None:
    arrived = Counter(accepted(desk.ledger))
    rows = {str(m.pk): m for m in Message.objects.filter(pk__in=[message.pk for message in messages])}
    twice = [key for key, n in arrived.items() if n > 1]
    extra = sum(n - 1 for n in arrived.values())
    perhaps = sum(row.perhaps_sent for row in rows.values())
    report.figure(f"{kind}: messages", len(messages))
    report.figure(f"{kind}: kills", kills)
    report.figure(f"{kind}: times the gateway died", desk.starts - 1)
    report.figure(f"{kind}: never arrived", len(rows.keys() - arrived.keys()), exactly=0)
    report.figure(f"{kind}: not sent in the end", sum(row.state != "sent" for row in rows.values()), exactly=0)
    report.figure(f"{kind}: tried more than once", sum(row.attempts > 1 for row in rows.values()))
    report.figure(f"{kind}: marked as perhaps sent twice", perhaps)
    reported = Counter(accepted(reports_of(desk.ledger)))
    report.figure(f"{kind}: reported as arrived", len(reported), at_least=len(messages) // 100)
    report.figure(f"{kind}: reported more than once", sum(n > 1 for n in reported.values()))
    report.figure(f"{kind}: reports lost", sum(rows[key].receipt != "delivered" for key in reported), exactly=0)
    if desk.keyed:
        report.figure(f"{kind}: arrived more than once", len(twice), exactly=0)
    else:
        report.figure(f"{kind}: arrived more than once", len(twice))
        report.figure(f"{kind}: repeats for each answer that stayed out", extra / max(perhaps, 1), at_most=1)
        report.figure(f"{kind}: repeats not marked", sum(not rows[key].perhaps_sent for key in twice), exactly=0)
