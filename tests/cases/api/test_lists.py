"""Lists: within reach, by key, in few queries, however many rows."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cases import telephony
from cases.telephony import CallEvent
from hotline import inbox
from hotline.delivery import deliver_next
from tests.cases.api.client import Api
from tests.cases.api.requests import a_request
from tests.people import member
from tests.stories import MONDAY, a_case, accepted, dispatched, rated, replied, signed

pytestmark = pytest.mark.django_db

LISTS = [
    *("cases/", "cases/?q=井盖", "cases/?overdue=true", "assignments/", "assignments/?state=all", "decisions/"),
    *("calls/", "feedback/", "callbacks/", "organisations/", "regions/", "categories/", "channels/", "policies/"),
    *("reasons/", "reasons/?kind=bounce"),
    *("knowledge/", "knowledge/?q=证明", "messages/", "notices/"),
    *("knowledge/reports/", "catalogue/", "catalogue/versions/"),
]
READERS = {"callbacks/": "zheng"}


@pytest.mark.parametrize("path", LISTS)
def test_a_list_takes_at_most_six_queries(path: str, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    rated()
    signed(confidential=True)
    replied(phone="06358212345")
    accepted(phone="06358212346")
    telephony.record_call(CallEvent("c-1", "answered", MONDAY, agent="1024"), by=member("telephony"), at=MONDAY)
    reader = Api(READERS.get(path, "yan"))
    with django_assert_max_num_queries(6):
        answer = reader.get(path)
    assert answer.status == 200


def test_one_case_takes_at_most_eight_queries_and_an_audit_entry(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    number = rated(solved=False, satisfaction=1).number
    yan = Api("yan")
    with django_assert_max_num_queries(9):
        body = yan.get(f"cases/{number}/").body
    assert len(body["assignments"]) == 2
    assert body["moves"] == ["withdraw"]


@pytest.mark.parametrize("step", [1, 2, 3])
def test_pages_hold_every_row_once_also_where_moments_are_the_same(step: int) -> None:
    numbers = {a_case(MONDAY + timedelta(minutes=n // 2)).number for n in range(5)}
    zhou, seen = Api("zhou"), list[str]()
    cursor: str | None = ""
    while cursor is not None:
        body = zhou.get(f"cases/?limit={step}&cursor={cursor}").body
        seen += [case["number"] for case in body["results"]]
        cursor = body["next_cursor"]
    assert len(seen) == 5
    assert set(seen) == numbers


def test_notices_are_one_list_whether_read_or_not() -> None:
    numbers = [dispatched(at=MONDAY + timedelta(minutes=n)).number for n in range(5)]
    while deliver_next(timezone.now()):
        pass
    sun = member("sun")
    inbox.mark_read([n.pk for n in inbox.unread(sun).filter(about__in=numbers[::2])], by=sun, at=timezone.now())
    seen = list[str]()
    cursor: str | None = ""
    while cursor is not None:
        body = Api("sun").get(f"notices/?limit=2&cursor={cursor}").body
        seen += [notice["about"] for notice in body["results"]]
        cursor = body["next_cursor"]
    assert seen == numbers[::-1]


def test_a_tree_is_read_page_by_page_too() -> None:
    zhou, seen = Api("zhou"), list[str]()
    cursor: str | None = ""
    while cursor is not None:
        body = zhou.get(f"organisations/?limit=7&cursor={cursor}").body
        seen += [node["path"] for node in body["results"]]
        cursor = body["next_cursor"]
    assert len(seen) == len(set(seen)) > 14


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=dispatched", 1),
        ("status=closed", 0),
        ("open=true", 2),
        ("open=false", 0),
        ("unit=CGJ", 1),
        ("unit=SWJ", 0),
        ("category=SZ01", 2),
        ("kind=complaint", 2),
        ("channel=web", 0),
        ("urgency=urgent", 1),
        ("overdue=true", 2),
        ("registered_from=2026-03-10T00:00:00%2B08:00", 1),
        ("registered_until=2026-03-10T00:00:00%2B08:00", 1),
        (f"q={quote('窨井盖缺失')}", 2),
        ("q=13800006021", 2),
        ("q=6021", 2),
    ],
)
def test_filters_narrow_the_list(query: str, found: int) -> None:
    dispatched()
    a_case(MONDAY + timedelta(days=1), urgency="urgent")
    assert len(Api("zhou").get(f"cases/?{query}").body["results"]) == found


def test_a_unit_reads_what_is_to_do_and_says_that_it_looked() -> None:
    case, sun = dispatched(), Api("sun")
    [part] = sun.get("assignments/?overdue=true").body["results"]
    assert (part["case"], part["overdue"], part["opened_at"]) == (case.number, True, None)
    opened = sun.post(f"assignments/{part['id']}/opened/").body["opened_at"]
    assert sun.post(f"assignments/{part['id']}/opened/").body["opened_at"] == opened
    assert Api("lin").post(f"assignments/{part['id']}/opened/").status == 404


def test_citizens_without_a_mobile_are_called_back_and_their_verdict_counts() -> None:
    case, zheng = accepted(at=timezone.now() - timedelta(hours=7), phone="06358212345"), Api("zheng")
    [waiting] = zheng.get("callbacks/").body["results"]
    assert (waiting["case"], waiting["attempts"]) == (case.number, 0)
    path = f"callbacks/{waiting['id']}/result/"
    assert zheng.post(path, {"result": "no_answer"}).body["status"]["code"] == "verifying"
    assert zheng.get("callbacks/").body["results"][0]["attempts"] == 1
    assert zheng.post(path, {"result": "reached"}).status == 422
    done = zheng.post(path, {"result": "reached", "solved": True, "satisfaction": 4, "comment": "补好了"})
    assert done.body["outcome"]["code"] == "solved"
    [said] = Api("shen").get(f"feedback/?case={case.number}").body["results"]
    assert (said["source"]["code"], said["satisfaction"], said["comment"]) == ("office", 4, "补好了")


def test_the_platform_reports_a_call_and_its_case_is_registered_with_it() -> None:
    platform, wang = Api("telephony"), Api("wang")
    report = {"platform_id": "c-7", "act": "answered", "at": "2026-03-09T10:00:00+08:00", "agent": "1024"}
    told = platform.post("calls/", {**report, "caller": "13800006021"})
    assert (told.status, told.body["caller"]) == (200, "138****6021")
    assert platform.post("calls/", report).body == told.body
    case = wang.post("cases/", a_request(call="c-7")).body
    [call] = wang.get(f"calls/?case={case['number']}").body["results"]
    assert call["platform_id"] == "c-7"
    assert Api("chen").post("cases/", a_request(call="c-7")).status == 422


def test_suggestions_name_repeats_within_reach_only() -> None:
    case = dispatched()
    asked = {"words": "建设街窨井盖缺失，要求补盖", "phone": "13800006021"}
    own, other = (Api(name).post("suggestions/", asked).body for name in ("wang", "chen"))
    assert [repeat["case"]["number"] for repeat in own["repeats"]] in ([case.number], [])
    assert own["categories"][0]["category"]["code"] == "SZ01"
    assert other["repeats"] == []


def test_the_outbox_tells_no_words_meant_for_the_citizen() -> None:
    case = accepted()
    answer = Api("yan").get(f"messages/?case={case.number}")
    assert {message["template"] for message in answer.body["results"]} >= {"registered", "survey"}
    assert "/r/" not in answer.text
    assert "13800006021" not in answer.text
