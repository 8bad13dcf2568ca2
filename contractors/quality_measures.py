"""The figures of quality inspection, each one function, one sentence, one unit, and the rows behind its numbers.

They count the government's re-check alone, never what a contractor's own inspectors found: the measured do not hold the
ruler. A function takes the rows of whomever it is about (``of_contractor``) and a period.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from contractors import points
from contractors.agreement import Agreement, agreement
from contractors.models import (
    AgentComplaint,
    AgentComplaintQuerySet,
    MarkLine,
    Purpose,
    SampledContact,
    SampledContactQuerySet,
    Score,
    Seat,
)
from hotline import measures
from hotline.calendar import Period
from hotline.measures import Ratio, Unit, measure
from hotline.models import Organisation

AGREEMENT_DAYS = 90


def rechecks(contractor: Organisation | None = None) -> SampledContactQuerySet:
    """The government's re-check of a contractor, or of all."""
    rows = SampledContact.objects.filter(sample__purpose=Purpose.RECHECK)
    return rows.filter(sample__organisation=contractor) if contractor else rows


def complaints(contractor: Organisation | None = None) -> AgentComplaintQuerySet:
    """Complaints about the agents of a contractor, or of all."""
    rows = AgentComplaint.objects.all()
    return rows.filter(organisation=contractor) if contractor else rows


def within(field: str, period: Period) -> Q:
    inside = Q(**{f"{field}__gte": period.start})
    return inside if period.end is None else inside & Q(**{f"{field}__lt": period.end})


def published(contacts: SampledContactQuerySet, period: Period) -> SampledContactQuerySet:
    """Those published in the period, with the score that stands now."""
    return contacts.filter(within("published_at", period))


def with_fatal(contacts: SampledContactQuerySet, period: Period) -> SampledContactQuerySet:
    return published(contacts, period).filter(fatal=True)


def justified(rows: AgentComplaintQuerySet, period: Period) -> AgentComplaintQuerySet:
    """Complaints found justified in the period."""
    return rows.justified().filter(within("ruled_at", period))


@measure(
    "quality_score",
    _("Quality score"),
    _(
        "The mean score, out of 100, of the contacts of the government's re-check published in the period; appeals"
        " that raised a mark count, and a fatal error makes it nought."
    ),
    Unit.POINTS,
)
def quality_score(contacts: SampledContactQuerySet, period: Period) -> Ratio:
    row = published(contacts, period).order_by().aggregate(n=Count("pk"), total=Sum("total"))
    return Ratio(row["total"] or Decimal(0), row["n"])


@measure(
    "fatal_errors",
    _("Fatal errors"),
    _("Contacts of the government's re-check published in the period with a fatal error that stands."),
    Unit.COUNT,
)
def fatal_errors(contacts: SampledContactQuerySet, period: Period) -> measures.Count:
    return measures.Count(with_fatal(contacts, period).count())


@measure(
    "fatal_error_rate",
    _("Fatal error rate"),
    _(
        "Of the contacts of the government's re-check published in the period, the share with a fatal error that"
        " stands."
    ),
    Unit.PERCENT,
)
def fatal_error_rate(contacts: SampledContactQuerySet, period: Period) -> Ratio:
    return Ratio(with_fatal(contacts, period).count(), published(contacts, period).count())


@measure(
    "record_quality",
    _("Record quality"),
    _(
        "Of the points that the items about the record could have brought in the government's re-check published in"
        " the period, the share that they brought."
    ),
    Unit.PERCENT,
)
def record_quality(contacts: SampledContactQuerySet, period: Period) -> Ratio:
    found = [(got, whole) for _contact, got, whole in record_points(published(contacts, period))]
    return Ratio(sum((got for got, _whole in found), Decimal(0)), sum(int(whole) for _got, whole in found))


def record_points(contacts: SampledContactQuerySet) -> Iterator[tuple[SampledContact, Decimal, Decimal]]:
    """Of each contact what the items about the record brought, and what they could have brought."""
    for score, items in _standing(contacts):
        about = [item for item in items if item.about == "record" and not item.fatal]
        got = sum((points.points(item, score.verdicts[item.code]) for item in about), Decimal(0))
        yield score.contact, got, Decimal(sum(item.weight for item in about))


@measure(
    "justified_complaints",
    _("Justified complaints about agents"),
    _("Complaints about agents that the government found justified in the period."),
    Unit.COUNT,
)
def justified_complaints(rows: AgentComplaintQuerySet, period: Period) -> measures.Count:
    return measures.Count(justified(rows, period).count())


@measure(
    "marking_agreement",
    _("Agreement of markers (κ)"),
    _(
        "Cohen's kappa of the verdicts that two people gave blindly on the same items of the same contacts, of second"
        " marks handed in during the period."
    ),
    Unit.POINTS,
)
def marking_agreement(contacts: SampledContactQuerySet, period: Period) -> Agreement:
    return agreement(pairs(twice(contacts, period)))


def twice(contacts: SampledContactQuerySet, period: Period) -> SampledContactQuerySet:
    """Contacts whose second mark was handed in in the period, the first one being in too."""
    second = contacts.filter(within("marks__submitted_at", period), marks__seat=Seat.SECOND)
    first = SampledContact.objects.filter(marks__seat=Seat.FIRST, marks__submitted_at__isnull=False)
    return second.filter(pk__in=first.values("pk"))


def pairs(contacts: SampledContactQuerySet) -> list[tuple[str, str]]:
    """The first and the second verdict on each item."""
    lines = MarkLine.objects.filter(mark__contact__in=contacts.values("pk"), mark__seat__in=[Seat.FIRST, Seat.SECOND])
    found: dict[tuple[int, int], dict[str, str]] = {}
    for contact, item, seat, verdict in lines.values_list("mark__contact", "item", "mark__seat", "verdict"):
        found.setdefault((contact, item), {})[seat] = verdict
    return [(both[Seat.FIRST], both[Seat.SECOND]) for both in found.values() if len(both) == 2]


def agreement_lately(at: datetime, *, contractor: Organisation | None = None) -> Agreement:
    """κ over the ninety days before, as the desk shows it: of a contractor's own inspections, or of the re-check."""
    contacts = rechecks()
    if contractor is not None:
        own = {"sample__purpose": Purpose.INSPECTION, "sample__organisation": contractor}
        contacts = SampledContact.objects.filter(**own)
    return marking_agreement(contacts, Period(at - timedelta(days=AGREEMENT_DAYS), at))


def _standing(contacts: SampledContactQuerySet) -> list[tuple[Score, list[Any]]]:
    """The score that stands of each, with the items of its scorecard."""
    latest = Score.objects.filter(contact__in=contacts.values("pk")).order_by("contact", "-serial").distinct("contact")
    scores = list(latest.select_related("contact__sample__scorecard"))
    cards = {score.contact.sample.scorecard_id: score.contact.sample.scorecard for score in scores}
    items = {pk: list(card.items.all()) for pk, card in cards.items()}
    return [(score, items[score.contact.sample.scorecard_id]) for score in scores]


ROWS: dict[str, Callable[[Any, Period], QuerySet[Any, Any]]] = {
    "quality_score": published,
    "fatal_errors": with_fatal,
    "fatal_error_rate": published,
    "record_quality": published,
    "justified_complaints": justified,
    "marking_agreement": twice,
}
"""The rows behind each figure."""
