"""Records being written: they get a number, survive, and are nobody else's."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cases import intake
from cases.models import Call, Case, Draft
from tests.cases.test_console import PHONE, REGISTER, typed
from tests.doors import client_of
from tests.people import member

pytestmark = pytest.mark.django_db
DRAFTS = "/console/drafts/"


@pytest.fixture
def wang() -> Client:
    return client_of("wang")


def opened(client: Client, **given: Any) -> dict[str, Any]:
    """What the page is told at its first save."""
    told: dict[str, Any] = client.post(DRAFTS, {"words": "井盖缺失", "page": "p1", **given}).json()
    return told


def test_the_first_save_gives_number_and_code(wang: Client) -> None:
    told = opened(wang)
    draft = Draft.objects.get()
    assert (told["number"], told["url"]) == (draft.number, f"/console/drafts/{draft.pk}/")
    assert len(told["code"]) == 7


def test_a_first_save_whose_answer_was_lost_opens_no_second_record(wang: Client) -> None:
    first, second = opened(wang), opened(wang, words="井盖缺失，有人绊倒")
    assert first["number"] == second["number"]
    assert Draft.objects.get().fields["words"] == "井盖缺失，有人绊倒"


def test_what_was_typed_is_there_on_another_machine(wang: Client) -> None:
    told = opened(wang)
    wang.post(told["url"], {"words": "井盖缺失，夜间", "kind": "complaint", "page": "p1"})
    elsewhere = client_of("wang")
    assert elsewhere.get("/console/")["Location"] == told["url"]
    page = elsewhere.get(told["url"]).content.decode()
    assert "井盖缺失，夜间" in page
    assert told["number"] in page


def test_a_window_that_was_overtaken_does_not_write_over_the_other(wang: Client) -> None:
    told = opened(wang)
    later = wang.post(told["url"], {"words": "乙窗口", "page": "p2", "seen": told["seen"]})
    assert later.status_code == 200
    assert wang.post(told["url"], {"words": "甲窗口", "page": "p1", "seen": told["seen"]}).status_code == 409
    assert Draft.objects.get().fields["words"] == "乙窗口"


def test_a_save_whose_answer_was_lost_may_come_again(wang: Client) -> None:
    told = opened(wang)
    for _ in range(2):
        assert wang.post(told["url"], {"words": "再发", "page": "p1", "seen": told["seen"]}).status_code == 200


def test_somebody_elses_record_is_not_there(wang: Client) -> None:
    told = opened(wang)
    li = client_of("li")
    assert li.get(told["url"])["Location"] == "/console/"
    assert li.post(told["url"], {"words": "改"}).status_code == 409
    li.post(told["drop"])
    assert Draft.objects.get().fields["words"] == "井盖缺失"


def test_several_records_stand_side_by_side(wang: Client) -> None:
    numbers = [opened(wang, page=f"p{n}")["number"] for n in range(3)]
    page = wang.get("/console/?new").content.decode()
    assert all(number in page for number in numbers)
    assert "Ctrl+Alt+3" in page


def test_a_dropped_record_is_gone_and_dropping_it_again_does_nothing(wang: Client) -> None:
    told = opened(wang)
    assert [wang.post(told["drop"]).status_code for _ in range(2)] == [303, 303]
    assert not Draft.objects.exists()


def test_the_case_keeps_the_number_its_record_had(wang: Client) -> None:
    told = opened(wang)
    wang.post(REGISTER, typed(draft=told["draft"], number=told["number"]))
    assert Case.objects.get().number == told["number"]
    assert not Draft.objects.exists()


def test_a_record_whose_page_never_learned_of_it_is_used_all_the_same(wang: Client) -> None:
    told = opened(wang)
    wang.post(REGISTER, typed(draft=""))
    assert Case.objects.get().number == told["number"]
    assert not Draft.objects.exists()


def test_a_record_registered_in_another_window_is_not_registered_again(wang: Client) -> None:
    told = opened(wang)
    wang.post(REGISTER, typed(draft=told["draft"], number=told["number"]))
    response = wang.post(REGISTER, typed(draft=told["draft"], number=told["number"]))
    assert response.status_code == 422
    assert "already registered" in response.content.decode()
    assert Case.objects.count() == 1


def test_a_save_while_the_database_is_away_says_try_again(wang: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    told = opened(wang)

    def away(*_args: object, **_given: object) -> Draft:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(intake, "save_draft", away)
    response = wang.post(told["url"], {"words": "x", "page": "p1"}, headers={"Accept": "application/json"})
    assert response.status_code == 503
    assert response["Retry-After"]


def test_a_call_begins_its_own_record(wang: Client) -> None:
    opened(wang)
    call_command("place_call", PHONE, agent="wang")
    page = wang.get("/console/")
    assert page.status_code == 200
    assert "138****6021" in page.content.decode()
    call = Call.objects.get()
    told = opened(wang, page="p2", call=str(call.pk))
    assert Draft.objects.get(pk=told["draft"]).call == call
    assert wang.get("/console/")["Location"] == told["url"]


def test_the_bar_speaks_only_when_the_call_changed(wang: Client) -> None:
    assert wang.get("/console/call/").status_code == 204
    call_command("place_call", PHONE, agent="wang")
    bar = wang.get("/console/call/")
    assert "138****6021" in bar.content.decode()
    assert wang.get(f"/console/call/?shown={Call.objects.get().pk}").status_code == 204
    assert client_of("li").get("/console/call/").status_code == 204


def test_the_page_asks_little_however_much_is_open(
    wang: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    call_command("place_call", PHONE, agent="wang")
    told = opened(wang, call=str(Call.objects.get().pk))
    for n in range(2, 7):
        opened(wang, page=f"p{n}")
    with django_assert_max_num_queries(12):
        wang.get(told["url"])
    with django_assert_max_num_queries(7):  # two of them the savepoint that stands for a transaction here
        wang.post(told["url"], {"words": "x", "page": "p1"})


def test_the_owner_alone_is_asked_for(wang: Client) -> None:
    opened(wang)
    assert Draft.objects.get().owner_id == member("wang").user_id
