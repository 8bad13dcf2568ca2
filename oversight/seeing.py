"""What a detector sees in thirty days by given thresholds. Keeps nothing, so that thresholds can be tried."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from hotline.calendar import Period
from oversight.detector import Detector, Hit, Limits, Subject, Suspicion, suspicions

DAYS = 30


@dataclass(frozen=True)
class Seen:
    """What a detector saw in thirty days, and by which thresholds it is judged."""

    hits: list[Hit]
    looked_at: Mapping[Subject, int]
    limits: Limits

    def stand_out(self, hits: Iterable[Hit] | None = None) -> list[Suspicion]:
        return suspicions(self.hits if hits is None else hits, self.looked_at, self.limits)


def see(detector: Detector, limits: Limits, *, on: date) -> Seen:
    """Look at the thirty days up to that one."""
    days = Period.days(first_day(on), on)
    return Seen(list(detector.hits(days, limits)), detector.looked_at(days, limits), limits)


def first_day(on: date) -> date:
    return on - timedelta(DAYS - 1)


def yesterday(at: datetime) -> date:
    return timezone.localdate(at) - timedelta(1)
