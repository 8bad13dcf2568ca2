"""The citizen's verdict: asked for by the system, given once, never taken for granted."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from cases import handling, reviewing, surveys
from cases.models import Case, CaseEvent, EventKind, Feedback, Survey
from cases.surveys import Verdict
from hotline.acts import Invalid, NotNow
from hotline.models import Message
from tests.people import member
from tests.stories import MONDAY, a_reply, accepted, current, lead, rated, rehandling, survey_of

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=8)
LANDLINE = "0593-6000123"
GOOD, BAD = Verdict(solved=True, satisfaction=5), Verdict(solved=False, satisfaction=1, comment="没人来过")


def _token(case: Case) -> str:
    """As it stands in the latest SMS."""
    message = Message.objects.filter(about=case.number, template__key__startswith="survey").latest("created_at")
    found = re.search(r"/r/([\w-]+)/", message.body)
    assert found
    return found.group(1)


def _call(case: Case, result: str, *, by: str = "zheng", at: datetime = LATER, verdict: Verdict | None = None) -> Case:
    return surveys.call_back(survey_of(case), by=member(by), at=at, result=result, verdict=verdict)


def test_the_link_in_the_sms_leads_to_the_survey_and_works_once() -> None:
    case = accepted()
    survey = surveys.survey_for(_token(case))
    assert survey
    assert survey.case == case
    assert surveys.answer(survey, GOOD, at=LATER).outcome == "solved"
    with pytest.raises(NotNow):
        surveys.answer(survey, BAD, at=LATER)
    assert Feedback.objects.get().solved


def test_a_reminder_makes_the_older_link_worthless() -> None:
    case = accepted()
    old = _token(case)
    surveys.advance(survey_of(case), at=MONDAY + timedelta(hours=31))
    assert surveys.survey_for(old) is None
    assert surveys.survey_for(_token(case)) == survey_of(case)


def test_the_token_is_kept_nowhere_but_in_the_message() -> None:
    case = accepted()
    assert bytes(survey_of(case).digest or b"") == surveys.digest(_token(case))


def test_after_the_window_the_link_is_over_and_the_case_is_closed_unrated() -> None:
    case = accepted()
    survey = survey_of(case)
    with pytest.raises(NotNow):
        surveys.answer(survey, GOOD, at=survey.expires_at)
    closed = surveys.advance(survey, at=survey.expires_at)
    assert (closed.status, closed.outcome) == ("closed", "unrated")
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    ("given", "why"),
    [({"phone": "", "name": "李女士"}, "unreachable"), ({"callback_wish": "none"}, "declined")],
)
def test_who_cannot_or_will_not_be_asked_is_unrated_never_satisfied(given: dict[str, str], why: str) -> None:
    case = accepted(**given)  # type: ignore[arg-type]
    assert (case.status, case.outcome) == ("closed", "unrated")
    assert CaseEvent.objects.of(case).get(kind=EventKind.CLOSED).payload == {"why": why}
    assert survey_of(case).state == "declined"
    assert not Feedback.objects.exists()


def test_a_landline_is_called_back() -> None:
    case = accepted(phone=LANDLINE)
    assert list(Survey.objects.to_call()) == [survey_of(case)]
    assert not Message.objects.filter(template__key="survey").exists()


def test_the_third_failure_ends_the_asking_unrated() -> None:
    case = accepted(phone=LANDLINE)
    assert _call(case, "no_answer").status == "verifying"
    assert _call(case, "busy", at=LATER + timedelta(hours=1)).status == "verifying"
    ended = _call(case, "switched_off", at=LATER + timedelta(hours=2))
    assert (ended.status, ended.outcome) == ("closed", "unrated")
    assert list(survey_of(case).attempts.order_by("id").values_list("result", flat=True)) == [
        "no_answer",
        "busy",
        "switched_off",
    ]


@pytest.mark.parametrize("result", ["declined", "wrong_number"])
def test_who_does_not_want_to_answer_is_not_called_again(result: str) -> None:
    assert _call(accepted(phone=LANDLINE), result).outcome == "unrated"


@pytest.mark.parametrize(("by", "source"), [("wang", "contractor"), ("xu", "contractor"), ("zheng", "office")])
def test_who_called_back_is_told_apart(by: str, source: str) -> None:
    case = _call(accepted(phone=LANDLINE), "reached", by=by, verdict=GOOD)
    assert case.status == "closed"
    assert Feedback.objects.get().source == source


def test_reached_without_a_verdict_is_no_callback() -> None:
    case = accepted(phone=LANDLINE)
    with pytest.raises(Invalid) as refusal:
        _call(case, "reached")
    assert refusal.value.field == "solved"
    assert not survey_of(case).attempts.exists()


def test_an_impossible_satisfaction_is_refused() -> None:
    with pytest.raises(Invalid):
        surveys.answer(survey_of(accepted()), Verdict(solved=True, satisfaction=6), at=LATER)


@pytest.mark.parametrize(
    ("verdict", "status"),
    [
        (Verdict(solved=True), "closed"),
        (Verdict(solved=True, satisfaction=3), "closed"),
        (Verdict(solved=True, satisfaction=2), "rehandling"),
        (Verdict(solved=False, satisfaction=5), "rehandling"),
        (Verdict(solved=False), "rehandling"),
    ],
)
def test_unsolved_or_dissatisfied_goes_back_to_the_unit(verdict: Verdict, status: str) -> None:
    assert surveys.answer(survey_of(accepted()), verdict, at=LATER).status == status


def _answered_again(case: Case, at: datetime) -> Case:
    case = handling.reply(lead(case), a_reply(contacted_at=at), by=member("liu"), at=at, version=case.version)
    case = reviewing.accept(case, by=member("wu"), at=at + timedelta(hours=1), version=case.version)
    return current(case)


def test_the_second_dissatisfaction_brings_supervision() -> None:
    case = _answered_again(rehandling(), MONDAY + timedelta(days=1))
    assert case.round == 2
    case = surveys.answer(survey_of(case), BAD, at=MONDAY + timedelta(days=2))
    assert (case.status, case.round) == ("rehandling", 3)
    assert CaseEvent.objects.of(case).filter(kind=EventKind.SUPERVISED).count() == 1
    told = Message.objects.filter(about=case.number, template__key="supervised")
    assert set(told.values_list("to_role", flat=True)) == {"supervisor", "unit_head"}


def test_each_round_has_a_survey_and_an_answer_of_its_own() -> None:
    case = _answered_again(rehandling(), MONDAY + timedelta(days=1))
    surveys.answer(survey_of(case), GOOD, at=MONDAY + timedelta(days=2))
    assert list(Feedback.objects.order_by("round").values_list("round", "solved")) == [(1, False), (2, True)]


def test_the_unit_does_not_see_who_says_what_before_it_is_said() -> None:
    case = rated()
    assert Feedback.objects.get().unit_id == case.unit_id
