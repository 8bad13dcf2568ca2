"""Every detour that needs a ruling, by the API alone: asked for, seen ahead, ruled on, and what came of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cases import schedule
from cases.models import Decision
from tests.cases.api.client import Api
from tests.cases.api.requests import a_request
from tests.stories import TOLD

pytestmark = pytest.mark.django_db
GROUNDS = "依据三定方案第 3 条及现场核查情况。"


def in_hand(unit: str = "CGJ", who: str = "sun") -> dict[str, Any]:
    """Taken by Wang, sent by Zhou, signed off by the unit."""
    case = Api("zhou").move(Api("wang").post("cases/", a_request()).body, "dispatch", unit=unit)
    return Api(who).move(case, "sign")


def waiting(who: str, number: str) -> dict[str, Any]:
    """What waits for that person about the case."""
    [asked] = Api(who).get(f"decisions/?mine=true&case={number}").body["results"]
    return dict(asked)


def rule(who: str, case: dict[str, Any], act: str = "grant", **given: Any) -> dict[str, Any]:
    """See ahead, rule, and find the case as it was foretold."""
    asked, api = waiting(who, case["number"]), Api(who)
    unit = f"&unit={given['unit']}" if "unit" in given else ""
    ahead = api.get(f"decisions/{asked['id']}/preview/?act={act}{unit}").body
    answer = api.post(f"decisions/{asked['id']}/{act}/", given, If_Match=f'"{asked["case_version"]}"')
    assert answer.status == 200, answer.body
    if ahead["approvals"] == 1:
        assert answer.body["status"] == ahead["status_after"]
    return dict(answer.body)


def limits(who: str, number: str) -> dict[str, Any]:
    clocks = Api(who).get(f"cases/{number}/").body["clocks"]
    return {clock["kind"]["code"]: clock for clock in clocks if not clock["stopped_at"]}


def test_a_case_that_two_units_return_is_given_to_a_third_by_the_arbiter_for_good() -> None:
    zhou, sun, lin = Api("zhou"), Api("sun"), Api("lin")
    case = zhou.move(Api("wang").post("cases/", a_request()).body, "dispatch", unit="CGJ")
    promised = case["promise_due_at"]
    case = sun.move(case, "ask-to-bounce", reason="overlapping", grounds=GROUNDS, proposed_unit="SWJ")
    case = rule("zhou", case, unit="SWJ", ruling="改派水务")
    case = lin.move(case, "ask-to-bounce", reason="not_our_duty", grounds=GROUNDS)
    case = rule("zhou", case, ruling="两家均不承接")
    assert (case["status"]["code"], case["hands"]["code"]) == ("disputed", "arbiter")
    assert [row["number"] for row in Api("han").get("cases/").body["results"]] == [case["number"]]
    case = rule("han", case, unit="CGJ", ruling="属城市管理职责。")
    assert (case["unit"]["code"], case["promise_due_at"]) == ("CGJ", promised)
    refused = sun.post(
        f"cases/{case['number']}/ask-to-bounce/",
        {"reason": "overlapping", "grounds": GROUNDS},
        If_Match=f'"{case["version"]}"',
    )
    assert (refused.status, refused.body["code"]) == (409, "not_now")
    [ruled] = zhou.get(f"decisions/?state=granted&kind=dispute&case={case['number']}").body["results"]
    assert (ruled["ruled_unit"]["code"], ruled["final"], ruled["ruled_by"]["staff_number"]) == ("CGJ", True, "5001")
    assert Api("han").get("cases/").body["results"] == []


def test_a_dispatcher_refers_what_nobody_takes() -> None:
    case = Api("wang").post("cases/", a_request()).body
    case = Api("zhou").move(case, "refer", reason="no_taker", grounds=GROUNDS, proposed_unit="ZJJ")
    assert case["status"]["code"] == "disputed"
    assert rule("han", case, unit="ZJJ", ruling="属住建职责。")["status"]["code"] == "dispatched"


def test_a_case_rests_with_two_approvals_until_its_review_date(monkeypatch: pytest.MonkeyPatch) -> None:
    case, day = in_hand(), (timezone.localtime() + timedelta(days=30)).date()
    before = limits("sun", case["number"])["promise"]["due_at"]
    asked = {"reason": "funding", "grounds": GROUNDS, "evidence": "云财建〔2026〕18 号", "told": TOLD}
    case = Api("sun").move(case, "ask-for-suspension", review_on=day.isoformat(), **asked)
    assert rule("zhou", case, ruling="拟同意")["status"]["code"] == "handling"
    case = rule("jiang", case, ruling="同意")
    assert (case["status"]["code"], case["hands"]["code"]) == ("suspended", "hotline")
    assert limits("sun", case["number"])["promise"]["due_at"] > before
    later = timezone.now() + timedelta(days=31)
    monkeypatch.setattr(schedule, "database_time", lambda: later)
    assert schedule.end_suspensions() == 1
    assert Api("sun").get(f"cases/{case['number']}/").body["status"]["code"] == "handling"


def test_an_unreasonable_demand_is_excluded_by_two_and_answered_all_the_same() -> None:
    case = in_hand()
    case = Api("sun").move(
        case, "ask-for-exclusion", reason="impossible", grounds=GROUNDS, evidence="通话录音 20260309-17"
    )
    case = rule("zhou", case, ruling="拟同意")
    case = rule("yan", case, ruling="同意剔除")
    assert case["status"]["code"] == "handling"
    decision = Decision.objects.get(case__number=case["number"])
    assert (decision.approved_by, decision.ruled_by) != (None, None)
    assert decision.approved_by != decision.ruled_by


def test_a_refusal_is_overturned_and_the_case_is_registered_again() -> None:
    case = Api("wang").post("cases/refused/", a_request(ground="no_duty", route="已告知向物业反映。")).body
    assert Api("zhou").get("decisions/?mine=true&kind=refusal").body["results"][0]["told"] == "已告知向物业反映。"
    case = rule("zhou", case, "reject", ruling="属市政设施，应当受理。")
    assert (case["status"]["code"], case["outcome"]) == ("registered", None)
    assert Api("zhou").move(case, "dispatch", unit="CGJ")["status"]["code"] == "dispatched"


def test_a_refusal_is_upheld() -> None:
    case = Api("wang").post("cases/refused/", a_request(ground="petition", route="已告知信访渠道。")).body
    assert rule("yan", case, ruling="不予受理理由成立")["status"]["code"] == "refused"


def test_who_cannot_be_reached_is_answered_without_contact_and_asked_all_the_same(settings: Any) -> None:
    settings.UNREACHED_DAYS = 1
    case, liu = in_hand(), Api("liu")
    for _try in range(3):
        case = liu.move(case, "contact", reached=False, how="phone")
    case = liu.move(case, "ask-to-close", reason="no_answer", grounds=GROUNDS, told=TOLD)
    case = rule("zhou", case, ruling="同意")
    assert case["status"]["code"] == "verifying"
