"""Asking again is safe: one act for each key, the same answer to every retry, whenever web processes are killed.

Registrations and all moves of a case's life, by API and by page, each sent twenty times at once to web processes that
are killed with -9 at random moments and started again. Some keys are fought over by two different requests: one of them
is carried out, the other is told 422 by everybody. At the end every key is tried once more with another body.
"""

from __future__ import annotations

import random
import threading
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection, connections
from django.utils import timezone

from bench.calling import Answer, Line, NoAnswer, Person, Request
from bench.errands import SPEECHLESS, Target, doing, registering
from bench.people import hire
from bench.report import Report
from bench.town import Program, Town, town
from cases.models import Case, CaseEvent, Decision, Survey
from hotline.models import RequestKey

STUCK_SECONDS = 120
WHOLE_LIVES = 0.1  # the rest of the cases is only registered
FOUGHT_OVER = 0.25
UNIT = "CGJ"


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--n", type=int, default=1000, help="keys")
    parser.add_argument("--times", type=int, default=20, help="how often each is sent at once")
    parser.add_argument("--webs", type=int, default=3, help="web processes")
    parser.add_argument("--seconds", type=int, default=400, help="no new key after so long")
    parser.add_argument("--abreast", type=int, default=3, help="keys at a time")


class Errand(NamedTuple):
    """One key: what is sent with it, what else somebody may send with it, and whether both may be tried at once."""

    name: str
    request: Request
    other: Request
    may_be_fought: bool


@dataclass
class Drill:
    options: Namespace
    report: Report
    people: dict[str, list[Person]]
    addresses: list[str]
    senders: ThreadPoolExecutor
    keys: int = 0
    began: float = field(default_factory=time.monotonic)
    tries: Counter[str] = field(default_factory=Counter)
    longest: float = 0.0
    guard: threading.Lock = field(default_factory=threading.Lock)
    lines: threading.local = field(default_factory=threading.local)

    def take_key(self) -> bool:
        """Whether there is another key to spend."""
        with self.guard:
            if self.keys >= self.options.n or time.monotonic() - self.began > self.options.seconds:
                return False
            self.keys += 1
            return True

    def insist(self, request: Request, chance: random.Random) -> Answer:
        if not hasattr(self.lines, "line"):
            self.lines.line = Line(self.addresses, chance)
        began = time.monotonic()
        answer: Answer = self.lines.line.insist(request, seconds=STUCK_SECONDS, heard=self.heard)
        with self.guard:
            self.longest = max(self.longest, time.monotonic() - began)
        return answer

    def heard(self, told: Answer | NoAnswer) -> None:
        with self.guard:
            self.tries["unanswered" if isinstance(told, NoAnswer) else str(told.status)] += 1


def run(options: Namespace, report: Report) -> None:
    with town() as here, ThreadPoolExecutor(options.times * options.abreast) as senders:
        here.environment["API_RATE"] = "1000000/min"
        at = timezone.now()
        places = {"dispatcher": "HOTLINE", "reviewer": "HOTLINE", "callback_officer": "HOTLINE", "handler": UNIT}
        people = {role: hire(role, place, 2, at=at) for role, place in places.items()}
        webs = [here.web() for _ in range(options.webs)]
        drill = Drill(options, report, people, [web.address for web in webs], senders)
        over, killer = threading.Event(), Killer(here, webs, random.Random(options.seed))
        killing = threading.Thread(target=killer.run, args=(over,))
        killing.start()
        try:
            with ThreadPoolExecutor(options.abreast) as lives:
                list(lives.map(lambda n: live(drill, n), range(options.abreast)))
        finally:
            over.set()
            killing.join()
        tell(drill, killer.kills)


@dataclass
class Killer:
    """Kills one web process after another with -9, and starts it again where it was."""

    here: Town
    webs: list[Program]
    chance: random.Random
    kills: int = 0

    def run(self, over: threading.Event) -> None:
        while not over.wait(self.chance.uniform(0.1, 1.5)):
            n = self.chance.randrange(len(self.webs))
            self.webs[n].kill()
            self.kills += 1
            self.webs[n] = self.here.web(int(self.webs[n].address.rpartition(":")[2]))


def live(drill: Drill, lane: int) -> None:
    """One case after another, as long as there are keys."""
    chance = random.Random(f"{drill.report.seed}-{lane}")
    serial = 0
    try:
        while drill.take_key():
            serial += 1
            story = one_case(drill, f"第 {lane}-{serial} 件", chance)
            errand = next(story)
            while errand is not None:
                send_many(drill, errand, chance)
                errand = next(story)
    finally:
        connections.close_all()


def one_case(drill: Drill, title: str, chance: random.Random) -> Generator[Errand | None, None, None]:
    """A registration, and for some cases the whole life that follows. Ends with None."""
    agent, keys = chance.choice(drill.people["dispatcher"]), keys_of(chance)
    whole = chance.random() < WHOLE_LIVES
    phone = f"0593-6{chance.randrange(10**6):06}" if whole else f"138{chance.randrange(10**8):08}"
    by_page, key = chance.random() < 0.5, next(keys)
    yield Errand(
        "register",
        registering(agent, title, phone, key=key, by_page=by_page),
        registering(agent, f"{title}之二", phone, key=key, by_page=by_page),
        may_be_fought=True,
    )
    made = list(Case.objects.filter(title__in=(title, f"{title}之二")))
    if len(made) != 1 or CaseEvent.objects.of(made[0]).count() != 1:
        drill.report.fault(f"{title} was registered {len(made)} times")
    if whole and len(made) == 1:
        yield from life(drill, made[0], chance, keys)
    yield None


