"""Those who work by the clock in a town, and their killing: whoever dies is started again at once."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

from bench.town import Program, Town, until
from hotline.agreed_time import database_time
from hotline.models import Heartbeat
from hotline.timetable import TIMETABLE


def crew_arguments(parser: ArgumentParser, *, timekeepers: int, workers: int, beats: int) -> None:
    parser.add_argument("--timekeepers", type=int, default=timekeepers)
    parser.add_argument("--workers", type=int, default=workers)
    parser.add_argument("--beats", type=int, default=beats)


def names(options: Namespace) -> list[str]:
    return ["timekeeper"] * options.timekeepers + ["worker"] * options.workers + ["beat"] * options.beats


class Crew:
    """Timekeepers, workers and beats of a town, by their places."""

    def __init__(self, here: Town, names: Iterable[str]) -> None:
        self._numbers = count(1)
        self._start: dict[str, Callable[[], Program]] = {
            "timekeeper": here.timekeeper,
            "worker": here.worker,
            "beat": lambda: here.beat(next(self._numbers)),
        }
        self.places = [self._start[name]() for name in names]
        self.killed: list[str] = []
        self.ended: list[str] = []

    def wait_until_at_work(self) -> None:
        """Until the clocks have been looked at, by any of them."""
        began = database_time()
        looked = Heartbeat.objects.filter(name=TIMETABLE[0].task, at__gt=began)
        until(looked.exists, "first turn")

    def kill_one(self, rng: Random, *, only: str = "") -> None:
        """The whole group, which is started again; or now and then one child, which its parent must replace."""
        place = rng.choice([n for n, program in enumerate(self.places) if only in program.name])
        program = self.places[place]
        self.killed.append(program.name)
        if children := rng.choice([[], children_of(program)]):
            with contextlib.suppress(ProcessLookupError):
                os.kill(rng.choice(children), signal.SIGKILL)
            return
        program.kill()
        self.places[place] = self._start[program.name]()

    def revive(self) -> int:
        """Start again whoever ended by itself, as whatever supervises them in production does; returns how many."""
        ended = [place for place, program in enumerate(self.places) if not program.alive]
        for place in ended:
            self.ended.append(self.places[place].name)
            self.places[place] = self._start[self.places[place].name]()
        return len(ended)

    def stop(self) -> None:
        for program in self.places:
            program.process.terminate()
        for program in self.places:
            program.stop()


def children_of(program: Program) -> list[int]:
    pid = program.process.pid
    with contextlib.suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def at_random_moments(n: int, end: datetime, rng: Random, act: Callable[[], object]) -> None:
    """Do it so often between now and then."""
    begin = database_time()
    for moment in sorted(begin + rng.random() * (end - begin) for _ in range(n)):
        time.sleep(max(0.0, (moment - database_time()) / timedelta(seconds=1)))
        act()
