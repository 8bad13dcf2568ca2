"""The contractors' contracts in the demo city, and the months assessed by them: one locked, one under objection."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from cases.deadlines import local_date
from cases.models import Case
from contractors import assessments, clause_writing, contracting, incidents, objecting
from contractors.agreed import ContractGiven, TermsGiven
from contractors.clause_writing import ClauseGiven
from contractors.models import Contract
from hotline.calendar import Period
from oversight.demo.cast import Cast

LOTS = (("JIA", "YZ-HW-{}-01", "一标段", "552000.00", 4), ("YI", "YZ-HW-{}-02", "二标段", "276000.00", 2))
LINEAR: dict[str, Any] = {"kind": "linear", "slope": "1"}
HALF: dict[str, Any] = {"kind": "linear", "slope": "0.5", "floor": "10"}
CLAUSES = (
    ClauseGiven(
        "4.1", "接通率", "connection_rate", "Connection rate",
        target=Decimal(96), scoring=LINEAR, weight=Decimal(20), minimum_n=20, evidence="话务明细",
    ),
    ClauseGiven(
        "4.2", "15 秒接通率", "answered_in_time", "Answered in 15 seconds",
        target=Decimal(70), scoring={"kind": "linear", "slope": "0.5"}, weight=Decimal(15), minimum_n=20,
        evidence="话务明细",
    ),
    ClauseGiven(
        "4.3", "直接答复率", "direct_answer_rate", "Direct-answer rate",
        target=Decimal(25), scoring=LINEAR, weight=Decimal(15), minimum_n=20, evidence="工单明细",
    ),
    ClauseGiven(
        "4.4", "按时办结率", "on_time_closing", "On-time closing",
        target=Decimal(90), scoring=HALF, weight=Decimal(20), minimum_n=20, evidence="工单明细",
    ),
    ClauseGiven(
        "4.5", "满意率", "satisfaction_rate", "Satisfaction",
        target=Decimal(95), scoring=HALF, weight=Decimal(20), minimum_n=20, evidence="市民评价",
    ),
    ClauseGiven(
        "4.6", "人员流失率（滚动 12 月）", "turnover", "Staff turnover (12 months)", direction="at_most",
        target=Decimal(20), scoring={"kind": "linear", "slope": "0.5"}, weight=Decimal(10), evidence="人员台账",
    ),
    ClauseGiven(
        "5.1", "虚假记录（每起）", "incidents_forged_record", "Forged record (each)", direction="at_most",
        scoring={"kind": "per_event"}, money=Decimal(-500), evidence="录音比对",
    ),
    ClauseGiven(
        "5.2", "泄露个人信息", "incidents_leak", "Leak of personal data", direction="at_most",
        scoring={"kind": "veto"}, evidence="审计记录",
    ),
    ClauseGiven(
        "6.1", "专项值守奖励", "incidents_duty_done", "Special duty",
        target=Decimal(1), scoring={"kind": "once"}, money=Decimal(800), evidence="值守报告",
    ),
)  # fmt: skip


def sign(cast: Cast, now: datetime) -> None:
    """Both contracts of the last twelve months."""
    for lot in LOTS:
        _signed(cast, now, *lot)


def assess(cast: Cast, now: datetime) -> None:
    """Of Jia's months the last but one is locked, the last objected to."""
    last = _month_before(local_date(now).replace(day=1))
    jia = Contract.objects.in_force(now).get(organisation__code="JIA")
    locked = _assess(cast, now, jia, _month_before(last))
    if locked is not None:
        at = Period.month(last.year, last.month).start + timedelta(days=12, hours=10)
        assessments.sign(locked, by=cast.named("luo"), at=at)
        assessments.sign(locked, by=cast.named("yan"), at=at + timedelta(hours=1))
    _forged(cast, jia, last)
    open_ = _assess(cast, now, jia, last)
    if open_ is not None:
        _object(cast, open_, min(now, (open_.shown_at or now) + timedelta(hours=4)))


def _signed(cast: Cast, now: datetime, code: str, number: str, lot: str, amount: str, seats: int) -> Contract:
    first = local_date(now).replace(day=1)
    for _step in range(11):
        first = _month_before(first)
    last = first.replace(year=first.year + 1) - timedelta(1)
    song, at = cast.named("song"), Period.days(first, first).start - timedelta(days=20)
    given = ContractGiven(
        cast.by_code[code], number.format(first.year), [lot], first, last, f"YZCG-{first.year - 1}-118"
    )
    terms = contracting.draft(given, TermsGiven(Decimal(amount), seats, performance_share=Decimal(30)), by=song, at=at)
    for clause in CLAUSES:
        clause_writing.put(terms, clause, by=song, at=at)
    contracting.propose(terms, by=song, at=at + timedelta(hours=1))
    return contracting.sign(terms, by=cast.named("yan"), at=at + timedelta(days=1)).contract


def _assess(cast: Cast, now: datetime, contract: Contract, month: date) -> Any:
    """Run on the second of the next month and put before the contractor; None for a month before the story."""
    period = Period.month(month.year, month.month)
    assert period.end is not None
    if not Case.objects.filter(registered_at__gte=period.start, registered_at__lt=period.end).exists():
        return None
    second = period.end + timedelta(days=1, hours=9)
    at, song = max(period.end, min(second, now - timedelta(hours=6))), cast.named("song")
    assessment = assessments.run(contract, by=song, at=at, month=month)
    return assessments.show(assessment, by=song, at=at)


def _forged(cast: Cast, contract: Contract, month: date) -> None:
    period = Period.month(month.year, month.month)
    assert period.end is not None
    incidents.record(
        contract.organisation, by=cast.named("song"), at=period.end + timedelta(hours=9), kind="forged_record",
        happened_at=period.start + timedelta(days=10, hours=15), words="登记内容与录音不符：未告知办理时限。",
    )  # fmt: skip


def _object(cast: Cast, assessment: Any, at: datetime) -> None:
    forged = assessment.results.select_related("clause", "assessment").get(clause__number="5.1")
    objecting.object_to(forged, by=cast.named("luo"), at=at, words="话务员误选“已告知时限”，非故意，请予核减。")


def _month_before(month: date) -> date:
    return (month - timedelta(1)).replace(day=1)
