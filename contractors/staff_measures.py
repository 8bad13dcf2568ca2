"""The figures of a contractor's staff, each from employments and checked proofs, and the rows behind each number.

A figure says which employments it is of and which of them count. Of one person no two employments are in force at a
time, so whoever changes contracts at midnight counts once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import wraps
from typing import Any

from django.db.models import Exists, OuterRef, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contractors.models import Employment, Leaving, ProofKind, ProofLine, ProofState
from contractors.models.employment import EmploymentQuerySet
from hotline.calendar import Period
from hotline.measures import MEASURES, Count, Duration, Measure, Ratio, Unit

LAST_INSTANT = timedelta(microseconds=1)
ROLLING_MONTHS = 12


@dataclass(frozen=True)
class Rows:
    """The employments a figure is of, and those of them that count."""

    of: EmploymentQuerySet
    good: EmploymentQuerySet


Definition = Callable[[EmploymentQuerySet, Period], Rows]
ROWS: dict[str, Definition] = {}
MONTHLY: set[str] = set()


def month_of(first: date) -> Period:
    """The local month that begins on that day."""
    return Period.days(first, _after(first) - timedelta(days=1))


def months_of(period: Period) -> Iterator[Period]:
    """The local months that begin within the period, the one it begins in first."""
    first = timezone.localdate(period.start).replace(day=1)
    while (month := month_of(first)).start < _end(period):
        yield month
        first = _after(first)


def _after(first: date) -> date:
    return first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)


def _end(period: Period) -> datetime:
    if period.end is None:
        raise ValueError("Staff is counted in periods that have an end.")
    return period.end


def rolling(period: Period) -> Period:
    """The twelve months that end with the period."""
    last = timezone.localdate(_end(period) - LAST_INSTANT)
    first = (last.replace(day=1) - timedelta(days=1)).replace(day=1)
    for _month in range(ROLLING_MONTHS - 2):
        first = (first - timedelta(days=1)).replace(day=1)
    return Period(Period.days(first, first).start, period.end)


def at_the_end(employments: EmploymentQuerySet, period: Period) -> EmploymentQuerySet:
    return employments.employed(_end(period) - LAST_INSTANT)


def behind(employments: EmploymentQuerySet, key: str, period: Period, *, good: bool) -> EmploymentQuerySet:
    """Exactly the employments behind one number of a figure; of a monthly one for a period of one month."""
    rows = ROWS[key](employments, period)
    return rows.good if good else rows.of


def rate(key: str, name: Any, sentence: Any, *, monthly: bool = False) -> Callable[[Definition], Any]:
    """Make a definition a rate of people; of people and months where it is due every month."""

    def register(definition: Definition) -> Callable[[EmploymentQuerySet, Period], Ratio]:
        @wraps(definition)
        def measured(employments: EmploymentQuerySet, period: Period) -> Ratio:
            parts = months_of(period) if monthly else [period]
            return Ratio.total(_ratio(definition(employments, part)) for part in parts)

        ROWS[key] = definition
        if monthly:
            MONTHLY.add(key)
        MEASURES.add(Measure(key, name, sentence, Unit.PERCENT, 1, measured))
        return measured

    return register


def _ratio(rows: Rows) -> Ratio:
    return Ratio(_people(rows.good), _people(rows.of))


def _people(employments: EmploymentQuerySet) -> int:
    return employments.order_by().values("user").distinct().count()


def proved(kind: ProofKind, **about: Any) -> Exists:
    """Is there a checked proof of that kind about the person, under whichever contract of the same contractor?"""
    lines = ProofLine.objects.filter(
        employment__user=OuterRef("user"),
        employment__contract__organisation=OuterRef("contract__organisation"),
        proof__kind=kind,
        proof__state=ProofState.ACCEPTED,
        **{f"proof__{name}": value for name, value in about.items()},
    )
    return Exists(lines)


# -- How many, how long


@MEASURES.measure(
    "headcount", _("Headcount"), _("People employed by the contractor at the end of the period."), Unit.COUNT
)
def headcount(employments: EmploymentQuerySet, period: Period) -> Count:
    return Count(_people(at_the_end(employments, period)))


ROWS["headcount"] = lambda employments, period: Rows(at_the_end(employments, period), at_the_end(employments, period))


@rate(
    "turnover",
    _("Staff turnover"),
    _(
        "Of the people employed in the twelve months that end with the period, the share who left. Whoever works on"
        " under the contractor's next contract has not left, nor who left because the contract ended."
    ),
)
def turnover(employments: EmploymentQuerySet, period: Period) -> Rows:
    year = rolling(period)
    left = employments.ended_within(year).exclude(leaving=Leaving.CONTRACT)
    return Rows(of=employments.within(year), good=left.exclude(employments.went_on()))


@MEASURES.measure(
    "tenure",
    _("Tenure"),
    _(
        "Mean time that the people employed at the end of the period have worked for the contractor without a gap, over"
        " all its contracts."
    ),
    Unit.TIME,
)
def tenure(employments: EmploymentQuerySet, period: Period) -> Duration:
    return Duration.total(Duration(spent) for _name, spent in tenures(employments, period))


def tenures(employments: EmploymentQuerySet, period: Period) -> list[tuple[str, timedelta]]:
    """How long each, by user name, has worked for the contractor without a gap when the period ends."""
    last = _end(period) - LAST_INSTANT
    now = employments.employed(last)
    before = Employment.objects.filter(user__in=now.values("user"), period__startswith__lte=last)
    spans: dict[tuple[int, int], list[Any]] = {}
    for body, user, span in before.values_list("contract__organisation", "user", "period"):
        spans.setdefault((body, user), []).append(span)
    there = now.order_by("user__username").values_list("contract__organisation", "user", "user__username", "period")
    return [(name, _end(period) - _unbroken(spans[body, user], span.lower)) for body, user, name, span in there]


ROWS["tenure"] = ROWS["headcount"]


def _unbroken(spans: list[Any], since: datetime) -> datetime:
    """Going back over employments that end where the next begins."""
    ends = {span.upper: span.lower for span in spans}
    while since in ends:
        since = ends[since]
    return since


# -- What is proved


@MEASURES.measure(
    "training",
    _("Training"),
    _("Mean time of checked training in the period of everybody employed in it."),
    Unit.TIME,
)
def training(employments: EmploymentQuerySet, period: Period) -> Duration:
    return Duration.total(Duration(spent) for _name, spent in trainings(employments, period))


def trainings(employments: EmploymentQuerySet, period: Period) -> list[tuple[str, timedelta]]:
    """The checked training of everybody, by user name, who was employed in the period; of some it is none."""
    there = set(employments.within(period).order_by().values_list("user__username", flat=True))
    lines = _training_lines(period).filter(employment__in=employments)
    hours = dict(
        lines.order_by()
        .values("employment__user__username")
        .annotate(h=Sum("hours"))
        .values_list("employment__user__username", "h")
    )
    return [(name, timedelta(minutes=int(hours.get(name, Decimal(0)) * 60))) for name in sorted(there)]


def _training_lines(period: Period) -> Any:
    first, last = timezone.localdate(period.start), timezone.localdate(_end(period) - LAST_INSTANT)
    proof = {"proof__kind": ProofKind.TRAINING, "proof__state": ProofState.ACCEPTED}
    return ProofLine.objects.filter(**proof, proof__on__gte=first, proof__on__lte=last)


ROWS["training"] = lambda employments, period: Rows(
    of=employments.within(period),
    good=employments.within(period).filter(pk__in=_training_lines(period).values("employment")),
)


@rate(
    "insurance_proof",
    _("Social insurance proved"),
    _("Of the people employed in a month, for all months of the period, the share with a checked proof of insurance."),
    monthly=True,
)
def insurance_proof(employments: EmploymentQuerySet, period: Period) -> Rows:
    return _monthly(employments, period, ProofKind.INSURANCE)


@rate(
    "wage_proof",
    _("Wage payment proved"),
    _("Of the people employed in a month, for all months of the period, the share with a checked proof of payment."),
    monthly=True,
)
def wage_proof(employments: EmploymentQuerySet, period: Period) -> Rows:
    return _monthly(employments, period, ProofKind.WAGE)


def _monthly(employments: EmploymentQuerySet, month: Period, kind: ProofKind) -> Rows:
    of = employments.within(month)
    return Rows(of=of, good=of.filter(proved(kind, month=timezone.localdate(month.start).replace(day=1))))


@rate(
    "confidentiality",
    _("Bound to confidentiality"),
    _("Of the people employed at the end of the period, the share with a checked confidentiality agreement."),
)
def confidentiality(employments: EmploymentQuerySet, period: Period) -> Rows:
    return _once(employments, period, ProofKind.CONFIDENTIALITY)


@rate(
    "qualified",
    _("Qualification proved"),
    _("Of the people employed at the end of the period, the share with a checked proof of qualification."),
)
def qualified(employments: EmploymentQuerySet, period: Period) -> Rows:
    return _once(employments, period, ProofKind.QUALIFICATION)


def _once(employments: EmploymentQuerySet, period: Period, kind: ProofKind) -> Rows:
    there = at_the_end(employments, period)
    upto = timezone.localdate(_end(period) - LAST_INSTANT)
    return Rows(of=there, good=there.filter(proved(kind, on__lte=upto)))


STAFF = (
    *("headcount", "turnover", "tenure", "training", "insurance_proof", "wage_proof", "confidentiality", "qualified"),
)
"""In the order they are shown."""
