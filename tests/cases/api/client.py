"""A program that calls the API by HTTP with somebody's token, and holds every answer against the description."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import cache
from typing import Any

import jsonschema_rs
from django.test import Client
from django.utils import timezone

from hotline import tokens
from hotline.api.description import openapi
from hotline.models import ApiToken, Membership
from tests.people import member

ROOT = "/api/v1/"
HANDLER = Client().handler  # one for all: each would look through every static file when it starts


def token_of(who: Membership) -> str:
    """A key of the person's own."""
    raw = f"test-{who.pk}"
    ApiToken.objects.get_or_create(
        digest=tokens.digest(raw),
        defaults={
            "membership": who,
            "name": "tests",
            "prefix": raw[:8],
            "expires_at": timezone.now() + timedelta(days=1),
        },
    )
    return raw


class Answer:
    """What came back, with its JSON."""

    def __init__(self, response: Any) -> None:
        self.response = response
        self.status = response.status_code
        self.headers = response.headers
        self.text = response.content.decode()
        self.body: Any = json.loads(self.text) if self.text else None


class Api:
    """One member's program."""

    def __init__(self, username: str = "", **headers: str) -> None:
        self.client = Client()
        self.client.handler = HANDLER
        self.headers = dict(headers)
        if username:
            self.headers["Authorization"] = f"Bearer {token_of(member(username))}"

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        sent = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        options: dict[str, Any] = {} if body is None else {"data": body, "content_type": "application/json"}
        answer = Answer(self.client.generic(method, ROOT + path, **_raw(options), headers=sent))
        described(method, path.partition("?")[0], answer)
        return answer

    def get(self, path: str, **headers: str) -> Answer:
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Answer:
        return self.call("POST", path, {} if body is None else body, **headers)

    def move(self, case: dict[str, Any], slug: str, **body: Any) -> dict[str, Any]:
        """Make a move on the case as it was last seen, which must succeed."""
        answer = self.post(f"cases/{case['number']}/{slug}/", body, If_Match=f'"{case["version"]}"')
        assert answer.status == 200, answer.text
        assert answer.headers["ETag"] == f'"{answer.body["version"]}"'
        return dict(answer.body)


def _raw(options: dict[str, Any]) -> dict[str, Any]:
    if "data" in options and not isinstance(options["data"], str | bytes):
        options["data"] = json.dumps(options["data"])
    return options


def described(method: str, path: str, answer: Answer) -> None:
    """The answer is one that the description announces, and looks as it says."""
    operation = operation_of(method, path)
    if not operation:
        return
    media = answer.headers["Content-Type"]
    assert str(answer.status) in operation["responses"], f"{method} {path} answered {answer.status}: {answer.text}"
    assert media in operation["responses"][str(answer.status)]["content"], f"{method} {path} answered {media}"
    _validator(operation["operationId"], str(answer.status), media).validate(answer.body)


@cache
def _validator(operation: str, status: str, media: str) -> Any:
    responses = next(
        method["responses"]
        for item in openapi()["paths"].values()
        for method in item.values()
        if method["operationId"] == operation
    )
    schema = {**responses[status]["content"][media]["schema"], "components": openapi()["components"]}
    return jsonschema_rs.validator_for(schema)


@cache
def _paths() -> list[tuple[list[str], dict[str, Any]]]:
    # addresses without variables come first: /cases/answered/ is not a case's number
    split = [(path.strip("/").split("/"), item) for path, item in openapi()["paths"].items()]
    return sorted(split, key=lambda pair: sum(part.startswith("{") for part in pair[0]))


def operation_of(method: str, path: str) -> dict[str, Any]:
    """What the description says of a request; nothing for an address or a method that it does not know."""
    given = (ROOT + path).strip("/").split("/")
    for parts, item in _paths():
        if len(parts) == len(given) and all(p.startswith("{") or p == g for p, g in zip(parts, given, strict=True)):
            return dict(item.get(method.lower(), {}))
    return {}
