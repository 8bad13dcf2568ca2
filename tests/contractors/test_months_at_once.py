"""A month that two people run, sign or object to at the same moment, and events that come in any order."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest

from contractors import assessments, contracting, objecting
from contractors.models import Assessment, Contract
from hotline.acts import Refusal
from hotline.models import Membership
from tests.cases.test_at_once import at_once
from tests.contractors.stories import (
    FEBRUARY,
    RUN,
    SIGNED,
    february,
    proposed,
    registered,
    result,
    run,
    seen,
    shown,
    under_way,
)
from tests.people import local, member, unit
from tests.stories import tried

EVENTS = [(3, True), (9, False), (10, False), (11, True)]


@pytest.mark.django_db(transaction=True)
def test_two_runs_of_the_same_month_leave_one() -> None:
    contract = under_way()
    february()
    told = at_once(*[lambda by=by: assessments.run(contract, by=by, at=RUN, month=FEBRUARY) for by in _office()])
    assert all(isinstance(answer, Assessment) for answer in told)
    month = Assessment.objects.get()
    assert seen(month.results.count(), month.due) == (2, 1_375_000)


@pytest.mark.django_db(transaction=True)
def test_of_two_contracts_for_one_lot_signed_at_once_one_binds() -> None:
    drafts = [proposed(number="A"), proposed(number="B", organisation=unit("YI"))]
    by = member("yan")
    told = at_once(*[lambda draft=draft: contracting.sign(draft, by=by, at=SIGNED) for draft in drafts])
    assert sum(isinstance(answer, Refusal) for answer in told) == 1
    assert Contract.objects.signed().count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_objection_and_a_signature_at_once_never_leave_a_locked_month_with_a_waiting_objection() -> None:
    contract = under_way()
    february()
    month = shown(run(contract))
    luo, yan, at = member("luo"), member("yan"), RUN + timedelta(days=2)
    assessments.sign(month, by=yan, at=RUN + timedelta(days=30))
    line = result(month)
    at_once(
        lambda: objecting.object_to(line, by=luo, at=at, words="口径不符"),
        lambda: assessments.sign(month, by=luo, at=at),
    )
    month.refresh_from_db()
    assert month.is_locked != month.objections.waiting().exists()


@pytest.mark.django_db
def test_a_month_comes_to_the_same_in_whatever_order_its_events_came() -> None:
    contract = under_way()
    found = set()
    for order in permutations(EVENTS):
        with tried():
            for day, answered in order:
                registered(local(f"2026-02-{day:02d} 10:00"), answered=answered)
            month = run(contract)
            direct = result(month)
            found.add((month.due, direct.numerator, direct.denominator, direct.marks))
    assert len(found) == 1


def _office() -> list[Membership]:
    return [member("song"), member("yan")]
