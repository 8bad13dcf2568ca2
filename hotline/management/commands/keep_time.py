"""A timekeeper: does what the timetable says, with the database alone. Any number may run, on any machine.

The process started forks the one that works, and another as soon as that one ends: everything is loaded already, so
whoever is killed, or finds itself stuck, is replaced at once.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import time
from threading import Event, Thread
from typing import Any

import structlog
from celery import current_app
from django.core.management import BaseCommand
from django.db import close_old_connections, connection

from hotline import turns
from hotline.programs import die_with_parent
from hotline.timetable import TIMETABLE, Turn

log = structlog.get_logger(__name__)

STUCK = 70  # an exit code
LOOKS_AT_LEAST_EVERY = 5.0
BREATH = 0.2  # seconds between two forks, should they end one after another


class Lane(Thread):
    """One task's own thread, so that a slow one holds up no other. What fails is tried again in the next slot."""

    def __init__(self, turn: Turn, stopping: Event) -> None:
        super().__init__(name=turn.task, daemon=True)
        self.turn, self.stopping, self.looked = turn, stopping, time.monotonic()

    def run(self) -> None:
        while not self.stopping.is_set():
            self.looked = time.monotonic()
            self.look()
            self.stopping.wait(min(LOOKS_AT_LEAST_EVERY, self.turn.seconds / 2))
        connection.close()

    def look(self) -> None:
        try:
            close_old_connections()
            turns.take(self.turn)
        except Exception:
            log.exception("turn_failed", task=self.turn.task)
            connection.close()

    @property
    def stuck(self) -> bool:
        return time.monotonic() - self.looked > self.turn.longest


class Command(BaseCommand):
    help = "Keep time: act on limits, deliver messages, run surveys, as the timetable says"
    requires_system_checks: list[str] = []  # it must be back at once; the web server checks

    def handle(self, *args: Any, **options: Any) -> None:
        stopping = Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda _number, _frame: stopping.set())
        current_app.loader.import_default_modules()
        gc.freeze()  # what is loaded by now stays: looking through it for garbage took a tenth of the time
        while not stopping.is_set():
            if not (child := os.fork()):
                die_with_parent()
                os._exit(work(stopping))
            watch(child, stopping)
            stopping.wait(BREATH)


def watch(child: int, stopping: Event) -> None:
    """Until the child ends; told to stop, tell the child."""
    while not os.waitpid(child, os.WNOHANG)[0]:
        if stopping.is_set():
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGTERM)
        time.sleep(0.1)


def work(stopping: Event) -> int:
    """All lanes, until told to stop or one is stuck. Returns the exit code."""
    lanes = [Lane(turn, stopping) for turn in TIMETABLE]
    for lane in lanes:
        lane.start()
    while not stopping.wait(1.0):
        if stuck := [lane.name for lane in lanes if lane.stuck]:
            log.critical("timekeeper_stuck", tasks=stuck)
            return STUCK
    for lane in lanes:
        lane.join(timeout=10)
    return 0
