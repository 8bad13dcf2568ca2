"""Contracts brought to a state through the verbs: Song of the hotline office writes them, Yan signs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from cases import intake
from cases.models import Case
from contractors import assessments, clause_writing, contracting, incidents, objecting
from contractors.agreed import ContractGiven, TermsGiven
from contractors.clause_writing import ClauseGiven
from contractors.models import Assessment, Clause, ClauseResult, Contract, Incident, Objection, Terms
from tests.people import local, member, unit
from tests.stories import a_case, a_registration

SIGNED = local("2025-12-15 10:00")
YEAR = {"first_day": date(2026, 1, 1), "last_day": date(2026, 12, 31)}
YEARLY = Decimal("16560000.00")
LATE_IN_2026 = local("2026-11-26 10:00")  # while the contracts of these stories run
NEXT_YEAR: dict[str, Any] = {"first_day": date(2027, 1, 1), "last_day": date(2027, 12, 31)}


def running() -> dict[str, Any]:
    """A contract that began in 2026 and runs on today, for whoever acts under it by today's clock; at the same price
    a month."""
    last = timezone.localdate().year + 1
    return YEAR | {"last_day": date(last, 12, 31), "agreed": terms(amount=YEARLY * (last - 2025))}


def seen(*figures: Any) -> tuple[Any, ...]:
    """Figures beside each other, to be held against what is expected of them."""
    return figures


def words(**given: Any) -> ContractGiven:
    """Jia answers the first lot in 2026."""
    usual = ContractGiven(unit("JIA"), "YZ-HW-2026-01", ["一标段"], tender_reference="YZCG-2025-118", **YEAR)
    return replace(usual, **given)


def terms(**given: Any) -> TermsGiven:
    """120 seats, 1,380,000 yuan a month, 30 % of it by the score, paid by quarter."""
    return replace(TermsGiven(YEARLY, 120, performance_share=Decimal(30)), **given)


def drafted(*, at: datetime = SIGNED, by: str = "song", agreed: TermsGiven | None = None, **given: Any) -> Terms:
    return contracting.draft(words(**given), agreed or terms(), by=member(by), at=at)


def proposed(draft: Terms | None = None, *, at: datetime = SIGNED, **given: Any) -> Terms:
    return contracting.propose(draft or drafted(at=at, **given), by=member("song"), at=at)


def signed(draft: Terms | None = None, *, at: datetime = SIGNED, **given: Any) -> Contract:
    """Signed by Yan: a contract in force from its first day on."""
    return contracting.sign(proposed(draft, at=at, **given), by=member("yan"), at=at).contract


def amended(contract: Contract, *, at: datetime, valid_from: date, by: str = "song", **given: Any) -> Terms:
    """Its next terms, signed: what is not given stays as it was."""
    draft = contracting.amend(contract, by=member(by), at=at, valid_from=valid_from, note="座席调整")
    agreed = replace(
        TermsGiven(draft.amount, draft.seats, performance_share=draft.performance_share), valid_from=valid_from, **given
    )
    draft = contracting.revise(draft, agreed, by=member(by), at=at)
    return contracting.sign(contracting.propose(draft, by=member(by), at=at), by=member("yan"), at=at)


def a_clause(terms: Terms, *, at: datetime = SIGNED, **given: Any) -> Clause:
    """4.1: of the cases registered, 40 % at least are answered directly; 20 marks, one less for each point short."""
    usual: dict[str, Any] = {
        "number": "4.1",
        "name": "直接答复率",
        "name_en": "Direct-answer rate",
        "measure": "direct_answer_rate",
        "target": Decimal(40),
        "scoring": {"kind": "linear", "slope": "1"},
        "weight": Decimal(20),
        "evidence": "工单明细",
    }
    return clause_writing.put(terms, ClauseGiven(**(usual | given)), by=member("song"), at=at)


FORGED: dict[str, Any] = {
    "number": "5.1",
    "name": "虚假记录（每起）",
    "name_en": "Forged record (each)",
    "measure": "incidents_forged_record",
    "direction": "at_most",
    "target": None,
    "scoring": {"kind": "per_event"},
    "weight": Decimal(0),
    "money": Decimal(-5000),
    "evidence": "录音比对",
}


def under_way(*, at: datetime = SIGNED, **given: Any) -> Contract:
    """Jia's contract of 2026 with two clauses: direct answers by marks, forged records by the event."""
    draft = drafted(at=at, **given)
    a_clause(draft, at=at)
    a_clause(draft, at=at, **FORGED)
    return signed(draft, at=at)


FEBRUARY = date(2026, 2, 1)
RUN = local("2026-03-03 00:10")


def registered(at: datetime, *, answered: bool = False) -> Case:
    """A case of Jia's, answered in the course of the call or left to a unit."""
    if answered:
        return intake.answer_directly(a_registration(), by=member("wang"), at=at, answer="已告知办理流程。")
    return a_case(at)


def february() -> None:
    """Five cases of Jia's, two answered directly; one forged record, on the 11th."""
    for day, answered in ((3, True), (5, True), (9, False), (10, False), (11, False)):
        registered(local(f"2026-02-{day:02d} 10:00"), answered=answered)
    forged()


def march() -> None:
    """Three cases of Jia's, one answered directly."""
    for day, answered in ((4, True), (5, False), (6, False)):
        registered(local(f"2026-03-{day:02d} 10:00"), answered=answered)


def forged(day: str = "2026-02-11 15:00") -> Incident:
    return incidents.record(
        unit("JIA"),
        by=member("song"),
        at=RUN,
        kind="forged_record",
        happened_at=local(day),
        words="登记内容与录音不符。",
    )


def run(contract: Contract | None = None, *, at: datetime = RUN, month: date = FEBRUARY) -> Assessment:
    """Song runs a month; its draft is the office's."""
    return assessments.run(contract or under_way(), by=member("song"), at=at, month=month)


def shown(assessment: Assessment | None = None, *, at: datetime = RUN) -> Assessment:
    return assessments.show(assessment or run(at=at), by=member("song"), at=at)


def result(assessment: Assessment, number: str = "4.1") -> ClauseResult:
    return assessment.results.select_related("clause", "assessment").get(clause__number=number)


def objected(assessment: Assessment | None = None, *, number: str = "4.1", **given: Any) -> Objection:
    """Luo of Jia objects two days later."""
    assessment = assessment or shown()
    said: dict[str, Any] = {
        "words": "2 月 24 日系统故障，应予剔除。",
        "by": member("luo"),
        "at": RUN + timedelta(days=2),
    }
    return objecting.object_to(result(assessment, number), **(said | given))


def locked(assessment: Assessment | None = None) -> Assessment:
    """Signed by Luo for Jia and by Yan for the office."""
    assessment = assessment or shown()
    assessment = assessments.sign(assessment, by=member("luo"), at=RUN + timedelta(days=5))
    return assessments.sign(assessment, by=member("yan"), at=RUN + timedelta(days=6))
