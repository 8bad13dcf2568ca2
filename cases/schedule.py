"""Work started by the clock: escalation, digests, surveys, suspensions, cases nobody claims, answers to look at again.

Any number of timekeepers and workers may do it at once.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import structlog
from celery import shared_task
from django.db import IntegrityError
from django.utils.translation import gettext_noop

from cases import (
    bursts,
    digests,
    disputing,
    export_building,
    exporting,
    group_answers,
    hot_topics,
    independent_calls,
    independent_drawing,
    knowledge_reports,
    learning,
    suggestion_use,
    surveys,
    suspending,
    tally_keeping,
)
from cases.deadlines import local_date
from cases.escalation import fire_all
from cases.models import (
    Decision,
    Export,
    GroupAnswer,
    IndependentCallback,
    KnowledgeArticle,
    KnowledgeReport,
    SuggestionModel,
    Survey,
    TrainingState,
)
from hotline.acts import NotNow
from hotline.agreed_time import database_time
from hotline.programs import apart

log = structlog.get_logger(__name__)

LONGEST_SECONDS = 20.0
LONGEST_TRAINING = timedelta(minutes=20)


@shared_task(name="cases.fire_due_clocks")
def fire_due_clocks() -> int:
    """Take every step that has come due by the database's time; returns how many clocks moved."""
    return fire_all(database_time, seconds=LONGEST_SECONDS)


@shared_task(name="cases.fold_tallies")
def fold_tallies() -> int:
    """Count the cases anew that acts have changed; returns how many notes of it were folded."""
    return tally_keeping.fold_all(LONGEST_SECONDS)


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
    for answer in GroupAnswer.objects.unfinished().select_related("by__user", "reply__assignment"):
        given += group_answers.carry_out(answer, database_time, seconds=LONGEST_SECONDS)
    return given


@shared_task(name="cases.look_for_bursts")
def look_for_bursts() -> int:
    """Tell of many requests alike in a short time around one place; returns how many bursts were new."""
    return bursts.look(database_time())


@shared_task(name="cases.train_suggestions")
def train_suggestions() -> int:
    """Train what somebody asked for; give up on those whose process is gone."""
    at = database_time()
    for model in SuggestionModel.objects.left_alone(at - LONGEST_TRAINING):
        learning.fail(model, by=None, at=at, why=gettext_noop("the training process ended before it was done"))
    waiting = list(SuggestionModel.objects.filter(state=TrainingState.WAITING, file_name="").order_by("pk"))
    return sum(_trained(model) for model in waiting)


def _trained(model: SuggestionModel) -> bool:
    """Take it up, unless another worker has; its process says itself on its row what went wrong."""
    try:
        learning.begin(model, by=None, at=database_time())
    except NotNow:
        return False
    apart("train_suggestions", str(model.target), "--begun", str(model.pk), longest=LONGEST_TRAINING)
    return True


@shared_task(name="cases.count_suggestions")
def count_suggestions() -> int:
    """Add the finished days to the models' figures in use."""
    return suggestion_use.count_days(database_time())


@shared_task(name="cases.find_hot_topics")
def find_hot_topics() -> bool:
    """Once a day, after midnight: what many people turned to the hotline about in the seven days before."""
    return hot_topics.due(database_time()) is not None and apart("hot_topics", longest=LONGEST_TRAINING)


@shared_task(name="cases.draw_independent")
def draw_independent() -> int:
    """Draw the blind samples of finished days; returns how many days."""
    at, drawn = database_time(), 0
    for day in independent_drawing.to_draw(at):
        try:
            independent_drawing.draw(day, at=at, by=None)
            drawn += 1
        except (NotNow, IntegrityError):
            continue  # somebody else drew it meanwhile
        except Exception:
            log.exception("independent_draw_stuck", day=str(day))
    return drawn


@shared_task(name="cases.mind_independent")
def mind_independent() -> int:
    """End the callbacks whose days are over, and give back to the queue what a caller left lying."""
    at, ended = database_time(), 0
    waiting = IndependentCallback.objects.waiting()
    for callback in waiting.filter(expires_at__lte=at).order_by("expires_at", "pk")[:500]:
        try:
            independent_calls.expire(callback, at=at, by=None)
            ended += 1
        except NotNow:
            continue  # it was answered meanwhile
    waiting.filter(held_until__lte=at).update(given_to=None, held_until=None)
    return ended


@shared_task(name="cases.mind_knowledge")
def mind_knowledge() -> int:
    """Tell of reports nobody settled in time, of answers to look at again and of answers that ran out."""
    at = database_time()
    late = list(KnowledgeReport.objects.late(at).filter(late_told_at__isnull=True)[:500])
    for report in late:
        knowledge_reports.tell_lateness(report, at=at, by=None)
    due = list(KnowledgeArticle.objects.to_remind_of(local_date(at))[:500])
    for article in due:
        knowledge_reports.remind(article, at=at, by=None)
    return len(late) + len(due)


@shared_task(name="cases.build_exports")
def build_exports() -> int:
    """Build the exports that wait, and delete the files whose time is over; returns how many were built."""
    at = database_time()
    for export in list(Export.objects.run_out(at)[:500]):
        with suppress(NotNow):
            exporting.expire(export, at=at, by=None)
    return export_building.build_waiting(at)
