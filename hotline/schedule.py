"""Work started by the clock, for the ground floor."""

from __future__ import annotations

from datetime import timedelta

import structlog
from celery import shared_task
from django.utils import timezone

from hotline import audit_checks, partitions, programs, rates, seals, turns
from hotline.agreed_time import database_time
from hotline.models import AuditCheck, CheckState, Heartbeat, RequestKey
from hotline.seal_files import Disagreement
from hotline.timetable import turn_of

log = structlog.get_logger(__name__)

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


@shared_task(name="hotline.seal_audit")
def seal_audit() -> int:
    """Seal what the journals got since the last time; returns how many entries."""
    try:
        return seals.seal_new()
    except Disagreement as found:
        log.critical("audit_seals_disagree", says=str(found))
        return 0


@shared_task(name="hotline.check_audit")
def check_audit() -> bool:
    """Once a day, and whenever somebody asked for it: check the whole audit trail, in a process of its own."""
    at = database_time()
    for gone in AuditCheck.objects.left_alone(at - audit_checks.SILENT):
        audit_checks.fail(gone, by=None, at=at, why=audit_checks.GONE)
    check = audit_checks.due(at)
    if check is None:
        return False
    went_well = programs.apart("verify_audit", "--begun", str(check.pk), longest=audit_checks.LONGEST)
    if AuditCheck.objects.filter(pk=check.pk, state=CheckState.RUNNING).exists():
        audit_checks.fail(check, by=None, at=database_time(), why=audit_checks.GONE)
    return went_well
