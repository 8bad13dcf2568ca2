"""Requests to the API made from its own description: some as it asks for them, some as it forbids them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

import hypothesis
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema_rs import ValidationError
from schemathesis import GenerationMode
from schemathesis.core import NOT_SET

from cases import learning, linking
from cases.models import Case, Decision, Status, SuggestionModel, Survey
from hotline.api.description import openapi
from tests import catalogue, knowledge, stories
from tests.cases.api.client import ROOT, Api, operation_of
from tests.people import member

CODES = {"channel": "phone", "category": "SZ01", "region": None, "unit": "ZJJ", "proposed_unit": "CGJ", "agent": "1024"}
IDENTITY = {"Authorization", "Cookie"}  # the caller's own
Known = dict[str, list[str]]


@cache
def operations() -> dict[str, Any]:
    """Every operation of the description, by its label ("GET /api/v1/cases/")."""
    schema: Any = schemathesis.openapi.from_dict(openapi())
    return {found.ok().label: found.ok() for found in schema.get_all_operations()}


def ground() -> Known:
    """Cases in every state with what belongs to them: the things that addresses can name."""
    cases = {status: story() for status, story in stories.IN_STATUS.items()}
    asked = stories.bounce_asked()
    more = stories.extension_asked()
    called = stories.accepted(phone="06358212345")
    main, same = (stories.a_case(phone=f"1380000605{n}") for n in (5, 6))
    joined = linking.join(main, [(same, None)], by=member("zhou"), at=stories.MONDAY)
    models = [training(what) for what in ("category", "unit")]
    versions = (catalogue.a_version(), catalogue.proposed(), catalogue.approved())
    return {
        "number": [*(c.number for c in cases.values()), asked.case.number, more.case.number],
        "assignments": [str(stories.lead(cases[status]).pk) for status in (Status.DISPATCHED, Status.HANDLING)],
        "decisions": [str(pk) for pk in Decision.objects.open().order_by("-pk").values_list("pk", flat=True)[:2]],
        "callbacks": [str(Survey.objects.get(case=called).pk)],
        "groups": [str(joined.group.pk)],
        "suggestion-models": [str(model.pk) for model in models],
        "knowledge": [str(knowledge.reported().pk)],
        "catalogue": [str(version.pk) for version in versions],
    }


def training(target: str) -> SuggestionModel:
    """A model waiting to be trained: the one before is given up, for there is one at a time."""
    for before in SuggestionModel.objects.running().filter(target=target):
        learning.fail(learning.begin(before, by=None, at=stories.MONDAY), by=None, at=stories.MONDAY, why="given up")
    return learning.ask_training(target, by=member("yan"), at=stories.MONDAY)


class Caller:
    """Sends what is drawn for one operation; keeps what should not have been answered."""

    def __init__(self, label: str, api: Api, there: Known, chance: random.Random) -> None:
        self.operation, self.label = operations()[label], label
        self.api, self.there, self.chance = api, there, chance
        self.faults: list[str] = []
        self.answered: Counter[int] = Counter()

    def named(self, drawn: Any, *, known: bool) -> dict[str, str]:
        """The things that the address names: drawn ones, or such as there are."""
        names = {name: quote(str(value), safe="") for name, value in (drawn.path_parameters or {}).items()}
        if not known:
            return names
        kind = self.operation.path.split("/")[3]
        return {name: self.chance.choice(self.there.get(name) or self.there[kind]) for name in names}

    def send(self, drawn: Any, known: bool) -> None:
        names = self.named(drawn, known=known)
        query = urlencode(drawn.query or {}, doseq=True, errors="replace")
        path = self.operation.path.format(**names).removeprefix(ROOT) + (f"?{query}" if query else "")
        body = None if drawn.body is NOT_SET or self.label.startswith("GET") else drawn.body
        if known and isinstance(body, dict):
            body = {name: CODES.get(name, value) for name, value in body.items()}
        headers = {name: str(value) for name, value in (drawn.headers or {}).items() if name not in IDENTITY}
        if known and "If-Match" in headers:
            now = Case.objects.filter(number=names.get("number", "")).values_list("version", flat=True).first()
            headers["If-Match"] = f'"{now or 1}"'
        self.judge(lambda: self.api.call(self.operation.method.upper(), path, body, **headers), f"{path} {body!r}")

    def judge(self, call: Callable[[], Any], words: str) -> None:
        """An answer that the description does not announce is a lie; anything raised is a fault of ours."""
        try:
            self.answered[call().status] += 1
        except (AssertionError, ValidationError) as lie:
            self.faults.append(f"undeclared: {self.label} {words[:300]}: {str(lie)[:300]}")
        except Exception as fault:
            self.faults.append(f"500: {self.label} {words[:300]}: {fault!r:.300}")

    def run(self, examples: int, seed: int) -> None:
        good, bad = (self.operation.as_strategy(generation_mode=mode) for mode in GenerationMode)

        @hypothesis.seed(seed)
        @settings(
            max_examples=examples,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=good | bad, known=st.booleans())
        def all_of_them(case: Any, known: bool) -> None:
            self.send(case, known)

        all_of_them()


def identity_of(label: str) -> str:
    """The operation's id in the description."""
    method, _space, path = label.partition(" ")
    return str(operation_of(method, path.removeprefix(ROOT))["operationId"])
