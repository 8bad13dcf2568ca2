"""What the government's re-check found in a month, beside its statement, by how the contacts were drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, Exists, OuterRef, Q

from contractors.models import Appeal, AppealOutcome, Assessment, Stratum
from contractors.quality_measures import published, rechecks
from contractors.staff_measures import month_of
from hotline.models import Membership
from hotline.roles import Capability

FIGURES = {
    "of_n": Count("pk"),
    "of_mean": Avg("total"),
    "of_fatal": Count("pk", filter=Q(fatal=True)),
    "of_appealed": Count("pk", filter=Q(appealed=True)),
    "of_raised": Count("pk", filter=Q(raised=True)),
}


@dataclass(frozen=True)
class QualityLine:
    """Contacts of one stratum published in the month; ``mean`` out of 100."""

    label: str
    n: int
    mean: Decimal
    fatal: int
    appealed: int
    raised: int


def quality_lines(month: Assessment, by: Membership) -> list[QualityLine]:
    """A line for each stratum marked, and all together last; none where nothing was published."""
    if not by.can(Capability.QUALITY_SAMPLES):
        return []
    contacts = published(rechecks(month.contract.organisation), month_of(month.month))
    appeals = Appeal.objects.filter(contact=OuterRef("pk"))
    marked = contacts.annotate(
        appealed=Exists(appeals), raised=Exists(appeals.filter(outcome=AppealOutcome.RAISED))
    ).order_by()
    found = {row["stratum"]: row for row in marked.values("stratum").annotate(**FIGURES)}
    lines = [_line(str(stratum.label), found[stratum]) for stratum in Stratum if stratum in found]
    return [*lines, _line("", marked.aggregate(**FIGURES))] if lines else []


def _line(label: str, row: Mapping[str, Any]) -> QualityLine:
    return QualityLine(
        label, **{figure: row[f"of_{figure}"] for figure in ("n", "mean", "fatal", "appealed", "raised")}
    )
