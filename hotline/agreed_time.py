"""What time it is: the database's, as long as it can be believed.

Whoever judges deadlines keeps when, by the database's clock, this machine was started. The machine counts on from there
whatever clocks are set to; so a database clock that jumps contradicts it. While it does, nothing that judges time is
done, until the times agree again or a person confirms the new one (``manage.py confirm_time``). A machine that never
looked before has no opinion, except that time does not run backwards.
"""

from __future__ import annotations

import os
import socket
import time
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from django.db import connection, transaction

from hotline.models import Heartbeat

log = structlog.get_logger(__name__)

JUMP = timedelta(minutes=5)
KEPT_EVERY = timedelta(seconds=10)
LAST_AGREED, HELD = "time agreed", "time held"


def database_time() -> datetime:
    """Now, by the one clock all machines share."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now


@transaction.atomic
def agreed_time() -> datetime | None:
    """The database's time, or None while it is in doubt."""
    me, now = _this_start(), database_time()
    started = now - _since_start()
    kept = dict(Heartbeat.objects.filter(name__in=[me, LAST_AGREED, HELD]).values_list("name", "at"))
    if _in_doubt(kept, me, started, now):
        if HELD not in kept:
            log.error("time_jumped", now=now.isoformat(), agreed=str(kept.get(LAST_AGREED)))
            Heartbeat.objects.get_or_create(name=HELD, defaults={"at": now})
        return None
    if HELD in kept:
        log.warning("time_agrees_again", now=now.isoformat())
        Heartbeat.objects.filter(name=HELD).delete()
    if me not in kept or now - kept.get(LAST_AGREED, now - JUMP) > KEPT_EVERY:
        for name, at in ((me, started), (LAST_AGREED, now)):
            Heartbeat.objects.update_or_create(name=name, defaults={"at": at})
    return now


def confirm() -> None:
    """A person says that the database's time is right: every machine looks afresh."""
    Heartbeat.objects.filter(name__startswith="start ").delete()
    Heartbeat.objects.filter(name__in=[HELD, LAST_AGREED]).delete()


def _in_doubt(kept: dict[str, datetime], me: str, started: datetime, now: datetime) -> bool:
    if me in kept:
        return abs(started - kept[me]) > JUMP
    return HELD in kept or (LAST_AGREED in kept and now < kept[LAST_AGREED] - JUMP)


def _this_start() -> str:
    """A name for this start of this machine; where the system has none, for this process."""
    boot = Path("/proc/sys/kernel/random/boot_id")
    if boot.exists():
        return f"start {boot.read_text().strip().replace('-', '')}"
    return f"start {socket.gethostname()[:20]} {os.getpid()}"


def _since_start() -> timedelta:
    """Time counted since the start, sleep included, whatever the clock on the wall was set to."""
    counted = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return timedelta(seconds=time.clock_gettime(counted))
