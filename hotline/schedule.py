"""Work started by the clock, for the ground floor."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from hotline import partitions, rates, turns
from hotline.models import Heartbeat, RequestKey
from hotline.timetable import turn_of

KEYS_KEPT = timedelta(hours=48)


@shared_task(name="hotline.take_turn")
def take_turn(task: str) -> bool:
    """What beat rings for: do the task, unless somebody did it in this slot."""
    return turns.take(turn_of(task))


@shared_task(name="hotline.beat")
def beat() -> None:
    """Leave a sign of life: this row's age says whether beat, broker and a worker are all well."""
    Heartbeat.objects.update_or_create(name="beat", defaults={"at": timezone.now()})


@shared_task(name="hotline.ensure_partitions")
def ensure_partitions() -> list[str]:
    """Make next months' partitions; forget request keys nobody can repeat any more, and yesterday's tries."""
    now = timezone.now()
    RequestKey.objects.filter(created_at__lt=now - KEYS_KEPT).delete()
    rates.forget_old(at=now)
    return partitions.ensure(now.date())
