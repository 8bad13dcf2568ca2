"""Who worked in a month, beside its statement: from employments and checked proofs, no part of what is signed."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from urllib.parse import urlencode

from django.urls import reverse

from contractors.models import Assessment, Employment
from contractors.staff_measures import month_of
from hotline.measures import MEASURES, Count, Measure, Ratio
from hotline.models import Membership
from hotline.roles import Capability

SHOWN = ("headcount", "turnover", "confidentiality", "insurance_proof", "wage_proof")


@dataclass(frozen=True)
class StaffLine:
    """One figure of the month; ``agreed`` where the terms say how many there should be."""

    measure: Measure
    found: Ratio | Count
    opens: str
    agreed: int | None = None

    @property
    def ratio(self) -> Ratio | None:
        return self.found if isinstance(self.found, Ratio) else None

    @property
    def n(self) -> int:
        return self.found.n if isinstance(self.found, Count) else 0

    @property
    def gap(self) -> int | None:
        return None if self.agreed is None else self.n - self.agreed


def staff_lines(month: Assessment, by: Membership) -> list[StaffLine]:
    """Each opens the people behind it; none for readers who do not see the staff."""
    if not by.can(Capability.STAFF_READ):
        return []
    body, period = month.contract.organisation, month_of(month.month)
    employments = Employment.objects.visible_to(by).filter(contract__organisation=body)
    query = urlencode({"contractor": body.code, "month": f"{month.month:%Y-%m}"})
    needed = {"headcount": ceil(month.terms.seats * month.terms.staff_per_seat)}
    return [
        StaffLine(
            MEASURES[key],
            MEASURES[key].function(employments, period),
            f"{reverse('contractors:staff_figure', args=[key])}?{query}",
            needed.get(key),
        )
        for key in SHOWN
    ]
