"""Everything that goes wrong is told in one way."""

from __future__ import annotations

import json

import pytest
from django.core.cache import cache
from django.test import Client, override_settings
from rest_framework.throttling import SimpleRateThrottle

from tests.cases.api.client import HANDLER, Answer, Api
from tests.cases.api.requests import a_reply, a_request
from tests.stories import a_case, signed

pytestmark = pytest.mark.django_db


def refused(answer: Answer, status: int, code: str) -> Answer:
    assert (answer.status, answer.headers["Content-Type"]) == (status, "application/problem+json"), answer.text
    assert (answer.body["status"], answer.body["code"]) == (status, code)
    assert answer.body["type"] == f"urn:hotline:problem:{code.replace('_', '-')}"
    assert answer.body["request_id"] == answer.headers["X-Request-ID"]
    assert answer.body["detail"]
    assert answer.headers["Cache-Control"] == "no-store"
    return answer


def fields(answer: Answer) -> dict[str, str]:
    return {error["field"]: error["code"] for error in answer.body["errors"]}


def test_unknown_fields_are_refused_by_name_also_inside() -> None:
    body = a_request(status="closed", citizen={"name": "李女士", "vip": True})
    answer = refused(Api("wang").post("cases/", body), 400, "unknown_field")
    assert fields(answer) == {"status": "unknown_field"}
    answer = refused(Api("wang").post("cases/", a_request(citizen={"vip": True})), 400, "unknown_field")
    assert fields(answer) == {"citizen.vip": "unknown_field"}


def test_unknown_filters_are_refused_not_ignored() -> None:
    answer = refused(Api("zhou").get("cases/?state=closed"), 400, "unknown_field")
    assert fields(answer) == {"state": "unknown_field"}


def test_every_wrong_field_is_named_at_once() -> None:
    body = a_request(kind="rant", channel="pigeon", latitude=91, citizen={"phone": "1" * 41})
    answer = refused(Api("wang").post("cases/", body), 400, "invalid")
    assert fields(answer) == {
        "kind": "invalid_choice",
        "channel": "does_not_exist",
        "latitude": "max_value",
        "citizen.phone": "max_length",
    }


def test_what_the_hotline_does_not_accept_names_its_field_and_says_why() -> None:
    answer = refused(Api("wang").post("cases/", a_request(citizen={"phone": "12"})), 422, "invalid")
    assert fields(answer) == {"phone": "invalid"}
    case = signed()
    words = a_reply(solved="unsolved")
    answer = Api("liu").post(f"cases/{case.number}/reply/", words, If_Match=f'"{case.version}"')
    assert fields(refused(answer, 422, "invalid")) == {"unsolved_reason": "invalid"}


def test_a_move_out_of_turn_says_what_is_possible_instead() -> None:
    case = a_case()
    answer = refused(Api("wu").post(f"cases/{case.number}/accept/", If_Match='"1"'), 409, "not_now")
    assert "dispatch" in answer.body["allowed"]


def test_the_same_upstream_number_twice_is_a_conflict() -> None:
    body = a_request(upstream_platform="province", upstream_number="P-1")
    assert Api("wang").post("cases/", body).status == 201
    refused(Api("wang").post("cases/", body), 409, "conflict")


@pytest.mark.parametrize("body", ["{", " ", "[" * 100_000, '{"words": NaN}', "\xff"])
def test_unreadable_json_is_a_bad_request(body: str) -> None:
    answer = Api("wang").post("suggestions/", body)
    refused(answer, 400, "bad_request")


@pytest.mark.parametrize("body", ["[]", "null", "3", '"words"'])
def test_a_body_is_an_object(body: str) -> None:
    refused(Api("wang").post("cases/", body), 400, "invalid")


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
def test_what_no_database_can_hold_is_refused(text: str) -> None:
    body = json.dumps(a_request(words=text, place=text, channel=text))
    answer = refused(Api("wang").post("cases/", body), 400, "invalid")
    assert set(fields(answer)) == {"words", "place", "channel"}


@pytest.mark.parametrize("q", ["%00", "a%00b", "%20"])
def test_a_search_for_nothing_readable_is_refused(q: str) -> None:
    refused(Api("zhou").get(f"cases/?q={q}"), 400, "invalid")


def test_forms_are_no_json() -> None:
    client = Client()
    client.handler = HANDLER
    answer = Answer(client.post("/api/v1/cases/", {"words": "…"}, headers=Api("wang").headers))
    refused(answer, 415, "unsupported_media_type")


def test_other_answers_than_json_are_not_to_be_had() -> None:
    refused(Api("wang").get("cases/", Accept="text/html"), 406, "not_acceptable")


@pytest.mark.parametrize(("method", "path"), [("DELETE", "cases/"), ("PUT", "cases/1/"), ("GET", "cases/1/sign/")])
def test_other_methods_are_not_allowed(method: str, path: str) -> None:
    answer = refused(Api("sun").call(method, path), 405, "method_not_allowed")
    assert answer.headers["Allow"]


def test_an_address_that_leads_nowhere_is_a_problem_too() -> None:
    refused(Api("wang").get("nothing/"), 404, "not_found")
    refused(Api().get("nothing/"), 404, "not_found")


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1_000)
def test_a_body_too_large_is_not_read() -> None:
    refused(Api("wang").post("cases/", a_request(words="路" * 1_000)), 413, "too_large")
    refused(Api("wang").post("cases/", a_request(words="路" * 1_000), Idempotency_Key="big"), 413, "too_large")


def test_too_many_requests_are_told_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", {"membership": "2/min"})
    cache.clear()
    wang = Api("wang")
    assert [wang.get("users/me/").status for _ in range(2)] == [200, 200]
    answer = refused(wang.get("users/me/"), 429, "too_many_requests")
    assert 0 < int(answer.headers["Retry-After"]) <= 61
    cache.clear()


def test_a_fault_of_ours_is_a_problem_without_its_insides(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: object, **_more: object) -> None:
        raise RuntimeError("secret insides")

    monkeypatch.setattr("cases.routing.suggest_categories", broken)
    wang = Api("wang")
    wang.client.raise_request_exception = False
    body = {"words": "井盖"}
    sent = wang.client.post("/api/v1/suggestions/", body, content_type="application/json", headers=wang.headers)
    answer = refused(Answer(sent), 500, "error")
    assert "insides" not in answer.text


@pytest.mark.parametrize("cursor", ["x", "AAAA", "bnVsbA", "WyJ4IiwgIjEiXQ", "WyIyMDI2LTAxLTAxIiwgIngiXQ"])
def test_a_strange_cursor_is_refused(cursor: str) -> None:
    assert fields(refused(Api("zhou").get(f"cases/?cursor={cursor}"), 400, "invalid")) == {"cursor": "bad_cursor"}
