"""Proofs about staff: brought by one, checked by another, sealed on disk; what people are paid is for few."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases import sealed_files
from cases.attachments import Upload
from contractors import proofs
from contractors.models import Proof, ProofLine, ProofState
from contractors.proofs import people_named
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.models import AuditEntry
from tests.contractors.staffing import PDF, brought, contract_of, employed
from tests.doors import client_of
from tests.people import member

pytestmark = pytest.mark.django_db
PAYROLL = "1024 6120.50\n1025 5988"


@pytest.fixture(autouse=True)
def _two_agents(db: None) -> None:
    contract_of()
    employed("wang")
    employed("li")


def test_it_is_about_everybody_employed_then_unless_some_are_named() -> None:
    assert {line.employment.user.username for line in brought().lines.all()} == {"wang", "li"}
    few = brought("wage", text="1025 5988", content=PDF + b"2")
    assert [(line.employment.user.username, line.amount) for line in few.lines.all()] == [("li", "5988")]


def test_a_wage_and_an_insurance_are_for_a_month_the_rest_for_a_day() -> None:
    assert (brought("wage").month, brought("insurance").on) == (date(2026, 2, 1), None)
    agreement = brought("confidentiality", content=PDF + b"3")
    assert (agreement.month, agreement.on) == (None, date(2026, 2, 10))


def test_the_file_lies_sealed_and_opens_for_whoever_sees_the_proof() -> None:
    row = brought()
    assert PDF not in sealed_files.path_for(row.pk).read_bytes()
    assert client_of("song").get(f"/proofs/{row.pk}/file/").content == PDF
    assert AuditEntry.objects.filter(act="proofs.open", object_id=str(row.pk)).count() == 1
    assert client_of("tang").get(f"/proofs/{row.pk}/file/").status_code == 404


def test_what_is_paid_is_sealed_in_the_database_too() -> None:
    row = brought("wage", text=PAYROLL)
    stored = [bytes(v or b"") for v in ProofLine.objects.filter(proof=row).values_list("amount", flat=True)]
    assert all(b"6120" not in token and b"5988" not in token for token in stored)


# -- Checked by somebody else


def test_it_counts_once_somebody_else_has_checked_it() -> None:
    row = proofs.accept(brought(), by=member("song"), at=timezone.now())
    assert (row.state, row.checked_by_id) == (ProofState.ACCEPTED, member("song").user_id)
    with pytest.raises(NotNow, match="checked before"):
        proofs.reject(row, by=member("yan"), at=timezone.now(), why="印章不清")


def test_whoever_brought_it_does_not_check_it() -> None:
    row = brought(by="yan")
    with pytest.raises(NotAllowed, match="somebody else must check"):
        proofs.accept(row, by=member("yan"), at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Proof.objects.filter(pk=row.pk).update(
            state="accepted", checked_by=member("yan").user_id, checked_at=timezone.now()
        )


@pytest.mark.parametrize("username", ["wang", "luo", "tang", "zhou", "jiang", "shen", "liu", "secadmin"])
def test_others_do_not_check(username: str) -> None:
    row = brought()
    with pytest.raises(NotAllowed):
        proofs.accept(row, by=member(username), at=timezone.now())


@pytest.mark.parametrize("username", ["wang", "xu", "ma", "tang", "song", "zhou", "jiang", "liu"])
def test_only_the_contractors_manager_and_the_head_of_the_office_bring(username: str) -> None:
    with pytest.raises(NotAllowed):
        brought(by=username)
    assert not Proof.objects.exists()


def test_a_rejected_one_says_why_and_may_be_brought_again() -> None:
    with pytest.raises(Invalid):
        proofs.reject(brought(), by=member("song"), at=timezone.now(), why=" ")
    row = proofs.reject(Proof.objects.get(), by=member("song"), at=timezone.now(), why="印章不清")
    assert (row.state, row.why) == ("rejected", "印章不清")
    assert brought().pk != row.pk


def test_the_same_file_is_not_brought_twice() -> None:
    brought()
    with pytest.raises(Invalid, match="brought before") as refused:
        brought()
    assert refused.value.field == "file"
    assert Proof.objects.count() == 1


# -- Who sees what

SEES = [("luo", 2, True), ("song", 2, True), ("yan", 2, True), ("shen", 2, True), ("jiang", 1, False)]
SEES += [(username, 0, False) for username in ("tang", "wang", "xu", "ma", "zhou", "liu", "han", "secadmin")]


@pytest.mark.parametrize(("username", "proofs_seen", "wages"), SEES)
def test_wages_are_for_those_who_must_see_them(username: str, proofs_seen: int, wages: bool) -> None:
    payroll, _insurance = brought("wage", text=PAYROLL), brought(content=PDF + b"2")
    assert Proof.objects.visible_to(member(username)).count() == proofs_seen
    answer = client_of(username).get(f"/proofs/{payroll.pk}/")
    assert answer.status_code == (200 if wages else 404 if proofs_seen or username == "tang" else 403)
    assert (b"6120.50" in answer.content) == wages
    looked = AuditEntry.objects.filter(act="proofs.wages", object_id=str(payroll.pk))
    assert looked.count() == (1 if wages else 0)


def test_no_list_shows_what_is_paid() -> None:
    brought("wage", text=PAYROLL)
    row = ProofLine.objects.select_related("employment").order_by("employment__user__username")[0].employment
    for page in ("/proofs/", "/staff/", f"/staff/{row.pk}/", "/staff/figures/?month=2026-02"):
        answer = client_of("yan").get(page)
        assert answer.status_code == 200
        assert b"6120" not in answer.content


# -- What cannot be


BAD: list[tuple[dict[str, Any], str, str]] = [
    ({"text": "9999"}, "people", "Line 1: nobody with the number 9999"),
    ({"text": "1024\n1024"}, "people", "Line 2: 1024 is named twice"),
    ({"kind": "wage", "text": "1024 sechs"}, "people", "cannot stand here"),
    ({"kind": "wage", "text": "1024 -5"}, "people", "cannot stand here"),
    ({"kind": "wage", "text": "1024 NaN"}, "people", "cannot stand here"),
    ({"kind": "wage", "text": "1024 99999999"}, "people", "cannot stand here"),
    ({"kind": "insurance", "text": "1024 12"}, "people", "cannot stand here"),
    ({"kind": "training"}, "hours", "how many hours"),
    ({"on": date(2025, 2, 10)}, "on", "Nobody was employed"),
    ({"title": "x" * 121}, "title", "At most"),
    ({"content": b""}, "file", "empty"),
    ({"content": b"MZ\x00\x01 a program"}, "file", "none of the kinds"),
]


@pytest.mark.parametrize(("given", "field", "said"), BAD)
def test_a_proof_that_proves_nothing_is_refused(given: dict[str, Any], field: str, said: str) -> None:
    with pytest.raises(Invalid, match=said) as refused:
        brought(**given)
    assert refused.value.field == field
    assert not Proof.objects.exists()
    assert not ProofLine.objects.exists()


def test_nor_one_about_a_day_to_come() -> None:
    under = employed("hu").contract
    tomorrow = timezone.localdate() + timedelta(days=1)
    about = people_named(under, "", "confidentiality", timezone.localdate())
    with pytest.raises(Invalid, match="yet to come"):
        proofs.submit(
            under,
            Upload("a.pdf", PDF),
            by=member("luo"),
            at=timezone.now(),
            kind="confidentiality",
            on=tomorrow,
            people=about,
        )


def test_hours_may_be_each_ones_own_or_the_same_for_all() -> None:
    row = brought("training", text="1024 4\n1025", hours=Decimal(2))
    assert set(row.lines.values_list("hours", flat=True)) == {Decimal(2), Decimal(4)}


def test_a_proof_whose_file_is_gone_is_told_after_a_restore() -> None:
    row = brought()
    assert list(proofs.missing_files()) == []
    sealed_files.path_for(row.pk).unlink()
    assert str(row.pk) in next(proofs.missing_files())
