"""Work started by the clock: escalation steps and digests of them, surveys, suspensions, cases nobody claims.

Any number of timekeepers and workers may do it at once.
"""

from __future__ import annotations

import structlog
from celery import shared_task

from cases import bursts, digests, disputing, group_answers, surveys, suspending
from cases.escalation import fire_all
from cases.models import Decision, GroupAnswer, Survey
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


@shared_task(name="cases.end_suspensions")
def end_suspensions() -> int:
    """Let handling go on where the review date has come."""
    due = list(Decision.objects.to_review(database_time()).select_related("case")[:500])
    for decision in due:
        try:
            suspending.end_suspension(decision, at=database_time(), by=None)
        except Exception:
            log.exception("suspension_stuck", case=decision.case.number)
    return len(due)


@shared_task(name="cases.refer_unclaimed")
def refer_unclaimed() -> int:
    """Hand to the arbiter what came back from a unit and found no other within the limit to dispatch."""
    due = list(disputing.unclaimed(database_time())[:500])
    for case in due:
        try:
            disputing.refer_unclaimed(case, at=database_time(), by=None)
        except Exception:
            log.exception("unclaimed_stuck", case=case.number)
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
