"""Tracking one's own case: what is shown, what never is, and how guessing is held off."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cases import decisions, dispatching, handling, intake, reviewing, reviewing_parts
from cases.models import Assignment
from hotline.models import RateCount
from hotline.privacy import retrieval_code
from tests.people import local, member, unit
from tests.stories import MONDAY, a_case, a_registration, a_reply, accepted, dispatched, lead, rated, replied, signed

pytestmark = pytest.mark.django_db
TRACK = "/track/"


@pytest.fixture
def citizen() -> Client:
    return Client(HTTP_ACCEPT_LANGUAGE="en")


def look(citizen: Client, number: str, code: str | None = None) -> str:
    return citizen.post(TRACK, {"number": number, "code": code or retrieval_code(number)}).content.decode()


def test_the_page_says_who_handles_it_and_by_when(citizen: Client) -> None:
    case = signed()
    with time_machine.travel(MONDAY, tick=False):
        page = look(citizen, case.number)
    assert f"{unit().name_en} is handling it" in page
    assert "You hear from us by" in page
    assert case.title in page


def test_a_broken_promise_is_not_hidden(citizen: Client) -> None:
    case = signed()
    with time_machine.travel("2026-06-01T02:00:00+00:00", tick=False):
        assert "which has passed" in look(citizen, case.number)


def test_progress_and_accepted_answers_are_shown(citizen: Client) -> None:
    case = signed()
    case = handling.tell_progress(lead(case), by=member("liu"), at=MONDAY, version=case.version, words="已围挡。")
    assert "已围挡。" in look(citizen, case.number)
    case = accepted(replied(case))
    assert "现可正常通行" in look(citizen, case.number)


def test_an_answer_is_not_shown_before_the_hotline_accepts_it(citizen: Client) -> None:
    assert "现可正常通行" not in look(citizen, replied().number)


def test_internal_words_names_and_co_organisers_notes_never_leave(citizen: Client) -> None:
    case = a_case()
    case = dispatching.dispatch(
        case,
        by=member("zhou"),
        at=MONDAY,
        version=case.version,
        unit=unit(),
        co_organisers=[unit("SWJ")],
        note="派单附言",
    )
    case = handling.sign(lead(case), by=member("sun"), at=MONDAY, version=case.version)
    helper = Assignment.objects.select_related("unit", "case").get(case=case, role="co_organiser")
    case = handling.sign(helper, by=member("lin"), at=MONDAY, version=case.version)
    helper.refresh_from_db()
    words = a_reply(
        contacted=False, contacted_at=None, public_reply="协办内部反馈文字，不对外。", internal_note="协办备注"
    )
    case = handling.reply(helper, words, by=member("lin"), at=MONDAY, version=case.version)
    case = reviewing_parts.accept_part(helper, by=member("liu"), at=MONDAY, version=case.version)
    case = handling.record_contact(
        lead(case), by=member("liu"), at=MONDAY, version=case.version, reached=True, how="phone", note="联系备注"
    )
    case = replied(case)
    case = reviewing.send_back(
        case, by=member("wu"), at=MONDAY, version=case.version, reason="no_evidence", note="退回意见"
    )
    page = look(citizen, case.number)
    assert "in touch with you" in page
    for hidden in (
        "派单附言",
        "协办内部反馈文字",
        "协办备注",
        "联系备注",
        "退回意见",
        "巡查已列入",
        "刘伟",
        "孙芳",
        "林涛",
        "李女士",
        "13800006021",
    ):
        assert hidden not in page, hidden


def test_units_that_help_are_named_while_they_do(citizen: Client) -> None:
    case = a_case()
    case = dispatching.dispatch(
        case, by=member("zhou"), at=MONDAY, version=case.version, unit=unit(), co_organisers=[unit("SWJ")]
    )
    case = handling.sign(lead(case), by=member("sun"), at=MONDAY, version=case.version)
    assert f"together with {unit('SWJ').name_en}" in look(citizen, case.number)


def test_a_refusal_says_why_and_where_to_turn(citizen: Client) -> None:
    case = intake.refuse(
        a_registration(), by=member("wang"), at=MONDAY, ground="legal_procedure", route="请向市中级人民法院申请执行。"
    )
    page = look(citizen, case.number)
    assert "Not accepted: In litigation" in page
    assert "市中级人民法院" in page


def test_an_answer_given_on_the_telephone_can_be_read_again(citizen: Client) -> None:
    case = intake.answer_directly(a_registration(), by=member("wang"), at=MONDAY, answer="请带身份证到窗口办理。")
    assert "请带身份证到窗口办理。" in look(citizen, case.number)


def test_an_extension_shows_its_reason_not_the_units_words(citizen: Client) -> None:
    case = signed()
    case = decisions.ask_for_extension(
        lead(case),
        by=member("liu"),
        at=MONDAY,
        version=case.version,
        reason="weather",
        grounds="内部理由文字",
        amount=2,
    )
    decision = case.decisions.get()
    decisions.grant(decision, by=member("zhou"), at=MONDAY, version=case.version, ruling="裁定文字")
    page = look(citizen, case.number)
    assert "Weather or other force of nature" in page
    assert "内部理由文字" not in page
    assert "裁定文字" not in page


def test_every_state_has_its_words(citizen: Client) -> None:
    for case, words in [
        (a_case(), "the hotline chooses who handles it"),
        (dispatched(), "Passed on to"),
        (replied(), "the hotline checks the answer"),
        (accepted(), "is it solved for you?"),
        (rated(), "you told us it is solved"),
        (rated(solved=False, satisfaction=1), "is handling it again"),
    ]:
        assert words in look(citizen, case.number)


def test_number_and_code_may_be_typed_as_people_type(citizen: Client) -> None:
    case = a_case()
    code = retrieval_code(case.number)
    assert case.title in look(citizen, case.number.replace("-", " "), f"{code[:3]} {code[3:]}")


def test_a_wrong_number_and_a_wrong_code_get_the_same_answer(citizen: Client) -> None:
    case = a_case()

    def told(number: str, code: str) -> tuple[int, str]:
        answer = citizen.post(TRACK, {"number": number, "code": code})
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
        return answer.status_code, page.replace(number, "N").replace(code, "C")

    wrong_code = f"{(int(retrieval_code(case.number)) + 1) % 1_000_000:06d}"
    absent = "20200101-000017"
    assert told(case.number, wrong_code) == told(absent, retrieval_code(absent)) == told("nonsense", wrong_code)


def test_the_eleventh_wrong_try_waits_whatever_it_is(citizen: Client) -> None:
    case = a_case()
    for n in range(10):
        assert citizen.post(TRACK, {"number": f"x{n}", "code": "000000"}).status_code == 422
    answer = citizen.post(TRACK, {"number": case.number, "code": retrieval_code(case.number)})
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 900
    assert "Too many tries" in answer.content.decode()
    assert case.title not in answer.content.decode()


def test_one_number_is_guarded_from_many_addresses() -> None:
    case = a_case()
    for n in range(10):
        Client(REMOTE_ADDR=f"10.0.0.{n}").post(TRACK, {"number": case.number, "code": "x"})
    answer = Client(REMOTE_ADDR="10.9.9.9").post(TRACK, {"number": case.number, "code": retrieval_code(case.number)})
    assert answer.status_code == 429


def test_looking_often_at_ones_own_case_is_no_guessing(citizen: Client) -> None:
    case = a_case()
    for _visit in range(15):
        assert case.title in look(citizen, case.number)
    assert set(RateCount.objects.values_list("tries", flat=True)) == {0}


def test_the_code_is_never_part_of_an_address(citizen: Client) -> None:
    case = a_case()
    query = f"?number={case.number}&code={retrieval_code(case.number)}"
    assert case.title not in citizen.get(TRACK + query).content.decode()


def test_the_page_is_for_nobody_elses_eyes(citizen: Client) -> None:
    answer = citizen.post(TRACK, {"number": a_case().number, "code": "1"})
    assert answer["Referrer-Policy"] == "strict-origin"
    assert "noindex" in answer["X-Robots-Tag"]
    assert "no-store" in answer["Cache-Control"]


def test_a_long_life_takes_no_more_questions(
    citizen: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case = rated(solved=False)
    with django_assert_max_num_queries(9):
        look(citizen, case.number)


def test_the_page_speaks_chinese_unless_asked_otherwise() -> None:
    with time_machine.travel(local("2026-03-09 12:00"), tick=False):
        page = Client(HTTP_ACCEPT_LANGUAGE="zh-CN").post(
            TRACK, {"number": (case := signed()).number, "code": retrieval_code(case.number)}
        )
    assert "市城市管理局正在办理" in page.content.decode()
