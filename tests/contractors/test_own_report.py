"""The contractor's own report is held against the system's figures, line by line; nothing is paid by it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from contractors import reconciliation
from contractors.models import Assessment, OwnReport
from hotline.acts import Invalid, NotAllowed
from tests.contractors.stories import RUN, february, result, run, shown, under_way
from tests.contractors.test_assessments import _rows
from tests.people import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def month() -> Assessment:
    contract = under_way()
    february()
    return shown(run(contract))


def brought(month: Assessment, text: str, *, by: str = "luo") -> OwnReport:
    return reconciliation.upload(
        month.contract, by=member(by), at=RUN, month=month.month, name="自报.csv", content=text.encode()
    )


def test_figures_that_differ_are_named_with_the_difference(month: Assessment) -> None:
    told = reconciliation.comparison(brought(month, "条款,分子,分母,数值\n4.1,3,5,60.0%\n5.1,1,1,1\n"), month)
    direct, forged = told.compared
    assert direct.differences == {"numerator": Decimal(1), "value": Decimal(20)}
    assert forged.agrees
    assert told.unread == []


def test_a_printed_figure_is_held_to_the_places_it_has(month: Assessment) -> None:
    assert reconciliation.comparison(brought(month, "条款,数值\n4.1,40.0\n"), month).compared[0].agrees


def test_rows_only_one_side_has_are_named(month: Assessment) -> None:
    ours = [row.ref for row in _rows(result(month)) if row.above]
    report = brought(month, f"条款,工单号\n4.1,{ours[0]}\n4.1,20260228-000001\n")
    one = reconciliation.comparison(report, month).compared[0]
    assert (one.only_theirs, one.only_ours) == (["20260228-000001"], ours[1:])


def test_lines_that_cannot_be_read_say_why(month: Assessment) -> None:
    told = reconciliation.comparison(brought(month, "clause,numerator\n9.9,1\n4.1,many\n"), month)
    assert told.unread == [(2, "there is no clause 9.9"), (3, "“many” is no number")]


def test_the_latest_report_counts(month: Assessment) -> None:
    brought(month, "条款,分子\n4.1,3\n")
    later = brought(month, "条款,分子\n4.1,2\n")
    assert reconciliation.latest(month) == later
    assert Assessment.objects.get(pk=month.pk).due == month.due


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "条款\n4.1\n", "条款,分子\n", ""])
def test_what_speaks_of_no_clause_is_refused(month: Assessment, text: str) -> None:
    with pytest.raises(Invalid):
        brought(month, text)


@pytest.mark.parametrize("username", ["tang", "song", "wang"])
def test_only_the_contractor_itself_brings_it(month: Assessment, username: str) -> None:
    with pytest.raises(NotAllowed):
        brought(month, "条款,分子\n4.1,3\n", by=username)
