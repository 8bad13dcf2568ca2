"""The blind sample as the tests draw it, and the calls the government's people make."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from cases import independent_calls, independent_drawing, surveys
from cases.independent_calls import Answers
from cases.independent_rules import RULES
from cases.models import Case, IndependentCallback, IndependentDraw, Survey
from cases.surveys import Verdict
from hotline import approving
from tests.people import local, member
from tests.stories import MONDAY, accepted, current, survey_of

DAY = MONDAY.date()
NIGHT = local("2026-03-10 00:20")  # when Monday is drawn
MORNING = local("2026-03-10 09:30")
LANDLINE = "0593-6000123"
EVERYTHING = {"percent_contractor": 100, "percent_otherwise": 100, "percent_unanswered": 100, "most_a_day": 500}
SOLVED, UNSOLVED = Answers(True, True, 5, 5), Answers(False, False, 1, 4, "没人来过")


def rules(valid_from: date | None = None, **changed: Any) -> None:
    """The rules as Song proposed them and Yan approved, for the day everything is drawn on."""
    given = {**(RULES.current("all") or {}), **EVERYTHING, **changed}
    begins, now = valid_from or timezone.localdate(), timezone.now()
    why = "独立回访试行方案。"
    asked = approving.propose("independent", "all", given, valid_from=begins, why=why, by=member("song"), at=now)
    approving.approve(asked, by=member("yan"), at=now)


def answered_by_phone(at: datetime = MONDAY, *, by: str = "li", solved: bool = True, **given: Any) -> Case:
    """The contractor's Li calls back and writes down what the citizen says."""
    case = accepted(at=at, phone=LANDLINE, **given)
    verdict = Verdict(solved, True, 5 if solved else 1)
    survey = survey_of(case)
    surveys.call_back(survey, by=member(by), at=at + timedelta(hours=8), result="reached", verdict=verdict)
    return current(case)


def unanswered(at: datetime = MONDAY, **given: Any) -> Case:
    """Nobody answers in the window, which ends on Monday, at whatever day it began."""
    case = accepted(at=at, **given)
    Survey.objects.filter(case=case).update(expires_at=at + timedelta(hours=7), next_action_at=at + timedelta(hours=7))
    surveys.advance(survey_of(case), at=at + timedelta(hours=8), by=None)
    return current(case)


def drawn(day: date = DAY, *, at: datetime = NIGHT) -> IndependentDraw:
    return independent_drawing.draw(day, at=at, by=None)


def sampled(case: Case) -> IndependentCallback:
    """The case's callback, of a day that was drawn."""
    return IndependentCallback.objects.select_related("draw", "survey", "case").get(case=case)


def taken(by: str = "song", at: datetime = MORNING) -> IndependentCallback:
    return independent_calls.take_next(by=member(by), at=at)


def called(
    callback: IndependentCallback | None = None,
    answers: Answers | None = SOLVED,
    *,
    by: str = "song",
    at: datetime = MORNING,
    result: str = "reached",
    **given: Any,
) -> IndependentCallback:
    """Song takes the next and asks."""
    callback = callback or taken(by, at)
    return independent_calls.record(callback, by=member(by), at=at, result=result, answers=answers, **given)


def two_sources(at: datetime) -> IndependentDraw:
    """Days ago: two pairs, of which one differs; a third citizen is in Yu's hands now."""
    rules()
    told = [(answered_by_phone(at), UNSOLVED), (answered_by_phone(at), SOLVED), (answered_by_phone(at), None)]
    now = timezone.now()
    made = drawn(timezone.localdate(at + timedelta(hours=8)), at=now)
    for case, answers in told:
        IndependentCallback.objects.held_by(member("yu")).update(given_to=None, held_until=None)
        callback = sampled(case)
        hold = {"given_to": member("yu").user, "held_until": now + timedelta(hours=12)}  # at whatever hour this runs
        IndependentCallback.objects.filter(pk=callback.pk).update(**hold)
        if answers is not None:
            called(callback, answers, by="yu", at=now)
    return made
