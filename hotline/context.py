"""The request being served, for whoever needs to know: the audit trail, the logs, the keeper of answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any


@dataclass
class RequestContext:
    """The request an act belongs to: for the audit trail and for repeats."""

    id: str = ""
    ip: str | None = None
    owner: str = ""
    key: str = ""
    fingerprint: bytes = b""
    present: Callable[[Any], Any] | None = None
    answer: Any = field(default=None)


current_request: ContextVar[RequestContext | None] = ContextVar("hotline_request", default=None)


def current() -> RequestContext:
    """The request being served, or an empty one (a task, a command, a test)."""
    return current_request.get() or RequestContext()


@contextmanager
def within(context: RequestContext) -> Iterator[RequestContext]:
    token = current_request.set(context)
    try:
        yield context
    finally:
        current_request.reset(token)
