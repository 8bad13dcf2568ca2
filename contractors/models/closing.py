"""The hand-over at the end of a contract: what must be done, what was returned and deleted, and who stands for it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contractors.models.contract import Contract
from hotline.models import Membership, User
from hotline.privacy import MaskedCharField, MaskedTextField
from hotline.roles import CONTRACTOR, Capability


class ClosingQuerySet(models.QuerySet["Closing"]):
    def visible_to(self, membership: Membership) -> ClosingQuerySet:
        if not membership.can(Capability.CLOSING_READ):
            return self.none()
        if membership.role in CONTRACTOR:
            return self.filter(contract__organisation=membership.organisation_id)
        return self


class Closing(models.Model):
    """One hand-over. Its certificate says what was deleted and returned, signed by two people."""

    contract = models.OneToOneField(Contract, models.PROTECT, related_name="closing")
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    opened_at = models.DateTimeField()
    exported_at = models.DateTimeField(null=True, help_text=_("When the successor's file was taken last"))
    deleted = MaskedTextField(blank=True, max_length=2000)
    returned = MaskedTextField(blank=True, max_length=2000)
    first_signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    first_signed_as = models.CharField(max_length=20, blank=True)
    first_signed_at = models.DateTimeField(null=True)
    second_signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    second_signed_as = models.CharField(max_length=20, blank=True)
    second_signed_at = models.DateTimeField(null=True)

    objects = ClosingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(second_signed_by__isnull=True)
                | Q(first_signed_by__isnull=False) & ~Q(second_signed_by=F("first_signed_by")),
                name="closing_two_people",
                violation_error_message=_("Two people sign, not one twice."),
            ),
            models.CheckConstraint(
                condition=Q(first_signed_by__isnull=True, first_signed_at__isnull=True)
                | Q(first_signed_by__isnull=False, first_signed_at__isnull=False),
                name="closing_first_signed",
            ),
            models.CheckConstraint(
                condition=Q(second_signed_by__isnull=True, second_signed_at__isnull=True)
                | Q(second_signed_by__isnull=False, second_signed_at__isnull=False),
                name="closing_second_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"closing of {self.contract_id}"

    @property
    def is_signed(self) -> bool:
        return self.second_signed_at is not None


class Step(models.TextChoices):
    """What a person ticks off. Open work, the successor's file and access are looked up, never ticked."""

    RECORDINGS = "recordings", _("Recordings, copies and printouts returned or destroyed")
    OWN_SYSTEMS = "own_systems", _("Personal data deleted from the contractor's own systems and devices")
    EQUIPMENT = "equipment", _("Equipment, passes and keys returned")
    KNOWLEDGE = "knowledge", _("Working instructions and open knowledge reports handed to the office")
    ACCOUNTS = "accounts", _("Accounts on the telephone platform and other systems closed")


class StepDone(models.Model):
    """One step of a hand-over, done and noted."""

    closing = models.ForeignKey(Closing, models.CASCADE, related_name="steps", db_index=False)
    step = models.CharField(max_length=12, choices=Step.choices)
    note = MaskedCharField(max_length=300)
    done_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    done_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["closing", "step"], name="stepdone_once"),
            models.CheckConstraint(condition=Q(step__in=Step.values), name="stepdone_step"),
        ]

    def __str__(self) -> str:
        return f"{self.closing_id} {self.step}"
