"""The figures of the staff: reckoned by hand beside each, and every number opens exactly its people."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from django.utils import timezone

from contractors import employing, staff_measures
from contractors.models import Contract, Employment
from contractors.models.employment import EmploymentQuerySet
from contractors.staff_measures import MONTHLY, ROWS, STAFF, behind, month_of, rolling
from hotline.calendar import Period
from hotline.measures import MEASURES, Count, Duration, Ratio
from tests.contractors.staffing import YEAR_BEGINS, YEAR_ENDS, accepted, brought, contract_of, employed, left
from tests.people import local, member, unit

pytestmark = pytest.mark.django_db
FEBRUARY, DECEMBER = month_of(date(2026, 2, 1)), month_of(date(2026, 12, 1))
JIAS = ("wang", "li", "zhao", "hu")


def of(code: str = "JIA") -> EmploymentQuerySet:
    return Employment.objects.filter(contract__organisation=unit(code))


def value(key: str, period: Period, code: str = "JIA") -> Ratio | Duration | Count:
    figure: Ratio | Duration | Count = MEASURES[key].function(of(code), period)
    return figure


@pytest.fixture(autouse=True)
def contract(db: None) -> Contract:
    return contract_of()


def test_nobody_is_no_figure() -> None:
    for key in STAFF:
        figure = value(key, FEBRUARY)
        assert not (figure.denominator if isinstance(figure, Ratio) else figure.n), key
        assert not isinstance(figure, Ratio) or figure.value is None


def test_the_headcount_is_that_of_the_last_instant() -> None:
    for username in JIAS:
        employed(username)
    employed("xu", until=local("2026-02-15 00:00"))
    assert value("headcount", FEBRUARY) == Count(4)
    assert value("headcount", month_of(date(2026, 1, 1))) == Count(5)
    assert value("headcount", DECEMBER) == Count(4)
    assert value("headcount", month_of(date(2027, 1, 1))) == Count(0)


def test_turnover_is_who_left_of_whoever_was_there_in_twelve_months() -> None:
    rows = [employed(username) for username in (*JIAS, "xu")]
    left(rows[0], at=timezone.now(), until=timezone.now() + timedelta(minutes=1))
    period = Period(YEAR_BEGINS, timezone.now() + timedelta(days=1))
    assert staff_measures.turnover(of(), period) == Ratio(1, 5)
    assert list(behind(of(), "turnover", period, good=True)) == [rows[0]]


def test_whoever_works_on_under_the_next_contract_has_not_left() -> None:
    """At midnight the employment ends and another begins: one person, counted once, who has left nobody."""
    for username in JIAS:
        employed(username)
    employing.carry_over(contract_of(year=2027), by=member("yan"), at=local("2026-12-20 10:00"))
    january = month_of(date(2027, 1, 1))
    assert value("turnover", january) == Ratio(0, 4)
    assert value("headcount", january) == Count(4)
    assert value("tenure", january) == Duration(4 * (local("2027-02-01 00:00") - YEAR_BEGINS), 4)


def test_the_end_of_the_contract_is_nobodys_leaving() -> None:
    for username in JIAS:
        employed(username)
    assert value("turnover", month_of(date(2027, 1, 1))) == Ratio(0, 4)


def test_an_agent_moved_to_another_contractor_at_midnight_counts_once_everywhere() -> None:
    contract_of("YI")
    midnight = local("2026-07-01 00:00")
    employed(until=midnight)
    employed("wang", Contract.objects.get(number="YZ-YI-2026"), since=midnight)
    june, july = month_of(date(2026, 6, 1)), month_of(date(2026, 7, 1))
    counted = {(code, p.start): value("headcount", p, code) for code in ("JIA", "YI") for p in (june, july)}
    assert [counted[code, p.start] for p in (june, july) for code in ("JIA", "YI")] == [Count(n) for n in (1, 0, 0, 1)]
    both = Employment.objects.all()
    assert staff_measures.headcount(both, june) == staff_measures.headcount(both, july) == Count(1)
    assert staff_measures.insurance_proof(both, Period(june.start, july.end)).denominator == 2  # a month each


def test_tenure_goes_back_over_contracts_without_a_gap_only() -> None:
    contract_of(year=2025)
    employed("wang", Contract.objects.get(number="YZ-JIA-2025"), since=local("2025-07-01 00:00"))
    employed("wang")
    employed("li", Contract.objects.get(number="YZ-JIA-2025"), until=local("2025-12-01 00:00"))
    employed("li")
    last = local("2026-03-01 00:00")
    spent = (last - local("2025-07-01 00:00")) + (last - YEAR_BEGINS)
    assert value("tenure", FEBRUARY) == Duration(spent, 2)


def test_training_is_checked_hours_over_everybody_employed() -> None:
    for username in JIAS:
        employed(username)
    accepted("training", date(2026, 2, 11), text="1024 4\n1025 2.5")
    accepted("training", date(2026, 2, 28), hours=Decimal(2), text="1024")
    accepted("training", date(2026, 3, 1), hours=Decimal(9))
    brought("training", date(2026, 2, 12), hours=Decimal(100))
    assert value("training", FEBRUARY) == Duration(timedelta(hours=8, minutes=30), 4)
    assert {row.user.username for row in behind(of(), "training", FEBRUARY, good=True)} == {"wang", "li"}


@pytest.mark.parametrize(("kind", "key"), [("insurance", "insurance_proof"), ("wage", "wage_proof")])
def test_a_month_is_proved_by_a_checked_file_of_that_month(kind: str, key: str) -> None:
    for username in JIAS:
        employed(username)
    assert value(key, FEBRUARY) == Ratio(0, 4)
    accepted(kind, date(2026, 2, 10), text="1024\n1025\n1026")
    accepted(kind, date(2026, 1, 10), text="1027")
    assert value(key, FEBRUARY) == Ratio(3, 4)
    assert value(key, Period(YEAR_BEGINS, FEBRUARY.end or YEAR_ENDS)) == Ratio(4, 8)


def test_what_was_not_checked_or_was_rejected_proves_nothing() -> None:
    employed()
    brought("insurance")
    assert value("insurance_proof", FEBRUARY) == Ratio(0, 1)


def test_an_agreement_is_signed_once_and_holds_under_the_next_contract() -> None:
    for username in JIAS:
        employed(username)
    accepted("confidentiality", date(2026, 1, 5), text="1024\n1025")
    assert value("confidentiality", FEBRUARY) == Ratio(2, 4)
    employing.carry_over(contract_of(year=2027), by=member("yan"), at=local("2026-12-20 10:00"))
    assert value("confidentiality", month_of(date(2027, 1, 1))) == Ratio(2, 4)


def test_an_agreement_does_not_count_before_its_day() -> None:
    employed()
    accepted("confidentiality", date(2026, 3, 5))
    assert value("confidentiality", FEBRUARY) == Ratio(0, 1)
    assert value("confidentiality", month_of(date(2026, 3, 1))) == Ratio(1, 1)


def test_another_contractors_people_count_nowhere_here() -> None:
    contract_of("YI")
    employed("chen", Contract.objects.get(number="YZ-YI-2026"))
    for key in STAFF:
        figure = value(key, FEBRUARY)
        assert (figure.denominator if isinstance(figure, Ratio) else figure.n) == 0, key


@pytest.mark.parametrize("seed", range(3))
def test_every_number_opens_exactly_its_people(seed: int) -> None:
    """Whatever was proved about whom: the list behind a number is as long as the number."""
    draw = Random(seed)
    people = ["wang", "li", "zhao", "hu", "xu", "ma"]
    for username in draw.sample(people, 5):
        ends = draw.choice([None, local("2026-02-20 00:00"), local("2026-08-01 00:00")])
        employed(username, until=ends)
    for kind in ("insurance", "wage", "confidentiality", "qualification"):
        there = list(of().within(FEBRUARY).values_list("user__username", flat=True).order_by("user__username"))
        accepted(kind, date(2026, 2, 10), text="\n".join(draw.sample(there, 2)))
    for key in ROWS:
        figure = value(key, FEBRUARY)
        if isinstance(figure, Ratio):
            good, every = (behind(of(), key, FEBRUARY, good=part) for part in (True, False))
            assert (good.values("user").distinct().count(), every.values("user").distinct().count()) == (
                figure.numerator,
                figure.denominator,
            ), key
    assert {"insurance_proof", "wage_proof"} == MONTHLY


@pytest.mark.parametrize(
    ("month", "first"),
    [(date(2026, 2, 1), "2025-03-01"), (date(2026, 12, 1), "2026-01-01"), (date(2026, 1, 1), "2025-02-01")],
)
def test_the_rolling_year_is_the_twelve_months_that_end_with_the_period(month: date, first: str) -> None:
    assert rolling(month_of(month)).start == local(f"{first} 00:00")
