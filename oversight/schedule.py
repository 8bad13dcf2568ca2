"""Work started by the clock: the detectors' look, figures of days and months, what months cost, bulletins' drafts."""

from __future__ import annotations

from datetime import timedelta

import structlog
from celery import shared_task

from hotline.acts import NotNow
from hotline.agreed_time import database_time
from hotline.programs import apart
from oversight import bulletins, costs, detecting, freezing, public_months

LONGEST = timedelta(minutes=20)
log = structlog.get_logger(__name__)


@shared_task(name="oversight.look_for_findings")
def look_for_findings() -> bool:
    """Once a day, after midnight: what stands out in the thirty days before."""
    return bool(detecting.due(database_time())) and apart("look_for_findings", longest=LONGEST)


@shared_task(name="oversight.freeze_month")
def freeze_month() -> bool:
    """Count the earliest finished month that the public cannot read yet; says whether there was one."""
    at = database_time()
    month = public_months.due(at)
    if month is None:
        return False
    try:
        public_months.freeze(month, at=at)
    except NotNow:
        return False  # somebody else froze it meanwhile
    return True


@shared_task(name="oversight.count_costs")
def count_costs() -> int:
    """Count what locked months bought; returns how many."""
    at, counted = database_time(), 0
    for assessment in costs.due():
        try:
            costs.count(assessment, at=at)
            counted += 1
        except NotNow:
            continue  # somebody else counted it meanwhile
    return counted


@shared_task(name="oversight.draft_bulletins")
def draft_bulletins() -> int:
    """Make the drafts whose window is over; returns how many. One that cannot be made keeps none of the others up."""
    at, made = database_time(), 0
    for template, window in bulletins.due(at):
        try:
            bulletins.make(template, window, by=None, at=at)
            made += 1
        except NotNow:
            continue  # somebody else made it meanwhile
        except Exception:
            log.exception("bulletin_stuck", template=template.pk)
    return made


@shared_task(name="oversight.freeze_figures")
def freeze_figures() -> int:
    """Once a day, after midnight: keep what yesterday's figures were; returns how many were kept."""
    return freezing.freeze(database_time())
