"""Work started by the clock: escalation steps that have come due, and the surveys' next steps.

Beat rings; any number of workers may answer.
"""

from __future__ import annotations

import structlog
from celery import shared_task
from django.utils import timezone

from cases import surveys
from cases.escalation import fire_batch
from cases.models import Survey

log = structlog.get_logger(__name__)

BATCHES = 50


@shared_task(name="cases.fire_due_clocks")
def fire_due_clocks() -> int:
    """Take every step that has come due; returns how many clocks moved."""
    fired = 0
    for _turn in range(BATCHES):
        moved = fire_batch(timezone.now())
        fired += moved
        if not moved:
            break
    return fired


@shared_task(name="cases.run_surveys")
def run_surveys() -> int:
    """Remind citizens once, and close as unrated what nobody answered in its window."""
    now = timezone.now()
    due = list(Survey.objects.due(now).select_related("case")[:500])
    for survey in due:
        try:
            surveys.advance(survey, at=timezone.now(), by=None)
        except Exception:
            log.exception("survey_stuck", survey=str(survey.pk))  # the others go on; the next tick tries it again
    return len(due)
