"""The same reach by every door: what the page keeps from somebody, the API and the search keep too."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from cases import handling, supervision, surveys
from cases.models import Case
from cases.reply_words import ReplyWords
from cases.surveys import Verdict
from tests.cases.api.client import Api
from tests.doors import client_of
from tests.people import member
from tests.stories import MONDAY, a_case, accepted, dispatched, lead, rehandling, signed, survey_of

pytestmark = pytest.mark.django_db
PHONE = "13912345678"


def events(username: str, case: Case) -> list[dict[str, Any]]:
    return list(Api(username).get(f"cases/{case.number}/events/?limit=200").body["results"])


def kinds(username: str, case: Case) -> set[str]:
    return {event["kind"]["code"] for event in events(username, case)}


def test_a_unit_is_not_told_while_the_citizen_is_being_asked() -> None:
    case = accepted()
    assert "surveyed" in kinds("wu", case)
    assert not kinds("sun", case) & {"surveyed", "reminded", "callback_tried", "rated"}
    for username, told in (("wu", True), ("sun", False)):
        clocks = Api(username).get(f"cases/{case.number}/").body["clocks"]
        assert any(clock["kind"]["code"] == "verdict" for clock in clocks) is told


def called_back() -> Case:
    """Zheng calls a citizen who left a landline, and hears that nothing was done."""
    case = accepted(phone="0635-8212345")
    verdict = Verdict(solved=False, contacted=True, satisfaction=1, comment=f"打 {PHONE} 也没人接")
    at: datetime = MONDAY + timedelta(hours=9)
    return surveys.call_back(survey_of(case), by=member("zheng"), at=at, result="reached", verdict=verdict)


def test_a_unit_reads_the_verdict_afterwards_but_not_who_asked_for_it() -> None:
    case = called_back()
    rated = [event for event in events("sun", case) if event["kind"]["code"] in ("rated", "callback_tried")]
    assert rated
    assert all((event["by"], event["organisation"], event["role"]) == (None, None, "") for event in rated)
    assert any(event["by"] for event in events("wu", case) if event["kind"]["code"] == "rated")


def test_numbers_in_words_are_masked_for_programs_too() -> None:
    case = a_case(words=f"井盖缺失，联系人电话 {PHONE}，请尽快。")
    supervision.note(case, by=member("zhou"), at=MONDAY, version=case.version, words=f"来电 {PHONE} 补充。")
    api = Api("zhou")
    assert PHONE not in api.get(f"cases/{case.number}/").text
    assert PHONE not in api.get(f"cases/{case.number}/events/").text


def test_numbers_beside_the_words_found_are_masked() -> None:
    a_case(title="窨井盖", words=f"井盖缺失，联系人电话 {PHONE}，请尽快。")
    found = client_of("zhou").get("/search/", {"q": "联系人"}).content.decode()
    assert "联系人" in found
    assert PHONE not in found


def test_a_contractor_does_not_read_what_a_unit_notes_for_the_house() -> None:
    case = dispatched()
    case = signed(case)
    supervision.note(case, by=member("sun"), at=MONDAY, version=case.version, words="备注")
    handling.reply(
        lead(case),
        ReplyWords("true", False, "solved", "您反映的情况属实，已补装井盖。", internal_note="只给内部看"),
        by=member("liu"),
        at=MONDAY + timedelta(hours=5),
        version=None,
    )
    for path in (f"cases/{case.number}/", f"cases/{case.number}/events/"):
        assert "只给内部看" not in Api("wang").get(path).text
    assert "只给内部看" in Api("zhou").get(f"cases/{case.number}/").text


def test_a_verified_case_is_overdue_nowhere() -> None:
    """What only awaits the citizen is owed nothing; the row and the filter say the same."""
    case = accepted()
    assert Api("zhou").get(f"cases/{case.number}/").body["overdue"] is False
    assert Api("zhou").get("cases/?overdue=true").body["results"] == []
    again = rehandling()
    assert Api("zhou").get(f"cases/{again.number}/").body["overdue"] is True
