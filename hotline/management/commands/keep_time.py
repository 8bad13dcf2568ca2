"""A timekeeper: does what the timetable says, with the database alone. Any number may run, on any machine."""

from __future__ import annotations

import os
import signal
import time
from threading import Event, Thread
from typing import Any

import structlog
from django.core.management import BaseCommand
from django.db import close_old_connections, connection

from hotline import turns
from hotline.timetable import TIMETABLE, Turn

log = structlog.get_logger(__name__)

STUCK = 70  # the exit code: whoever supervises the process starts another
LOOKS_AT_LEAST_EVERY = 5.0


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

    def handle(self, *args: Any, **options: Any) -> None:
        stopping = Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda _number, _frame: stopping.set())
        lanes = [Lane(turn, stopping) for turn in TIMETABLE]
        for lane in lanes:
            lane.start()
        while not stopping.wait(1.0):
            if stuck := [lane.name for lane in lanes if lane.stuck]:
                log.critical("timekeeper_stuck", tasks=stuck)
                os._exit(STUCK)
        for lane in lanes:
            lane.join(timeout=10)