def keys_of(chance: random.Random) -> Generator[str, None, None]:
    while True:
        yield f"{chance.getrandbits(128):032x}"


LIFE = (
    ("dispatcher", "dispatch"),
    ("handler", "bounce"),
    ("dispatcher", "reject"),
    ("handler", "sign"),
    ("handler", "contact"),
    ("handler", "extend"),
    ("handler", "take-back"),
    ("handler", "extend"),
    ("dispatcher", "grant"),
    ("handler", "progress"),
    ("dispatcher", "urge"),
    ("handler", "reply"),
    ("reviewer", "send-back"),
    ("handler", "reply"),
    ("reviewer", "accept"),
    ("callback_officer", "callback"),
    ("reviewer", "reopen"),
    ("dispatcher", "note"),
    ("dispatcher", "withdraw"),
)
RAISES = {"callback": 2}  # the call, and the closing
ALONGSIDE = ("surveyed", "rated")  # told with the version of the act they follow from


def life(drill: Drill, case: Case, chance: random.Random, keys: Generator[str, None, None]) -> Generator[Errand]:
    for n, (role, act) in enumerate(LIFE):
        if not drill.take_key():
            return
        before = Case.objects.get(pk=case.pk)
        asked = Decision.objects.filter(case=case).order_by("-pk").first()
        survey = Survey.objects.filter(case=case).order_by("-round").first()
        target = Target(
            case.number,
            before.version,
            UNIT if act == "dispatch" else "",
            asked.pk if asked else 0,
            str(survey.pk) if survey else "",
        )
        person, by_page, key = drill.people[role][0], chance.random() < 0.5, next(keys)
        words = f"{case.title}：第 {n} 步，说明情况。"
        request = doing(person, act, words, target, key=key, by_page=by_page)
        other = doing(person, act, words + "另", target, key=key, by_page=by_page)
        if act in SPEECHLESS:
            other = request._replace(body=request.body + (b"&more=1" if by_page else b" "))
        yield Errand(act, request, other, act not in SPEECHLESS)
        after = Case.objects.get(pk=case.pk)
        done = CaseEvent.objects.of(case).filter(version=before.version + 1).exclude(kind__in=ALONGSIDE).count()
        if after.version != before.version + RAISES.get(act, 1) or done != 1:
            told = f"{act} led from version {before.version} to {after.version}, {done} events"
            drill.report.fault(f"{case.number}: {told}")
            return


def send_many(drill: Drill, errand: Errand, chance: random.Random) -> None:
    """The same key many times at once; then what everybody was told is compared."""
    fought = errand.may_be_fought and chance.random() < FOUGHT_OVER
    sent = [errand.other if fought and n % 2 else errand.request for n in range(drill.options.times)]
    seeds = [chance.getrandbits(64) for _ in sent]
    told = list(drill.senders.map(lambda request, seed: said(drill, request, random.Random(seed)), sent, seeds))
    answers: dict[bytes, set[Said | str]] = {}
    for request, answer in zip(sent, told, strict=True):
        answers.setdefault(request.body, set()).add(answer)
    good = [body for body, got in answers.items() if all(is_done(answer) for answer in got) and len(got) == 1]
    if len(good) != 1 or any(status(a) != 422 for body, got in answers.items() if body not in good for a in got):
        drill.report.fault(f"{errand.name} {errand.request.path}: {answers}")
        return
    third = errand.request if good[0] != errand.request.body else errand.other
    refused = said(drill, third, chance)
    if status(refused) != 422:
        drill.report.fault(f"another body under the key of {errand.name} {errand.request.path} was told {refused}")


Said = tuple[int, str, str, bytes]


def said(drill: Drill, request: Request, chance: random.Random) -> Said | str:
    """What counts of an answer: all of a program's, where a browser is sent."""
    try:
        answer = drill.insist(request, chance)
    except TimeoutError as stuck:
        return str(stuck)
    headers = answer.headers
    program = request.path.startswith("/api/") and answer.status < 400
    return answer.status, headers.get("location", ""), headers.get("etag", ""), answer.body if program else b""


def status(told: Said | str) -> int:
    return 0 if isinstance(told, str) else told[0]


def is_done(told: Said | str) -> bool:
    return status(told) in (200, 201, 303)


def tell(drill: Drill, kills: int) -> None:
    report = drill.report
    report.figure("keys", drill.keys)
    report.figure("answers asked for", sum(drill.tries.values()))
    for what, n in sorted(drill.tries.items()):
        report.figure(f"told {what}", n)
    report.figure("kills", kills)
    report.figure("answers 500", drill.tries["500"], exactly=0)
    report.figure("slowest answer, seconds", drill.longest, at_most=STUCK_SECONDS)
    report.figure("keys without an answer kept", RequestKey.objects.filter(answer=None).count(), exactly=0)
    report.figure("cases", Case.objects.count())
    report.figure("cases twice", Case.objects.count() - Case.objects.values("title").distinct().count(), exactly=0)
    report.figure("keys that broke the promise", len(report.broken), exactly=0)
    connection.close()
