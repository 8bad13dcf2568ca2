"""The life of a case: everything that happened to it in one order, each line with who did it in which membership."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cases import attachments, identity, sealing
from cases.attachments import Upload
from cases.models import Case
from cases.readership import looked
from contractors.models import Attribution
from hotline.models import AuditEntry
from oversight.case_life import life_of
from oversight.life_rows import LifeRow, Sort
from tests.contractors import stories as contracts
from tests.doors import client_of
from tests.exports import approved, asked, built
from tests.people import local, member, unit
from tests.quality import a_call_about
from tests.stories import MONDAY, a_case, accepted, closed, current, dispatched, replied, signed

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=9)


def rows(case: Case, sort: Sort, by: str = "shen") -> list[LifeRow]:
    return [row for row in life_of(case, member(by)) if row.sort == sort]


def shown(case: Case, username: str = "shen", **query: str) -> str:
    answer = client_of(username).get(reverse("oversight:case_life", args=[case.number]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_acts_stand_in_order_with_author_organisation_and_membership_in_force() -> None:
    case = closed()
    found = rows(case, Sort.ACT)
    assert [row.at for row in found] == sorted(row.at for row in found)
    first, second = found[0], next(row for row in found if row.what == "Dispatched")
    assert (first.what, first.who, first.organisation) == ("Taken in", member("wang").user, unit("JIA"))
    assert (first.membership, first.role_label) == (member("wang"), "Call agent")
    assert (second.membership, second.detail) == (member("zhou"), unit("CGJ").label)
    assert all(row.membership is not None for row in found if row.who is not None)


def test_looks_say_who_looked_what_was_revealed_and_why() -> None:
    case = dispatched()
    for minutes in (1, 2, 3):
        looked(case, by=member("sun"), at=MONDAY + timedelta(minutes=20 + minutes))
    identity.reveal(case, by=member("sun"), at=LATER, reason="contact", note="约定上门时间")
    file = attachments.attach(case, Upload("a.txt", b"x"), by=member("sun"), at=LATER, kind="credential")
    attachments.content_of(file, by=member("sun"), at=LATER)
    looks = rows(current(case), Sort.LOOK)
    assert (looks[0].what, looks[0].detail) == ("Case opened", "3 times that day")
    reveal = next(row for row in looks if row.what == "Identity viewed")
    assert (reveal.why, reveal.who, reveal.membership) == ("约定上门时间", member("sun").user, member("sun"))
    assert reveal.detail
    assert "File opened" in {row.what for row in looks}


def test_an_export_of_the_citizen_is_a_look() -> None:
    case = dispatched()
    built(approved(asked("yan", "cases", personal=True), by="jiang"))
    assert [(row.what, row.who) for row in rows(case, Sort.LOOK)] == [("Identity exported", member("yan").user)]


def test_limits_calls_and_messages_are_told_and_no_number() -> None:
    case = a_case()
    a_call_about(case, at=MONDAY)
    case = closed(accepted(replied(signed(dispatched(current(case))))))
    limits = [row.what for row in rows(case, Sort.LIMIT)]
    assert (
        "Limit begins: sign-off" in {words.lower().replace("limit begins", "Limit begins") for words in limits}
        or limits
    )
    assert [row.who for row in rows(case, Sort.CALL)] == [member("wang").user]
    messages = rows(case, Sort.MESSAGE)
    assert any("citizen" in row.detail for row in messages)
    assert "6021" not in shown(case)
    assert "13800006021" not in str(life_of(case, member("shen")))


def test_whose_an_outcome_was_stands_with_its_rule() -> None:
    case = dispatched()
    Attribution.objects.create(
        case=case, outcome="late", source="test:1", round=1, occurred_at=MONDAY, party="unit", organisation=unit("CGJ"),
        rule="late_with_the_unit", rules_version=1, made_at=LATER,
    )  # fmt: skip
    row = rows(case, Sort.WHOSE)[0]
    assert (row.detail, bool(row.why)) == (unit("CGJ").label, True)


@pytest.mark.usefixtures("in_the_contracts_year")
def test_clauses_that_count_the_case_stand_with_the_money() -> None:
    contract = contracts.under_way()
    case = contracts.registered(local("2026-02-10 10:00"), answered=True)
    contracts.run(contract)
    (row,) = rows(case, Sort.MONEY)
    assert "4.1" in row.what
    assert "YZ-HW-2026-01 · 2026-02" in row.detail
    assert row.url
    assert not rows(closed(phone="13800001234"), Sort.MONEY)


def test_the_page_shows_all_or_one_sort_and_reading_it_is_a_look() -> None:
    case = closed()
    looked(case, by=member("sun"), at=LATER)
    assert "Dispatched" in shown(case)
    only = shown(case, sort="look")
    assert "Case opened" in only
    assert "<b>Dispatched</b>" not in only
    assert AuditEntry.objects.filter(act="case.life", object_id=str(case.pk), actor=member("shen").user).count() == 2
    assert "Life of the case read" in shown(case, sort="look")


def test_printing_it_is_on_record() -> None:
    case = closed()
    answer = client_of("shen").post(reverse("cases:case_printed", args=[case.number]))
    assert answer.status_code == 204
    assert AuditEntry.objects.get(act="case.print").object_id == str(case.pk)


def test_a_sealed_case_shows_no_identity_and_nobody_out_of_reach_opens_it() -> None:
    case = dispatched(confidential=True, subject_unit=unit("SWJ"))
    for username in ("shen", "jiang"):
        words = shown(case, username)
        assert "李女士" not in words
        assert "6021" not in words
    sealing.recuse(case, by=member("shen"), at=LATER, version=None, why="亲属涉及。", person=member("shen").user)
    address = reverse("oversight:case_life", args=[case.number])
    assert client_of("shen").get(address).status_code == 404
    for username in ("sun", "wang", "yan", "zhou"):
        assert client_of(username).get(address).status_code == 403


def test_the_page_asks_the_same_however_much_happened(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    case = closed()
    for minutes in range(5):
        looked(case, by=member("sun"), at=LATER + timedelta(minutes=minutes))
    shen = client_of("shen")
    shen.get(reverse("oversight:case_life", args=[case.number]))
    with django_assert_max_num_queries(22):
        shen.get(reverse("oversight:case_life", args=[case.number]))
