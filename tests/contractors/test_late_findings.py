"""What is found after a month was locked: the same cents, or named changes and an entry in the next statement."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from contractors import adjusting, assessments, incidents, statement
from contractors.models import Adjustment, Assessment, Incident
from contractors.recount import recount
from hotline.acts import NotNow
from tests.contractors.stories import RUN, february, forged, locked, objected, result, run, seen, shown, under_way
from tests.contractors.test_assessments import Refused, _rows, _rule
from tests.people import local, member
from tests.stories import a_case

pytestmark = pytest.mark.django_db
APRIL = local("2026-04-02 09:00")
MARCH = date(2026, 3, 1)


@pytest.fixture
def month() -> Assessment:
    contract = under_way()
    february()
    return locked(shown(run(contract)))


def test_counted_again_it_comes_to_the_same_cents(month: Assessment) -> None:
    again = recount(month)
    assert seen(again.inputs_same, again.difference, again.changes) == (True, 0, [])
    assert again.month.inputs_digest == month.inputs_digest
    with pytest.raises(NotNow, match="same cents"):
        adjusting.adjust(month, by=member("song"), at=APRIL, because="复核")


def test_what_changed_is_named_row_by_row(month: Assessment) -> None:
    found, late = forged("2026-02-20 09:00"), a_case(local("2026-02-21 09:00"))
    again = recount(month)
    assert not again.inputs_same
    assert {(change.number, *change.came) for change in again.changes} == {("4.1", late.number), ("5.1", found.ref)}
    assert again.difference == Decimal("-5000") + Decimal("-138069.00")


def test_a_later_finding_is_an_entry_of_the_next_statement_and_leaves_the_month(month: Assessment) -> None:
    forged("2026-02-20 09:00")
    entry = adjusting.adjust(month, by=member("song"), at=APRIL, because="审计抽查发现。")
    assert seen(entry.amount, entry.settled_in, entry.changes[0]["came"]["n"]) == (-5000, None, 1)
    march = shown(run(month.contract, at=APRIL, month=MARCH), at=APRIL)
    assert statement.adjusted(march) == -5000
    assert statement.payable(march) == march.due - 5000
    month.refresh_from_db()
    assert month.due == Decimal("1375000.00")


def test_an_entry_counts_once_and_is_taken_back_by_another(month: Assessment) -> None:
    found = forged("2026-02-20 09:00")
    adjusting.adjust(month, by=member("song"), at=APRIL, because="审计抽查发现。")
    with pytest.raises(NotNow, match="same cents"):
        adjusting.adjust(month, by=member("song"), at=APRIL, because="再查")
    incidents.withdraw(found, by=member("yan"), at=APRIL, because="误记")
    back = adjusting.adjust(month, by=member("song"), at=APRIL, because="误记撤回")
    assert back.amount == 5000
    march = shown(run(month.contract, at=APRIL, month=MARCH), at=APRIL)
    assert statement.adjusted(march) == 0


def test_an_entry_stays_as_it_was_entered(month: Assessment) -> None:
    forged("2026-02-20 09:00")
    adjusting.adjust(month, by=member("song"), at=APRIL, because="审计抽查发现。")
    for change in (lambda: Adjustment.objects.update(amount=1), lambda: Adjustment.objects.all().delete()):
        with pytest.raises(Refused, match="stays as entered"), transaction.atomic():
            change()


def test_a_month_that_is_not_locked_is_run_again_and_not_adjusted() -> None:
    with pytest.raises(NotNow, match="not locked"):
        adjusting.adjust(run(), by=member("song"), at=APRIL, because="x")


def test_rulings_hold_when_the_month_is_counted_again() -> None:
    contract = under_way()
    february()
    told = shown(run(contract))
    _rule(objected(told, number="5.1", claimed=[_rows(result(told, "5.1"))[0].ref]), ruling="录音无法证实。")
    done = locked(told)
    assert seen(recount(done).inputs_same, recount(done).difference) == (True, 0)


def test_an_event_belongs_to_the_contract_in_force_at_its_moment(month: Assessment) -> None:
    assert Incident.objects.get().contract == month.contract
    assert assessments.terms_for(month.contract, MARCH).version == 1
    assert RUN + timedelta(days=1) > month.frozen_at
