"""Programs and browsers that call a town by HTTP: requests, kept connections, asking again until there is an answer.

Standard library only, so that a process that does nothing but call starts at once.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from threading import Event
from typing import Any, NamedTuple
from urllib.parse import urlencode

CSRF = "c" * 32
LONGEST_SECONDS = 60
AGAIN_SECONDS = (0.02, 0.3)


@contextmanager
def all_at_once(callers: Sequence[Callable[[Event], None]]) -> Iterator[None]:
    """All callers call, each in a thread, until the block ends and their event is set. What one raised is raised."""
    over = Event()
    with ThreadPoolExecutor(len(callers)) as threads:
        running = [threads.submit(caller, over) for caller in callers]
        try:
            yield
        finally:
            over.set()
        for one in running:
            one.result()


class Person(NamedTuple):
    """Somebody who may call: the key of their program, and the session of their browser."""

    name: str
    role: str
    unit: str
    token: str
    session: str


class Request(NamedTuple):
    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def version(self) -> int:
        """The version of the case that the answer tells, 0 if it tells none."""
        return int(self.headers.get("etag", '"0"').strip('"'))


class NoAnswer(Exception):  # noqa: N818 - what happened is not known, which is not an error
    """The connection was refused or broke off: nobody knows what became of the request."""


def api(person: Person, path: str, body: Mapping[str, Any], *, key: str = "", version: int | None = None) -> Request:
    headers = {"Authorization": f"Bearer {person.token}", "Content-Type": "application/json", "Accept-Language": "en"}
    headers |= {"Idempotency-Key": key} if key else {}
    headers |= {"If-Match": f'"{version}"'} if version is not None else {}
    return Request("POST", f"/api/v1/{path}", headers, json.dumps(body, ensure_ascii=False).encode())


def look(person: Person, path: str) -> Request:
    return Request("GET", f"/api/v1/{path}", {"Authorization": f"Bearer {person.token}", "Accept-Language": "en"})


def form(person: Person, path: str, fields: Mapping[str, Any], *, key: str = "", version: int | None = None) -> Request:
    """What a browser sends when a page's form is submitted."""
    given = {"csrfmiddlewaretoken": CSRF, **fields}
    given |= {"idempotency_key": key} if key else {}
    given |= {"version": version} if version is not None else {}
    cookies = f"sessionid={person.session}; csrftoken={CSRF}"
    kind = "application/x-www-form-urlencoded"
    return Request(
        "POST", path, {"Cookie": cookies, "Content-Type": kind, "Accept-Language": "en"}, urlencode(given).encode()
    )


class Line:
    """Kept connections of one caller to all web processes of a town; each request goes to any of them."""

    def __init__(self, addresses: list[str], chance: random.Random) -> None:
        self.addresses = [address.removeprefix("http://") for address in addresses]
        self.chance = chance
        self.open: dict[str, HTTPConnection] = {}

    def send(self, request: Request) -> Answer:
        """One try at one process. Raises NoAnswer."""
        address = self.chance.choice(self.addresses)
        connection = self.open.setdefault(address, HTTPConnection(address, timeout=LONGEST_SECONDS))
        try:
            connection.request(request.method, request.path, request.body or None, request.headers)
            response = connection.getresponse()
            return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        except (OSError, HTTPException) as error:
            connection.close()
            raise NoAnswer(repr(error)) from error

    def insist(
        self, request: Request, *, seconds: float, heard: Callable[[Answer | NoAnswer], None] = lambda _told: None
    ) -> Answer:
        """The same request again and again until it is answered; a 503 says "later" and is asked again too.

        ``heard`` is told of every try. Raises TimeoutError.
        """
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                told: Answer | NoAnswer = self.send(request)
            except NoAnswer as lost:
                told = lost
            heard(told)
            if isinstance(told, Answer) and told.status != 503:
                return told
            time.sleep(self.chance.uniform(*AGAIN_SECONDS))
        raise TimeoutError(f"{request.method} {request.path} was not answered in {seconds:.0f} s")

    def close(self) -> None:
        for connection in self.open.values():
            connection.close()
