"""Signs of life: what an operator must know at a glance, and whether this server may be sent requests.

Only a database that does not answer, or takes no writing, makes a server useless. Everything else degrades: intake goes
on without the broker, the timetable or a postman, because what is due is a row.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from celery import current_app
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.utils.module_loading import import_string

from hotline.agreed_time import HELD
from hotline.models import Calendar, CalendarYear, Heartbeat, Message
from hotline.seals import SEALED
from hotline.timetable import TIMETABLE

BEAT_LATE = timedelta(seconds=30)
OUTBOX_LATE = timedelta(minutes=5)
YEAR_AHEAD = timedelta(days=30)
BACKUP_OLD = timedelta(hours=30)
RECEIVER = """
SELECT EXISTS (SELECT FROM pg_stat_replication WHERE application_name = 'hotline_backup' AND sync_state <> 'async')
"""


class Level(StrEnum):
    OK = "ok"
    DEGRADED = "degraded"
    CRITICAL = "critical"


@dataclass(frozen=True)
class Sign:
    """One thing looked at: how it is, its figure if it has one, and a sentence for the operator."""

    name: str
    level: Level = Level.OK
    value: float | None = None
    says: str = ""


def read_signs(at: datetime) -> list[Sign]:
    """Every sign of ``settings.SIGNS``. Without a database only those that need none are looked at."""
    first = database(at)
    if first.level == Level.CRITICAL:
        return [first, broker(at)]
    return [first, broker(at), *(_asked(import_string(name), at) for name in settings.SIGNS)]


def _asked(sign: Callable[[datetime], Sign], at: datetime) -> Sign:
    try:
        return sign(at)
    except (DatabaseError, InterfaceError) as error:
        return Sign(sign.__name__, Level.CRITICAL, says=f"could not be read: {type(error).__name__}")


def worst(signs: list[Sign]) -> Level:
    return max((sign.level for sign in signs), key=list(Level).index)


def database(_at: datetime) -> Sign:
    started = time.monotonic()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('transaction_read_only') = 'on' OR pg_is_in_recovery()")
            read_only = cursor.fetchone()[0]
    except (DatabaseError, InterfaceError) as error:
        connection.close()
        return Sign("database", Level.CRITICAL, says=f"does not answer: {type(error).__name__}")
    if read_only:
        return Sign("database", Level.CRITICAL, says="takes no writing")
    return Sign("database", value=round(time.monotonic() - started, 4))


def broker(_at: datetime) -> Sign:
    """A ping, for a second at most (``socket_connect_timeout`` in hotline.celery)."""
    started = time.monotonic()
    try:
        with current_app.connection_for_write() as link:
            link.connect()
    except Exception as error:  # whatever the transport raises, the broker is not there
        return Sign(
            "broker", Level.DEGRADED, says=f"does not answer: {type(error).__name__}; work waits in the database"
        )
    return Sign("broker", value=round(time.monotonic() - started, 4))


def beat(at: datetime) -> Sign:
    """The last sign of life that went from beat through broker and worker into the database."""
    return _seen("beat", "beat", at, "beat, broker or workers stand; timekeepers do their work")


def timekeeping(at: datetime) -> Sign:
    """When the clocks were last looked at, by a timekeeper or a worker; and whether the time is in doubt."""
    if held := Heartbeat.objects.filter(name=HELD).first():
        since = f"since {held.at.isoformat(timespec='seconds')} by the database"
        says = f"the database's clock jumped: no limit is acted on {since}. Set it right, or manage.py confirm_time"
        return Sign("timekeeping", Level.DEGRADED, says=says)
    return _seen("timekeeping", TIMETABLE[0].task, at, "nobody keeps time: limits are not acted on")


def _seen(sign: str, name: str, at: datetime, trouble: str) -> Sign:
    last = Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()
    if last is None:
        return Sign(sign, Level.DEGRADED, says=f"{trouble} (never seen yet)")
    late = at - last > BEAT_LATE
    return Sign(sign, Level.DEGRADED if late else Level.OK, (at - last).total_seconds(), trouble * late)


def audit_seals(at: datetime) -> Sign:
    """When the audit trail was last sealed."""
    return _seen("audit_seals", SEALED, at, "the audit trail is not sealed: what keep_time's log says tells why")


def outbox(at: datetime) -> Sign:
    """How long the message longest due has been waiting."""
    due = Message.objects.filter(next_attempt_at__lte=at).order_by("next_attempt_at")
    oldest = due.values_list("next_attempt_at", flat=True).first()
    age = at - oldest if oldest else timedelta()
    late = age > OUTBOX_LATE
    return Sign("outbox", Level.DEGRADED if late else Level.OK, age.total_seconds(), "messages are not sent" * late)


def calendar_year(at: datetime) -> Sign:
    """Deadlines of the coming month need the year's notice; without it weekdays count and dates are provisional."""
    year = (at + YEAR_AHEAD).year
    approved = CalendarYear.objects.filter(year=year, state=CalendarYear.State.APPROVED).values("calendar")
    open_calendars = list(Calendar.objects.exclude(pk__in=approved).values_list("code", flat=True))
    if not open_calendars:
        return Sign("calendar_year", value=year)
    return Sign("calendar_year", Level.DEGRADED, year, f"{year} is not approved for: {', '.join(open_calendars)}")


def backup(at: datetime) -> Sign:
    """The age of the last sound copy, and whether what is acknowledged now is on a second disk."""
    last = Heartbeat.objects.filter(name="backup").values_list("at", flat=True).first()
    if last is None and not settings.BACKUPS_EXPECTED:
        return Sign("backup")
    if last is None:
        return Sign("backup", Level.DEGRADED, says="there has never been one: start bin/backup")
    age = at - last
    with connection.cursor() as cursor:
        cursor.execute(RECEIVER)
        attached = cursor.fetchone()[0]
    if not attached:
        says = "changes are not received, they are on one disk only: start bin/backup, or see what it says"
    else:
        says = "the last copy is too old: see what bin/backup says" * (age > BACKUP_OLD)
    return Sign("backup", Level.DEGRADED if says else Level.OK, age.total_seconds(), says)
