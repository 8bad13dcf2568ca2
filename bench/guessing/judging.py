"""Sending probes and judging the answers: nothing hidden is told, nothing out of reach is changed. All is undone."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlencode

from django.core.cache import cache
from django.db import connection, transaction
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.guessing.probes import Guesser, Probe
from bench.guessing.world import MARKS, Person, World, text_of
from cases.models import Case
from hotline.models import Membership
from tests.access.asking import FORM, WRITES, handler
from tests.access.test_matrix import NOT_THERE
from tests.stories import tried

REFRESH = 500  # requests after which the rate of requests, another promise, is forgotten


@dataclass
class Verdict:
    """What came of the probes."""

    probes: Counter[str] = field(default_factory=Counter)
    answered: Counter[int] = field(default_factory=Counter)
    hidden: int = 0
    writes: int = 0
    leaks: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    openings: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


@contextmanager
def undone() -> Iterator[None]:
    """Nothing of what happens inside stays. Acts may open their own transactions in it, as in a test."""
    whole = transaction.atomic()
    whole._from_testcase = True  # type: ignore[attr-defined]
    with whole:
        yield
        transaction.set_rollback(True)


def people(world: World) -> list[Person]:
    """Everybody, with a key and a session; one of them has registered a case under a key others will try."""
    found = Membership.objects.current(timezone.now()).select_related("user", "organisation").order_by("pk")
    everybody = [Person(by, world) for by in found]
    a_request_of(everybody)
    return everybody


def guess(world: World, everybody: list[Person], n: int, chance: random.Random) -> Verdict:
    """So many probes by random people."""
    guesser, verdict = Guesser(world, chance), Verdict()
    for turn in range(n):
        if turn % REFRESH == 0:
            cache.clear()
        person = chance.choice(everybody)
        judge(person, guesser.draw(person), verdict)
    return verdict


def a_request_of(everybody: list[Person]) -> None:
    """One agent's registration with a key: nobody else may have its answer."""
    agent = next(person for person in everybody if person.by.user.username == "wang")
    response: Any = handler().get_response(made(agent, Guesser(agent.world, random.Random(0)).in_head(agent)))
    assert response.status_code == 201, response.content
    number = json.loads(response.content)["number"]
    for person in everybody:
        if not Case.objects.visible_to(person.by).filter(number=number).exists():
            person.never_told.add(number)


def judge(person: Person, probe: Probe, verdict: Verdict) -> None:
    before = person.untouched
    connection.queries_log.clear()  # a full log forgets
    with tried(), CaptureQueriesContext(connection) as asked:
        response = handler().get_response(made(person, probe))
        told = text_of(response)
        written = [query["sql"] for query in asked.captured_queries if WRITES.match(query["sql"])]
        wrote = any("django_session" not in sql for sql in written)
        changed = wrote and person.beyond_reach() != before
    said = f"{person.by.user.username} ({person.by.role}) {probe} -> {response.status_code}"
    verdict.probes[probe.kind] += 1
    verdict.answered[response.status_code] += 1
    verdict.hidden += probe.hidden
    verdict.writes += wrote
    sent = set(MARKS.findall(unquote(probe.path) + json.dumps(probe.body)))
    if leaked := (set(MARKS.findall(told)) & person.never_told) - sent:
        verdict.leaks.append(f"{said} tells {sorted(leaked)[:3]}")
    if changed:
        verdict.changes.append(said)
    if probe.hidden and response.status_code not in {403, 404} | NOT_THERE.get(probe.address.about, set()):
        verdict.openings.append(said)
    if response.status_code >= 500:
        verdict.failures.append(said)


def made(person: Person, probe: Probe) -> Any:
    """The request as the person's browser or program would send it."""
    caller, address = person.caller, probe.address
    given: dict[str, Any] = {}
    if probe.body is not None:
        as_json = address.is_api
        body = json.dumps(probe.body) if as_json else urlencode(probe.body, doseq=True)
        given = {"data": body, "content_type": "application/json" if as_json else FORM}
    headers = {"Accept-Language": "en", **probe.head, **(caller.key if address.is_api else {})}
    request: Any = RequestFactory().generic(address.method, probe.path, headers=headers, **given)
    request.COOKIES = {} if address.is_api else dict(caller.cookies)
    request._dont_enforce_csrf_checks = True
    return request
