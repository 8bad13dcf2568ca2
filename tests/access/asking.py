"""One cell of the matrix: somebody asks an address about a thing; what is answered, what the database is asked."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from functools import cache
from typing import Any, NamedTuple

from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.base import BaseHandler
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hotline.guards import MEMBERSHIP
from hotline.models import Membership
from tests.access.ground import Place
from tests.access.tables import ASKS_AGAIN, Address
from tests.cases.api.client import token_of
from tests.doors import client_of
from tests.people import member
from tests.stories import tried

STAND_INS: dict[str, Place] = {
    "cases:call_reports": {"code": "nobodys"},
    "cases:catalogue_export": {"form": "csv"},
    "cases:console_pick": {"what": "unit"},
    "cases:knowledge_article": {"key": "night-construction"},
    "cases:knowledge_version": {"key": "night-construction", "version": 1},
    "cases:survey": {"token": "x" * 43},
    "contractors:staff_figure": {"key": "headcount"},
    "oversight:month_csv": {"month": "2026-03"},
    "oversight:month_json": {"month": "2026-03"},
    "oversight:overview_panel": {"name": "outcomes"},
}
EVERY_ADDRESS = os.environ.get("EVERY_ADDRESS") == "1"  # as ``bin/check at_length`` asks for
FORM = "application/x-www-form-urlencoded"
WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
VALUES = re.compile(r"'(?:[^']|'')*'|\b\d+\b")
PASSING = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|name=\"csrfmiddlewaretoken\" value=\"\w+\""
    r"|name=\"page\" value=\"[0-9a-f]{32}\"|X-CSRFToken\W+\w+|\d{8}-\d{6}|\b\d+(?=/)|(?<=%2F)\d+(?=%2F)"
)


class Answer(NamedTuple):
    """What came back. ``told`` is all of it but what is new with every request, and the thing's own key."""

    status: int
    location: str
    told: tuple[Any, ...]
    statements: tuple[str, ...]
    allow: str = ""

    @property
    def writes(self) -> list[str]:
        return [statement for statement in self.statements if WRITES.match(statement)]

    @property
    def is_opened(self) -> bool:
        """The person was let in, whatever became of what was asked."""
        refused = self.status in (401, 403, 404, 405) or self.status >= 500
        return not refused and not self.location.startswith("/sign-in/?next=")


class Caller:
    """Somebody with a browser for the pages and a program for the API. Asks the handler itself, as a server does."""

    def __init__(self, username: str = "") -> None:
        self.cookies = {"sessionid": client_of(username).cookies["sessionid"].value} if username else {}
        self.key = {"Authorization": f"Bearer {token_of(member(username))}"} if username else {}

    @classmethod
    def before_a_role(cls, username: str) -> Caller:
        """The password was given, a role not chosen."""
        caller = cls(username)
        session = SessionStore(caller.cookies["sessionid"])
        session.pop(MEMBERSHIP)
        session.save()
        caller.key = {}
        return caller

    @classmethod
    def whose_time_is_over(cls, username: str) -> Caller:
        caller, who = cls(username), member(username)
        over = timezone.now() - timedelta(seconds=1)
        Membership.objects.filter(pk=who.pk).update(valid=(who.valid.lower, over))
        return caller

    def ask(self, address: Address, place: Place, method: str = "") -> Answer:
        """With nothing sensible in the body: whoever may not is told so before it is read. What it did is undone."""
        return self.send(self._request(address, path_of(address, place), method or address.method))

    def look(self, name: str, query: str) -> Answer:
        """A list narrowed, or a search."""
        address = Address(name, "GET", None, "-", None)
        return self.send(self._request(address, f"{path_of(address, {})}?{query}", "GET"))

    def send(self, request: Any) -> Answer:
        connection.queries_log.clear()  # a full log forgets
        with tried(), CaptureQueriesContext(connection) as asked:
            response = handler().get_response(request)
        shapes = tuple(VALUES.sub("?", query["sql"]) for query in asked.captured_queries)
        return Answer(
            response.status_code,
            response.get("Location", ""),
            told_by(response),
            tuple(shape for shape in shapes if "SAVEPOINT" not in shape),
            response.get("Allow", ""),
        )

    def _request(self, address: Address, path: str, method: str) -> Any:
        headers = {"Accept-Language": "en", **(self.key if address.is_api else {})}
        if ASKS_AGAIN in address.name:
            headers["HX-Request"] = "true"  # the move's form alone
        body, kind = ("{not json", "application/json") if address.is_api else (b"garbage=1&version=x", FORM)
        given: dict[str, Any] = {} if method == "GET" else {"data": body, "content_type": kind}
        request: Any = RequestFactory().generic(method, path, headers=headers, **given)
        request.COOKIES = {} if address.is_api else dict(self.cookies)
        request._dont_enforce_csrf_checks = True
        return request


@cache
def handler() -> BaseHandler:
    """The product's middleware and pages, without a server's or a test client's work around them."""
    made = BaseHandler()
    made.load_middleware()
    return made


def path_of(address: Address, place: Place) -> str:
    name, _slash, inner = address.name.partition(ASKS_AGAIN)
    kwargs = STAND_INS.get(name, place) | ({"name": inner} if inner else {})
    return reverse(name, kwargs=kwargs)


def told_by(response: Any) -> tuple[Any, ...]:
    body = response.content.decode(errors="replace") if not response.streaming else ""
    headers = {k: v for k, v in response.items() if k not in ("X-Request-ID", "Content-Length")}
    return (
        response.status_code,
        tuple(sorted((k, PASSING.sub("…", v)) for k, v in headers.items())),
        tuple(sorted(response.cookies)),
        PASSING.sub("…", body),
    )
