"""What nobody should type: too much, what cannot be seen, what cannot be. It is refused in words; nothing half done."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cases.models import Case, CaseEvent, Decision
from hotline.models import RequestKey
from tests.cases.api.client import Api
from tests.cases.api.requests import a_reply, a_request
from tests.doors import client_of
from tests.people import category, local, member, unit
from tests.stories import a_case, current, dispatched, footprint, lead, replied, signed

pytestmark = pytest.mark.django_db
HIDDEN = "\u200b\u202e\ufeff"
MEGABYTE = "路" * 350_000


def a_form(**given: Any) -> dict[str, Any]:
    """Mrs Li's request as Wang's console sends it."""
    plain = {
        "words": "建设街窨井盖缺失，夜间有人绊倒，要求尽快补盖。",
        "title": "建设街窨井盖缺失",
        "kind": "complaint",
        "category": "SZ01",
        "region": "350902001000",
        "phone": "13800006021",
        "outcome": "propose",
    }
    return {**plain, **given}


@pytest.fixture
def wang() -> Client:
    return client_of("wang")


# -- Too much


@pytest.mark.parametrize(
    ("field", "outcome"), [("words", "propose"), ("title", "propose"), ("answer", "answer"), ("route", "refuse")]
)
def test_a_megabyte_typed_at_the_console_is_refused_at_its_field(wang: Client, field: str, outcome: str) -> None:
    form = a_form(answer="已答复。", ground="petition", route="已告知。", outcome=outcome) | {field: MEGABYTE}
    answer = wang.post("/console/register/", form)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Case.objects.exists()


def test_a_megabyte_added_to_a_case_is_refused(wang: Client) -> None:
    case = signed()
    before = footprint(case)
    assert wang.post(f"/console/additions/{case.number}/", a_form(words=MEGABYTE)).status_code == 422
    assert footprint(case) == before


@pytest.mark.parametrize("field", ["words", "title", "place"])
def test_a_megabyte_sent_by_a_program_is_refused_by_name(field: str) -> None:
    answer = Api("wang").post("cases/", a_request(**{field: MEGABYTE}))
    assert (answer.status, [e["field"] for e in answer.body["errors"]]) == (400, [field])
    assert not Case.objects.exists()


def test_a_megabyte_of_reply_keeps_the_form_and_changes_nothing() -> None:
    case = signed()
    before = footprint(case)
    given = {**a_reply(), "contacted": "no", "beyond_powers": "no", "version": case.version, "public_reply": MEGABYTE}
    answer = client_of("liu").post(f"/cases/{case.number}/moves/reply/", given)
    assert answer.status_code == 422
    assert footprint(case) == before


def test_a_page_of_six_megabytes_is_not_read(wang: Client) -> None:
    assert wang.post("/console/register/", a_form(words=MEGABYTE * 6)).status_code in (400, 413)
    assert not Case.objects.exists()


def test_a_word_longer_than_the_search_can_hold_is_registered_all_the_same(wang: Client) -> None:
    words = "账号 " + "a1" * 3_000
    assert wang.post("/console/register/", a_form(words=words)).status_code == 303
    assert Case.objects.get().words == words
    body = {"words": words}
    assert Api("wang").post("suggestions/", body).status == 200
    assert wang.post("/console/suggestions/likely/", a_form(words=words)).status_code == 200


# -- What cannot be seen


@pytest.mark.parametrize("field", ["words", "title"])
def test_what_holds_nothing_visible_is_as_empty(field: str) -> None:
    answer = Api("wang").post("cases/", a_request(**{field: HIDDEN}))
    assert (answer.status, [e["field"] for e in answer.body["errors"]]) == (422, [field])


def test_a_request_is_kept_without_what_cannot_be_seen() -> None:
    body = a_request(
        place=f"建设街{HIDDEN} 18 号", citizen={"name": f"李{HIDDEN}女士", "phone": f"138{HIDDEN}00006021"}
    )
    assert Api("wang").post("cases/", body).status == 201
    case = Case.objects.select_related("citizen").get()
    assert (case.place, case.citizen and case.citizen.name) == ("建设街 18 号", "李女士")


def test_a_reply_is_kept_without_what_cannot_be_seen() -> None:
    case = signed()
    words = a_reply(public_reply=f"您反映的情况{HIDDEN}属实，已补装井盖。", internal_note=f"{HIDDEN}已列入巡查。")
    Api("liu").move({"number": case.number, "version": case.version}, "reply", **words)
    kept = case.replies.get()
    assert (kept.public_reply, kept.internal_note) == ("您反映的情况属实，已补装井盖。", "已列入巡查。")


def test_a_nul_typed_into_a_page_is_left_out(wang: Client) -> None:
    assert wang.post("/console/register/", a_form(words="井盖\0缺失", idempotency_key="k\0ey")).status_code == 303
    assert Case.objects.get().words == "井盖缺失"
    assert RequestKey.objects.filter(key="key").exists()
    answer = client_of("zhou").post(
        f"/cases/{Case.objects.get().number}/moves/note/", {"words": "补充\0", "version": 1}
    )
    assert answer.status_code == 303
    assert CaseEvent.objects.get(kind="noted").why == "补充"


@pytest.mark.parametrize("body", [a_request(kind="\ud800"), a_request(**{"\ud800": 1}), a_request(channel="\udfff")])
def test_half_a_surrogate_pair_anywhere_in_a_body_is_refused(body: dict[str, Any]) -> None:
    answer = Api("wang").post("cases/", json.dumps(body))
    assert (answer.status, len(answer.body["errors"])) == (400, 1)


# -- What cannot be


@pytest.mark.parametrize("number", ["nan", "inf", "-inf"])
def test_no_place_on_earth_is_refused(number: str) -> None:
    assert Api("wang").post("cases/", a_request(latitude=number)).status == 400
    assert Api("wang").post("cases/", a_request(longitude=number)).status == 400


def test_a_proposed_unit_is_a_handling_unit(wang: Client) -> None:
    answer = wang.post("/console/register/", a_form(unit="JIA"))
    assert answer.status_code == 422
    assert "unit" in answer.context["form"].errors


@pytest.mark.parametrize("given", [{"contacted_at": "0001-01-01T09:00"}, {"contacted_at": "2026-02-30T09:00"}])
def test_an_impossible_moment_is_refused_at_its_field(given: dict[str, str]) -> None:
    case = signed()
    form = {**a_reply(), "contacted": "yes", "beyond_powers": "no", "version": case.version, **given}
    answer = client_of("liu").post(f"/cases/{case.number}/moves/reply/", form)
    assert (answer.status_code, "contacted_at" in answer.context["form"].errors) == (422, True)


@pytest.mark.parametrize("chosen", ["9" * 5_000 + ":1", "99999999999999999999:1", "1:" + "9" * 5_000, "x", ":"])
def test_garbage_ticked_in_a_list_signs_nothing(chosen: str) -> None:
    case = dispatched()
    assert client_of("sun").post("/worklist/sign/", {"chosen": chosen}).status_code == 303
    assert current(case).status == "dispatched"


# -- Not now, not you


@pytest.mark.parametrize("door", ["page", "api"])
def test_a_move_that_is_not_possible_names_those_that_are(door: str) -> None:
    case = dispatched()
    if door == "page":
        answer: Any = client_of("zhou").post(f"/dispatch/{case.number}/", {"unit": "CGJ", "version": case.version})
        told = (answer.status_code, answer.content.decode())
    else:
        sent = {"If_Match": f'"{case.version}"', "Accept_Language": "en"}
        answer = Api("zhou").post(f"cases/{case.number}/dispatch/", {"unit": "CGJ"}, **sent)
        told = (answer.status, answer.body["detail"])
    assert told[0] == 409
    possible = (
        "hand over, sign off, re-dispatch, take back, refer to the arbiter, join to a group, withdraw for the citizen"
    )
    assert f"Possible: {possible}." in told[1]
    assert current(case).version == case.version


# -- Whose is it?


def test_a_call_that_led_to_a_case_stays_with_it() -> None:
    told = {"platform_id": "c-1", "act": "answered", "at": "2026-03-09T10:00:00+08:00", "agent": "1001"}
    told["agent"] = member("wang").user.username
    assert Api("telephony").post("calls/", told).status == 200
    first = Api("wang").post("cases/", a_request(call="c-1"))
    second = Api("wang").post("cases/", a_request(call="c-1", title="另一件事"))
    assert (first.status, second.status) == (201, 201)
    assert Case.objects.get(calls__platform_id="c-1").number == first.body["number"]


def test_a_unit_that_takes_no_cases_cannot_be_proposed_on_return() -> None:
    case = dispatched(at=timezone.now())
    closed = unit("SWJ")
    closed.active_until = date(2026, 1, 1)
    closed.save()
    body = {"reason": "wrong_area", "grounds": "该路段由街道管养。", "proposed_unit": "SWJ"}
    answer = Api("sun").post(f"cases/{case.number}/ask-to-bounce/", body, If_Match=f'"{case.version}"')
    assert (answer.status, [e["field"] for e in answer.body["errors"]]) == (422, ["proposed_unit"])
    assert not Decision.objects.exists()
    assert lead(case).state == "dispatched"


def test_a_retired_category_and_a_closed_unit_are_refused_by_the_api_too() -> None:
    retired = category()
    retired.valid_until = date(2026, 1, 1)
    retired.save()
    answer = Api("wang").post("cases/", a_request())
    assert (answer.status, [e["field"] for e in answer.body["errors"]]) == (422, ["category"])
    assert not Case.objects.exists()


def test_a_review_told_twice_is_one_review(wang: Client) -> None:
    case = replied()
    form = {"act": "accept", "version": case.version, "idempotency_key": "once"}
    wu = client_of("wu")
    answers = [wu.post(f"/review/{case.number}/", form) for _ in range(2)]
    assert [a.status_code for a in answers] == [303, 303]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert CaseEvent.objects.of(case).filter(kind="accepted").count() == 1
    changed = wu.post(f"/review/{case.number}/", {**form, "act": "send_back", "reason": "wording"})
    assert changed.status_code == 422


def test_a_case_registered_over_an_unapproved_year_is_flagged_where_it_is_shown() -> None:
    case = a_case(local("2031-03-10 10:00"))
    assert Api("zhou").get(f"cases/{case.number}/").body["provisional"] is True
    assert "Provisional date" in client_of("zhou").get(f"/cases/{case.number}/").content.decode()
