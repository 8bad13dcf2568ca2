"""Taking a right away works at once: the next request is refused in every process, by session and by key.

New people work at several web processes until their membership, their account, their employment, their employer's
contract or its part in the hotline ends, or their key is revoked. From the commit of that on, every process is asked at
the same moment for a page, for a list and to register a case. Queued work carries nobody's right
(tests/access/test_ending.py), so a queue has nothing to forget.
"""

from __future__ import annotations

import random
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import NamedTuple

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from bench.calling import Answer, Line, Person, Request, api, look
from bench.people import hire
from bench.report import Report, percentile
from bench.town import Town, town
from cases.models import Case
from contractors.models import Contract, Employment, Leaving
from hotline.models import ApiToken, Membership, Organisation, User

REQUEST = {"words": "建设街窨井盖缺失，有人绊倒。", "title": "窨井盖缺失", "kind": "complaint", "channel": "phone"}
TOLD = 10


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--n", type=int, default=200, help="people whose right ends")
    parser.add_argument("--webs", type=int, default=4, help="web processes")


class Worker(NamedTuple):
    """Somebody at work for an employer of their own."""

    person: Person
    employer: Organisation


def membership_over(worker: Worker) -> None:
    for one in Membership.objects.filter(organisation=worker.employer):
        Membership.objects.filter(pk=one.pk).update(valid=(one.valid.lower, timezone.now()))


def account_closed(worker: Worker) -> None:
    User.objects.filter(username=worker.person.name).update(is_active=False)


def part_over(worker: Worker) -> None:
    Organisation.objects.filter(pk=worker.employer.pk).update(active_until=timezone.localdate())


def contract_over(worker: Worker) -> None:
    """The database cuts the employments and the memberships under it."""
    row = Contract.objects.get(organisation=worker.employer)
    Contract.objects.filter(pk=row.pk).update(term=DateTimeTZRange(row.term.lower, timezone.now()))


def employment_over(worker: Worker) -> None:
    row = Employment.objects.get(contract__organisation=worker.employer)
    ended = {"leaving": Leaving.RESIGNED, "ended_by": row.user_id, "ended_at": timezone.now()}
    Employment.objects.filter(pk=row.pk).update(period=DateTimeTZRange(row.period.lower, timezone.now()), **ended)


def key_revoked(worker: Worker) -> None:
    ApiToken.objects.filter(membership__organisation=worker.employer).update(revoked_at=timezone.now())


ENDINGS: list[Callable[[Worker], None]] = [
    *(membership_over, account_closed, contract_over, employment_over, part_over, key_revoked),
]


def at_work(number: int) -> Worker:
    code = f"DRILL{number}"
    employer = Organisation.objects.create(code=code, name=code, kind="contractor", active_from=date(2020, 1, 1))
    now, head = timezone.now(), User.objects.get(username="yan")
    term = DateTimeTZRange(now - timedelta(days=90), now + timedelta(days=90))
    signed = {"created_by": head, "created_at": now, "signed_at": now}
    until = timezone.localdate(term.upper)
    contract = Contract.objects.create(organisation=employer, number=code, term=term, planned_until=until, **signed)
    person = hire("agent", code, 1, at=now)[0]
    known = {"user": User.objects.get(username=person.name), "recorded_by": head, "recorded_at": now}
    Employment.objects.create(contract=contract, period=term, **known)
    return Worker(person, employer)


def errands(person: Person, *, by_key: bool) -> list[Request]:
    """A list and a registration by key, a page by session."""
    program = [look(person, "users/me/"), api(person, "cases/", REQUEST)]
    if by_key:
        return program
    session = {"Cookie": f"sessionid={person.session}", "Accept-Language": "en"}
    return [*program, Request("GET", "/console/", session)]


def is_refused(answer: Answer) -> bool:
    return answer.status == 401 or (answer.status == 302 and answer.headers["location"].startswith("/sign-in/"))


class Drill:
    def __init__(self, here: Town, webs: int, senders: ThreadPoolExecutor) -> None:
        self.addresses = [here.web().address for _ in range(webs)]
        self.senders = senders
        self.asked = self.later = 0
        self.seconds: list[float] = []
        self.faults: list[str] = []

    def everywhere(self, requests: list[Request]) -> list[tuple[Request, Answer]]:
        """Each request to each process, all at once."""

        def send(address: str, request: Request) -> tuple[Request, Answer]:
            line = Line([address], random.Random(0))
            try:
                return request, line.send(request)
            finally:
                line.close()

        pairs = [(address, request) for address in self.addresses for request in requests]
        return list(self.senders.map(lambda pair: send(*pair), pairs))

    def end(self, number: int, ending: Callable[[Worker], None]) -> None:
        worker = at_work(number)
        requests = errands(worker.person, by_key=ending is key_revoked)
        for request, answer in self.everywhere(requests[:1] + requests[2:]):
            if answer.status != 200:
                self.faults.append(f"{request.path} was not open before: {answer.status}")
        ending(worker)
        ended = time.monotonic()
        for request, answer in self.everywhere(requests):
            self.asked += 1
            if not is_refused(answer):
                self.later += 1
                self.faults.append(f"{ending.__name__}: {request.method} {request.path} was answered {answer.status}")
        self.seconds.append(time.monotonic() - ended)


def run(options: Namespace, report: Report) -> None:
    with town() as here, ThreadPoolExecutor(options.webs * 3) as senders:
        drill = Drill(here, options.webs, senders)
        for number in range(options.n):
            drill.end(number, ENDINGS[number % len(ENDINGS)])
        registered = Case.objects.filter(taken_by_organisation__code__startswith="DRILL").count()
    for fault in drill.faults[:TOLD]:
        report.fault(fault)
    report.figure("rights ended", options.n)
    report.figure("web processes", options.webs)
    report.figure("requests after the end", drill.asked)
    report.figure("answered all the same", drill.later, exactly=0)
    report.figure("cases registered after the end", registered, exactly=0)
    report.figure("until all processes had refused, seconds (median)", percentile(drill.seconds, 0.5))
    report.figure("until all processes had refused, seconds (longest)", max(drill.seconds))
