"""What a contractor may not do for a time, though its people's roles might: written by those who keep contracts."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hotline.models.organisation import Organisation


class RestrictionQuerySet(models.QuerySet["Restriction"]):
    def in_force(self, at: datetime) -> RestrictionQuerySet:
        return self.filter(valid__contains=at)


class Restriction(models.Model):
    """One right taken away from everybody who acts for an organisation, for a period (half-open).

    A row can only take away: the table of roles stays the ceiling, so nothing is ever opened here that a role lacks.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="restrictions", db_index=False)
    capability = models.CharField(max_length=40)
    valid = DateTimeRangeField()
    proposal = models.ForeignKey("hotline.Proposal", models.PROTECT, related_name="+", db_index=False)

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid__isempty=False, valid__startswith__isnull=False), name="restriction_valid"
            ),
            ExclusionConstraint(
                name="restriction_periods_apart",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    ("capability", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This is restricted in that period already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.capability}"
