"""Numbers in free text: masked in every column, sealed as they were said, shown with the identity."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from cases import identity, intake, supervision
from cases.models import Assignment, CaseEvent, CaseText, Decision, Verbatim
from cases.search import find
from hotline.acts import NotNow
from hotline.masking import mask_own_name, mask_text
from tests.doors import client_of
from tests.people import member
from tests.stories import MONDAY, a_case, a_registration, bounce_asked, dispatched

pytestmark = pytest.mark.django_db
SAID = "我是陈晓燕，建设街井盖缺失，请回电 13911112222 或 0593-2345678，身份证 110105194912310021。"
MASKED = "我是陈**，建设街井盖缺失，请回电 139****2222 或 0593****678，身份证 110****21。"


def test_what_everybody_reads_has_masks_and_what_was_said_is_kept() -> None:
    case = a_case(words=SAID, title="陈晓燕 13911112222 反映井盖", place="建设街 18 号 13911112222", name="陈晓燕")
    case.refresh_from_db()
    assert (case.words, case.title, case.place) == (MASKED, "陈** 139****2222 反映井盖", "建设街 18 号 139****2222")
    assert {row.said for row in Verbatim.objects.filter(case=case)} >= {SAID, "陈晓燕 13911112222 反映井盖"}


def test_the_text_index_holds_no_number() -> None:
    case = a_case(words=SAID)
    with connection.cursor() as cursor:
        cursor.execute("SELECT bigrams::text FROM cases_casetext WHERE case_id = %s", [case.pk])
        assert "13911112222" not in cursor.fetchone()[0]
    assert CaseText.objects.filter(pk=case.pk).exists()
    assert case in find("井盖缺失", by=member("zhou"), at=MONDAY)


def test_a_text_without_numbers_is_kept_once_and_as_it_is() -> None:
    case = a_case(words="市民反映１８号楼前路灯不亮。", name="市民")
    case.refresh_from_db()
    assert case.words == "市民反映１８号楼前路灯不亮。"
    assert not Verbatim.objects.exists()


def test_a_note_is_masked_where_it_is_read_and_shown_with_the_identity() -> None:
    case = supervision.note(a_case(), by=member("zhou"), at=MONDAY, words="新号码 13911112222，晚上打", version=None)
    assert CaseEvent.objects.of(case).get(kind="noted").why == "新号码 139****2222，晚上打"
    zhou = client_of("zhou")
    assert b"13911112222" not in zhou.get(f"/cases/{case.number}/").content
    shown = zhou.post(f"/cases/{case.number}/identity/", {"reason": "contact"}, follow=True)
    assert "新号码 13911112222，晚上打" in shown.content.decode()
    assert "13911112222" not in client_of("yan").get(f"/cases/{case.number}/").content.decode()


def test_an_unnamed_citizens_number_in_the_words_can_be_shown_too() -> None:
    case = a_case(words=SAID, name="", phone="")
    assert identity.reveal(case, by=member("zhou"), at=MONDAY, reason="contact")
    with pytest.raises(NotNow):
        identity.reveal(a_case(name="", phone=""), by=member("zhou"), at=MONDAY, reason="contact")


def test_a_unit_that_may_not_know_the_reporter_does_not_read_the_name_in_the_words() -> None:
    case = dispatched(words=SAID, name="陈晓燕", confidential=True)
    page = client_of("sun").get(f"/cases/{case.number}/").content.decode()
    assert "陈晓燕" not in page
    assert "13911112222" not in page


def test_what_is_written_for_the_citizen_keeps_the_offices_number() -> None:
    route = "请向人民法院起诉，咨询电话 0593-2345678。"
    case = intake.refuse(a_registration(), by=member("wang"), at=MONDAY, ground="legal_procedure", route=route)
    assert CaseEvent.objects.of(case).get(kind="refused").why == route


def test_no_column_takes_a_number_whatever_way_it_goes_in() -> None:
    decision = bounce_asked()
    Decision.objects.filter(pk=decision.pk).update(grounds="打 13911112222")
    Assignment.objects.filter(case=decision.case).update(note="打 13911112222")
    decision.refresh_from_db()
    assert decision.grounds == "打 139****2222"
    assert set(Assignment.objects.filter(case=decision.case).values_list("note", flat=True)) == {"打 139****2222"}


@given(st.text(alphabet="0123456789+- 电话X李（）０１2", max_size=60))
def test_a_mask_is_never_longer_and_masking_twice_changes_nothing(text: str) -> None:
    masked = mask_text(text)
    assert len(masked) <= len(text)
    assert mask_text(masked) == masked


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("陈晓燕", "陈**说陈**来过"),
        ("陈女士", "陈晓燕说陈晓燕来过"),
        ("市民", "陈晓燕说陈晓燕来过"),
        ("陈", "陈晓燕说陈晓燕来过"),
        ("", "陈晓燕说陈晓燕来过"),
    ],
)
def test_ones_own_name_is_masked_unless_it_is_anybodys(name: str, masked: str) -> None:
    assert mask_own_name("陈晓燕说陈晓燕来过", name) == masked


def test_a_masked_name_is_no_longer_than_the_name() -> None:
    assert mask_own_name("Jo Li called", "Jo Li") == "J*** called"
