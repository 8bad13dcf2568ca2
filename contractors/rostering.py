"""The plan of shifts: written for days to come, never for days that are over."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cases.permissions import check
from contractors.models import Shift
from contractors.shift_plan import Plan, Planned, check_planned
from hotline.acts import Invalid, verb
from hotline.calendar import Period
from hotline.models import Membership
from hotline.roles import Capability


@verb
def plan_shifts(plan: Plan, *, by: Membership, at: datetime) -> list[Shift]:
    """Take a plan for people of the own organisation: all of it or nothing. What has begun stays as it was planned.

    Raises Invalid, NotAllowed, NotNow.
    """
    check(by, Capability.SHIFT_PLAN)
    for planned in plan.shifts:
        check_planned(planned, by=by, at=at)
    for user, day in {*((planned.user, planned.day) for planned in plan.shifts), *plan.rests}:
        whole = Period.days(day, day)
        of_the_day = Shift.objects.filter(user=user, organisation=by.organisation_id)
        of_the_day.filter(span__startswith__gte=max(whole.start, at), span__startswith__lt=whole.end).delete()
    shifts = [_shift(planned, by, at) for planned in plan.shifts]
    try:
        with transaction.atomic():
            return Shift.objects.bulk_create(shifts)
    except IntegrityError as clash:
        raise Invalid(_("Somebody would be planned for two shifts at once."), field="start") from clash


def _shift(planned: Planned, by: Membership, at: datetime) -> Shift:
    return Shift(
        user=planned.user,
        organisation_id=by.organisation_id,
        span=(planned.start, planned.end),
        break_minutes=planned.break_minutes,
        seat=planned.seat[:20],
        planned_by_id=by.user_id,
        planned_at=at,
    )
