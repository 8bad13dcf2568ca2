"""Who works under a contract: put on record, ended, carried over; by whom, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases import intake
from cases.models import Draft
from contractors import employing, running_work
from contractors.models import Contract, Employment
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.models import AuditEntry
from tests.contractors.staffing import (
    RECORDED,
    YEAR_BEGINS,
    YEAR_ENDS,
    a_contractor,
    contract_of,
    employed,
    left,
    person,
)
from tests.contractors.stories import drafted
from tests.people import local, member, unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def contract(db: None) -> Contract:
    return contract_of()


def test_an_employment_lasts_as_long_as_the_contract_unless_said_otherwise() -> None:
    row = employed()
    assert (row.period.lower, row.period.upper, row.leaving) == (YEAR_BEGINS, YEAR_ENDS, "contract")
    short = employed("li", until=local("2026-07-01 00:00"))
    assert (short.period.upper, short.leaving) == (local("2026-07-01 00:00"), "other")


@pytest.mark.parametrize(
    ("username", "may"),
    [("yan", True), ("luo", True), *((u, False) for u in ("wang", "xu", "ma", "song", "zhou", "jiang", "shen", "liu"))],
)
def test_the_contractors_manager_and_the_head_of_the_office_keep_the_staff(
    username: str, may: bool, contract: Contract
) -> None:
    if may:
        assert employing.employ(contract, person("hu"), by=member(username), at=RECORDED, since=YEAR_BEGINS).pk
        return
    with pytest.raises(NotAllowed):
        employing.employ(contract, person("hu"), by=member(username), at=RECORDED, since=YEAR_BEGINS)


def test_nobody_keeps_the_staff_of_another_contractor(contract: Contract) -> None:
    with pytest.raises(NotAllowed, match="another contractor"):
        employing.employ(contract, person("hu"), by=member("tang"), at=RECORDED, since=YEAR_BEGINS)
    with pytest.raises(NotAllowed):
        left(employed(), by="tang")
    assert not Employment.objects.visible_to(member("tang")).exists()


BAD: list[tuple[dict[str, Any], str]] = [
    ({"since": YEAR_BEGINS - timedelta(days=1)}, "within it"),
    ({"since": YEAR_ENDS}, "within it"),
    ({"since": YEAR_BEGINS, "until": YEAR_ENDS + timedelta(days=1)}, "within it"),
    ({"since": local("2026-05-01 00:00"), "until": local("2026-04-01 00:00")}, "within it"),
]


@pytest.mark.parametrize(("given", "said"), BAD)
def test_days_outside_of_the_contract_are_refused(given: dict[str, Any], said: str) -> None:
    with pytest.raises(Invalid, match=said) as refused:
        employed(**given)
    assert refused.value.field == "since"


def test_nobody_is_employed_twice_at_a_time(contract: Contract) -> None:
    contract_of("YI")
    employed(until=local("2026-07-01 00:00"))
    for since in (YEAR_BEGINS, local("2026-06-30 00:00")):
        with pytest.raises(Invalid, match="employed already"):
            employed("wang", Contract.objects.get(number="YZ-YI-2026"), since=since)
    assert employed("wang", Contract.objects.get(number="YZ-YI-2026"), since=local("2026-07-01 00:00")).pk


def test_the_database_refuses_it_too(contract: Contract) -> None:
    row = employed()
    for period in ((YEAR_BEGINS, YEAR_ENDS), (YEAR_ENDS, YEAR_ENDS + timedelta(days=9))):
        with pytest.raises(IntegrityError), transaction.atomic():
            Employment.objects.create(
                contract=contract, user=row.user, period=period, recorded_by=row.user, recorded_at=RECORDED
            )


def test_government_people_are_nobodys_staff() -> None:
    with pytest.raises(Invalid, match="is not a contractor's"):
        employed("zhou")


def test_nobody_is_employed_under_a_contract_that_is_not_signed() -> None:
    draft = drafted(number="YZ-HW-2027-01", organisation=a_contractor("BING"), lots=["二标段"])
    with pytest.raises(NotNow, match="not signed"):
        employing.employ(draft.contract, person("hu"), by=member("yan"), at=RECORDED, since=YEAR_BEGINS)


# -- It ends


@pytest.mark.parametrize(
    ("given", "refusal", "field"),
    [
        ({"leaving": "contract"}, Invalid, "leaving"),
        ({"leaving": "bored"}, Invalid, "leaving"),
        ({"why": "x" * 201}, Invalid, "why"),
        ({"until": local("2026-02-01 00:00")}, Invalid, "until"),
        ({"until": YEAR_ENDS}, Invalid, "until"),
        ({"until": YEAR_ENDS + timedelta(days=1)}, Invalid, "until"),
    ],
)
def test_an_end_that_cannot_be_is_refused(given: dict[str, Any], refusal: type[Invalid], field: str) -> None:
    row = employed()
    with pytest.raises(refusal) as refused:
        left(row, **given)
    assert refused.value.field == field
    row.refresh_from_db()
    assert row.period.upper == YEAR_ENDS


def test_what_has_ended_does_not_end_again_and_who_ended_it_is_kept() -> None:
    row = left(employed())
    assert (row.leaving, row.why, row.ended_by_id) == ("resigned", "个人原因", member("luo").user_id)
    with pytest.raises(NotNow, match="ended already"):
        left(row)
    assert AuditEntry.objects.filter(act="employing.end", object_id=str(row.pk), result="ok").count() == 1


def test_nobody_ends_the_own_employment() -> None:
    with pytest.raises(NotAllowed, match="own employment"):
        left(employed("luo"), by="luo")


def test_an_employment_that_has_not_begun_is_called_off() -> None:
    row = left(employed(since=local("2026-12-15 00:00")))
    assert row.period.upper - row.period.lower == timedelta(microseconds=1)


# -- What somebody was writing


def a_draft(username: str = "wang") -> Draft:
    return intake.open_draft(by=member(username), at=timezone.now(), fields={"words": "窨井盖"}, call=None)


def test_records_in_progress_go_to_whoever_is_named() -> None:
    draft = a_draft()
    left(employed(), drafts_to=member("li"))
    draft.refresh_from_db()
    assert draft.owner_id == member("li").user_id
    assert draft.fields == {"words": "窨井盖"}
    entry = AuditEntry.objects.get(act="running_work.draft_passed")
    assert entry.details["number"] == draft.number


def test_or_wait_in_the_list_of_what_was_left() -> None:
    draft = a_draft()
    row, now = employed(), timezone.now()
    assert not running_work.drafts_left(now).exists()
    left(row, at=now)
    assert list(running_work.drafts_left(now)) == [draft]


@pytest.mark.parametrize("username", ["wang", "ma", "song"])
def test_they_go_to_somebody_else_who_registers_requests(username: str) -> None:
    row, draft, to = employed(), a_draft(), member(username)
    with pytest.raises(Invalid) as refused:
        left(row, drafts_to=to)
    assert refused.value.field == "drafts_to"
    draft.refresh_from_db()
    assert draft.owner_id == row.user_id


# -- Carried over


def test_nobody_is_carried_over_from_nowhere() -> None:
    following = contract_of(year=2028)
    with pytest.raises(NotNow, match="No contract of"):
        employing.carry_over(following, by=member("yan"), at=RECORDED)


def test_those_who_left_before_the_end_are_not_carried_over() -> None:
    left(employed())
    employed("li")
    _contract, n = employing.carry_over(contract_of(year=2027), by=member("luo"), at=timezone.now())
    assert n == 1
    assert set(Employment.objects.employed(YEAR_ENDS).values_list("user__username", flat=True)) == {"li"}


def test_a_contractor_sees_its_own_people_the_office_everybody() -> None:
    contract_of("YI")
    employed()
    employed("chen", Contract.objects.get(number="YZ-YI-2026"))
    seen = {
        u: Employment.objects.visible_to(member(u)).count() for u in ("luo", "tang", "yan", "song", "jiang", "shen")
    }
    assert seen == {"luo": 1, "tang": 1, "yan": 2, "song": 2, "jiang": 2, "shen": 2}
    for username in ("wang", "xu", "ma", "zhou", "liu", "han", "sysadmin", "secadmin"):
        assert not Employment.objects.visible_to(member(username)).exists(), username
    assert unit("JIA").pk
