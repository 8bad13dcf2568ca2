"""The detours through the tree and to the emergency lines, as programs walk them by the API from end to end."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cases.api.client import Api
from tests.cases.api.requests import a_request

pytestmark = pytest.mark.django_db
WORDS: dict[str, Any] = {
    "claim": "true",
    "contacted": False,
    "solved": "solved",
    "public_reply": "您反映的情况属实，已安排人员到场处置完毕。",
}


def seen(by: Api, case: dict[str, Any]) -> dict[str, Any]:
    return dict(by.get(f"cases/{case['number']}/").body)


def part(by: Api, case: dict[str, Any], unit: str) -> dict[str, Any]:
    return next(dict(p) for p in reversed(seen(by, case)["assignments"]) if p["unit"]["code"] == unit)


def registered(by: Api, **given: Any) -> dict[str, Any]:
    answer = by.post("cases/", a_request(**given))
    assert answer.status == 201, answer.text
    return dict(answer.body)


def test_a_case_goes_down_two_tiers_comes_back_corrected_and_only_the_districts_answer_reaches_the_citizen() -> None:
    wang, zhou, deng, yuan, cao, wu = (Api(name) for name in ("wang", "zhou", "deng", "yuan", "cao", "wu"))
    case = zhou.move(registered(wang), "dispatch", unit="DHQ")
    case = deng.move(case, "hand-down", units=["QSJD"], note="请街道先行处置")
    assert case["status"]["code"] == "handling"
    street = part(deng, case, "QSJD")
    district = part(deng, case, "DHQ")
    assert (street["tier"], street["parent"], street["role"]["code"]) == (2, district["id"], "subordinate")
    assert street["leg_due_at"] <= district["leg_due_at"]

    case = yuan.move(case, "sign")
    case = yuan.move(case, "hand-down", units=["JXSQ"])
    community = part(yuan, case, "JXSQ")
    assert community["tier"] == 3
    case = yuan.move(case, "recall", part=community["id"], why="街道直接处置")
    case = yuan.move(case, "reply", **WORDS)
    assert case["status"]["code"] == "handling"

    early = deng.post(f"cases/{case['number']}/reply/", WORDS, If_Match=f'"{case["version"]}"')
    assert (early.status, early.body["code"]) == (409, "not_now")
    case = deng.move(case, "send-part-back", part=street["id"], reason="no_evidence", note="缺现场照片")
    case = yuan.move(case, "reply", **{**WORDS, "public_reply": "街道已补充现场照片，井盖已更换。"})
    case = cao.move(case, "accept-part", part=street["id"])
    case = deng.move(case, "reply", **{**WORDS, "public_reply": "经区政府核实，井盖已更换，路面恢复通行。"})
    assert case["status"]["code"] == "replied"
    case = wu.move(case, "accept")
    assert case["status"]["code"] == "verifying"

    replies = {(r["organisation"]["code"], r["state"]["code"]) for r in seen(wu, case)["replies"]}
    assert replies == {("QSJD", "declined"), ("QSJD", "taken"), ("DHQ", "accepted")}
    states = {p["unit"]["code"]: p["state"]["code"] for p in seen(wu, case)["assignments"]}
    assert states == {"DHQ": "done", "QSJD": "done", "JXSQ": "withdrawn"}
    told = [e["kind"]["code"] for e in wu.get(f"cases/{case['number']}/events/?limit=100").body["results"]]
    assert told.count("handed_down") == 2
    assert [kind for kind in told if kind.startswith("part_")] == ["part_sent_back", "part_accepted"]


def test_a_case_straight_to_a_street_is_copied_to_its_district_which_urges_and_handles_nothing() -> None:
    wang, zhou, yuan, cao = (Api(name) for name in ("wang", "zhou", "yuan", "cao"))
    case = zhou.move(registered(wang), "dispatch", unit="QSJD")
    copy = part(cao, case, "DHQ")
    assert (copy["role"]["code"], copy["leg_due_at"]) == ("copy", None)
    case = cao.move(case, "urge", words="请街道今日到场。")
    case = yuan.move(case, "sign")
    refused = cao.post(f"cases/{case['number']}/sign/", {"assignment": copy["id"]}, If_Match=f'"{case["version"]}"')
    assert (refused.status, refused.body["code"]) == (409, "not_now")


def test_a_second_department_is_called_in_and_reports_to_the_lead() -> None:
    wang, zhou, sun, liu, lin = (Api(name) for name in ("wang", "zhou", "sun", "liu", "lin"))
    case = sun.move(zhou.move(registered(wang), "dispatch", unit="CGJ"), "sign")
    case = zhou.move(case, "involve", units=["SWJ"], note="请水务排查管线")
    case = lin.move(lin.move(case, "sign"), "reply", **WORDS)
    case = liu.move(case, "accept-part", part=part(liu, case, "SWJ")["id"])
    assert {p["unit"]["code"]: p["state"]["code"] for p in seen(zhou, case)["assignments"]} == {
        "CGJ": "handling",
        "SWJ": "done",
    }


def test_nobody_reaches_a_part_that_stands_below_another_unit() -> None:
    wang, zhou, deng, lin, sun = (Api(name) for name in ("wang", "zhou", "deng", "lin", "sun"))
    case = zhou.move(registered(wang), "dispatch", unit="DHQ", co_organisers=["CGJ"])
    case = deng.move(case, "hand-down", units=["QSJD"])
    street = part(zhou, case, "QSJD")
    told = sun.post(
        f"cases/{case['number']}/recall/", {"part": street["id"], "why": "收回"}, If_Match=f'"{case["version"]}"'
    )
    assert (told.status, told.body["code"]) == (422, "invalid")
    assert lin.get(f"cases/{case['number']}/").status == 404


def test_an_emergency_stays_ours_until_a_line_takes_it() -> None:
    wang, zhou = Api("wang"), Api("zhou")
    answer = wang.post("cases/handed-over/", a_request(to="119", three_way=True, note="三方通话"))
    assert (answer.status, answer.body["status"]["code"]) == (201, "registered")
    case = wang.move(answer.body, "line-refused", answered_by="119 二席", answer="无明火，属燃气泄漏。")
    assert case["status"]["code"] == "registered"
    again = wang.post(f"cases/{case['number']}/hand-over/", {"line": "119"}, If_Match=f'"{case["version"]}"')
    assert (again.status, again.body["code"]) == (409, "not_now")
    case = zhou.move(case, "dispatch", unit="RQGS")
    case = zhou.move(case, "hand-over", line="110", note="现场有人阻挠")
    case = zhou.move(case, "line-accepted", answered_by="110 指挥中心")
    assert (case["status"]["code"], case["outcome"]["code"]) == ("handed_over", "handed_over")
    gone = zhou.post(f"cases/{case['number']}/line-accepted/", {"answered_by": "110"}, If_Match=f'"{case["version"]}"')
    assert (gone.status, gone.body["code"]) == (409, "not_now")


def test_what_the_police_sent_us_wrongly_goes_back_to_them() -> None:
    wang = Api("wang")
    case = registered(wang, channel="police", upstream_number="110-42")
    assert seen(wang, case)["upstream_platform"] == "110"
    case = wang.move(case, "hand-over", line="110", note="系治安案件")
    case = wang.move(case, "line-refused", answered_by="110 三席", answer="认为不属警情")
    assert case["status"]["code"] == "handed_over"
