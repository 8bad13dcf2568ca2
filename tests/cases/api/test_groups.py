"""Cases about the same thing, for programs."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Case, CaseEvent, CaseGroup, Clock, ClockKind, EventKind
from cases.schedule import answer_groups
from tests.cases.api.client import Api
from tests.stories import a_case, accepted, current, replied, signed

JOINED = int(os.environ.get("JOINED", "60"))  # ``bin/check at_length`` takes 300
pytestmark = pytest.mark.django_db


def callers(n: int, start: int = 100) -> list[Case]:
    return [a_case(phone=f"138000{start + i:05}") for i in range(n)]


def join(username: str, main: Case, cases: list[Case], **more: Any) -> Any:
    body = {"cases": [{"number": c.number, "version": c.version} for c in cases], **more}
    return Api(username).post(f"cases/{main.number}/join/", body)


def test_from_four_calls_to_four_answers() -> None:
    main, others = signed(), callers(3)
    linked = join("zhou", main, others, title="建设街主管道爆裂")
    assert (linked.status, linked.body["done"]) == (200, [c.number for c in others])
    group = linked.body["group"]
    accepted(replied(current(main)))
    begun = Api("wu").post(f"groups/{group}/answer/", {"words": "主管道已抢修完毕，供水全部恢复。", "left_out": []})
    assert (begun.status, begun.body["left"]) == (202, 3)
    answer_groups()
    read = Api("wu").get(f"groups/{group}/").body
    assert (read["answer"]["given"], read["answer"]["left"], read["waiting"]) == (3, 0, 0)
    assert read["answer"]["finished_at"]
    listed = Api("zhou").get(f"groups/{group}/cases/?status=verifying").body["results"]
    assert [row["number"] for row in listed] == [c.number for c in others]


def test_taking_out_and_another_main_case() -> None:
    main, others = a_case(), callers(3)
    group = join("zhou", main, others).body["group"]
    out = {"cases": [{"number": others[0].number}], "why": "另一条管道"}
    assert Api("zhou").post(f"groups/{group}/leave/", out).body["done"] == [others[0].number]
    led = Api("zhou").post(f"groups/{group}/lead/", {"number": others[1].number})
    assert (led.status, led.body["main"], led.body["members"]) == (200, others[1].number, 2)


def test_the_loser_hears_what_changed() -> None:
    main, rival, others = a_case(), *callers(1, 50), callers(2)
    join("zhou", main, others)
    lost = join("yan", rival, others)
    assert (lost.status, lost.body["code"]) == (409, "not_now")
    told = lost.body["refused"]
    assert [one["number"] for one in told] == [c.number for c in others]
    assert all(change["kind"] == "joined" and change["by"] for one in told for change in one["changes"])


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"cases": []}, 422),
        ({"cases": [{"number": "20260309-000000"}]}, 422),
        ({"cases": [{"number": "x" * 21}]}, 400),
        ({"cases": "alle"}, 400),
        ({"cases": [{"number": "1", "group": 3}]}, 400),
        ({}, 400),
    ],
)
def test_what_is_no_request_is_told(body: dict[str, Any], status: int) -> None:
    assert Api("zhou").post(f"cases/{a_case().number}/join/", body).status == status
    assert not CaseGroup.objects.exists()


def test_sent_twice_it_is_done_once() -> None:
    main, others = a_case(), callers(2)
    body = {"cases": [{"number": c.number} for c in others]}
    answers = [
        Api("zhou").post(f"cases/{main.number}/join/", body, Idempotency_Key="one-and-the-same") for _ in range(2)
    ]
    assert answers[0].text == answers[1].text
    assert CaseEvent.objects.filter(kind=EventKind.JOINED).count() == 2


@pytest.mark.parametrize(("username", "seen"), [("zhou", True), ("wang", True), ("chen", False), ("sun", False)])
def test_a_group_is_reached_with_its_main_case(username: str, seen: bool) -> None:
    group = join("zhou", a_case(), callers(1)).body["group"]
    assert (Api(username).get(f"groups/{group}/").status == 200) == seen
    assert bool(Api(username).get("groups/").body["results"]) == seen


def test_lists_of_groups_ask_as_often_for_one_as_for_many() -> None:
    def asked() -> int:
        api = Api("zhou")
        with CaptureQueriesContext(connection) as queries:
            api.get("groups/")
        return len(queries)

    join("zhou", a_case(), callers(1))
    one = asked()
    for n in range(3):
        join("zhou", callers(1, 200 + n)[0], callers(2, 300 + 10 * n))
    assert asked() == one


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_eight_that_join_the_same_cases_each_is_joined_once() -> None:
    mains, cases = callers(8, 9000), callers(JOINED, 1000)
    ready = Barrier(8)

    def write(main: Case) -> Any:
        try:
            ready.wait(timeout=60)
            return join("zhou", main, cases)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(write, mains))
    assert sorted(a.status for a in answers) == [200] + [409] * 7
    (winner,) = CaseGroup.objects.all()
    assert Case.objects.filter(group=winner).count() == JOINED
    assert CaseEvent.objects.filter(kind=EventKind.JOINED).count() == JOINED
    assert set(Case.objects.filter(group=winner).values_list("version", flat=True)) == {2}
    assert not Clock.objects.running().filter(kind=ClockKind.DISPATCH, case__group=winner).exists()
    for lost in (a.body for a in answers if a.status == 409):
        assert len(lost["refused"]) == JOINED
        assert all(one["changes"] for one in lost["refused"])
