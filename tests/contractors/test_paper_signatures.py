"""The contractor's signature on paper: without it the last month of a contract could be neither locked nor paid."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError
from django.utils import translation

from cases.attachments import Upload
from contractors import assessments, objecting, payments, statement
from contractors.models import Assessment, PaperSignature, PaperSignatureFile
from contractors.pages.statement_document import document
from contractors.pages.statement_lines import Sheet
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.models import AuditEntry
from tests.contractors.stories import february, locked, result, run, seen, shown, under_way
from tests.doors import client_of
from tests.people import local, member

pytestmark = pytest.mark.django_db
SHOWN, PAPER, RECORDED = (local(f"2026-03-{day} 10:00") for day in ("03", "05", "06"))
SCAN = Upload("结算签认单.txt", "2026 年 2 月考核结算，予以确认。（盖章）".encode())


@pytest.fixture
def month() -> Iterator[Assessment]:
    """February of a contract that ended with it, put before the contractor on 3 March."""
    with time_machine.travel(local("2026-02-20 10:00")):  # its people are at work yet
        contract = under_way(last_day=date(2026, 2, 28))
        february()
    with time_machine.travel(RECORDED, tick=False), translation.override("en"):
        yield shown(run(contract, at=SHOWN), at=SHOWN)


@pytest.fixture
def in_access() -> Iterator[Assessment]:
    """The same month of a contract that runs on."""
    contract = under_way()
    february()
    with time_machine.travel(RECORDED, tick=False):
        yield shown(run(contract, at=SHOWN), at=SHOWN)


def recorded(month: Assessment, *, by: str = "song", at: datetime = RECORDED, **given: Any) -> Assessment:
    said: dict[str, Any] = {"received_at": PAPER, "received_from": "罗经理", "uploads": [SCAN]}
    return assessments.sign_on_paper(month, by=member(by), at=at, **(said | given))


def objection(month: Assessment) -> Any:
    scan = Upload("异议书.txt", "应予剔除。".encode())
    said: dict[str, Any] = {"received_at": PAPER, "received_from": "罗经理", "words": "应予剔除。", "uploads": [scan]}
    return objecting.record_paper(result(month), by=member("song"), at=PAPER, **said)


# -- The act


def test_it_is_the_contractors_signature_from_when_the_paper_came_in(month: Assessment) -> None:
    made = recorded(month)
    assert seen(made.state, made.contractor_signed_at, made.contractor_signed_by) == (
        "shown",
        PAPER,
        member("song").user,
    )
    assert seen(made.paper.received_from, made.paper.files.get().name) == ("罗经理", SCAN.name)


def test_then_the_office_signs_and_the_month_is_locked_and_paid(month: Assessment) -> None:
    recorded(month)
    done = assessments.sign(month, by=member("yan"), at=RECORDED)  # the limit runs, but the contractor has signed
    assert seen(done.is_locked, done.locked_at) == (True, RECORDED)
    paid = payments.payments(done.contract, done.terms, [done])
    assert [pk for one in paid for pk in (month.pk for month in one.months)] == [done.pk]


def test_after_the_offices_signature_it_locks_the_month(month: Assessment) -> None:
    assert month.objections_until is not None
    later = month.objections_until + timedelta(hours=1)
    assert not assessments.sign(month, by=member("yan"), at=later).is_locked
    done = recorded(month, at=later, received_at=later)
    assert seen(done.is_locked, done.locked_at) == (True, later)


def test_whoever_records_it_does_not_sign_for_the_office(month: Assessment) -> None:
    recorded(month, by="yan")
    with pytest.raises(NotAllowed, match="somebody else must sign for the office"):
        assessments.sign(month, by=member("yan"), at=RECORDED)
    assert assessments.sign(month, by=member("jiang"), at=RECORDED).is_locked


def test_whoever_signed_for_the_office_does_not_record_it(month: Assessment) -> None:
    assert month.objections_until is not None
    later = month.objections_until + timedelta(hours=1)
    assessments.sign(month, by=member("yan"), at=later)
    with pytest.raises(NotAllowed, match="somebody else must record"):
        recorded(month, by="yan", at=later)


def test_who_has_access_still_signs_itself(in_access: Assessment) -> None:
    with pytest.raises(NotNow, match="signs itself"):
        recorded(in_access)


def test_a_draft_is_not_signed_nor_a_month_signed_before(month: Assessment) -> None:
    recorded(month)
    with pytest.raises(NotNow, match="signed already"):
        recorded(month)
    assessments.sign(month, by=member("yan"), at=RECORDED)
    with pytest.raises(NotNow, match="nothing to sign"):
        recorded(month)
    draft = run(month.contract, at=RECORDED, month=date(2026, 1, 1))
    with pytest.raises(NotNow, match="nothing to sign"):
        recorded(draft)


def test_it_is_not_signed_while_an_objection_waits(month: Assessment) -> None:
    objection(month)
    with pytest.raises(NotNow, match="awaits its ruling"):
        recorded(month)


def test_a_paper_from_before_a_ruling_is_of_another_sum(month: Assessment) -> None:
    ruled = PAPER + timedelta(hours=2)
    objecting.rule(objection(month), by=member("jiang"), at=ruled, ruling="属实。")
    with pytest.raises(Invalid, match="ruled on after that") as refused:
        recorded(month, received_at=ruled - timedelta(minutes=1))
    assert refused.value.field == "received_at"
    assert recorded(month, received_at=ruled).contractor_signed_at == ruled


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"received_at": RECORDED + timedelta(minutes=1)}, "received_at"),
        ({"received_at": SHOWN - timedelta(minutes=1)}, "received_at"),
        ({"received_from": " "}, "received_from"),
        ({"received_from": "罗" * 61}, "received_from"),
        ({"uploads": []}, "proofs"),
        ({"uploads": [SCAN] * 6}, "proofs"),
    ],
)
def test_what_is_missing_or_cannot_be_is_said_at_its_place(month: Assessment, given: Any, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        recorded(month, **given)
    assert refused.value.field == field
    month.refresh_from_db()
    assert seen(month.contractor_signed_at, PaperSignature.objects.exists()) == (None, False)


@pytest.mark.parametrize("username", ["jiang", "shen", "zhou", "sysadmin"])
def test_the_office_records_it(username: str, month: Assessment) -> None:
    with pytest.raises(NotAllowed):
        recorded(month, by=username)


# -- What the database keeps


def test_nobody_signs_for_both_sides(month: Assessment) -> None:
    signed = recorded(month)
    with pytest.raises(IntegrityError, match="assessment_two_people_sign"), transaction.atomic():
        Assessment.objects.filter(pk=signed.pk).update(
            office_signed_by=signed.contractor_signed_by, office_signed_at=RECORDED
        )


def test_the_paper_stays_as_it_was_recorded(month: Assessment) -> None:
    paper = recorded(month).paper
    changes: list[Callable[[], object]] = [
        lambda: PaperSignature.objects.filter(pk=paper.pk).update(received_from="别人"),
        lambda: PaperSignatureFile.objects.filter(signature=paper).update(sha256="0" * 64),
        lambda: PaperSignatureFile.objects.filter(signature=paper).delete(),
    ]
    for change in changes:
        with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
            change()


def test_no_page_is_added_to_a_locked_month(month: Assessment) -> None:
    paper = recorded(month).paper
    assessments.sign(month, by=member("yan"), at=RECORDED)
    with pytest.raises(ProgrammingError, match="locked"), transaction.atomic():
        PaperSignatureFile.objects.create(signature=paper, name="2.txt", content_type="text/plain", size=1, sha256="0")


def test_it_is_from_somebody(month: Assessment) -> None:
    with pytest.raises(IntegrityError, match="paper_signature_from_somebody"), transaction.atomic():
        PaperSignature.objects.create(assessment=month, received_at=PAPER, received_from="")


# -- The statement


def test_the_digest_covers_the_paper(month: Assessment) -> None:
    recorded(month)
    done = assessments.sign(month, by=member("yan"), at=RECORDED)
    again = Assessment.objects.with_contract().get(pk=done.pk)
    assert statement.digest(again) == done.document_digest
    for said in ("罗经理", again.paper.files.get().sha256):
        assert said in statement.text(again)


def test_the_digest_of_a_month_signed_otherwise_says_nothing_of_paper(in_access: Assessment) -> None:
    assert "paper" not in statement.text(locked(in_access))


def test_the_print_names_who_signed_and_who_recorded_it(month: Assessment) -> None:
    sheet = Sheet(recorded(month), by=member("jiang"), at=RECORDED)
    office, contractor = document(sheet)["signatures"]["parts"]
    recorder = member("song").user.label
    assert contractor["name"] == f"on paper: 罗经理, recorded by {recorder}"
    assert seen(contractor["at"], office["at"]) == ("2026-03-05 10:00:00", "not signed yet")


# -- The pages


def test_it_is_recorded_from_the_month_and_shown_as_what_it_is(month: Assessment) -> None:
    client, page, address = client_of("song"), f"/assessments/{month.pk}/", f"/assessments/{month.pk}/sign/on-paper/"
    assert address in client.get(page).content.decode()
    assert client.get(address).status_code == 200
    scan = SimpleUploadedFile("paper.txt", SCAN.content)
    given = {"received_at": "2026-03-05T10:00", "received_from": "罗经理", "proofs": scan}
    assert client.post(address, given).status_code == 303
    told = client.get(page).content.decode()
    assert "on paper: 罗经理, recorded by" in told
    assert address not in told
    assessments.sign(month, by=member("yan"), at=RECORDED)
    for place in (page, f"/contracts/{month.contract_id}/"):  # the table of months
        assert f"{member('yan').user.label} · on paper: 罗经理" in client.get(place).content.decode()


def test_the_paper_opens_and_who_opened_it_is_kept(month: Assessment) -> None:
    file = recorded(month).paper.files.get()
    client, address = client_of("jiang"), f"/assessments/signatures/{file.pk}/"
    assert address in client.get(f"/assessments/{month.pk}/").content.decode()
    answer = client.get(address)
    assert answer.content == SCAN.content
    assert AuditEntry.objects.filter(act="assessments.open_paper", actor=member("jiang").user).count() == 1


def test_what_is_wrong_comes_back_with_what_was_written(month: Assessment) -> None:
    answer = client_of("song").post(f"/assessments/{month.pk}/sign/on-paper/", {"received_from": "罗经理"})
    assert answer.status_code == 422
    assert "罗经理" in answer.content.decode()


def test_who_recorded_it_is_not_offered_to_sign(month: Assessment) -> None:
    recorded(month, by="yan")
    sign = f'action="/assessments/{month.pk}/sign/"'
    assert sign not in client_of("yan").get(f"/assessments/{month.pk}/").content.decode()
    assert sign in client_of("jiang").get(f"/assessments/{month.pk}/").content.decode()


def test_nobody_is_offered_it_while_the_contract_runs(in_access: Assessment) -> None:
    assert "on-paper" not in client_of("song").get(f"/assessments/{in_access.pk}/").content.decode()
