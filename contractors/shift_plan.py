"""A plan of shifts before it is taken, and what cannot be planned."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.calendar import SHANGHAI
from hotline.models import Membership, User
from hotline.roles import CONTRACTOR

LONGEST = timedelta(hours=16)


@dataclass(frozen=True)
class Planned:
    """One shift of a plan."""

    user: User
    start: datetime
    end: datetime
    break_minutes: int = 0
    seat: str = ""

    @property
    def day(self) -> date:
        return self.start.astimezone(SHANGHAI).date()


@dataclass(frozen=True)
class Plan:
    """Shifts, and days on which somebody is not to come. Each replaces what was planned for that person and day."""

    shifts: Sequence[Planned]
    rests: Collection[tuple[User, date]] = ()


def check_planned(planned: Planned, *, by: Membership, at: datetime) -> None:
    """Raise Invalid, NotAllowed or NotNow for what cannot be planned."""
    if planned.end <= planned.start:
        raise Invalid(_("A shift ends after it begins."), field="end")
    if planned.end - planned.start > LONGEST:
        raise Invalid(_("A shift is no longer than %(n)s hours.") % {"n": 16}, field="end")
    if timedelta(minutes=planned.break_minutes) >= planned.end - planned.start:
        raise Invalid(_("The break is shorter than the shift."), field="break_minutes")
    if planned.start <= at:
        raise NotNow(_("What is over cannot be planned any more."), field="start")
    held = Membership.objects.filter(
        user=planned.user, organisation=by.organisation_id, role__in=CONTRACTOR, valid__contains=planned.start
    )
    if not held.exists():
        raise NotAllowed(_("%(name)s does not work for you at that time.") % {"name": planned.user.label}, field="user")
