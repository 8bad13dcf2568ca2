"""The console's ways to end a record, and what it says when something is wrong."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cases import telephony
from cases.models import Call, Case, CaseEvent, DeadlinePolicy, Draft, EventKind, HandOver, Status
from cases.telephony import CallAct, CallEvent
from hotline.privacy import retrieval_code
from tests.doors import client_of
from tests.people import category, member, unit
from tests.stories import MANHOLE, a_case, dispatched

pytestmark = pytest.mark.django_db
PHONE = "13800006021"
REGISTER = "/console/register/"


@pytest.fixture
def wang() -> Client:
    return client_of("wang")


def typed(**given: Any) -> dict[str, Any]:
    """What Wang has typed of the missing manhole cover."""
    plain = {
        "words": MANHOLE,
        "title": "建设街窨井盖缺失",
        "name": "李女士",
        "phone": PHONE,
        "region": "350902001000",
        "place": "建设街 18 号门前",
        "kind": "complaint",
        "category": "SZ01",
        "unit": "CGJ",
        "urgency": "ordinary",
        "callback_wish": "phone",
        "channel": "phone",
        "outcome": "propose",
        "page": "p1",
    }
    return plain | given


def a_call(agent: str = "wang", phone: str = PHONE) -> Call:
    """A call that the agent answered a minute ago."""
    at = timezone.now() - timedelta(minutes=1)
    telephony.record_call(CallEvent("c-1", CallAct.OFFERED, at, caller=phone), by=None, at=at)
    return telephony.record_call(CallEvent("c-1", CallAct.ANSWERED, at, agent=agent), by=None, at=at)


def only_case() -> Case:
    return Case.objects.get()


def test_a_record_is_sent_to_the_dispatcher_with_what_was_proposed(wang: Client) -> None:
    response = wang.post(REGISTER, typed())
    assert (response.status_code, response["Location"]) == (303, "/console/")
    case = only_case()
    assert (case.status, case.proposed_unit, case.category) == (Status.REGISTERED, unit(), category())
    assert case.routing["chosen"] == "CGJ"
    assert "SZ01" in [s["code"] for s in case.routing["categories"]]
    assert (
        f"{retrieval_code(case.number)[:3]} {retrieval_code(case.number)[3:]}" in wang.get("/console/").content.decode()
    )


def test_a_dispatcher_dispatches_from_the_console_at_once() -> None:
    client_of("zhou").post(REGISTER, typed(outcome="dispatch"))
    assert only_case().status == Status.DISPATCHED


def test_an_agent_may_not_dispatch_whatever_the_form_says(wang: Client) -> None:
    wang.post(REGISTER, typed(outcome="dispatch"))
    assert only_case().status == Status.REGISTERED


def test_a_direct_answer_keeps_the_article_it_came_from(wang: Client) -> None:
    wang.post(REGISTER, typed(outcome="answer", answer="可到派出所续签。", article="residence-permit@1", unit=""))
    case = only_case()
    assert case.status == Status.CLOSED
    answered = CaseEvent.objects.of(case).get(kind=EventKind.ANSWERED)
    assert (answered.why, answered.payload) == ("可到派出所续签。", {"article": "residence-permit", "version": 1})


def test_a_refusal_needs_its_ground_and_the_way_told(wang: Client) -> None:
    response = wang.post(REGISTER, typed(outcome="refuse"))
    assert response.status_code == 422
    assert {"ground", "route"} <= set(response.context["form"].errors)
    wang.post(REGISTER, typed(outcome="refuse", ground="legal_procedure", route="已告知向受理法院反映"))
    assert only_case().status == Status.REFUSED


def test_an_emergency_is_handed_over_with_nothing_filled_in(wang: Client) -> None:
    call = a_call()
    wang.post(REGISTER, {"outcome": "hand_over:119", "call": str(call.pk)})
    case = only_case()
    assert (case.status, case.kind, case.urgency) == (Status.REGISTERED, "help", "emergency")
    assert HandOver.objects.get().line == "119"
    assert "119" in case.words
    call.refresh_from_db()
    assert call.case == case


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"words": " \u200b\n"}, "words"),
        ({"words": "水" * 350_000}, "words"),
        ({"region": ""}, "region"),
        ({"region": "999"}, "region"),
        ({"kind": "party"}, "kind"),
        ({"category": ""}, "category"),
        ({"phone": "12"}, "phone"),
        ({"outcome": "answer"}, "answer"),
        ({"title": "长" * 121}, "title"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(
    wang: Client, given: dict[str, str], field: str
) -> None:
    response = wang.post(REGISTER, typed(**given))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert "建设街 18 号门前" in response.content.decode()
    assert not Case.objects.exists()


def test_characters_that_cannot_be_seen_are_left_out(wang: Client) -> None:
    wang.post(REGISTER, typed(words="井\u200b盖\x00缺失", name="李\x00女士"))
    case = only_case()
    assert case.words == "井盖缺失"
    assert case.citizen is not None
    assert case.citizen.name == "李女士"


def test_a_retired_category_is_refused_by_name(wang: Client) -> None:
    retired = category()
    retired.valid_until = timezone.localdate()
    retired.save()
    response = wang.post(REGISTER, typed())
    assert response.context["form"].errors["category"] == [
        "The category “Manhole covers” is no longer in use. Choose another."
    ]


def test_a_unit_outside_its_period_is_refused(wang: Client) -> None:
    closed = unit()
    closed.active_until = timezone.localdate()
    closed.save()
    assert "unit" in wang.post(REGISTER, typed()).context["form"].errors


def test_without_a_limit_in_force_nothing_is_registered(wang: Client) -> None:
    from cases import deadlines

    DeadlinePolicy.objects.filter(clock="promise").update(valid_until=timezone.localdate())
    deadlines.policies.forget()
    try:
        response = wang.post(REGISTER, typed())
        assert response.status_code == 422
        assert "No time limit is laid down" in response.context["form"].errors["kind"][0]
        assert "No time limit" in wang.post("/console/limits/", typed()).content.decode()
    finally:
        deadlines.policies.forget()


def test_sending_twice_registers_once(wang: Client) -> None:
    wang.post("/console/drafts/", typed())
    sent = typed(idempotency_key="k-1", draft=str(Draft.objects.get().pk))
    first, second = wang.post(REGISTER, sent), wang.post(REGISTER, sent)
    assert (first.status_code, second.status_code) == (303, 303)
    assert Case.objects.count() == 1


def test_a_call_leads_to_the_case_and_lends_it_its_number(wang: Client) -> None:
    call = a_call()
    wang.post(REGISTER, typed(call=str(call.pk), phone=""))
    case = only_case()
    assert case.citizen is not None
    assert case.citizen.phone == "+86" + PHONE
    call.refresh_from_db()
    assert call.case == case


def test_somebody_elses_call_lends_nothing(wang: Client) -> None:
    call = a_call(agent="li")
    wang.post(REGISTER, typed(call=str(call.pk), phone=""))
    assert only_case().citizen.phone is None  # type: ignore[union-attr]


def test_a_caller_who_calls_again_urges_the_case_under_way(wang: Client) -> None:
    case, call = dispatched(at=timezone.now() - timedelta(days=1)), a_call()
    wang.post("/console/drafts/", {"words": "又有人绊倒了", "page": "p1", "call": str(call.pk)})
    sent = {"words": "又有人绊倒了", "draft": str(Draft.objects.get().pk), "idempotency_key": "k-2"}
    address = f"/console/additions/{case.number}/"
    assert [wang.post(address, sent).status_code for _ in range(2)] == [303, 303]
    assert CaseEvent.objects.of(case).get(kind=EventKind.URGED).why == "又有人绊倒了"
    assert not Draft.objects.exists()
    call.refresh_from_db()
    assert call.case == case


def test_a_case_not_with_a_unit_yet_gets_a_note_instead(wang: Client) -> None:
    case = a_case(at=timezone.now() - timedelta(hours=1))
    wang.post(f"/console/additions/{case.number}/", {"words": "又有人绊倒了"})
    assert CaseEvent.objects.of(case).filter(kind=EventKind.NOTED).exists()


def test_nothing_can_be_added_to_another_contractors_case() -> None:
    case = dispatched(at=timezone.now() - timedelta(days=1))
    response = client_of("chen").post(f"/console/additions/{case.number}/", {"words": "又有人绊倒了"})
    assert response.status_code == 404


def test_an_addition_must_say_something(wang: Client) -> None:
    case = dispatched(at=timezone.now() - timedelta(days=1))
    response = wang.post(f"/console/additions/{case.number}/", {"words": " "})
    assert response.status_code == 422
    assert "words" in response.context["form"].errors


@pytest.mark.parametrize("username", ["liu", "shen", "wu", "sysadmin", "ma"])
def test_who_takes_no_requests_has_no_console(username: str) -> None:
    assert client_of(username).get("/console/").status_code == 403


def test_strangers_are_sent_to_the_door(client: Client) -> None:
    assert client.get("/console/").status_code == 302


def test_wang_is_who_the_case_was_taken_by(wang: Client) -> None:
    wang.post(REGISTER, typed())
    assert only_case().taken_by_id == member("wang").user_id


def test_two_matters_of_one_call_are_two_cases_of_one_citizen(wang: Client) -> None:
    call = a_call()
    for page in ("p1", "p2"):
        wang.post(REGISTER, typed(call=str(call.pk), phone="", page=page))
    first, second = Case.objects.order_by("pk")
    assert first.citizen == second.citizen
    call.refresh_from_db()
    assert call.case == first
