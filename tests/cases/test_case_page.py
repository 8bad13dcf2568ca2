"""The case page: what each person sees of a case and may do with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cases import decisions, handling, reviewing, supervision
from cases.escalation import fire_batch
from cases.models import Assignment, Case, CaseEvent, Decision, Reply, ReplyDraft, Reveal, Status
from tests.doors import client_of
from tests.people import member, unit
from tests.stories import MONDAY, a_case, accepted, dispatched, lead, rated, replied, signed

pytestmark = pytest.mark.django_db
NOON = MONDAY + timedelta(hours=2)
HTMX = {"HX-Request": "true"}
ANSWER = {
    "claim": "true",
    "beyond_powers": "no",
    "solved": "solved",
    "contacted": "yes",
    "contacted_at": "2026-03-09T11:30",
    "public_reply": "您反映的情况属实。井盖已补装，道路恢复通行。",
    "internal_note": "已列入重点巡查路段。",
}


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as moving:
        yield moving


def look(username: str, case: Case, query: str = "") -> str:
    answer = client_of(username).get(f"/cases/{case.number}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def send(client: Client, case: Case, move: str, given: Mapping[str, object] | None = None) -> Any:
    return client.post(f"/cases/{case.number}/moves/{move}/", {"version": case.version, **(given or {})})


# -- Who sees it


@pytest.mark.parametrize("username", ["lin", "chen", "han", "sysadmin"])
def test_a_case_out_of_reach_is_not_there(username: str) -> None:
    case = dispatched()
    absent = client_of(username).get("/cases/20260309-000000/").status_code
    assert client_of(username).get(f"/cases/{case.number}/").status_code == absent
    assert absent in (403, 404)


@pytest.mark.parametrize("username", ["wang", "zhou", "wu", "yan", "jiang", "shen", "sun", "liu", "peng"])
def test_everybody_within_reach_sees_the_request_and_never_the_number(username: str) -> None:
    case = dispatched(words="井盖缺失，请回电 13912345678。")
    text = look(username, case)
    assert "井盖缺失" in text
    assert "13912345678" not in text
    assert "13800006021" not in text
    assert "138****6021" in text.replace(" ", "")


def test_a_unit_learns_nothing_of_who_asked_for_confidentiality() -> None:
    case = dispatched(confidential=True)
    for username in ("sun", "liu", "peng"):
        text = look(username, case)
        assert "asked for confidentiality" in text
        assert "6021" not in text
        assert "李" not in text.split('id="identity"')[1].split("</section>")[0]
    assert "138****6021" not in look("zhou", case).replace(" ", "")
    assert "138****6021" in look("yan", case).replace(" ", "")


def test_the_first_look_of_the_unit_is_noted_once() -> None:
    case = dispatched()
    look("zhou", case)
    assert lead(case).opened_at is None
    for _again in range(2):
        look("liu", case)
    assert lead(case).opened_at == NOON
    assert case.events.filter(kind="opened").count() == 1


def test_a_case_that_came_back_is_unopened_until_somebody_looks() -> None:
    case = rated(at=MONDAY - timedelta(days=1), solved=False, satisfaction=1)
    assert lead(case).opened_at is None
    look("liu", case)
    assert lead(case).opened_at == NOON


# -- Identity


def test_identity_is_shown_for_a_reason_and_five_minutes(clock: Any) -> None:
    case, client = signed(), client_of("liu")
    url = f"/cases/{case.number}/identity/"
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "visit"}).status_code == 303
    text = client.get(f"/cases/{case.number}/").content.decode()
    assert "138 0000 6021" in text
    assert "Viewed 1 times so far" in text
    assert "138 0000 6021" not in look("sun", case)
    clock.shift(timedelta(minutes=5, seconds=1))
    assert "138 0000 6021" not in client.get(url).content.decode()


def test_a_unit_cannot_reveal_a_confidential_reporter() -> None:
    case = signed(confidential=True)
    assert client_of("peng").post(f"/cases/{case.number}/identity/", {"reason": "visit"}).status_code == 403
    assert not Reveal.objects.exists()


# -- Moves


def test_moves_that_are_not_possible_are_listed_with_the_reason() -> None:
    text = look("sun", signed())
    assert "Ask to return the case: it was signed off before" in text
    assert "Ask for an extension" in text
    assert "Take the request back: you have asked for nothing" in text
    assert "Ask to return the case" not in look("zhou", signed())


def test_readers_are_told_that_they_only_read() -> None:
    assert "Your role only reads this case." in look("ma", dispatched())


def test_signing_off_from_the_page() -> None:
    case = dispatched()
    assert "Sign off for" in look("sun", case)
    assert send(client_of("sun"), case, "sign").status_code == 303
    assert Case.objects.get(pk=case.pk).status == Status.HANDLING


def test_a_reply_goes_to_review_and_twice_is_once() -> None:
    case, client = signed(), client_of("liu")
    codes = [send(client, case, "reply", {**ANSWER, "idempotency_key": "r"}).status_code for _again in range(2)]
    assert codes == [303, 303]
    assert Reply.objects.get(case=case).public_reply == ANSWER["public_reply"]
    assert Case.objects.get(pk=case.pk).status == Status.REPLIED


def test_a_reply_that_lacks_something_comes_back_with_what_was_typed() -> None:
    case = signed()
    answer = send(client_of("liu"), case, "reply", {**ANSWER, "solved": "partly", "measures": "更换管段"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "更换管段" in text
    assert ANSWER["public_reply"] in text
    assert not Reply.objects.exists()


def test_a_stale_reply_shows_what_changed_and_keeps_the_words() -> None:
    case = signed()
    supervision.note(case, by=member("zhou"), at=NOON, version=case.version, words="市民补充：已有人受伤")
    stale = send(client_of("liu"), case, "reply", ANSWER)
    text = stale.content.decode()
    assert stale.status_code == 409
    assert "已有人受伤" in text
    assert ANSWER["public_reply"] in text
    assert f'name="version" value="{Case.objects.get(pk=case.pk).version}"' in text


def test_what_is_typed_of_a_reply_is_kept_for_its_author() -> None:
    case, client = signed(), client_of("liu")
    kept = client.post(f"/cases/{case.number}/draft/", {**ANSWER, "solved": "partly", "measures": "更换破损管段"})
    assert kept.json() == {"saved_at": "12:00:00"}
    assert "更换破损管段" in client.get(f"/cases/{case.number}/").content.decode()
    assert "更换破损管段" not in look("peng", case)
    assert client_of("lin").post(f"/cases/{case.number}/draft/", ANSWER).status_code == 404
    assert ReplyDraft.objects.count() == 1


def test_the_preview_shows_what_the_citizen_will_read_and_no_more() -> None:
    case = signed()
    text = client_of("liu").post(f"/cases/{case.number}/preview/", ANSWER, headers=HTMX).content.decode()
    assert ANSWER["public_reply"] in text
    assert ANSWER["internal_note"] not in text


def test_contacts_progress_notes_and_urging() -> None:
    case, unit_people, office = signed(), client_of("liu"), client_of("zhou")
    steps = [
        (unit_people, "contact", {"reached": "yes", "how": "phone", "note": "告知围挡安排"}),
        (unit_people, "progress", {"words": "已设置围挡，明日补盖。"}),
        (unit_people, "note", {"words": "已派人到场"}),
        (office, "urge", {"words": "市民再次来电，请尽快处理"}),
    ]
    for client, move, given in steps:
        case.refresh_from_db()
        assert send(client, case, move, given).status_code == 303, move
    text = look("liu", case)
    for words in ("告知围挡安排", "已设置围挡", "已派人到场", "市民再次来电"):
        assert words in text
    assert lead(case).contacted_at == NOON


def test_a_move_of_another_role_is_forbidden_and_of_no_name_absent() -> None:
    case = signed()
    assert send(client_of("liu"), case, "urge", {"words": "快"}).status_code == 403
    assert send(client_of("zhou"), case, "reply", ANSWER).status_code == 403
    assert send(client_of("liu"), case, "nothing").status_code == 404
    assert send(client_of("lin"), case, "reply", ANSWER).status_code == 404


def test_the_dispatcher_sends_it_where_it_was_suggested() -> None:
    case = a_case()
    assert unit().name_en in look("zhou", case)
    given = {"unit": "ZJJ", "co_organisers": "SWJ", "note": "请两家会同处理"}
    assert send(client_of("zhou"), case, "dispatch", given).status_code == 303
    assert set(Assignment.objects.filter(case=case).values_list("unit__code", "role")) == {
        ("ZJJ", "lead"),
        ("SWJ", "co_organiser"),
    }


def test_the_reviewer_accepts_or_sends_back_with_a_reason() -> None:
    case = replied()
    assert "Review the reply" in look("wu", case)
    assert send(client_of("wu"), case, "review", {"act": "send_back", "reason": ""}).status_code == 422
    send(client_of("wu"), case, "review", {"act": "send_back", "reason": "no_evidence", "note": "请附照片"})
    assert "Your reply was sent back" in look("liu", case)
    assert "请附照片" in look("liu", case)


def test_the_dispatcher_rules_on_a_request_from_the_case() -> None:
    case = dispatched()
    case = decisions.ask_to_bounce(
        lead(case), by=member("sun"), at=NOON, version=case.version, reason="wrong_area", grounds="不在我辖区之内"
    )
    assert "不在我辖区之内" in look("zhou", case)
    assert send(client_of("zhou"), case, "rule", {"act": "grant", "unit": "ZJJ", "ruling": "改派"}).status_code == 303
    assert Decision.objects.get(case=case).state == "granted"
    assert lead(case).unit == unit("ZJJ")


def test_withdrawing_and_taking_up_again() -> None:
    case = dispatched()
    assert send(client_of("wu"), case, "withdraw", {"why": ""}).status_code == 422
    assert send(client_of("wu"), case, "withdraw", {"why": "市民来电撤回"}).status_code == 303
    closed = rated()
    assert send(client_of("zhou"), closed, "reopen", {"new_facts": "井盖再次丢失"}).status_code == 303
    assert Case.objects.get(pk=closed.pk).status == Status.REGISTERED


# -- What the citizen says


def test_units_see_a_verdict_after_the_round_and_never_who_asked_or_when() -> None:
    case = accepted()
    for words in ("Citizen asked whether it helped", "Citizen&#x27;s verdict"):
        assert words not in look("liu", case)
    rated(case, solved=False, satisfaction=1)
    text = look("liu", case)
    assert "What the citizen says" in text
    assert "Not solved" in text
    assert "citizen&#x27;s link" not in text
    assert "citizen&#x27;s link" in look("song", case)
    assert "What the citizen says" not in look("wang", case)


def test_internal_notes_are_not_for_contractors() -> None:
    case = replied()
    assert "巡查已列入重点路段" in look("wu", case)
    assert "巡查已列入重点路段" not in look("wang", case)


# -- The whole


def test_every_kind_of_event_has_plain_words() -> None:
    from cases.event_titles import TITLES
    from cases.models import EventKind

    assert set(TITLES) == set(EventKind)


def test_previous_and_next_come_from_the_list_it_was_opened_from() -> None:
    cases = [dispatched(at=MONDAY + timedelta(minutes=n)) for n in range(3)]
    text = look("sun", cases[1], "?list=to-sign")
    assert "2 / 3" in text
    assert f"/cases/{cases[0].number}/?list=to-sign" in text
    assert f"/cases/{cases[2].number}/?list=to-sign" in text


def busy() -> Case:
    """Returned, extended, contacted, answered, sent back, unsolved: a case with everything there can be."""
    case = rated(at=MONDAY - timedelta(days=1, hours=1), solved=False, satisfaction=2)
    assignment = lead(case)
    case = handling.record_contact(
        assignment, by=member("liu"), at=NOON, version=case.version, reached=True, how="phone"
    )
    case = decisions.ask_for_extension(
        lead(case),
        by=member("liu"),
        at=NOON,
        version=case.version,
        reason="weather",
        grounds="连日大雨无法施工",
        amount=2,
    )
    return supervision.urge(case, by=member("zhou"), at=NOON, version=case.version, words="请尽快")


@pytest.mark.parametrize(("username", "most"), [("liu", 13), ("zhou", 13), ("wu", 12), ("wang", 12), ("shen", 12)])
def test_a_case_is_read_in_few_questions(
    username: str, most: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case, client = busy(), client_of(username)
    client.get(f"/cases/{case.number}/")
    with django_assert_max_num_queries(most):
        client.get(f"/cases/{case.number}/")


def test_an_ordinary_case_is_read_in_eight_questions_and_an_audit_entry(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    case, client = signed(), client_of("liu")
    client.get(f"/cases/{case.number}/")
    with django_assert_max_num_queries(9):
        client.get(f"/cases/{case.number}/")


def test_a_reply_once_accepted_is_seen_by_all() -> None:
    case = reviewing.accept(case := replied(), by=member("wu"), at=NOON, version=case.version)
    for username in ("liu", "wu", "zhou", "wang", "jiang"):
        assert "已补装井盖" in look(username, case)
    assert CaseEvent.objects.of(case).filter(kind="accepted").exists()


def test_a_card_says_which_limit_it_is_about(clock: Any) -> None:
    case = dispatched()
    clock.shift(timedelta(days=2))
    fire_batch(timezone.now())
    fire_batch(timezone.now())
    assert "Red card</b> sign-off" in look("zhou", case)
