"""Agents and their companies: load, presence, and what is reported of calls; planted, and the honest beside it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from cases.models import Call
from contractors import reconciliation
from contractors.models import Contract, OwnReport
from hotline import audit
from oversight.detector import Hit
from oversight.detectors import contractor_totals, overload
from tests.contractors.stories import RUN, a_clause, drafted, signed
from tests.findings import found, looked_at
from tests.people import local, member, unit
from tests.quality import a_call

pytestmark = pytest.mark.django_db

TUESDAY = local("2026-03-10 08:30")


def people(hits: list[Hit]) -> list[tuple[int | None, date]]:
    return [(hit.subject.person, hit.at.date()) for hit in hits]


# -- Load


def calls(n: int, *, start: datetime = TUESDAY, agent: str = "wang", seconds: int = 180) -> list[Call]:
    return [a_call(start + timedelta(minutes=10 * k), agent=agent, seconds=seconds) for k in range(n)]


def test_more_calls_in_a_day_than_one_can_bear() -> None:
    calls(6)
    calls(5, agent="li")
    calls(5, start=TUESDAY + timedelta(days=1))
    hits = found("overload", calls=6)
    assert people(hits) == [(member("wang").user_id, date(2026, 3, 10))]
    assert overload.tells(hits[0].facts) == "A day with 6 calls, 18 minutes on them"
    assert looked_at("overload") == 3


def test_few_long_calls_are_as_much_as_many_short_ones() -> None:
    calls(3, seconds=21 * 60)
    assert len(found("overload", minutes=60)) == 1
    assert found("overload", minutes=64) == []


def test_wrap_up_is_work_too() -> None:
    calls(3, seconds=19 * 60)
    Call.objects.update(wrap_up_seconds=60)
    assert len(found("overload", minutes=60)) == 1


# -- Presence


def at_work(who: str, *, hours: float = 5, start: datetime = TUESDAY) -> None:
    """Looking at cases so often that the session never lies idle."""
    for n in range(int(hours * 3) + 1):
        audit.record("case.look", by=member(who), at=start + timedelta(minutes=20 * n))


def test_signed_in_for_hours_without_a_call() -> None:
    at_work("wang")
    at_work("li")
    a_call(TUESDAY + timedelta(hours=1), agent="li")
    assert people(found("idle_presence")) == [(member("wang").user_id, date(2026, 3, 10))]
    assert looked_at("idle_presence") == 2


def test_who_was_there_for_an_hour_or_answers_no_telephone_is_not_idle() -> None:
    at_work("wang", hours=1)
    at_work("zhou")
    assert (found("idle_presence"), looked_at("idle_presence")) == ([], 0)


def test_a_night_at_work_is_cut_at_midnight() -> None:
    at_work("wang", hours=9, start=local("2026-03-10 20:00"))
    evening, after_midnight = date(2026, 3, 10), date(2026, 3, 11)
    wang = member("wang").user_id
    assert people(found("idle_presence", hours=4)) == [(wang, evening), (wang, after_midnight)]


# -- The company's own report


@pytest.fixture
def contract(in_the_contracts_year: None) -> Contract:
    draft = drafted()
    a_clause(draft, number="4.2", name="接通率", name_en="Connection rate", measure="connection_rate")
    a_clause(draft, number="4.3", name="接听量", name_en="Calls answered", measure="calls_answered", target=Decimal(1))
    a_clause(draft)
    for n in range(10):
        a_call(local(f"2026-02-{n + 3:02d} 09:00"))
    return signed(draft)


def reported(contract: Contract, *lines: str, at: datetime = RUN) -> OwnReport:
    content = "\n".join(["条款,分子,分母", *lines]).encode()
    return reconciliation.upload(
        contract, by=member("luo"), at=at, month=date(2026, 2, 1), name="自报.csv", content=content
    )


def test_a_report_that_counts_other_calls_than_the_telephone(contract: Contract) -> None:
    report = reported(contract, "4.2,12,12", "4.3,10,10")
    hits = found("contractor_totals")
    assert [(hit.ref, hit.subject.organisation) for hit in hits] == [(f"report:{report.pk}:4.2", unit("JIA").pk)]
    told = contractor_totals.tells(hits[0].facts)
    assert told == "Report of 2026-02, clause 4.2: 12 / 12 said, 10 / 10 counted"
    assert looked_at("contractor_totals") == 2


def test_a_report_that_is_off_by_as_little_as_one_late_record_is_honest(contract: Contract) -> None:
    reported(contract, "4.2,11,11")
    assert found("contractor_totals", per_mille=100) == []


def test_only_the_latest_report_of_a_month_and_only_clauses_about_calls_count(contract: Contract) -> None:
    reported(contract, "4.2,12,12")
    reported(contract, "4.2,10,10", "4.1,9,9", at=RUN + timedelta(hours=1))
    assert (found("contractor_totals"), looked_at("contractor_totals")) == ([], 1)
