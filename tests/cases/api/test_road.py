"""The main road by the API alone: every step by another person's program, every answer as described."""

from __future__ import annotations

import pytest
from django.utils import timezone

from cases import surveys
from cases.models import Case, CaseEvent
from cases.surveys import Verdict
from tests.cases.api.client import Api
from tests.cases.api.requests import a_reply, a_request
from tests.stories import signed, survey_of

pytestmark = pytest.mark.django_db


def said(number: str, *, solved: bool, satisfaction: int) -> None:
    """The citizen answers by the link."""
    survey = survey_of(Case.objects.get(number=number))
    surveys.answer(survey, Verdict(solved=solved, satisfaction=satisfaction), at=timezone.now(), by=None)


def test_a_case_goes_the_whole_road_by_the_api_alone() -> None:
    wang, zhou, sun, liu, wu = (Api(name) for name in ("wang", "zhou", "sun", "liu", "wu"))
    taken = wang.post("cases/", a_request())
    assert taken.status == 201
    assert taken.headers["Location"] == f"/api/v1/cases/{taken.body['number']}/"
    case = zhou.move(taken.body, "dispatch", unit="CGJ", note="请当日处理")
    assert case["hands"]["code"] == "unit"
    case = sun.move(case, "sign")
    case = liu.move(case, "contact", reached=True, how="phone")
    case = liu.move(case, "progress", words="井盖已在路上。")
    case = liu.move(case, "reply", **a_reply())
    case = wu.move(case, "accept")
    assert case["status"]["code"] == "verifying"

    said(case["number"], solved=False, satisfaction=1)
    case = liu.get(f"cases/{case['number']}/").body
    assert (case["status"]["code"], case["round"]) == ("rehandling", 2)
    case = liu.move(case, "reply", **a_reply())
    case = wu.move(case, "send-back", reason="no_date", note="请写明日期")
    case = liu.move(case, "reply", **a_reply())
    case = wu.move(case, "accept")
    said(case["number"], solved=True, satisfaction=5)

    case = wu.get(f"cases/{case['number']}/").body
    assert (case["status"]["code"], case["outcome"]["code"]) == ("closed", "solved")
    kinds = [event["kind"]["code"] for event in wu.get(f"cases/{case['number']}/events/").body["results"]]
    assert kinds == list(CaseEvent.objects.order_by("at", "id").values_list("kind", flat=True))
    case = zhou.move(case, "reopen", new_facts="井盖又丢了")
    assert zhou.move(case, "withdraw", why="来电撤回")["status"]["code"] == "withdrawn"


def test_a_case_is_answered_refused_or_handed_over_at_once() -> None:
    wang = Api("wang")
    answered = wang.post("cases/answered/", a_request(answer="已告知办理地点。"))
    assert (answered.status, answered.body["outcome"]["code"]) == (201, "answered")
    refused = wang.post("cases/refused/", a_request(ground="petition", route="已告知信访渠道。"))
    assert (refused.status, refused.body["status"]["code"]) == (201, "refused")
    urgent = wang.post("cases/handed-over/", a_request(to="120", urgency="emergency", accepted_by="120 调度 3 席"))
    assert (urgent.status, urgent.body["outcome"]["code"]) == (201, "handed_over")


def test_a_return_is_asked_for_and_ruled_on() -> None:
    wang, zhou, qin, sun = (Api(name) for name in ("wang", "zhou", "qin", "sun"))
    case = zhou.move(wang.post("cases/", a_request()).body, "dispatch", unit="CGJ")
    grounds = "该路段由住建部门管养。"
    case = sun.move(case, "ask-to-bounce", reason="not_our_duty", grounds=grounds, proposed_unit="ZJJ")
    [asked] = qin.get("decisions/").body["results"]
    assert (asked["case"], asked["grounds"]) == (case["number"], grounds)
    seen = {"If_Match": f'"{case["version"]}"'}
    case = qin.post(f"decisions/{asked['id']}/reject/", {"ruling": "权责清单第 12 项属贵单位。"}, **seen).body
    case = sun.move(case, "ask-to-bounce", reason="wrong_area", grounds=grounds)
    [asked] = sun.get("decisions/").body["results"]
    seen = {"If_Match": f'"{case["version"]}"'}
    case = sun.post(f"decisions/{asked['id']}/take-back/", **seen).body
    case = sun.move(case, "ask-to-bounce", reason="wrong_area", grounds=grounds)
    [asked] = sun.get("decisions/").body["results"]
    seen = {"If_Match": f'"{case["version"]}"'}
    moved = qin.post(f"decisions/{asked['id']}/grant/", {"ruling": "同意", "unit": "ZJJ"}, **seen)
    assert moved.body["unit"]["code"] == "ZJJ"
    assert sun.get("decisions/?state=all").body["results"][0]["state"]["code"] == "rejected"


def test_more_time_is_asked_for_and_granted() -> None:
    wang, zhou, qin, sun = (Api(name) for name in ("wang", "zhou", "qin", "sun"))
    case = sun.move(zhou.move(wang.post("cases/", a_request()).body, "dispatch", unit="CGJ"), "sign")
    promised = case["promise_due_at"]
    case = sun.move(case, "ask-for-extension", reason="engineering", grounds="需开挖路面更换井座。", amount=1)
    [asked] = qin.get("decisions/?kind=extension").body["results"]
    granted = qin.post(f"decisions/{asked['id']}/grant/", {}, If_Match=f'"{case["version"]}"')
    assert granted.body["promise_due_at"] > promised


def test_the_supervisor_climbs_the_ladder_and_the_unit_answers() -> None:
    jiang, peng = Api("jiang"), Api("peng")
    case = Api("zhou").get(f"cases/{signed().number}/").body
    case = jiang.move(case, "supervise", rung="supervise", words="请分管负责同志牵头，两日内办结并说明原因。")
    [step] = peng.get(f"ladder/?case={case['number']}").body["results"]
    assert (step["rung"]["code"], step["state"]["code"], step["issued_by"]["staff_number"]) == (
        "supervise",
        "open",
        "4001",
    )
    case = peng.move(case, "answer-step", step=step["id"], words="已办结，因配件缺货延误。")
    case = jiang.move(case, "settle-step", step=step["id"], finding="同意")
    [step] = jiang.get("ladder/?rung=supervise&state=accepted").body["results"]
    assert (step["answer"], step["finding"]) == ("已办结，因配件缺货延误。", "同意")
    seen, summons = {"If_Match": f'"{case["version"]}"'}, {"rung": "summons", "words": "请到场说明。"}
    assert jiang.post(f"cases/{case['number']}/supervise/", summons, **seen).status == 409


def test_the_office_urges_and_everybody_notes() -> None:
    wang, zhou, sun = Api("wang"), Api("zhou"), Api("sun")
    case = zhou.move(wang.post("cases/", a_request()).body, "dispatch", unit="CGJ")
    case = zhou.move(case, "urge", words="请今日到场。")
    case = sun.move(case, "note", words="已安排。")
    whys = [event["why"] for event in zhou.get(f"cases/{case['number']}/events/").body["results"]]
    assert whys[-2:] == ["请今日到场。", "已安排。"]
