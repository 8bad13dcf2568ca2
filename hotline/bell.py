"""Ringing the workers. The row is the truth; the bell only brings somebody sooner, and may stay silent.

Nobody waits for it: a thread rings, and those who ring for the same task while it draws breath, or while the broker
hangs, become one. A ring costs half as much as registering a case, and one brings a worker for all that waits.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from threading import Lock, Thread

import structlog
from celery import current_app
from django.db import transaction

log = structlog.get_logger(__name__)

BREATH_SECONDS = 0.1
SILENT_SECONDS = 5.0
_waiting: set[str] = set()
_lock = Lock()
_ringer: Thread | None = None
_silenced = False
_silent_until = 0.0


def ring(task: str) -> None:
    """Run the task soon after the transaction commits, if the broker is there; else its next turn will do it."""
    transaction.on_commit(partial(_hand_over, task), robust=True)


@contextmanager
def silence() -> Iterator[None]:
    """Ring nobody meanwhile: for a long run of acts that lie in the past, after which nobody need hurry."""
    global _silenced
    before, _silenced = _silenced, True
    try:
        yield
    finally:
        _silenced = before


def _hand_over(task: str) -> None:
    """To the ringing thread, which is started when it is needed; a forked child starts its own."""
    global _ringer
    if _silenced or time.monotonic() < _silent_until:
        return
    with _lock:
        _waiting.add(task)
        if _ringer is None or not _ringer.is_alive():
            _ringer = Thread(target=_ring_all, name="bell", daemon=True)
            _ringer.start()


def _ring_all() -> None:
    """Ring for all that waits, then end; the next who needs it starts another."""
    global _ringer
    while True:
        with _lock:
            if not _waiting:
                _ringer = None
                return
            tasks = sorted(_waiting)
            _waiting.clear()
        for task in tasks:
            _ring(task)
        time.sleep(BREATH_SECONDS)


def _ring(task: str) -> None:
    global _silent_until
    try:
        current_app.send_task(task, expires=60)
    except Exception as error:
        _silent_until = time.monotonic() + SILENT_SECONDS
        log.warning("bell_silent", task=task, error=type(error).__name__)
