"""Ringing the workers. The row is the truth; the bell only brings somebody sooner, and may stay silent."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import structlog
from celery import current_app
from django.db import transaction

log = structlog.get_logger(__name__)

SILENT_SECONDS = 5.0
_silent_until = 0.0


def ring(task: str) -> None:
    """Run the task soon after the transaction commits, if the broker is there; else its next tick will do it."""
    transaction.on_commit(partial(_ring, task), robust=True)


def _ring(task: str) -> None:
    global _silent_until
    if time.monotonic() < _silent_until:
        return
    try:
        current_app.send_task(task, expires=60)
    except Exception as error:
        _silent_until = time.monotonic() + SILENT_SECONDS
        log.warning("bell_silent", task=task, error=type(error).__name__)


@contextmanager
def silence() -> Iterator[None]:
    """Ring nobody meanwhile: for a long run of acts that lie in the past, after which nobody need hurry."""
    global _silent_until
    before, _silent_until = _silent_until, math.inf
    try:
        yield
    finally:
        _silent_until = before
