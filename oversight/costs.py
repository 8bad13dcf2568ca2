"""What a locked month bought: its calls and solved cases are counted once, its money is in the statement."""

from __future__ import annotations

from datetime import datetime

from cases.models import Call, Case
from contractors.models import Assessment
from hotline.acts import NotNow, verb
from hotline.calendar import Period
from hotline.measures import MEASURES
from hotline.models import Membership
from oversight.cost_lines import BOUGHT
from oversight.models import MonthCost


def due() -> list[Assessment]:
    """Locked months that nobody counted yet, the earliest first."""
    return list(
        Assessment.objects.locked().filter(cost__isnull=True).select_related("contract").order_by("month", "pk")
    )


def count(assessment: Assessment, *, at: datetime) -> MonthCost:
    """Count what the contractor did in the month and keep it. Raises NotNow if it is not locked or was counted."""
    organisation = assessment.contract.organisation_id
    period = Period.month(assessment.month.year, assessment.month.month)
    calls = Call.objects.filter(organisation=organisation)
    cases = Case.objects.filter(taken_by_organisation=organisation)
    counted = MonthCost(
        assessment=assessment,
        calls=MEASURES[BOUGHT["calls"]].function(calls, period).n,
        solved=MEASURES[BOUGHT["solved"]].function(cases, period).n,
        versions={key: MEASURES[key].version for key in BOUGHT.values()},
        counted_at=at,
    )
    return keep(counted, by=None, at=at)


@verb
def keep(counted: MonthCost, *, by: Membership | None, at: datetime) -> MonthCost:
    """Keep what was counted. Raises NotNow if the month is not locked, or somebody kept it meanwhile."""
    if not Assessment.objects.locked().filter(pk=counted.assessment_id).exists():
        raise NotNow("the month is not locked")
    given = {name: getattr(counted, name) for name in ("calls", "solved", "versions", "counted_at")}
    kept, fresh = MonthCost.objects.get_or_create(assessment_id=counted.assessment_id, defaults=given)
    if not fresh:
        raise NotNow("the month was counted before")
    return kept
