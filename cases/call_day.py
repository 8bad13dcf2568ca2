"""A day of calls as a telephone platform would report it: made up, but by the rules of a queue.

Callers arrive by chance, wait for the first agent who is free, and hang up when their patience ends; who was missed is
mostly called back. The same seed makes the same day.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from cases.call_merging import CallAct, CallEvent
from cases.models import Direction

MENU, HELD, CALLED_BACK, REACHED = 0.03, 0.15, 0.8, 0.7
PATIENCE, TALK, WRAP_UP, HOLD, RING = 75, 170, 35, 30, 4  # seconds, means


@dataclass(frozen=True)
class Seat:
    """An agent on duty, by staff number or username, and the contractor's code."""

    agent: str
    organisation: str


@dataclass(frozen=True)
class CallDay:
    """So many calls within a stretch of time, taken by these people."""

    start: datetime
    lasts: timedelta
    calls: int
    seats: Sequence[Seat]
    prefix: str
    queue: str = "12345"

    def events(self, rng: Random) -> list[CallEvent]:
        """Everything the platform reports, in the order in which it happens."""
        moments = sorted(self.start + self.lasts * rng.random() for _n in range(self.calls))
        free = [(self.start, n) for n in range(len(self.seats))]
        heapq.heapify(free)
        found: list[CallEvent] = []
        for n, at in enumerate(moments):
            found += self._call(rng, free, n, at)
        return sorted(found, key=lambda event: event.at)

    def _call(self, rng: Random, free: list[tuple[datetime, int]], n: int, at: datetime) -> Iterator[CallEvent]:
        key, caller = f"{self.prefix}{n:05}", f"139{rng.randrange(10**8):08}"
        of = self.seats[n % len(self.seats)].organisation
        yield CallEvent(key, CallAct.OFFERED, at, caller=caller, queue=self.queue, organisation=of)
        if rng.random() < MENU:
            yield CallEvent(key, CallAct.MENU, at + _some(rng, 12))
            return
        patient_until = at + _some(rng, PATIENCE) + timedelta(seconds=2)
        answered_at = max(free[0][0], at) + _some(rng, RING)
        if answered_at > patient_until:
            yield CallEvent(key, CallAct.ABANDONED, patient_until)
            if rng.random() < CALLED_BACK:
                yield from self._called_back(rng, free, key, caller, patient_until)
            return
        seat = heapq.heappop(free)[1]
        yield CallEvent(key, CallAct.ANSWERED, answered_at, agent=self.seats[seat].agent)
        ended_at = answered_at + _some(rng, TALK) + timedelta(seconds=8)
        if rng.random() < HELD:
            held_at = answered_at + (ended_at - answered_at) / 3
            yield CallEvent(key, CallAct.HELD, held_at)
            yield CallEvent(key, CallAct.RESUMED, min(held_at + _some(rng, HOLD), ended_at))
        yield from self._ended(rng, free, key, seat, ended_at)

    def _called_back(
        self, rng: Random, free: list[tuple[datetime, int]], key: str, caller: str, missed_at: datetime
    ) -> Iterator[CallEvent]:
        """By the next agent who is free, some minutes later; not everybody is reached."""
        seat = heapq.heappop(free)[1]
        at = missed_at + timedelta(minutes=3) + _some(rng, 900)
        agent, back = self.seats[seat].agent, f"{key}-back"
        yield CallEvent(back, CallAct.OFFERED, at, direction=Direction.OUTBOUND, caller=caller, agent=agent)
        if rng.random() < REACHED:
            yield CallEvent(back, CallAct.ANSWERED, at + _some(rng, 10), direction=Direction.OUTBOUND, agent=agent)
        yield from self._ended(rng, free, back, seat, at + timedelta(seconds=40) + _some(rng, TALK))

    def _ended(
        self, rng: Random, free: list[tuple[datetime, int]], key: str, seat: int, at: datetime
    ) -> Iterator[CallEvent]:
        """What is said at the end, and after the wrap-up; then the agent is free again."""
        wrap_up = _some(rng, WRAP_UP)
        done = at + wrap_up
        recording = f"recordings/{key}.wav"
        way = Direction.OUTBOUND if key.endswith("-back") else Direction.INBOUND
        yield CallEvent(key, CallAct.ENDED, at, recording=recording, direction=way)
        yield CallEvent(key, CallAct.UPDATED, done, wrap_up_seconds=int(wrap_up.total_seconds()), direction=way)
        heapq.heappush(free, (done, seat))


def _some(rng: Random, mean: float) -> timedelta:
    """A time that varies as such times do: many short ones, few long ones."""
    return timedelta(seconds=int(min(rng.expovariate(1 / mean), 6 * mean)) + 1)
