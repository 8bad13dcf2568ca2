"""Work started by the clock: samples are drawn, limits are minded, outcomes are attributed.

Any number of timekeepers and workers may do it at once.
"""

from __future__ import annotations

import structlog
from celery import shared_task

from cases.deadlines import local_date
from contractors import agent_complaints, appeals, attributing, publishing, sampling
from contractors.models import AgentComplaint, Appeal, ContactState, Sample, SampledContact, Scorecard
from hotline.acts import NotNow
from hotline.agreed_time import database_time

log = structlog.get_logger(__name__)


@shared_task(name="contractors.draw_samples")
def draw_samples() -> int:
    """Draw what finished weeks still lack; returns how many samples."""
    at, drawn = database_time(), 0
    if not Scorecard.objects.in_force(local_date(at)).exists():
        return 0
    for contractor, week, purpose in sampling.to_draw(at):
        try:
            sampling.draw(contractor, week, purpose, at=at, by=None)
            drawn += 1
        except NotNow:
            continue  # somebody else drew it meanwhile
        except Exception:
            log.exception("sample_stuck", contractor=contractor.code, week=str(week))
    return drawn


@shared_task(name="contractors.mind_quality")
def mind_quality() -> int:
    """Remind of appeals and complaints to rule on and of samples to mark, tell of those that are late, lock marks."""
    at = database_time()
    late = Sample.objects.filter(due_at__lte=at, late_told_at__isnull=True, contacts__state__in=["to_mark", "third"])
    for sample in late.distinct()[:200]:
        publishing.tell_lateness(sample, at=at, by=None)
    for appeal in Appeal.objects.to_mind(at)[:500]:
        appeals.mind(appeal, at=at, by=None)
    for complaint in AgentComplaint.objects.open().filter(due_at__lte=at, late_told_at__isnull=True)[:500]:
        agent_complaints.tell_lateness(complaint, at=at, by=None)
    over = SampledContact.objects.filter(state=ContactState.PUBLISHED, appeal_until__lte=at).order_by("appeal_until")
    locked = [contact for contact in over[:500] if publishing.may_be_locked(contact, at)]
    for contact in locked:
        publishing.lock(contact, at=at, by=None)
    return len(locked)


@shared_task(name="contractors.attribute_outcomes")
def attribute_outcomes() -> int:
    """Say of every bad outcome of late whose it was; returns how many."""
    at, n = database_time(), 0
    for outcomes, source in attributing.to_attribute(at):
        try:
            n += len(attributing.enter(outcomes, source, at=at, by=None))
        except Exception:
            log.exception("attribution_stuck", source=source)
    return n
