"""Who works for a contractor under which contract, from when until when."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from contractors.models.contract import Contract
from hotline.calendar import Period
from hotline.identifiers import uuid7
from hotline.models import Membership, User
from hotline.privacy import EncryptedJSONField, MaskedCharField
from hotline.roles import CONTRACTOR, Capability


class Leaving(models.TextChoices):
    """Why an employment ends. All but the first end it earlier than the contract does."""

    CONTRACT = "contract", _("with the contract")
    RESIGNED = "resigned", _("resigned")
    DISMISSED = "dismissed", _("dismissed")
    MOVED = "moved", _("moved to other work")
    OTHER = "other", _("other reasons")


class EmploymentQuerySet(models.QuerySet["Employment"]):
    def visible_to(self, membership: Membership) -> EmploymentQuerySet:
        """The office and oversight see everybody's, a contractor its own people's."""
        if not membership.can(Capability.STAFF_READ):
            return self.none()
        if membership.role in CONTRACTOR:
            return self.filter(contract__organisation=membership.organisation_id)
        return self

    def employed(self, at: datetime) -> EmploymentQuerySet:
        """In force at that moment; of one person never more than one."""
        return self.filter(period__contains=at)

    def within(self, period: Period) -> EmploymentQuerySet:
        """In force for some of the period."""
        return self.filter(period__overlap=(period.start, period.end))

    def ended_within(self, period: Period) -> EmploymentQuerySet:
        """Whose end lies in the period: after its first moment, up to and with its last."""
        return self.filter(period__endswith__gt=period.start, period__endswith__lte=period.end)

    def went_on(self) -> Exists:
        """Is there, for an employment, another of the same person that begins where it ends, for the same body?"""
        following = Employment.objects.filter(
            user=OuterRef("user"),
            contract__organisation=OuterRef("contract__organisation"),
            period__startswith=OuterRef("period__endswith"),
        )
        return Exists(following)


class Employment(models.Model):
    """A person at work under one contract, for a period (half-open) that lies within the contract's term.

    Nobody is employed twice at a time. An employment that ends ``with the contract`` follows the contract's end when
    that is moved; the database sees to it, and cuts the person's access to what is left (migration 0002).
    """

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="employments", db_index=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="employments", db_index=False)
    position = models.CharField(max_length=40, blank=True)
    qualification = models.CharField(max_length=80, blank=True, help_text=_("As the contractor states it"))
    period = DateTimeRangeField()
    leaving = models.CharField(max_length=9, choices=Leaving.choices, default=Leaving.CONTRACT)
    why = MaskedCharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True, help_text=_("When the end was recorded"))

    objects = EmploymentQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="employment_one_at_a_time",
                expressions=[("user", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                violation_error_message=_("This person is employed already in that period."),
            ),
            models.CheckConstraint(
                condition=Q(period__isempty=False, period__startswith__isnull=False, period__endswith__isnull=False),
                name="employment_period",
            ),
            models.CheckConstraint(condition=Q(leaving__in=Leaving.values), name="employment_leaving"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="employment_ended_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["contract", "period"], name="employment_of_contract"),
            models.Index(fields=["-recorded_at", "-id"], name="employment_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} under {self.contract_id}"

    def is_in_force(self, at: datetime) -> bool:
        return bool(self.period.lower <= at < self.period.upper)


class StaffTable(models.Model):
    """A table of people that was brought, kept sealed until it is taken in, and read once more then."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+", db_index=False)
    file_name = models.CharField(max_length=200)
    content = EncryptedJSONField(help_text="heading, and rows with their numbers")
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    uploaded_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    taken = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.file_name
