"""The pages of contracts and months: who reads which, what comes back to be mended, and how much each asks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from contractors.models import Assessment, Contract
from tests.contractors.stories import (
    NEXT_YEAR,
    RUN,
    a_clause,
    drafted,
    february,
    objected,
    result,
    run,
    seen,
    shown,
    signed,
    under_way,
)
from tests.doors import client_of
from tests.people import local, unit
from tests.test_bad_input import GARBAGE, faults, patient

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract() -> Contract:
    return under_way()


def month_of(contract: Contract) -> Assessment:
    february()
    return run(contract)


def status(username: str, *addresses: str) -> list[int]:
    client = client_of(username)
    return [client.get(address).status_code for address in addresses]


# -- Who reads what


def test_a_draft_is_the_offices_until_it_is_signed(contract: Contract) -> None:
    draft = drafted(number="YZ-HW-2027-01", **NEXT_YEAR)
    addresses = f"/terms/{draft.pk}/", f"/contracts/{draft.contract_id}/"
    assert status("song", *addresses) == [200, 200]
    assert status("luo", *addresses) == [404, 404]
    assert status("luo", f"/contracts/{contract.pk}/") == [200]
    assert "YZ-HW-2027-01" not in client_of("luo").get("/contracts/").content.decode()


def test_a_month_is_the_contractors_once_it_is_put_before_it(contract: Contract) -> None:
    month = month_of(contract)
    addresses = f"/assessments/{month.pk}/", f"/assessments/results/{result(month).pk}/"
    assert status("luo", *addresses) == [404, 404]
    shown(month)
    assert status("luo", *addresses) == [200, 200]
    assert status("tang", *addresses) == [404, 404]
    assert status("jiang", *addresses) == [200, 200]
    assert status("wang", *addresses, "/contracts/", "/assessments/", "/incidents/") == [403] * 5


def test_each_side_has_its_own_acts(contract: Contract) -> None:
    month = shown(month_of(contract))
    objection = objected(month)
    pages = {who: client_of(who).get(f"/assessments/{month.pk}/").content.decode() for who in ("song", "luo", "jiang")}
    ruling = f"/assessments/objections/{objection.pk}/rule/"
    assert [ruling in pages[who] for who in ("song", "luo", "jiang")] == [False, False, True]  # song ran it


# -- What comes back


def test_a_month_that_is_not_over_comes_back() -> None:
    contract = signed(number="YZ-HW-2098-01", first_day=date(2098, 1, 1), last_day=date(2098, 12, 31))
    answer = client_of("song").post(f"/contracts/{contract.pk}/run/", {"month": "2098-03"})
    assert answer.status_code == 422
    assert answer.context["run_form"].errors["month"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"number": ""}, "number"),
        ({"measure": "nothing"}, "measure"),
        ({"kind": "bands", "points": "many 5"}, "scoring"),
        ({"slope": ""}, "scoring"),
        ({"weight": "-1"}, "weight"),
        ({"minimum_n": "x"}, "minimum_n"),
        ({"valid_from": "2026-05-01", "valid_until": "2026-04-01"}, "valid_until"),
    ],
)
def test_a_clause_that_cannot_be_reckoned_with_comes_back(wrong: dict[str, str], field: str) -> None:
    draft = drafted()
    plain = {"number": "4.1", "name": "直接答复率", "measure": "direct_answer_rate", "direction": "at_least"}
    plain |= {"target": "40", "weight": "20", "kind": "linear", "slope": "1", "window_months": "1", "minimum_n": "0"}
    answer = client_of("song").post(f"/terms/{draft.pk}/clauses/add/", plain | wrong)
    assert answer.status_code == 422
    assert not draft.clauses.exists()
    errors = answer.context["form"].errors
    assert field in errors or "__all__" in errors


def test_an_objection_after_the_limit_says_so(contract: Contract) -> None:
    month = shown(month_of(contract))
    Assessment.objects.filter(pk=month.pk).update(objections_until=RUN + timedelta(days=1))
    answer = client_of("luo").post(f"/assessments/results/{result(month).pk}/object/", {"words": "故障"}, follow=True)
    assert "The limit to object has passed" in answer.content.decode()
    assert not month.objections.exists()


def test_a_second_contract_for_the_lot_is_not_signed(contract: Contract) -> None:
    draft = drafted(number="YZ-HW-2026-09", organisation=unit("YI"))
    client_of("song").post(f"/terms/{draft.pk}/propose/")
    answer = client_of("yan").post(f"/terms/{draft.pk}/sign/", follow=True)
    assert f"For lot 一标段 contract {contract.number} runs until" in answer.content.decode()
    assert Contract.objects.get(number="YZ-HW-2026-09").signed_at is None


def test_garbage_in_an_address_is_no_fault_of_ours(contract: Contract) -> None:
    month = shown(month_of(contract))
    song = patient(client_of("song"))
    evidence, trial = f"/assessments/results/{result(month).pk}/", f"/terms/{contract.terms.get().pk}/trial/"
    asked = [f"{evidence}?part={bad}" for bad in GARBAGE] + [f"{evidence}?from={bad}" for bad in GARBAGE]
    assert faults(song, asked + [f"{trial}?month={bad}" for bad in GARBAGE]) == []


# -- What is shown


def test_what_a_ruling_left_out_is_among_what_was_left_out(contract: Contract) -> None:
    month = shown(month_of(contract))
    missed = next(line.split("\t")[0] for line in result(month).canonical.splitlines() if "\t0\t" in line)
    objection = objected(month, claimed=[missed])
    client_of("jiang").post(f"/assessments/objections/{objection.pk}/rule/", {"outcome": "uphold", "ruling": "属实"})
    address = f"/assessments/results/{result(month).pk}/"
    out, counted = (client_of("luo").get(f"{address}?part={part}").content.decode() for part in ("out", ""))
    assert seen(missed in out, "by a ruling" in out, missed in counted) == (True, True, False)


def test_the_editor_says_what_every_measure_counts() -> None:
    page = client_of("song").get(f"/terms/{drafted().pk}/clauses/add/").content.decode()
    for words in ("Telephone", "Shifts and presence", "Staff", "Quality", "Events"):
        assert f'<optgroup label="{words}">' in page
    assert "Of the calls that asked for a person in the period, the share an agent answered." in page


def test_a_contract_that_is_only_drafted_is_listed_with_what_it_is_to_cost() -> None:
    drafted(number="YZ-HW-2027-01", **NEXT_YEAR)
    page = client_of("yan").get("/contracts/").content.decode()
    assert "YZ-HW-2027-01" in page
    assert "16,560,000.00" in page


def test_the_lists_ask_the_same_however_many_there_are(
    contract: Contract, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for year in (2023, 2024, 2025):
        days: dict[str, Any] = {"first_day": date(year, 1, 1), "last_day": date(year, 12, 31)}
        draft = drafted(at=local(f"{year - 1}-12-01 09:00"), number=f"YZ-HW-{year}-01", **days)
        a_clause(draft)
        signed(draft, at=local(f"{year - 1}-12-02 09:00"))
    shown(month_of(contract))
    for month in (3, 4, 5):
        run(contract, at=RUN + timedelta(days=100), month=date(2026, month, 1))
    song = client_of("song")
    with django_assert_max_num_queries(9):
        contracts = song.get("/contracts/").context["rows"]
    with django_assert_max_num_queries(9):
        months = song.get("/assessments/").context["rows"]
    assert seen(len(contracts), len(months)) == (4, 4)
