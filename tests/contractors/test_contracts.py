"""Contracts: what is written, by whom it is signed, when it holds, and that no two of them overlap."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import InternalError, ProgrammingError, transaction

from contractors import contracting, payment_plan
from contractors.models import Clause, Contract, ContractLot, Terms
from hotline.acts import Invalid, NotAllowed, NotNow
from tests.contractors.stories import SIGNED, amended, drafted, proposed, signed, terms, words
from tests.people import local, member, unit

pytestmark = pytest.mark.django_db
Refused = (InternalError, ProgrammingError)


def test_it_binds_from_the_first_second_of_its_first_day_to_the_last_of_its_last() -> None:
    contract = signed()
    first, over = local("2026-01-01 00:00"), local("2027-01-01 00:00")
    moments = [first - timedelta(microseconds=1), first, over - timedelta(microseconds=1), over]
    assert [contract in Contract.objects.in_force(at) for at in moments] == [False, True, True, False]
    assert (contract.first_day, contract.last_day) == (date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize("username", ["song", "yan"])
def test_a_draft_is_no_contract_in_force(username: str) -> None:
    drafted(by=username)
    assert not Contract.objects.in_force(local("2026-03-01 12:00")).exists()


def test_whoever_proposed_it_does_not_sign_it() -> None:
    draft = contracting.propose(drafted(by="yan"), by=member("yan"), at=SIGNED)
    with pytest.raises(NotAllowed):
        contracting.sign(draft, by=member("yan"), at=SIGNED)
    assert contracting.sign(draft, by=member("jiang"), at=SIGNED).contract.signed_at == SIGNED


@pytest.mark.parametrize("username", ["wang", "luo", "zhou", "liu", "shen", "han", "sysadmin"])
def test_others_neither_write_nor_sign_it(username: str) -> None:
    with pytest.raises(NotAllowed):
        drafted(by=username)
    with pytest.raises(NotAllowed):
        contracting.sign(proposed(), by=member(username), at=SIGNED)


@pytest.mark.parametrize(
    ("username", "sees"),
    [("yan", 2), ("song", 2), ("jiang", 2), ("shen", 2), ("luo", 1), ("tang", 0), ("wang", 0), ("liu", 0), ("han", 0)],
)
def test_the_contractors_manager_sees_its_own_signed_contracts_and_the_office_all(username: str, sees: int) -> None:
    signed()
    drafted(number="YZ-HW-2027-01", first_day=date(2027, 1, 1), last_day=date(2027, 12, 31))
    assert Contract.objects.visible_to(member(username)).count() == sees


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"organisation": "CGJ"}, "organisation"),
        ({"number": "  "}, "number"),
        ({"number": "x" * 61}, "number"),
        ({"lots": []}, "lots"),
        ({"lots": ["​"]}, "lots"),
        ({"last_day": date(2025, 12, 31)}, "last_day"),
        ({"last_day": date(2046, 12, 31)}, "last_day"),
    ],
)
def test_what_is_no_contract_is_refused_at_its_field(given: dict[str, Any], field: str) -> None:
    if "organisation" in given:
        given = {"organisation": unit("CGJ")}
    with pytest.raises(Invalid) as refused:
        drafted(**given)
    assert refused.value.field == field
    assert not Contract.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"amount": Decimal(-1)}, "amount"),
        ({"amount": Decimal("NaN")}, "amount"),
        ({"amount": Decimal(0)}, "amount"),
        ({"seats": 0}, "seats"),
        ({"performance_share": Decimal(101)}, "performance_share"),
        ({"price_model": "by_the_weather"}, "price_model"),
        ({"price_model": "seat_month"}, "seat_price"),
        ({"price_model": "answered_call"}, "call_price"),
        ({"price_model": "mixed"}, "seat_price"),
        ({"payment_plan": {"shares": [["50", "2026-01-01"], ["49", "2026-12-31"]]}}, "payment_plan"),
    ],
)
def test_terms_that_cannot_be_are_refused_at_their_field(given: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        drafted(agreed=terms(**given))
    assert refused.value.field == field


def test_a_number_is_given_once() -> None:
    drafted()
    with pytest.raises(Invalid, match="number already"):
        drafted()


def test_two_contracts_for_one_lot_do_not_overlap_by_a_day() -> None:
    signed()
    late: dict[str, Any] = {"organisation": unit("YI"), "number": "YZ-HW-2026-09", "last_day": date(2027, 12, 31)}
    with pytest.raises(Invalid, match=r"For lot 一标段 contract YZ-HW-2026-01 runs until 2026-12-31"):
        signed(**late, first_day=date(2026, 12, 31))
    assert signed(**late | {"number": "YZ-HW-2027-01"}, first_day=date(2027, 1, 1)).signed_at


def test_one_contractor_has_one_contract_at_a_time() -> None:
    signed()
    with pytest.raises(Invalid, match="Write several lots into one contract"):
        signed(number="YZ-HW-2026-02", lots=["二标段"])
    assert signed(number="YZ-HW-2026-03", lots=["二标段"], organisation=unit("YI")).signed_at


def test_a_hand_in_the_database_cannot_make_lots_overlap() -> None:
    signed()
    other = proposed(number="YZ-HW-2026-02", organisation=unit("YI")).contract
    with pytest.raises(Exception, match="contract_lots_apart"), transaction.atomic():
        Contract.objects.filter(pk=other.pk).update(signed_at=SIGNED)


def test_an_amendment_holds_from_its_month_on_and_the_terms_before_it_until_then() -> None:
    contract = signed()
    later = amended(contract, at=local("2026-02-20 09:00"), valid_from=date(2026, 3, 1), seats=140)
    assert later.version == 2

    def seats(text: str) -> int:
        return Terms.objects.in_force(local(text)).get(contract=contract).seats

    assert [seats("2026-02-28 23:59"), seats("2026-03-01 00:00"), seats("2026-12-31 23:59")] == [120, 140, 140]


def test_an_amendment_begins_with_a_month_within_the_term() -> None:
    contract = signed()
    for day in (date(2026, 3, 2), date(2027, 2, 1)):
        with pytest.raises(Invalid) as refused:
            contracting.amend(contract, by=member("song"), at=SIGNED, valid_from=day, note="")
        assert refused.value.field == "valid_from"


def test_one_amendment_is_written_at_a_time_and_only_of_what_is_signed() -> None:
    draft = drafted()
    with pytest.raises(NotNow, match="not signed yet"):
        contracting.amend(draft.contract, by=member("song"), at=SIGNED, valid_from=date(2026, 3, 1), note="")
    contract = signed(draft)
    contracting.amend(contract, by=member("song"), at=SIGNED, valid_from=date(2026, 3, 1), note="")
    with pytest.raises(NotNow, match="writing an amendment already"):
        contracting.amend(contract, by=member("yan"), at=SIGNED, valid_from=date(2026, 4, 1), note="")


def test_an_amendment_can_end_the_contract_early_and_frees_the_lot() -> None:
    contract = signed()
    amended(contract, at=local("2026-05-20 09:00"), valid_from=date(2026, 6, 1), ends_on=date(2026, 6, 30))
    contract.refresh_from_db()
    assert contract.last_day == date(2026, 6, 30)
    following = signed(number="YZ-HW-2026-07", organisation=unit("YI"), first_day=date(2026, 7, 1))
    assert ContractLot.objects.get(contract=following).term == following.term


def test_an_extension_does_not_run_into_the_next_contract() -> None:
    contract = signed()
    signed(number="2027", organisation=unit("YI"), first_day=date(2027, 1, 1), last_day=date(2027, 12, 31))
    with pytest.raises(Invalid, match="contract 2027 runs until 2027-12-31"):
        amended(contract, at=SIGNED, valid_from=date(2026, 12, 1), ends_on=date(2027, 1, 31))


def test_what_is_sent_back_is_a_draft_with_the_reason_and_can_be_dropped() -> None:
    draft = contracting.send_back(proposed(), by=member("yan"), at=SIGNED, why="付款方式应为按季。")
    assert (draft.state, draft.returned_why) == ("draft", "付款方式应为按季。")
    draft = contracting.revise(draft, terms(seats=100), by=member("song"), at=SIGNED, contract=words(number="B"))
    assert (draft.seats, draft.contract.number) == (100, "B")
    assert contracting.drop(draft, by=member("song"), at=SIGNED).state == "dropped"


def test_what_is_signed_changes_by_an_amendment_only_even_for_a_hand_in_the_database() -> None:
    contract = signed()
    agreed = contract.terms.get()
    with pytest.raises(NotNow, match="no draft any more"):
        contracting.revise(agreed, terms(), by=member("song"), at=SIGNED)
    for change in (
        lambda: Terms.objects.filter(pk=agreed.pk).update(seats=1),
        lambda: Contract.objects.filter(pk=contract.pk).update(number="other"),
        lambda: contract.lots.all().delete(),
        lambda: Clause.objects.create(terms=agreed, number="9", name="x", measure="intake", scoring={}),
    ):
        with pytest.raises(Refused, match="signed"), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("plan", "sound"),
    [
        (payment_plan.QUARTERLY, True),
        ({"every": 5}, False),
        ({"every": True}, False),
        ({"shares": [["50", "2026-01-01"], ["50", "2026-12-31"]]}, True),
        ({"shares": [["30", "2026-01-01"], ["30", "2026-04-01"], ["30", "2026-08-01"], ["10", "2026-12-31"]]}, True),
        ({"shares": [["65", "2026-01-01"], ["35", "2026-01-01"]]}, False),
        ({"shares": [["110", "2026-01-01"], ["-10", "2026-12-31"]]}, False),
        ({"shares": [["many", "2026-01-01"]]}, False),
        ({"shares": []}, False),
        ({}, False),
        (None, False),
    ],
)
def test_a_payment_plan_pays_everything_on_days_in_order(plan: object, sound: bool) -> None:
    assert payment_plan.is_sound(plan) is sound
