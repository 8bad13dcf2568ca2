"""The figures of quality inspection count the government's re-check as it stands, and open the rows behind them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from contractors import agent_complaints, appeals, publishing
from contractors.models import Purpose, Sample, SampledContact
from contractors.quality_measures import ROWS, complaints, rechecks
from hotline.calendar import Period
from hotline.measures import MEASURES
from tests.people import local, member, unit
from tests.quality import AFTER, BETTER, appealed, drawn, marked
from tests.stories import MONDAY, a_case

pytestmark = pytest.mark.django_db
MARCH = Period.month(2026, 3)
APRIL = Period.month(2026, 4)


def value(key: str, *, of: str = "JIA", period: Period = MARCH) -> object:
    rows = complaints if key == "justified_complaints" else rechecks
    return MEASURES[key].function(rows(unit(of)), period)


def told(*verdicts: dict[str, Any], purpose: str = Purpose.RECHECK, by: str = "song") -> Sample:
    """A sample of so many contacts, each marked by one person, and published."""
    sample = drawn(purpose, calls=len(verdicts))
    sample.contacts.update(double=False)
    for given in verdicts:
        marked(by, improvement=BETTER, **given)
    return publishing.publish(sample, by=member("yan"), at=AFTER)


def test_the_score_is_the_mean_of_what_was_published_in_the_period() -> None:
    told({}, {"record": "not_met"}, {"ending": "partly"})
    score = value("quality_score")
    assert (score.numerator, score.denominator) == (Decimal("277.5"), 3)  # type: ignore[attr-defined]
    assert value("quality_score", period=APRIL).value is None  # type: ignore[attr-defined]
    assert value("quality_score", of="YI").denominator == 0  # type: ignore[attr-defined]


def test_what_a_contractors_own_inspectors_found_counts_nowhere() -> None:
    told({"record": "not_met"}, purpose=Purpose.INSPECTION, by="ma")
    assert value("quality_score").denominator == 0  # type: ignore[attr-defined]
    assert value("fatal_errors").n == 0  # type: ignore[attr-defined]


def test_an_appeal_that_raised_a_mark_counts() -> None:
    told({"record": "not_met"})
    contact = SampledContact.objects.get()
    appeals.rule(appealed(contact, record="见工单"), {"record": "full"}, ruling="属实。", by=member("ruan"), at=AFTER)
    assert value("quality_score").value == 100  # type: ignore[attr-defined]
    assert value("record_quality").value == 1  # type: ignore[attr-defined]


def test_record_quality_is_the_share_of_the_points_about_the_record() -> None:
    told({}, {"record": "not_met", "place": "partly", "greeting": "not_met"})
    quality = value("record_quality")
    assert (quality.numerator, quality.denominator) == (Decimal("65.0"), 90)  # type: ignore[attr-defined]


def test_a_fatal_error_counts_while_it_stands() -> None:
    sample = drawn(calls=2)
    sample.contacts.update(double=True)
    for by in ("song", "ruan"):
        for given in ({"leak": "happened"}, dict[str, Any]()):
            marked(by, improvement=BETTER, **given)
    publishing.publish(sample, by=member("yan"), at=AFTER)
    assert value("fatal_errors").n == 1  # type: ignore[attr-defined]
    assert value("fatal_error_rate").value == Decimal("0.5")  # type: ignore[attr-defined]
    contact = SampledContact.objects.get(fatal=True)
    appeals.rule(appealed(contact, leak="未泄露"), {"leak": "clear"}, ruling="属实。", by=member("yu"), at=AFTER)
    assert value("fatal_errors").n == 0  # type: ignore[attr-defined]


def test_justified_complaints_are_those_found_so_in_the_period() -> None:
    for finding in ("justified", "unjustified", "unclear", "justified"):
        complaint, about = a_case(title="座席态度生硬"), a_case(title="问路灯")
        row = agent_complaints.name(complaint, about, by=member("zhou"), at=MONDAY)
        agent_complaints.rule(row, finding=finding, grounds="听了录音。", by=member("song"), at=MONDAY)
    assert value("justified_complaints").n == 2  # type: ignore[attr-defined]
    assert value("justified_complaints", of="YI").n == 0  # type: ignore[attr-defined]


def test_agreement_is_of_the_verdicts_two_people_gave_blindly() -> None:
    sample = drawn(calls=1)
    sample.contacts.update(double=True)
    marked("song")
    assert value("marking_agreement").value is None  # type: ignore[attr-defined]
    marked("ruan", ending="partly")
    agreed = value("marking_agreement")
    assert (agreed.agreed, agreed.n) == (13, 14)  # type: ignore[attr-defined]
    # po = 13/14; the first says met 9 and clear 5 times, the second met 8, partly 1, clear 5: pe = (72 + 25)/196
    assert agreed.value == pytest.approx(Decimal((13 / 14 - 97 / 196) / (1 - 97 / 196)))  # type: ignore[attr-defined]


@pytest.mark.parametrize("key", ROWS)
def test_every_figure_has_the_rows_behind_it(key: str) -> None:
    sample = told({}, {"record": "not_met"})
    assert sample.contacts.count() == 2
    rows = ROWS[key]((complaints if key == "justified_complaints" else rechecks)(unit("JIA")), MARCH)
    assert rows.count() == (2 if key in ("quality_score", "fatal_error_rate", "record_quality") else 0)


@pytest.mark.parametrize("key", ROWS)
def test_a_figure_asks_the_same_number_of_questions_however_many_contacts(
    key: str, django_assert_max_num_queries: Any
) -> None:
    told(*[{}] * 5)
    with django_assert_max_num_queries(4):
        value(key, period=Period(local("2026-01-01 00:00"), local("2027-01-01 00:00")))
