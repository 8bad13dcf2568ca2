"""The plan: who is to sit at which seat, and when. Whether they did is never typed in: see ``contractors.presence``."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hotline.models import Membership, Organisation, User
from hotline.roles import CONTRACTOR, OFFICE, OVERSIGHT, Capability, Role


class ShiftQuerySet(models.QuerySet["Shift"]):
    def visible_to(self, membership: Membership) -> ShiftQuerySet:
        """An agent sees the own shifts, a contractor's others those of all its people, the office and oversight all."""
        if not membership.can(Capability.SHIFT_READ):
            return self.none()
        if membership.role in OFFICE | OVERSIGHT:
            return self
        if membership.role in CONTRACTOR:
            own = self.filter(organisation=membership.organisation_id)
            return own.filter(user=membership.user_id) if membership.role == Role.AGENT else own
        return self.none()

    def overlapping(self, start: datetime, end: datetime) -> ShiftQuerySet:
        return self.filter(span__overlap=(start, end))


class Shift(models.Model):
    """One person's planned time at work (half-open), with the minutes of it that are meant for rest."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    span = DateTimeRangeField()
    break_minutes = models.PositiveSmallIntegerField(default=0)
    seat = models.CharField(max_length=20, blank=True, help_text=_("Which seat, where seats are numbered"))
    planned_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    planned_at = models.DateTimeField()

    objects = ShiftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(span__isempty=False, span__startswith__isnull=False, span__endswith__isnull=False),
                name="shift_span",
            ),
            ExclusionConstraint(
                name="shift_one_at_a_time",
                expressions=[("user", RangeOperators.EQUAL), ("span", RangeOperators.OVERLAPS)],
                violation_error_message=_("This person is planned for another shift at that time."),
            ),
        ]
        indexes = [GistIndex(fields=["organisation", "span"], name="shift_of_organisation")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.span}"
