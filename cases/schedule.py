"""Work started by the clock: escalation steps that have come due, digests of them, and the surveys' next steps.

Any number of timekeepers and workers may do it at once.
"""

from __future__ import annotations

import structlog
from celery import shared_task

from cases import bursts, digests, group_answers, surveys
from cases.escalation import fire_all
from cases.models import GroupAnswer, Survey
from hotline.agreed_time import database_time

log = structlog.get_logger(__name__)

LONGEST_SECONDS = 20.0


@shared_task(name="cases.fire_due_clocks")
def fire_due_clocks() -> int:
    """Take every step that has come due by the database's time; returns how many clocks moved."""
    return fire_all(database_time, seconds=LONGEST_SECONDS)


@shared_task(name="cases.send_digests")
def send_digests() -> int:
    """Tell in one notice what was held back for a recipient; returns how many notices."""
    return digests.send_due(database_time())


@shared_task(name="cases.run_surveys")
def run_surveys() -> int:
    """Remind citizens once, and close as unrated what nobody answered in its window."""
    due = list(Survey.objects.due(database_time()).select_related("case")[:500])
    for survey in due:
        try:
            surveys.advance(survey, at=database_time(), by=None)
        except Exception:
            log.exception("survey_stuck", survey=str(survey.pk))  # the others go on; the next tick tries it again
    return len(due)


@shared_task(name="cases.answer_groups")
def answer_groups() -> int:
    """Carry out the answers that were begun for whole groups; returns how many citizens were answered."""
    given = 0
    for answer in GroupAnswer.objects.unfinished().select_related("by__organisation", "by__user", "reply__assignment"):
        given += group_answers.carry_out(answer, database_time, seconds=LONGEST_SECONDS)
    return given


@shared_task(name="cases.look_for_bursts")
def look_for_bursts() -> int:
    """Tell of many requests alike in a short time around one place; returns how many bursts were new."""
    return bursts.look(database_time())
