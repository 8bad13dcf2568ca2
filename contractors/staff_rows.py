"""The rows behind the figures of the staff, as clauses of contracts freeze and compare them.

A row is one person, and one month where it is due every month. Its reference is the user name, with the month.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils import timezone

from contractors import staff_measures as measures
from contractors.figures import ONE, ZERO, Row, source
from contractors.models import Employment
from contractors.models.employment import EmploymentQuerySet
from contractors.staff_measures import MONTHLY, ROWS, months_of
from hotline.calendar import Period
from hotline.models import Organisation

RATES = ("turnover", "insurance_proof", "wage_proof", "confidentiality", "qualified")


def _of(contractor: Organisation) -> EmploymentQuerySet:
    return Employment.objects.filter(contract__organisation=contractor)


def _rate(key: str) -> None:
    def rows(contractor: Organisation, period: Period, _net: bool) -> Iterator[Row]:
        for part in months_of(period) if key in MONTHLY else [period]:
            counted = ROWS[key](_of(contractor), part)
            good = _people(counted.good)
            month = f"@{timezone.localdate(part.start):%Y-%m}" if key in MONTHLY else ""
            for name in sorted(_people(counted.of)):
                yield Row(f"{name}{month}", ONE if name in good else ZERO)

    source(key)(rows)


def _people(employments: EmploymentQuerySet) -> set[str]:
    return set(employments.order_by().values_list("user__username", flat=True))


for _key in RATES:
    _rate(_key)


@source("headcount")
def headcount(contractor: Organisation, period: Period, _net: bool) -> Iterator[Row]:
    for name in sorted(_people(measures.at_the_end(_of(contractor), period))):
        yield Row(name)


@source("tenure")
def tenure(contractor: Organisation, period: Period, _net: bool) -> Iterator[Row]:
    """Seconds at work without a gap, of one person."""
    for name, spent in measures.tenures(_of(contractor), period):
        yield Row(name, Decimal(int(spent.total_seconds())))


@source("training")
def training(contractor: Organisation, period: Period, _net: bool) -> Iterator[Row]:
    """Seconds of checked training, of one person."""
    for name, spent in measures.trainings(_of(contractor), period):
        yield Row(name, Decimal(int(spent.total_seconds())))
