"""Work started by the clock: the detectors' nightly look, and the figures of the day before."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task

from hotline.agreed_time import database_time
from hotline.programs import apart
from oversight import detecting, freezing

LONGEST = timedelta(minutes=20)


@shared_task(name="oversight.look_for_findings")
def look_for_findings() -> bool:
    """Once a day, after midnight: what stands out in the thirty days before."""
    return bool(detecting.due(database_time())) and apart("look_for_findings", longest=LONGEST)


@shared_task(name="oversight.freeze_figures")
def freeze_figures() -> int:
    """Once a day, after midnight: keep what yesterday's figures were; returns how many were kept."""
    return freezing.freeze(database_time())
