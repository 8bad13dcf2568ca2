"""Ten years of yearly contracts of four contractors: every act belongs to the contract in force at that second."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import OuterRef, Subquery

from cases.models import Case
from contractors.models import Contract
from hotline.models import Organisation
from tests.contractors.stories import signed
from tests.people import local, unit
from tests.stories import a_case

pytestmark = pytest.mark.django_db
YEARS = range(2017, 2027)
LOTS = ("一标段", "二标段", "三标段", "四标段")


def four() -> list[Organisation]:
    others = [
        Organisation.objects.create(code=code, kind="contractor", name=name, active_from=date(2010, 1, 1))
        for code, name in (("BING", "丙呼叫中心"), ("DING", "丁科技公司"))
    ]
    return [unit("JIA"), unit("YI"), *others]


def decade(contractors: list[Organisation]) -> dict[tuple[int, str], Contract]:
    """Tendered anew every year; every contractor wins another lot than the year before."""
    contracts = {}
    for year in YEARS:
        days: dict[str, Any] = {"first_day": date(year, 1, 1), "last_day": date(year, 12, 31)}
        for place, lot in enumerate(LOTS):
            winner = contractors[(place + year) % 4]
            number = f"YZ-HW-{year}-{place + 1}"
            contracts[year, winner.code] = signed(organisation=winner, number=number, lots=[lot], **days)
    return contracts


def test_every_second_of_ten_years_belongs_to_one_contract_of_each_contractor() -> None:
    contractors = four()
    contracts = decade(contractors)
    tick = timedelta(microseconds=1)
    for year in YEARS:
        begins, ends = local(f"{year}-01-01 00:00"), local(f"{year + 1}-01-01 00:00")
        for contractor in contractors:
            own = Contract.objects.of(contractor)
            for at in (begins, begins + timedelta(days=181, seconds=7), ends - tick):
                assert [*own.in_force(at)] == [contracts[year, contractor.code]]
    for at in (local("2017-01-01 00:00") - tick, local("2027-01-01 00:00")):
        assert not Contract.objects.in_force(at).exists()


def test_acts_are_attributed_in_one_query() -> None:
    contracts = decade(four())
    turn = local("2026-01-01 00:00")
    moments = [turn - timedelta(seconds=1), turn - timedelta(microseconds=1), turn, turn + timedelta(seconds=1)]
    taken = {a_case(at).pk: at for at in moments}
    own = Contract.objects.in_force(OuterRef("registered_at")).filter(organisation=OuterRef("taken_by_organisation"))
    found = Case.objects.filter(pk__in=taken).annotate(contract=Subquery(own.values("number")[:1]))

    def expected(at: datetime) -> str:
        return contracts[2025 if at < turn else 2026, "JIA"].number

    assert dict(found.values_list("pk", "contract")) == {pk: expected(at) for pk, at in taken.items()}
