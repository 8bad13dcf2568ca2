"""What a case counts as, and for whom: planted, and what looks nearly the same and is honest."""

from __future__ import annotations

import pytest

from cases import excluding
from cases.models import Case
from oversight.detectors import recoded
from tests.findings import cases_of, found, looked_at
from tests.people import category, member
from tests.stories import a_case, dispatched, lead, signed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("spent", "is_found"), [(0.95, True), (0.5, False)], ids=["at the last moment", "in time"])
def test_asked_out_of_the_rates_when_the_limit_was_nearly_over(spent: float, is_found: bool) -> None:
    case = signed()
    clock = lead(case).clocks.get(kind="handle")
    at = clock.started_at + spent * (clock.due_at - clock.started_at)
    given = {"reason": "against_law", "grounds": "诉求于法无据。", "evidence": "行政处罚决定书 2026-0311"}
    excluding.ask_for_exclusion(lead(case), by=member("liu"), at=at, version=None, **given)
    assert cases_of("late_exits") == [case.pk] * is_found
    assert looked_at("late_exits") == 1


@pytest.mark.parametrize("change", ["kind", "category"])
def test_a_case_that_is_not_what_it_was_registered_as(change: str) -> None:
    """No act can do it, so it is done as somebody with the database's password would."""
    case = dispatched()
    dispatched()
    new = {"kind": "consultation"} if change == "kind" else {"category": category("GY02")}
    Case.objects.filter(pk=case.pk).update(**new)
    assert cases_of("recoded") == [case.pk]
    assert recoded.tells(found("recoded")[0].facts) == "Registered as: Complaint, category SZ01"
    assert looked_at("recoded") == 2


def test_a_case_with_no_unit_yet_has_nobody_who_gains_by_recoding_it() -> None:
    Case.objects.filter(pk=a_case().pk).update(kind="consultation")
    assert (found("recoded"), looked_at("recoded")) == ([], 0)


def test_a_request_that_was_registered_without_a_category_may_get_one() -> None:
    case = dispatched(category=None)
    Case.objects.filter(pk=case.pk).update(category=category())
    assert found("recoded") == []
