"""The caller's desk: one citizen in hand, four questions, and nothing of what was said before."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cases.models import Case, Feedback, IndependentAttempt, IndependentCallback
from hotline.models import AuditEntry
from tests.cases.api.client import token_of
from tests.doors import client_of
from tests.independent import MORNING, answered_by_phone, called, drawn, rules, sampled, taken
from tests.people import local, member

pytestmark = pytest.mark.django_db
DESK, NEXT = "/callbacks/independent/", "/callbacks/independent/next/"
SAID = {"result": "reached", "contacted": "yes", "solved": "no", "satisfaction": "2", "agent_satisfaction": "4"}


@pytest.fixture(autouse=True)
def _tuesday_morning() -> Iterator[None]:
    with time_machine.travel(local("2026-03-01 09:00"), tick=False):
        rules()
    with time_machine.travel(MORNING, tick=False):
        yield


def a_sampled_case() -> Case:
    case = answered_by_phone()
    drawn()
    return case


def song() -> Client:
    return client_of("song")


def test_the_system_gives_out_whom_to_call_and_the_answers_are_kept() -> None:
    case, client = a_sampled_case(), song()
    assert "1 to be called" in client.get(DESK).content.decode()
    assert client.post(NEXT).headers["Location"] == DESK
    page = client.get(DESK).content.decode()
    assert case.title in page
    assert "138****" not in page
    answer = client.post(DESK, {**SAID, "comment": "没修好", "note": "语气平和"}, follow=True)
    assert "the call was recorded" in answer.content.decode()
    said = Feedback.objects.independent().get()
    assert (said.solved, said.contacted, said.satisfaction, said.agent_satisfaction) == (False, True, 2, 4)
    assert (said.comment, IndependentAttempt.objects.get().note) == ("没修好", "语气平和")


def test_the_page_tells_neither_the_case_nor_what_was_said_before() -> None:
    case, client = a_sampled_case(), song()
    client.post(NEXT)
    page = client.get(DESK).content.decode()
    li = member("li").user
    for told in (case.number, "contractor's callback", li.name, li.name_en, "Very satisfied ·"):
        assert told not in page
    assert not re.search(r'name="(result|contacted|solved|\w*satisfaction)"[^>]* checked', page)
    assert "Tries so far" in page
    assert client.get(f"/cases/{case.number}/").status_code == 404
    assert client.get("/search/", {"q": case.number}).content.decode().count(case.title) == 0


def test_a_look_at_the_desk_is_kept_as_one_at_the_callback() -> None:
    case, client = a_sampled_case(), song()
    client.post(NEXT)
    client.get(DESK)
    entry = AuditEntry.objects.get(act="case.look")
    assert (entry.object_type, entry.object_id) == ("cases.independentcallback", str(sampled(case).pk))


def test_the_number_is_shown_when_it_is_asked_for() -> None:
    a_sampled_case()
    client = song()
    client.post(NEXT)
    assert "0593****123" in client.get(DESK).content.decode()
    client.post("/callbacks/independent/reveal/")
    assert "6000123" in client.get(DESK).content.decode().replace(" ", "").replace("-", "")


def test_a_citizen_not_reached_goes_back_to_the_queue() -> None:
    case, client = a_sampled_case(), song()
    client.post(NEXT)
    client.post(DESK, {"result": "no_answer"})
    assert (sampled(case).state, sampled(case).given_to) == ("waiting", None)
    page = client.get(DESK).content.decode()
    assert "tried again later" in page
    assert " disabled" in page


def test_somebody_else_calls_whom_one_knows() -> None:
    case, client = a_sampled_case(), song()
    client.post(NEXT)
    assert client.post("/callbacks/independent/give-back/", {"because": ""}).status_code == 422
    assert client.post("/callbacks/independent/give-back/", {"because": "诉求人是邻居。"}).status_code == 303
    assert client.post(NEXT).status_code == 409
    assert taken("jiang").case == case


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"result": "reached"},
        {**SAID, "solved": ""},
        {**SAID, "agent_satisfaction": ""},
        {**SAID, "satisfaction": "9"},
        {**SAID, "agent_satisfaction": "-1"},
        {**SAID, "result": "dreamt"},
        {**SAID, "comment": "长" * 1001},
        {**SAID, "note": "x" * 201},
        {**SAID, "contacted": "maybe"},
    ],
)
def test_half_an_answer_comes_back_to_be_completed(given: dict[str, str]) -> None:
    case, client = a_sampled_case(), song()
    client.post(NEXT)
    answer = client.post(DESK, given)
    assert answer.status_code == 422
    assert case.title in answer.content.decode()
    assert not IndependentAttempt.objects.exists()


@pytest.mark.parametrize("path", [DESK, "/callbacks/independent/reveal/", "/callbacks/independent/give-back/"])
def test_with_nobody_in_hand_nothing_is_recorded(path: str) -> None:
    a_sampled_case()
    answer = song().post(path, {**SAID, "because": "x"})
    assert answer.status_code == 409
    assert not IndependentAttempt.objects.exists()


def test_a_form_sent_twice_is_one_call() -> None:
    a_sampled_case()
    client = song()
    client.post(NEXT)
    for _time in range(2):
        assert client.post(DESK, {**SAID, "idempotency_key": "one"}).status_code == 303
    assert IndependentAttempt.objects.count() == 1


def test_outside_the_hours_nobody_is_given_out() -> None:
    a_sampled_case()
    with time_machine.travel(local("2026-03-10 20:30"), tick=False):
        client = song()
        assert "from 9 to 20 o’clock" in client.get(DESK).content.decode()
        assert client.post(NEXT).status_code == 409


def test_what_waits_is_counted_in_the_navigation_of_callers_only() -> None:
    a_sampled_case(), answered_by_phone()
    assert "Independent callback" in song().get("/inbox/").content.decode()
    for username in ("zhou", "wang", "zheng", "yan"):
        assert DESK not in client_of(username).get("/inbox/").content.decode(), username


def test_the_desk_asks_little_of_the_database(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _n in range(4):
        answered_by_phone()
    drawn()
    client = song()
    client.get(DESK)
    with django_assert_num_queries(6):
        client.get(DESK)
    client.post(NEXT)
    client.get(DESK)
    with django_assert_num_queries(8):
        client.get(DESK)


# -- After the answer


def test_on_the_cases_page_overseers_read_it_and_nobody_else() -> None:
    case = a_sampled_case()
    called()
    case.refresh_from_db()
    for username, reads in (("jiang", True), ("shen", True), ("yan", True), ("zhou", False), ("zheng", False)):
        page = client_of(username).get(f"/cases/{case.number}/").content.decode()
        assert ("independent callback" in page) is reads, username
    assert "Song Ping" not in client_of("sun").get(f"/cases/{case.number}/").content.decode()


def test_through_the_api_overseers_read_it_and_nobody_else() -> None:
    a_sampled_case()
    called()

    def sources(username: str) -> set[str]:
        key = {"Authorization": f"Bearer {token_of(member(username))}"}
        rows = Client(headers=key).get("/api/v1/feedback/").json()["results"]
        return {row["source"]["code"] for row in rows}

    assert sources("zhou") == {"contractor"}
    assert sources("jiang") == {"contractor", "independent"}


def test_nobody_is_led_to_a_callback_by_an_address() -> None:
    """There is none: what one has in hand is the only one there is."""
    a_sampled_case()
    callback = IndependentCallback.objects.get()
    for path in (f"{DESK}{callback.pk}/", f"/callbacks/{callback.pk}/", f"/independent/{callback.pk}/"):
        assert song().get(path).status_code == 404
