"""A complaint in confidence: the body complained of never learns of it, and nobody learns who complained."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import override_settings
from psycopg2.extras import DateTimeTZRange

from cases import decisions, dispatching, identity, sealing, supervision
from cases.models import Assignment, Case, CaseEvent, EventKind, Recusal
from cases.search import find
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.models import Membership, Message
from hotline.roles import Role
from tests.access.ground import ABSENT_NUMBER
from tests.cases.api.client import Api
from tests.doors import client_of
from tests.people import member, unit
from tests.stories import (
    MONDAY,
    a_case,
    a_registration,
    accepted,
    current,
    dispatched,
    lead,
    replied,
    signed,
    survey_of,
)

pytestmark = pytest.mark.django_db
PHONE = "13800006021"
LATER = MONDAY + timedelta(minutes=30)


def secret(about: str = "CGJ", **given: Any) -> Case:
    """Mrs Li complains in confidence about urban management; the office may give it to water."""
    return a_case(**{"confidential": True, "subject_unit": unit(about), "proposed_unit": None, **given})


def sees(who: str | Membership, case: Case) -> bool:
    by = member(who) if isinstance(who, str) else who
    return Case.objects.visible_to(by).filter(pk=case.pk).exists()


def also(username: str, code: str, role: Role = Role.CLERK, *, ended: bool = False) -> Membership:
    """The person acts for that body too, as a stand-in for instance; or did so once."""
    until = MONDAY - timedelta(days=200) if ended else None
    valid = DateTimeTZRange(MONDAY - timedelta(days=400), until)
    return Membership.objects.create(user=member(username).user, organisation=unit(code), role=role, valid=valid)


@pytest.mark.parametrize(
    ("username", "plain", "in_confidence"),
    [
        ("zhou", True, True),
        ("yan", True, True),
        ("shen", True, True),
        ("lin", True, True),
        ("bai", False, False),
        ("wang", True, False),
        ("xu", True, False),
        ("tang", False, False),
        ("sun", False, False),
        ("su", False, False),
        ("sysadmin", False, False),
    ],
)
def test_who_sees_a_case_with_water(username: str, plain: bool, in_confidence: bool) -> None:
    open_case = dispatched(a_case(phone="13800006022"), to=unit("SWJ"))
    kept = dispatched(secret(), to=unit("SWJ"))
    assert (sees(username, open_case), sees(username, kept)) == (plain, in_confidence)


def test_the_body_complained_of_and_those_below_it_see_nothing_though_it_was_theirs() -> None:
    case = dispatched(to=unit("CGJ"))
    assert sees("sun", case)
    decision = asked_back(case)
    decisions.grant(decision, by=member("yan"), at=LATER, version=None, unit=unit("SWJ"), ruling="改派水务局")
    sealing.seal(current(case), by=member("zhou"), at=LATER, version=None, why="来电要求保密", subject_unit=unit("CGJ"))
    assert not sees("sun", case)
    assert not sees("su", case)
    assert sees("lin", case)
    assert not Assignment.objects.visible_to(member("sun")).filter(case=case).exists()


def asked_back(case: Case) -> Any:
    decisions.ask_to_bounce(
        lead(case), by=member("sun"), at=LATER, version=None, reason="not_our_duty", grounds="不属本单位职责。"
    )
    return case.decisions.get()


@pytest.mark.parametrize("ended", [False, True], ids=["acts for it too", "once acted for it"])
def test_a_person_of_the_body_complained_of_sees_it_in_no_other_role_either(ended: bool) -> None:
    case = dispatched(secret(), to=unit("SWJ"))
    jiang, lin = member("jiang"), member("lin")
    assert sees(jiang, case)
    assert sees(lin, case)
    also("jiang", "SZZX", ended=ended)
    also("lin", "CGJ", ended=ended)
    assert not sees(jiang, case)
    assert not sees(lin, case)


def test_those_above_may_handle_it_unless_the_city_says_otherwise() -> None:
    case = dispatched(secret("QSJD"), to=unit("DHQ"))
    assert sees("cao", case)
    with override_settings(SUPERIORS_HANDLE_CONFIDENTIAL=False):
        assert not sees("cao", case)
        with pytest.raises(Invalid):
            dispatched(secret("QSJD", phone="13800006023"), to=unit("DHQ"))


@pytest.mark.parametrize("to", ["CGJ", "SZZX"], ids=["itself", "below it"])
def test_it_is_never_sent_there(to: str) -> None:
    case = secret()
    with pytest.raises(Invalid, match="does not get this case"):
        dispatched(case, to=unit(to))
    with pytest.raises(Invalid, match="does not get this case"):
        dispatching.dispatch(
            case, by=member("zhou"), at=LATER, version=None, unit=unit("SWJ"), co_organisers=[unit(to)]
        )
    assert not Assignment.objects.filter(case=case).exists()


def test_nor_by_a_ruling_on_a_return() -> None:
    case = dispatched(secret(), to=unit("SWJ"))
    decisions.ask_to_bounce(
        lead(case), by=member("lin"), at=LATER, version=None, reason="not_our_duty", grounds="不属水务职责。"
    )
    with pytest.raises(Invalid, match="does not get this case"):
        decisions.grant(
            case.decisions.get(), by=member("yan"), at=LATER, version=None, unit=unit("SZZX"), ruling="改派"
        )


def test_nor_is_it_proposed_there_at_intake() -> None:
    with pytest.raises(Invalid) as refusal:
        a_case(confidential=True, subject_unit=unit("CGJ"), proposed_unit=unit("CGJ"))
    assert refusal.value.field == "unit"


@pytest.mark.parametrize("code", ["HOTLINE", "ARBITER", "PLATFORM"])
def test_only_units_and_contractors_are_complained_of(code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        a_case(subject_unit=unit(code))
    assert refusal.value.field == "subject_unit"


def test_the_database_refuses_what_a_verb_forgets() -> None:
    case = secret()
    with pytest.raises(IntegrityError, match="does not go to the body"), transaction.atomic():
        Assignment.objects.create(case=case, unit=unit("SZZX"), dispatched_at=MONDAY)
    theirs = dispatched(a_case(phone="13800006024"), to=unit("SZZX"))
    with pytest.raises(IntegrityError, match="does not lie with the body"), transaction.atomic():
        Case.objects.filter(pk=theirs.pk).update(confidential=True, subject_unit=unit("CGJ"))


def test_while_it_lies_with_the_body_complained_of_it_is_not_sealed_but_taken_back_first() -> None:
    case = dispatched(to=unit("CGJ"))
    with pytest.raises(NotNow, match="Take it back"):
        sealing.seal(case, by=member("zhou"), at=LATER, version=None, why="要求保密", subject_unit=unit("CGJ"))
    case = accepted(replied(signed(case)))
    with pytest.raises(NotNow, match="Take it back"):
        sealing.seal(case, by=member("zhou"), at=LATER, version=None, why="要求保密", subject_unit=unit("CGJ"))


def test_sealing_leaves_who_when_and_why() -> None:
    case = a_case()
    sealing.seal(case, by=member("zhou"), at=LATER, version=case.version, why="来电要求保密", subject_unit=unit("CGJ"))
    event = CaseEvent.objects.get(case=case, kind=EventKind.SEALED)
    assert (event.by, event.why) == (member("zhou").user, "来电要求保密")
    assert event.payload["after"] == {"confidential": True, "subject_unit": unit("CGJ").pk}


@pytest.mark.parametrize(("username", "may"), [("zhou", True), ("yan", True), ("wu", False), ("jiang", False)])
def test_who_may_seal(username: str, may: bool) -> None:
    case = a_case()
    if may:
        assert sealing.seal(case, by=member(username), at=LATER, version=None, why="要求保密").confidential
    else:
        with pytest.raises(NotAllowed):
            sealing.seal(case, by=member(username), at=LATER, version=None, why="要求保密")


# -- Who complained


@pytest.mark.parametrize(
    ("username", "may"),
    [("yan", True), ("zheng", True), ("shen", True), ("zhou", False), ("wu", False), ("jiang", False), ("lin", False)],
)
def test_the_identity_is_for_the_roles_named(username: str, may: bool) -> None:
    case = dispatched(secret(), to=unit("SWJ"))
    by = member(username)
    if may:
        identity.reveal(case, by=by, at=LATER, reason="contact")
    else:
        with pytest.raises(NotAllowed):
            identity.reveal(case, by=by, at=LATER, reason="contact")
    told = Api(username).get(f"cases/{case.number}/").body
    assert (told["citizen"] is not None) == may
    assert told["identity_can_be_revealed"] == may


@pytest.mark.parametrize("username", ["zhou", "wu", "jiang", "lin", "wang"])
def test_a_search_by_telephone_does_not_find_it_for_others(username: str) -> None:
    case = dispatched(secret(), to=unit("SWJ"))
    assert case not in find(PHONE, by=member(username), at=LATER)
    assert case in find(PHONE, by=member("yan"), at=LATER)


def test_the_outbox_does_not_tell_to_whom_it_was_sent() -> None:
    case = secret()
    assert Message.objects.filter(about=case.number, channel="sms").exists()
    for username, told in (("zhou", False), ("jiang", False), ("yan", True)):
        assert (case.number in client_of(username).get("/outbox/").text) == told
        assert any(m["about"] == case.number for m in Api(username).get("messages/").body["results"]) == told


def test_a_duplicate_is_not_found_by_the_callers_number() -> None:
    case = secret(words="举报城管局工作人员接受宴请。", title="举报宴请")
    body = {"words": "噪音扰民", "phone": PHONE}
    for username in ("wang", "zhou"):
        assert case.number not in Api(username).post("suggestions/", body).text


# -- As if there were none


@pytest.mark.parametrize("username", ["sun", "peng", "su", "wang", "xu"])
def test_it_is_not_there_in_the_very_same_bytes(username: str) -> None:
    case = dispatched(secret(), to=unit("SWJ"))
    for path in ("/cases/{}/", "/api/v1/cases/{}/", "/api/v1/cases/{}/events/", "/search/?q={}"):
        client = client_of(username)
        hidden, absent = (client.get(path.format(number)) for number in (case.number, ABSENT_NUMBER))
        assert hidden.status_code == absent.status_code
        told = [answer.text.replace(number, "N") for answer, number in ((hidden, case.number), (absent, ABSENT_NUMBER))]
        assert without_tokens(told[0]) == without_tokens(told[1])


def without_tokens(text: str) -> str:
    """Without what is different each time anyhow."""
    import re

    text = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "U", text)
    return re.sub(r'(nonce=|csrfmiddlewaretoken" value=|csrf-token" content=|X-CSRFToken"?: ?")"?[^" ]+', "T", text)


def test_notices_about_it_do_not_exist_for_those_it_is_kept_from() -> None:
    case = dispatched(to=unit("CGJ"))
    Message.objects.update(state="sent", next_attempt_at=None, sent_at=MONDAY)
    assert Message.objects.inbox_of(member("sun")).filter(about=case.number).exists()
    decisions.grant(asked_back(case), by=member("yan"), at=LATER, version=None, unit=unit("SWJ"), ruling="改派水务局")
    sealing.seal(current(case), by=member("zhou"), at=LATER, version=None, why="要求保密", subject_unit=unit("CGJ"))
    Message.objects.update(state="sent", next_attempt_at=None, sent_at=MONDAY)
    for username in ("sun", "su", "xu"):
        assert not Message.objects.inbox_of(member(username)).filter(about=case.number).exists()
    assert Message.objects.inbox_of(member("lin")).filter(about=case.number).exists()


def test_a_contractor_calls_nobody_back_about_it() -> None:
    case = accepted_with_water(secret(phone="0593-6000123"))
    numbers = {username: client_of(username).get("/callbacks/").text for username in ("wang", "zheng")}
    assert case.number not in numbers["wang"]
    assert case.number in numbers["zheng"]
    assert client_of("wang").get(f"/callbacks/{survey_of(case).pk}/").status_code == 404


def accepted_with_water(case: Case) -> Case:
    from cases import handling, reviewing
    from tests.stories import a_reply

    case = dispatched(case, to=unit("SWJ"))
    case = handling.sign(lead(case), by=member("lin"), at=MONDAY + timedelta(hours=1), version=None)
    case = handling.reply(lead(case), a_reply(), by=member("lin"), at=MONDAY + timedelta(hours=3), version=None)
    return reviewing.accept(case, by=member("wu"), at=MONDAY + timedelta(hours=4), version=None)


# -- Standing aside


def test_for_whoever_stands_aside_the_case_does_not_exist() -> None:
    case = dispatched(to=unit("CGJ"))
    sealing.recuse(case, by=member("sun"), at=LATER, version=None, why="诉求人是本人亲属")
    assert not sees("sun", case)
    assert sees("liu", case)
    assert client_of("sun").get(f"/cases/{case.number}/").status_code == 404
    assert not Assignment.objects.visible_to(member("sun")).filter(case=case).exists()


def test_the_office_may_have_somebody_stand_aside_and_lift_it_again() -> None:
    case, zhou = a_case(), member("zhou")
    sealing.recuse(case, by=zhou, at=LATER, version=None, why="被反映人", person=member("jiang").user)
    recusal = sealing.recusal_of(case, member("jiang").user)
    assert not sees("jiang", case)
    with pytest.raises(NotNow, match="already"):
        sealing.recuse(current(case), by=zhou, at=LATER, version=None, why="被反映人", person=member("jiang").user)
    sealing.lift(recusal, by=zhou, at=LATER, why="查无此事")
    assert sees("jiang", case)
    with pytest.raises(NotNow):
        sealing.lift(recusal, by=zhou, at=LATER, why="查无此事")


def test_nobody_lifts_their_own_and_only_the_office_decides_about_others() -> None:
    case = dispatched(to=unit("CGJ"))
    with pytest.raises(NotAllowed):
        sealing.recuse(case, by=member("sun"), at=LATER, version=None, why="有利害关系", person=member("liu").user)
    sealing.recuse(case, by=member("yan"), at=LATER, version=None, why="有利害关系")
    own = sealing.recusal_of(case, member("yan").user)
    with pytest.raises(NotAllowed):
        sealing.lift(own, by=member("yan"), at=LATER, why="没有了")
    assert Recusal.objects.in_force().count() == 1


@pytest.mark.parametrize("why", ["", " \u200b ", "长" * 201])
def test_standing_aside_needs_a_reason(why: str) -> None:
    case = dispatched(to=unit("CGJ"))
    with pytest.raises(Invalid):
        sealing.recuse(case, by=member("sun"), at=LATER, version=None, why=why)


def test_an_office_list_goes_by_its_index_and_finds_what_is_kept_once() -> None:
    for _n in range(3):
        a_case(phone=f"1380000700{_n}")
    cases = Case.objects.visible_to(member("zhou")).latest_first()[:20]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        plan = cases.explain(analyze=True, buffers=False)
    assert "case_latest" in plan
    assert "(id <> ALL ((InitPlan 1)" in plan
    assert "case_confidential" in plan


def test_a_registration_says_about_whom_by_the_api_and_reads_it_back() -> None:
    given = a_registration()
    body = {
        "words": given.words,
        "title": given.title,
        "kind": "report",
        "channel": "phone",
        "confidential": True,
        "subject_unit": "CGJ",
        "citizen": {"phone": PHONE},
    }
    made = Api("zhou").post("cases/", body)
    assert made.status == 201
    assert Api("zhou").get(f"cases/{made.body['number']}/").body["subject_unit"]["code"] == "CGJ"
    taken = Api("wang").post("cases/", body)
    assert taken.status == 201
    assert Api("wang").get(f"cases/{taken.body['number']}/").status == 404


def test_urging_and_the_like_are_not_for_contractors_any_more() -> None:
    case = dispatched(secret(), to=unit("SWJ"))
    with pytest.raises(NotAllowed):
        supervision.urge(case, by=member("wang"), at=LATER, version=None, words="请尽快")
