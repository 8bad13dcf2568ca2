"""The end of a contract: what is open is passed on, a file for the successor, access gone, two people sign."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from python_calamine import CalamineWorkbook

from cases import intake
from cases.models import Draft
from contractors import employing, handover
from contractors.handover_state import left_to_do, state_of
from contractors.models import Closing, Contract, Step
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.models import AuditEntry
from tests.contractors.staffing import YEAR_ENDS, an_agent, contract_of, employed
from tests.doors import client_of
from tests.people import local, member, unit
from tests.stories import accepted as answered
from tests.stories import dispatched

pytestmark = pytest.mark.django_db
BREACH = "违约解除"
WORDS = {"deleted": "外呼系统中的录音与来电号码，已按磁盘覆盖方式删除。", "returned": "工牌 120 张、座席话机 120 部。"}


@pytest.fixture
def contract(db: None) -> Contract:
    return contract_of()


def begun(contract: Contract, *, by: str = "song") -> Closing:
    return handover.begin(contract, by=member(by), at=timezone.now())


def over(contract: Contract) -> Contract:
    return handover.end_contract(contract, by=member("yan"), at=timezone.now(), because=BREACH)


def ticked(closing: Closing) -> Closing:
    for step in Step.values:
        handover.tick(closing, by=member("song"), at=timezone.now(), step=step, note="已核对")
    return closing


def a_draft(username: str = "wang") -> Draft:
    return intake.open_draft(by=member(username), at=timezone.now(), fields={"words": "窨井盖"}, call=None)


def done(contract: Contract) -> Closing:
    """Everything is done but the signatures."""
    closing = begun(contract)
    over(contract)
    ticked(closing)
    handover.export(closing, by=member("song"), at=timezone.now())
    closing.refresh_from_db()
    return closing


# -- What is left to do


def test_it_lists_what_stands_before_the_certificate(contract: Contract) -> None:
    a_draft()
    left = left_to_do(begun(contract), timezone.now())
    assert left[:2] == ["the contract is still in force", "1 record in progress"]
    assert "the successor's file was not taken" in left
    assert len(left) == 4 + len(Step.values)


def test_nothing_is_left_when_all_is_done(contract: Contract) -> None:
    assert left_to_do(done(contract), timezone.now()) == []


def test_records_in_progress_are_passed_to_somebody_who_goes_on(contract: Contract) -> None:
    first, second, closing = a_draft(), a_draft("li"), begun(contract)
    over(contract)
    _closing, n = handover.pass_on(closing, by=member("song"), at=timezone.now(), owner=None, to=member("zhou"))
    assert n == 2
    assert {d.owner_id for d in Draft.objects.filter(pk__in=[first.pk, second.pk])} == {member("zhou").user_id}
    assert state_of(closing, timezone.now()).drafts == 0


def test_what_the_office_goes_on_with_by_itself_is_counted(contract: Contract) -> None:
    answered(phone="0593-2345678")
    dispatched()
    state = state_of(begun(contract), timezone.now())
    assert (state.work.callbacks.count(), state.work.with_units.count()) == (1, 2)


def test_records_of_somebody_who_works_for_another_by_now_are_not_the_contractors(contract: Contract) -> None:
    a_draft()
    closing = begun(contract)
    over(contract)
    an_agent("wang", unit("YI"), timezone.now())
    assert state_of(closing, timezone.now() + timedelta(seconds=1)).drafts == 0


def test_access_is_seen_to_be_gone(contract: Contract) -> None:
    closing = begun(contract)
    assert state_of(closing, timezone.now()).with_access > 5
    over(contract)
    state = state_of(closing, timezone.now())
    assert (state.with_access, state.keys, state.is_over) == (0, 0, True)


def test_a_contractor_that_goes_on_keeps_its_people_and_records(contract: Contract) -> None:
    following = contract_of(year=2027)
    employed("wang")
    employing.carry_over(following, by=member("yan"), at=local("2026-12-20 10:00"))
    a_draft()
    state = state_of(begun(contract), YEAR_ENDS)
    assert state.goes_on == following.number
    assert state.is_over
    assert "1 record in progress" not in left_to_do(Closing.objects.get(), YEAR_ENDS)


# -- The contract ends at once


@pytest.mark.parametrize(
    ("username", "may"),
    [("yan", True), ("jiang", True), *((u, False) for u in ("song", "luo", "wang", "zhou", "shen"))],
)
def test_whoever_signs_contracts_ends_them(contract: Contract, username: str, may: bool) -> None:
    at = timezone.now()
    if may:
        assert handover.end_contract(contract, by=member(username), at=at, because=BREACH).term.upper == at
        return
    with pytest.raises(NotAllowed):
        handover.end_contract(contract, by=member(username), at=at, because=BREACH)


@pytest.mark.parametrize("because", ["", "  ", "x" * 201])
def test_for_a_reason(contract: Contract, because: str) -> None:
    with pytest.raises(Invalid) as refused:
        handover.end_contract(contract, by=member("yan"), at=timezone.now(), because=because)
    assert refused.value.field == "because"


def test_and_once(contract: Contract) -> None:
    with pytest.raises(NotNow, match="ended already"):
        over(over(contract))


# -- The successor's file


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {
        name: CalamineWorkbook.from_filelike(io.BytesIO(archive.read(name))).get_sheet_by_index(0).to_python()
        for name in archive.namelist()
    }


def test_it_holds_what_goes_on_and_nobodys_name_or_number(contract: Contract) -> None:
    case = dispatched(name="李女士", phone="13859001234", place="建设街 18 号")
    back = answered(phone="0593-2345678")
    _closing, content = handover.export(begun(contract), by=member("song"), at=timezone.now())
    tables = sheets(content)
    assert set(tables) == {"Open cases.xlsx", "Callbacks.xlsx", "Monthly figures.xlsx", "Scope.xlsx"}
    assert {row[0] for row in tables["Open cases.xlsx"][1:]} == {case.number, back.number}
    assert [row[0] for row in tables["Callbacks.xlsx"][1:]] == [back.number]
    told = str(tables)
    for secret in ("李女士", "13859001234", "2345678", "建设街 18 号"):
        assert secret not in told


def test_a_complaint_in_confidence_is_a_number_only(contract: Contract) -> None:
    case = dispatched(confidential=True)
    _closing, content = handover.export(begun(contract), by=member("song"), at=timezone.now())
    assert case.title not in str(sheets(content))


def test_who_took_it_and_how_much_is_kept(contract: Contract) -> None:
    dispatched()
    closing, _content = handover.export(begun(contract), by=member("song"), at=timezone.now())
    entry = AuditEntry.objects.get(act="handover.file")
    assert (entry.actor_id, entry.object_id) == (member("song").user_id, str(closing.pk))
    assert entry.details["Open cases"] == 1


@pytest.mark.parametrize("username", ["luo", "wang", "jiang", "shen", "zhou"])
def test_others_do_not_take_it(contract: Contract, username: str) -> None:
    closing = begun(contract)
    with pytest.raises(NotAllowed):
        handover.export(closing, by=member(username), at=timezone.now())
    assert client_of(username).post(f"/contracts/{contract.pk}/hand-over/file/").status_code == 403


# -- The certificate


def signed(closing: Closing, by: str, **given: str) -> Closing:
    return handover.sign(closing, by=member(by), at=timezone.now(), **given)


def test_two_people_sign_what_was_deleted_and_returned(contract: Contract) -> None:
    closing = signed(done(contract), "song", **WORDS)
    assert not closing.is_signed
    with pytest.raises(NotAllowed, match="somebody else must confirm"):
        signed(closing, "song")
    closing = signed(closing, "yan")
    assert closing.is_signed
    page = client_of("jiang").get(f"/contracts/{contract.pk}/hand-over/certificate/").content.decode()
    for words in (*WORDS.values(), "Song Ping", "Yan Hua", contract.number):
        assert words in page


def test_the_database_wants_two_people_too(contract: Contract) -> None:
    closing = signed(done(contract), "song", **WORDS)
    with pytest.raises(IntegrityError), transaction.atomic():
        Closing.objects.filter(pk=closing.pk).update(
            second_signed_by=member("song").user_id, second_signed_at=timezone.now()
        )


def test_nobody_signs_while_anything_is_left(contract: Contract) -> None:
    with pytest.raises(NotNow, match="still in force"):
        signed(begun(contract), "song", **WORDS)


@pytest.mark.parametrize("name", ["deleted", "returned"])
def test_the_first_says_both(contract: Contract, name: str) -> None:
    with pytest.raises(Invalid) as refused:
        signed(done(contract), "song", **(WORDS | {name: "  "}))
    assert refused.value.field == name


def test_after_a_signature_nothing_is_added(contract: Contract) -> None:
    closing = signed(done(contract), "song", **WORDS)
    with pytest.raises(NotNow):
        handover.pass_on(closing, by=member("song"), at=timezone.now(), owner=None, to=member("zhou"))


def test_a_step_is_ticked_off_once(contract: Contract) -> None:
    closing = ticked(begun(contract))
    with pytest.raises(NotNow, match="ticked off before"):
        handover.tick(closing, by=member("yan"), at=timezone.now(), step="equipment", note="再次核对")


@pytest.mark.parametrize(
    ("given", "field"), [({"step": "party"}, "step"), ({"note": " "}, "note"), ({"note": "x" * 301}, "note")]
)
def test_a_step_is_one_of_the_list_and_says_what_was_done(
    contract: Contract, given: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        handover.tick(
            begun(contract), by=member("song"), at=timezone.now(), **({"step": "equipment", "note": "x"} | given)
        )
    assert refused.value.field == field


def test_it_is_begun_once(contract: Contract) -> None:
    begun(contract)
    with pytest.raises(NotNow, match="begun before"):
        begun(contract, by="yan")


# -- The page


@pytest.mark.parametrize(
    ("username", "status"),
    [
        ("yan", 200),
        ("song", 200),
        ("jiang", 200),
        ("shen", 200),
        ("luo", 200),
        ("tang", 404),
        ("wang", 403),
        ("zhou", 403),
    ],
)
def test_both_sides_see_how_far_it_is(contract: Contract, username: str, status: int) -> None:
    begun(contract)
    answer = client_of(username).get(f"/contracts/{contract.pk}/hand-over/")
    assert answer.status_code == status


def test_it_is_worked_through_on_the_page(contract: Contract) -> None:
    here, client = f"/contracts/{contract.pk}/hand-over/", client_of("song")
    assert b"has not begun" in client.get(here).content
    assert client.post(f"{here}begin/").status_code == 303
    a_draft()
    assert client_of("yan").post(f"{here}end/", {"because": BREACH}).status_code == 303
    assert client.post(f"{here}pass-on/", {"to": "nobody"}).status_code == 422
    assert client.post(f"{here}pass-on/", {"to": "zhou"}).status_code == 303
    for step in Step.values:
        assert client.post(f"{here}tick/", {"step": step, "note": "已核对"}).status_code == 303
    assert client.post(f"{here}file/")["Content-Type"] == "application/zip"
    assert client.get(f"{here}certificate/").status_code == 303
    assert client.post(f"{here}sign/", {}).status_code == 422
    assert client.post(f"{here}sign/", WORDS).status_code == 303
    assert client_of("yan").post(f"{here}sign/").status_code == 303
    assert client.get(f"{here}certificate/").status_code == 200
