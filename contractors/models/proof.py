"""What proves that people are qualified, trained, bound to confidentiality, paid and insured."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contractors.models.contract import Contract
from contractors.models.employment import Employment
from hotline.identifiers import uuid7
from hotline.models import Membership, User
from hotline.privacy import EncryptedTextField, MaskedCharField
from hotline.roles import CONTRACTOR, Capability


class ProofKind(models.TextChoices):
    QUALIFICATION = "qualification", _("Qualification")
    TRAINING = "training", _("Training")
    CONFIDENTIALITY = "confidentiality", _("Confidentiality agreement")
    WAGE = "wage", _("Wage payment")
    INSURANCE = "insurance", _("Social insurance")


class ProofState(models.TextChoices):
    SUBMITTED = "submitted", _("to be checked")
    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("rejected")


MONTHLY = frozenset({ProofKind.WAGE, ProofKind.INSURANCE})
"""Kinds that are due anew for every month."""


class ProofQuerySet(models.QuerySet["Proof"]):
    def visible_to(self, membership: Membership) -> ProofQuerySet:
        """A contractor its own. What people are paid is for those who must see it."""
        if not membership.can(Capability.STAFF_READ):
            return self.none()
        own = self.filter(contract__organisation=membership.organisation_id) if membership.role in CONTRACTOR else self
        return own if membership.can(Capability.WAGE_READ) else own.exclude(kind=ProofKind.WAGE)

    def to_check(self) -> ProofQuerySet:
        return self.filter(state=ProofState.SUBMITTED)

    def accepted(self) -> ProofQuerySet:
        return self.filter(state=ProofState.ACCEPTED)


class Proof(models.Model):
    """One file about one person or many: a payroll, a certificate of insurance, a list of a training, an agreement.

    It counts once somebody else than who brought it has checked it. ``month`` is the first day of the month a wage or
    an insurance is for; ``on`` the day of the rest.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="proofs", db_index=False)
    kind = models.CharField(max_length=15, choices=ProofKind.choices)
    month = models.DateField(null=True)
    on = models.DateField(null=True)
    title = MaskedCharField(max_length=120, blank=True)
    file_name = MaskedCharField(max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    digest = models.BinaryField(max_length=32, help_text="SHA-256 of the content")
    state = models.CharField(max_length=9, choices=ProofState.choices, default=ProofState.SUBMITTED)
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    submitted_at = models.DateTimeField()
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    checked_at = models.DateTimeField(null=True)
    why = MaskedCharField(max_length=300, blank=True)

    objects = ProofQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ProofKind.values), name="proof_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=["wage", "insurance"], month__isnull=False, month__day=1, on__isnull=True)
                | Q(~Q(kind__in=["wage", "insurance"]), month__isnull=True, on__isnull=False),
                name="proof_month_or_day",
            ),
            models.CheckConstraint(
                condition=Q(state="submitted", checked_by__isnull=True, checked_at__isnull=True)
                | Q(state__in=["accepted", "rejected"], checked_by__isnull=False, checked_at__isnull=False),
                name="proof_checked_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("submitted_by")),
                name="proof_two_people",
                violation_error_message=_("Whoever brings a proof does not check it."),
            ),
            models.UniqueConstraint(
                fields=["contract", "kind", "digest"],
                condition=~Q(state="rejected"),
                name="proof_file_once",
            ),
        ]
        indexes = [
            models.Index(fields=["-submitted_at", "-id"], name="proof_latest"),
            models.Index(fields=["submitted_at", "id"], name="proof_to_check", condition=Q(state="submitted")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.contract_id}"

    @property
    def is_monthly(self) -> bool:
        return self.kind in MONTHLY

    @property
    def tone(self) -> str:
        """How loud the state is shown."""
        return {ProofState.SUBMITTED: "act", ProofState.REJECTED: "late"}.get(ProofState(self.state), "done")


class ProofLine(models.Model):
    """One person a proof is about: hours of training, or the wage, which only few may read."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    proof = models.ForeignKey(Proof, models.CASCADE, related_name="lines", db_index=False)
    employment = models.ForeignKey(Employment, models.PROTECT, related_name="proof_lines")
    hours = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    amount = EncryptedTextField(null=True, help_text="yuan, as a decimal number")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proof", "employment"], name="proofline_once"),
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__gt=0, hours__lte=300), name="proofline_hours"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proof_id} {self.employment_id}"
