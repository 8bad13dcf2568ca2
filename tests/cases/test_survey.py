"""The survey link: it asks, never counts by being opened, works once, and says what follows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client

from cases import surveys
from cases.models import Case, Feedback, Status, SurveyState
from hotline.models import Message
from tests.stories import MONDAY, accepted, survey_of

pytestmark = pytest.mark.django_db
ANSWERS = {"contacted": "yes", "solved": "yes", "satisfaction": "5", "comment": "很快"}
SOON = MONDAY + timedelta(hours=8)


@pytest.fixture
def citizen() -> Client:
    return Client(HTTP_ACCEPT_LANGUAGE="en")


def link(case: Case, key: str = "survey") -> str:
    """The address in the text message."""
    body: str = Message.objects.filter(about=case.number, template__key=key).get().body
    return "/r/" + body.partition("/r/")[2].partition("/")[0] + "/"


def test_opening_the_link_counts_for_nothing(citizen: Client) -> None:
    case = accepted()
    with time_machine.travel(SOON, tick=False):
        page = citizen.get(link(case))
        citizen.head(link(case))
    assert page.status_code == 200
    assert not Feedback.objects.exists()
    assert " checked" not in page.content.decode()
    assert "现可正常通行" in page.content.decode()  # the answer it is about


def test_sending_it_closes_the_case_and_says_thank_you(citizen: Client) -> None:
    case = accepted()
    with time_machine.travel(SOON, tick=False):
        answer = citizen.post(link(case), ANSWERS)
        assert (answer.status_code, answer["Location"]) == (303, link(case))
        assert "Thank you" in citizen.get(link(case)).content.decode()
    said = Feedback.objects.get()
    assert (said.contacted, said.solved, said.satisfaction, said.comment) == (True, True, 5, "很快")
    case.refresh_from_db()
    assert case.status == Status.CLOSED


def test_unsolved_goes_back_and_says_by_when(citizen: Client) -> None:
    case = accepted()
    with time_machine.travel(SOON, tick=False):
        citizen.post(link(case), ANSWERS | {"solved": "no", "satisfaction": "1"})
        page = citizen.get(link(case)).content.decode()
    case.refresh_from_db()
    assert case.status == Status.REHANDLING
    assert "goes back to" in page
    assert "You hear from us by" in page


@pytest.mark.parametrize("missing", ["contacted", "solved", "satisfaction"])
def test_each_question_wants_an_answer_of_its_own(citizen: Client, missing: str) -> None:
    case = accepted()
    with time_machine.travel(SOON, tick=False):
        answer = citizen.post(link(case), {k: v for k, v in ANSWERS.items() if k != missing})
    assert answer.status_code == 422
    assert "Please choose one." in answer.content.decode()
    assert not Feedback.objects.exists()


def test_the_link_works_once(citizen: Client) -> None:
    case = accepted()
    with time_machine.travel(SOON, tick=False):
        citizen.post(link(case), ANSWERS)
        again = citizen.post(link(case), ANSWERS | {"solved": "no"})
    assert "Thank you" in again.content.decode()
    assert Feedback.objects.get().solved is True


def test_after_the_window_it_says_so(citizen: Client) -> None:
    case = accepted()
    with time_machine.travel(MONDAY + timedelta(days=30), tick=False):
        answer = citizen.post(link(case), ANSWERS)
    assert answer.status_code == 410
    assert "time for this survey is over" in answer.content.decode()
    assert not Feedback.objects.exists()


def test_a_reminder_replaces_the_first_link(citizen: Client) -> None:
    case = accepted()
    first = link(case)
    surveys.advance(survey_of(case), at=MONDAY + timedelta(hours=40))
    with time_machine.travel(MONDAY + timedelta(hours=41), tick=False):
        assert citizen.get(first).status_code == 404
        assert citizen.get(link(case, "survey_reminder")).status_code == 200


def test_an_unknown_link_is_explained(citizen: Client) -> None:
    answer = citizen.get("/r/never-given/")
    assert answer.status_code == 404
    assert "We do not know this link" in answer.content.decode()


def test_what_was_said_by_telephone_is_not_shown_to_the_link(citizen: Client) -> None:
    case = accepted()
    survey = survey_of(case)
    survey.state = SurveyState.ANSWERED
    survey.save()
    assert "You have answered already" in citizen.get(link(case)).content.decode()


def test_the_address_goes_to_nobody(citizen: Client) -> None:
    with time_machine.travel(SOON, tick=False):
        answer = citizen.get(link(accepted()))
    assert answer["Referrer-Policy"] == "strict-origin"
    assert "noindex" in answer["X-Robots-Tag"]
    assert "no-store" in answer["Cache-Control"]
    assert '<meta name="referrer" content="strict-origin">' in answer.content.decode()


def test_a_forged_form_is_refused() -> None:
    with time_machine.travel(SOON, tick=False):
        strict = Client(enforce_csrf_checks=True)
        assert strict.post(link(accepted()), ANSWERS).status_code == 403
    assert not Feedback.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_submissions_one_counts() -> None:
    address = link(accepted())

    def send(n: int) -> int:
        try:
            return Client().post(address, ANSWERS | {"solved": "yes" if n % 2 else "no"}).status_code
        finally:
            connection.close()

    with time_machine.travel(SOON), ThreadPoolExecutor(6) as pool:
        codes = list(pool.map(send, range(12)))
    assert codes.count(303) == 1
    assert Feedback.objects.count() == 1
