"""The figures of contracts: what is paid, deducted and in objection, what a case costs, what was found by the event."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F, Q, Sum
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cases.call_measures import calls_answered
from cases.measures import solved_cases
from cases.models import CallQuerySet, CaseQuerySet
from contractors.figures import Row, source
from contractors.models import Adjustment, ClauseResult, Objection
from contractors.models.assessment import AssessmentQuerySet
from contractors.models.incident import Incident, IncidentKind, IncidentQuerySet
from hotline import measures
from hotline.calendar import Period
from hotline.measures import Money, Unit, measure
from hotline.models import Organisation

ZERO = Decimal("0.00")


# -- Money


@measure(
    "amount_due",
    _("Amount due"),
    _("What the assessed months that begin in the period come to, with the adjusting entries their statements settle."),
    Unit.MONEY,
)
def amount_due(assessments: AssessmentQuerySet, period: Period) -> Money:
    months = _months(assessments, period)
    settled = Adjustment.objects.filter(settled_in__in=months).aggregate(sum=Sum("amount"))["sum"]
    return Money((months.aggregate(sum=Sum("due"))["sum"] or ZERO) + (settled or ZERO))


@measure(
    "amount_deducted",
    _("Amount deducted"),
    _("What the clauses took from the price of the assessed months that begin in the period."),
    Unit.MONEY,
)
def amount_deducted(assessments: AssessmentQuerySet, period: Period) -> Money:
    return Money(-_effects(assessments, period, Q(effect__lt=0)))


@measure(
    "amount_rewarded",
    _("Amount rewarded"),
    _("What the clauses added to the price of the assessed months that begin in the period."),
    Unit.MONEY,
)
def amount_rewarded(assessments: AssessmentQuerySet, period: Period) -> Money:
    return Money(_effects(assessments, period, Q(effect__gt=0)))


@measure(
    "amount_in_objection",
    _("Amount in objection"),
    _("What the assessed months that begin in the period would gain if every objection awaiting a ruling were upheld."),
    Unit.MONEY,
)
def amount_in_objection(assessments: AssessmentQuerySet, period: Period) -> Money:
    waiting = Objection.objects.waiting().filter(assessment__in=_months(assessments, period))
    return Money.total(Money(Decimal(gain)) for gain in waiting.values_list("recomputed__gain", flat=True))


def _months(assessments: AssessmentQuerySet, period: Period) -> AssessmentQuerySet:
    within = assessments.filter(month__gte=_day(period.start))
    return within if period.end is None else within.filter(month__lt=_day(period.end))


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)


def _effects(assessments: AssessmentQuerySet, period: Period, which: Q) -> Decimal:
    results = ClauseResult.objects.filter(which, assessment__in=_months(assessments, period))
    return results.aggregate(sum=Sum(F("effect")))["sum"] or ZERO


# -- Cost


def cost(due: Money, n: int) -> Money | None:
    """What each of n cost; None of none, for that is not free but unknown."""
    return Money(due.amount / n).rounded() if n else None


@measure(
    "cost_per_solved_case",
    _("Cost per solved case"),
    _("The amount due for the period, divided by the cases the citizen calls solved in it."),
    Unit.MONEY,
)
def cost_per_solved_case(assessments: AssessmentQuerySet, cases: CaseQuerySet, period: Period) -> Money | None:
    return cost(amount_due(assessments, period), solved_cases(cases, period).n)


@measure(
    "cost_per_answered_call",
    _("Cost per answered call"),
    _("The amount due for the period, divided by the calls answered in it."),
    Unit.MONEY,
)
def cost_per_answered_call(assessments: AssessmentQuerySet, calls: CallQuerySet, period: Period) -> Money | None:
    return cost(amount_due(assessments, period), calls_answered(calls, period).n)


# -- Events


def _register(kind: IncidentKind) -> None:
    """One measure for each kind of event."""

    def counted(incidents: IncidentQuerySet, period: Period) -> measures.Count:
        return measures.Count(_of(incidents, kind, period).count())

    name, key = kind.label, f"incidents_{kind.value}"
    sentence = format_lazy(_("Events in the period that the office recorded and did not withdraw: {}."), name)
    counted.__qualname__ = "incidents"
    measure(key, name, sentence, Unit.COUNT)(counted)

    @source(key)
    def rows(contractor: Organisation, period: Period, _net: bool) -> Iterator[Row]:
        own = Incident.objects.filter(contract__organisation=contractor)
        return (Row(incident.ref) for incident in _of(own, kind, period))


def _of(incidents: IncidentQuerySet, kind: IncidentKind, period: Period) -> IncidentQuerySet:
    within = incidents.standing().filter(kind=kind, at__gte=period.start)
    return within if period.end is None else within.filter(at__lt=period.end)


for _kind in IncidentKind:
    _register(_kind)
