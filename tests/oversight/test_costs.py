"""What calls and solved cases cost: from locked statements only, exactly, every number open."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cases.models import Call, Case
from contractors.models import Assessment, Contract
from contractors.money_measures import cost_per_answered_call, cost_per_solved_case
from hotline.acts import NotNow
from hotline.calendar import Period
from hotline.models import AuditEntry
from oversight import costs, public_reading, schedule
from oversight.cost_lines import Bought, contract_costs
from oversight.models import MonthCost
from tests.contractors import stories
from tests.contractors.stories import RUN, february
from tests.doors import client_of
from tests.people import local
from tests.quality import a_call
from tests.stories import closed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_contracts_year")]
COUNTED = RUN + timedelta(days=7)


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    public_reading.contracts.forget()


def locked_february() -> Assessment:
    """Jia answered three calls; of its cases the citizen called two solved in February."""
    contract = stories.under_way()
    february()
    for n in range(3):
        a_call(local(f"2026-02-1{n} 10:00"), name=f"february-{n}")
    for n in range(2):
        closed(at=local("2026-02-04 10:00"), phone=f"1380000700{n}")
    return stories.locked(stories.shown(stories.run(contract)))


def test_a_locked_month_is_counted_once() -> None:
    month = locked_february()
    counted = costs.count(month, at=COUNTED)
    assert (counted.calls, counted.solved) == (3, 2)
    assert counted.versions == {"calls_answered": 1, "solved_cases": 1}
    with pytest.raises(NotNow):
        costs.count(month, at=COUNTED)
    kept = AuditEntry.objects.filter(act="costs.keep").exclude(result=AuditEntry.Result.REFUSED)
    assert kept.count() == 1


def test_a_month_that_is_not_locked_costs_nothing_yet() -> None:
    with pytest.raises(NotNow):
        costs.count(stories.shown(), at=COUNTED)
    assert costs.due() == []


def test_the_timekeeper_counts_what_was_locked(monkeypatch: pytest.MonkeyPatch) -> None:
    locked_february()
    monkeypatch.setattr(schedule, "database_time", lambda: COUNTED)
    assert [schedule.count_costs(), schedule.count_costs()] == [1, 0]


def test_the_database_refuses_another_count() -> None:
    costs.count(locked_february(), at=COUNTED)
    with pytest.raises(DatabaseError, match="refuse"), transaction.atomic():
        MonthCost.objects.update(calls=1)


def test_a_call_costs_what_the_statement_came_to_divided_by_the_calls() -> None:
    month = locked_february()
    costs.count(month, at=COUNTED)
    (line,) = contract_costs(list(Contract.objects.select_related("organisation")))
    assert line.bought == Bought(month.base, month.due, 3, 2)
    assert line.bought.per_call == (month.due / 3).quantize(Decimal("0.01"))
    assert line.bought.per_solved == (month.due / 2).quantize(Decimal("0.01"))
    assert line.bought.agreed_per_call == Decimal("460000.00")  # 1,380,000 a month


def test_the_figures_are_those_of_the_measures() -> None:
    month = locked_february()
    costs.count(month, at=COUNTED)
    (line,) = contract_costs(list(Contract.objects.select_related("organisation")))
    period, months = Period.month(2026, 2), Assessment.objects.locked()
    jias = month.contract.organisation_id
    per_call = cost_per_answered_call(months, Call.objects.filter(organisation=jias), period)
    per_solved = cost_per_solved_case(months, Case.objects.filter(taken_by_organisation=jias), period)
    assert per_call is not None
    assert per_solved is not None
    assert (line.bought.per_call, line.bought.per_solved) == (per_call.amount, per_solved.amount)


def test_several_months_are_summed_before_they_are_divided() -> None:
    both = Bought(Decimal(100), Decimal(90), 10, 0) + Bought(Decimal(100), Decimal(100), 30, 5)
    assert (both.per_call, both.per_solved) == (Decimal("4.75"), Decimal("38.00"))
    assert Bought(Decimal(1), Decimal(1), 0, 0).per_call is None


def test_every_number_opens_what_it_was_counted_from() -> None:
    costs.count(locked_february(), at=COUNTED)
    (line,) = contract_costs(list(Contract.objects.select_related("organisation")))
    client = client_of("jiang")
    words = client.get("/value/").content.decode()
    for address in (line.months[0].calls_url, line.months[0].solved_url):
        assert address.replace("&", "&amp;") in words
    for case in Case.objects.filter(status="closed", unit__isnull=False):
        assert case.number in client.get(line.months[0].solved_url).content.decode()


def test_the_page_asks_the_database_so_often_however_many_months(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    costs.count(locked_february(), at=COUNTED)
    client = client_of("jiang")
    client.get("/value/")
    with django_assert_num_queries(7):
        client.get("/value/")


def test_the_public_reads_a_month_only_once_it_is_locked(client: Client) -> None:
    month = stories.shown()
    english = {"accept-language": "en"}
    assert "No month of it is signed and locked yet." in client.get("/figures/", headers=english).content.decode()
    costs.count(stories.locked(month), at=COUNTED)
    public_reading.contracts.forget()
    words = client.get("/figures/", headers=english).content.decode()
    assert "2026-02" in words
    assert "16,560,000.00" in words
