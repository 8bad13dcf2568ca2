"""What is found about a locked month: an adjusting entry of the next statement, by the system's own recount."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from cases.permissions import check
from contractors import assessments
from contractors.models import Adjustment, Assessment
from contractors.recount import recount
from hotline.acts import Invalid, NotNow, verb
from hotline.models import Membership
from hotline.plain_text import clean_text
from hotline.roles import Capability

WHY_LIMIT = 500


@verb
def adjust(assessment: Assessment, *, by: Membership, at: datetime, because: str) -> Adjustment:
    """Enter the difference between what the month comes to now and what it was settled at, earlier entries included.

    Raises NotNow if the month is not locked, or comes to the same cents.
    """
    check(by, Capability.ASSESSMENT_RUN)
    assessment = assessments.locked(assessment)
    if not assessment.is_locked:
        raise NotNow(_("The month is not locked yet."))
    why = clean_text(because)
    if not why or len(why) > WHY_LIMIT:
        raise Invalid(_("Say in up to %(n)s characters what was found.") % {"n": WHY_LIMIT}, field="because")
    found = recount(assessment)
    entered = assessment.adjustments.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    amount = found.difference - entered
    if not amount:
        raise NotNow(_("The month comes to the same cents; there is nothing to adjust."))
    return Adjustment.objects.create(
        assessment=assessment,
        amount=amount,
        why=why,
        changes=[change.as_json for change in found.changes],
        made_by_id=by.user_id,
        made_at=at,
    )
