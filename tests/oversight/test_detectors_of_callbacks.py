"""Who is asked whether it was solved, and who answers: planted, and what looks nearly the same and is honest."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases import surveys
from cases.models import Case
from cases.surveys import Verdict
from tests.findings import cases_of, found, looked_at
from tests.people import member, unit
from tests.stories import MONDAY, accepted, closed, rehandling, survey_of

pytestmark = pytest.mark.django_db

FIXED_LINE = "0593-6001234"
CONTENT = Verdict(solved=True, satisfaction=5, contacted=True)


def to_call() -> Case:
    """Answered and accepted; there is no link to a fixed line, so somebody must call."""
    return accepted(phone=FIXED_LINE)


def called(case: Case, result: str, *, hours: int = 8, by: str = "wang") -> Case:
    verdict = CONTENT if result == "reached" else None
    at = MONDAY + timedelta(hours=hours)
    return surveys.call_back(survey_of(case), by=member(by), at=at, result=result, verdict=verdict, note="已说明")


def expired(case: Case) -> Case:
    survey = survey_of(case)
    return surveys.advance(survey, at=survey.expires_at)


def test_one_number_that_is_content_with_one_unit_again_and_again() -> None:
    again = [closed(at=MONDAY + timedelta(days=n)) for n in range(3)]
    closed(phone="13900001111")
    assert set(cases_of("own_phones", answers=3)) == {case.pk for case in again}
    assert cases_of("own_phones", answers=4) == []
    assert looked_at("own_phones") == 4


def test_a_citizen_who_asks_often_and_is_not_content_is_nobodys_own_telephone() -> None:
    for n in range(3):
        rehandling(at=MONDAY + timedelta(days=n))
    assert found("own_phones", answers=2) == []


def test_to_be_called_back_and_never_called() -> None:
    never = expired(to_call())
    tried = to_call()
    called(tried, "no_answer")
    expired(tried)
    called(to_call(), "reached")
    hits = found("never_called")
    assert [(hit.case, hit.subject.organisation) for hit in hits] == [(never.pk, unit().pk)]
    assert looked_at("never_called") == 3


def test_who_still_waits_for_a_call_or_did_not_open_the_link_was_not_spared_a_call() -> None:
    to_call()
    expired(accepted())
    assert (found("never_called"), looked_at("never_called")) == ([], 0)


@pytest.mark.parametrize("result", ["declined", "wrong_number"])
def test_given_up_at_the_first_try(result: str) -> None:
    given_up = called(to_call(), result)
    later = to_call()
    called(later, "no_answer")
    called(later, result, hours=30)
    called(to_call(), "reached")
    hits = found("given_up_early")
    assert [(hit.case, hit.subject.person) for hit in hits] == [(given_up.pk, member("wang").user_id)]
    assert looked_at("given_up_early") == 3
