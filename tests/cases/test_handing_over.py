"""Emergencies go to the line they belong to, and stay ours until it takes them; what it sent us wrongly goes back."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from cases import decisions, handing_over, intake
from cases.models import Case, CaseEvent, Clock, Decision, HandOver, Status
from hotline.acts import Invalid, NotAllowed, NotNow, Stale
from hotline.models import Message
from tests.doors import client_of
from tests.people import channel, member
from tests.stories import IN_STATUS, MONDAY, a_case, a_registration, bounce_asked, current, signed

pytestmark = pytest.mark.django_db
SEAT = "119 指挥中心 7 席"


def asked(case: Case | None = None, line: str = "119", by: str = "wang", **given: Any) -> HandOver:
    """Wang asks the fire brigade."""
    case = case or a_case()
    handing_over.offer(case, by=member(by), at=MONDAY, version=None, line=line, **given)
    return HandOver.objects.select_related("case").get(case=case, state="offered")


def accept(one: HandOver, by: str = "wang", **given: Any) -> Case:
    given = {"answered_by": SEAT, "version": None, **given}
    return handing_over.accepted(one, by=member(by), at=MONDAY, **given)


def refuse(one: HandOver, by: str = "wang", **given: Any) -> Case:
    given = {"answered_by": SEAT, "answer": "非火情，不予接收。", "version": None, **given}
    return handing_over.refused(one, by=member(by), at=MONDAY, **given)


def from_the_police(number: str = "110-20260309-0042") -> Case:
    """The police passed it on to us, under a number of theirs."""
    given = a_registration(channel=channel("police"), upstream_number=number)
    return intake.register(given, by=member("wang"), at=MONDAY)


def test_until_the_line_accepts_it_the_case_is_ours_and_its_limits_run() -> None:
    one = asked(three_way=True, note="三方通话：居民楼冒烟。")
    case = current(one.case)
    assert (case.status, case.outcome) == ("registered", "")
    assert set(Clock.objects.running().filter(case=case).values_list("kind", flat=True)) == {"promise", "dispatch"}
    event = CaseEvent.objects.of(case).get(kind="line_asked")
    assert (event.payload, event.why) == ({"to": "119", "three_way": True}, "三方通话：居民楼冒烟。")
    case = accept(one)
    assert (case.status, case.outcome) == ("handed_over", "handed_over")
    assert not Clock.objects.running().filter(case=case).exists()
    one.refresh_from_db()
    assert (one.state, one.answered_by, one.recorded_by) == ("accepted", SEAT, member("wang").user)


def test_a_line_that_takes_it_at_once_has_it_at_once() -> None:
    case = intake.hand_over(a_registration(), by=member("wang"), at=MONDAY, to="120", accepted_by="120 调度 3 席")
    assert case.status == "handed_over"
    assert HandOver.objects.get().state == "accepted"


def test_without_agreement_it_stays_with_us_who_answered_first_and_who_refused_is_kept() -> None:
    case = refuse(asked())
    assert case.status == "registered"
    one = HandOver.objects.get()
    assert (one.state, one.answered_by, one.answer) == ("refused", SEAT, "非火情，不予接收。")
    assert CaseEvent.objects.of(case).get(kind="line_refused").payload == {"to": "119", "answered_by": SEAT}
    with pytest.raises(NotNow, match="119 fire refused it before"):
        asked(case)
    assert asked(case, "110").line == "110"


def test_who_asks_another_line_meanwhile_asks_the_first_no_longer() -> None:
    case = asked().case
    asked(case, "120")
    assert dict(HandOver.objects.values_list("line", "state")) == {"119": "dropped", "120": "offered"}
    with pytest.raises(NotNow, match="was asked already"):
        asked(case, "120")


def test_an_emergency_found_later_is_taken_from_the_units_as_well() -> None:
    case = accept(asked(signed()))
    assert set(case.assignments.values_list("state", flat=True)) == {"withdrawn"}
    assert not Clock.objects.running().filter(case=case).exists()
    told = Message.objects.get(template__key="handed_over")
    assert (told.to_organisation.code if told.to_organisation else "") == "CGJ"


def test_what_a_unit_had_asked_for_needs_no_ruling_any_more() -> None:
    case = bounce_asked().case
    accept(asked(case))
    assert not Decision.objects.open().exists()
    with pytest.raises(NotNow):
        decisions.take_back_request(Decision.objects.get(), by=member("sun"), at=MONDAY, version=None)


OPEN_TO = {Status.REGISTERED, Status.DISPATCHED, Status.HANDLING, Status.REHANDLING}


@pytest.mark.parametrize("status", list(IN_STATUS))
def test_a_line_is_asked_while_the_case_is_not_answered_and_not_closed(status: Status) -> None:
    case = IN_STATUS[status]()
    if status in OPEN_TO:
        assert asked(case).case.status == status
    else:
        with pytest.raises(NotNow):
            asked(case)


def test_what_came_from_the_police_has_their_number_and_goes_back_whatever_they_say() -> None:
    case = from_the_police()
    assert (case.upstream_platform, case.upstream_number) == ("110", "110-20260309-0042")
    case = refuse(asked(case, "110"), answer="不属警情。")
    assert case.status == "handed_over"
    ended = CaseEvent.objects.of(case).get(kind="handed_over")
    assert (ended.payload["to"], ended.payload["agreed"]) == ("110", False)


def test_what_came_from_the_police_and_is_a_fire_stays_ours_if_the_fire_brigade_refuses() -> None:
    assert refuse(asked(from_the_police(), "119")).status == "registered"


MAY = dict.fromkeys(("wang", "xu", "zhou"), True) | dict.fromkeys(
    ("chen", "wu", "zheng", "yan", "sun", "peng", "jiang", "shen"), False
)


@pytest.mark.parametrize(("name", "may"), MAY.items())
def test_who_takes_calls_or_dispatches_hands_over_of_contractors_only_their_own(name: str, may: bool) -> None:
    case = a_case()
    if may:
        assert accept(asked(case, by=name), by=name).status == "handed_over"
        return
    with pytest.raises(NotAllowed):
        asked(case, by=name)
    one = asked(case)
    for act in (accept, refuse):
        with pytest.raises(NotAllowed):
            act(one, by=name)
    assert current(case).status == "registered"


@pytest.mark.parametrize(
    ("given", "field"),
    [({"answered_by": " "}, "answered_by"), ({"answer": ""}, "answer")],
)
def test_who_refused_and_why_must_be_said(given: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as told:
        refuse(asked(), **given)
    assert told.value.field == field
    assert HandOver.objects.get().state == "offered"


def test_an_answer_is_recorded_once_and_on_what_was_seen() -> None:
    one = asked()
    with pytest.raises(Stale):
        accept(one, version=1)
    refuse(one, version=2)
    with pytest.raises(NotNow, match="recorded before"):
        accept(one)


def test_two_lines_are_never_asked_together() -> None:
    one = asked()
    with pytest.raises(IntegrityError, match="handover_one_at_a_time"), transaction.atomic():
        HandOver.objects.create(case=one.case, line="120", offered_by=member("wang").user, offered_at=MONDAY)


@pytest.fixture
def wang() -> Client:
    return client_of("wang")


def test_from_the_console_one_key_asks_the_line_and_the_next_page_asks_what_it_said(wang: Client) -> None:
    said = {"outcome": "hand_over:119", "three_way": "1", "line_note": "三方通话，确认起火。"}
    response = wang.post("/console/register/", said)
    one = HandOver.objects.select_related("case").get()
    assert response.url == f"/cases/{one.case.number}/"  # type: ignore[attr-defined]
    assert (one.line, one.three_way, one.note, one.case.status) == ("119", True, "三方通话，确认起火。", "registered")
    page = wang.get(response.url)  # type: ignore[attr-defined]
    assert page.context["panel"] == "line"
    form = {"act": "accept", "answered_by": SEAT, "answer": "", "version": one.case.version}
    wang.post(f"/cases/{one.case.number}/moves/line/", form)
    assert current(one.case).status == "handed_over"


def test_from_the_case_page_a_refusal_is_recorded_and_shown(wang: Client) -> None:
    case = a_case()
    address = f"/cases/{case.number}/"
    wang.post(f"{address}moves/hand-over/", {"line": "122", "three_way": "on", "note": "事故", "version": case.version})
    form = {"act": "refuse", "answered_by": "122 一席", "answer": "无人受伤，不出警。", "version": case.version + 1}
    assert wang.post(f"{address}moves/line/", {**form, "answered_by": ""}).status_code == 422
    wang.post(f"{address}moves/line/", form)
    page = wang.get(address).content.decode()
    assert current(case).status == "registered"
    assert "122 traffic accidents refused it." in page
    assert "无人受伤，不出警。" in page


def test_a_case_from_the_police_is_taken_down_with_their_number(wang: Client) -> None:
    form = {"outcome": "hand_over:110", "channel": "police"}
    response = wang.post("/console/register/", form)
    assert response.context["form"].errors["upstream_number"]
    wang.post("/console/register/", {**form, "upstream_number": "110-7"})
    assert Case.objects.get().upstream_number == "110-7"
