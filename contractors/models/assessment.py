"""A month of a contract, assessed: what went in, what every clause came to, who signed it."""

from __future__ import annotations

import zlib
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contractors.models.clause import Clause
from contractors.models.contract import Contract
from contractors.models.terms import Terms
from hotline.models import Membership, User
from hotline.roles import CONTRACTOR, Capability


class AssessmentState(models.TextChoices):
    DRAFT = "draft", _("draft of the office")
    SHOWN = "shown", _("before the contractor")
    LOCKED = "locked", _("signed and locked")


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def visible_to(self, membership: Membership) -> AssessmentQuerySet:
        """The government side sees all; a contractor its own, from the moment they are put before it."""
        if not membership.can(Capability.ASSESSMENT_READ):
            return self.none()
        if membership.role in CONTRACTOR:
            return self.filter(contract__organisation=membership.organisation_id).exclude(state=AssessmentState.DRAFT)
        return self

    def locked(self) -> AssessmentQuerySet:
        return self.filter(state=AssessmentState.LOCKED)

    def with_contract(self) -> AssessmentQuerySet:
        return self.select_related("contract__organisation", "terms")


class Assessment(models.Model):
    """One month of one contract. Money is in yuan; triggers refuse every change once it is locked.

    ``inputs_digest`` is SHA-256 over the canonical rows that went in, ``terms_digest`` over what was agreed, and
    ``document_digest`` over the whole statement as both sides signed it.
    """

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="assessments", db_index=False)
    terms = models.ForeignKey(Terms, models.PROTECT, related_name="+", db_index=False)
    month = models.DateField(help_text="Its first day")
    state = models.CharField(max_length=6, choices=AssessmentState.choices, default=AssessmentState.DRAFT)
    run_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    frozen_at = models.DateTimeField()
    calls = models.PositiveIntegerField(default=0, help_text="Answered calls, where they are paid for")
    base = models.DecimalField(max_digits=14, decimal_places=2)
    fixed = models.DecimalField(max_digits=14, decimal_places=2)
    performance = models.DecimalField(max_digits=14, decimal_places=2)
    earned = models.DecimalField(max_digits=14, decimal_places=2, help_text="Of the performance part")
    marks = models.DecimalField(max_digits=8, decimal_places=2)
    full_marks = models.DecimalField(max_digits=8, decimal_places=2)
    due = models.DecimalField(max_digits=14, decimal_places=2, help_text="For the month, without adjusting entries")
    inputs_digest = models.CharField(max_length=64)
    terms_digest = models.CharField(max_length=64)
    document_digest = models.CharField(max_length=64, blank=True)
    shown_at = models.DateTimeField(null=True)
    objections_until = models.DateTimeField(null=True)
    ruling_until = models.DateTimeField(null=True)
    contractor_signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    contractor_signed_at = models.DateTimeField(null=True)
    office_signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    office_signed_at = models.DateTimeField(null=True)
    locked_at = models.DateTimeField(null=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "month"], name="assessment_once_a_month"),
            models.CheckConstraint(condition=Q(state__in=AssessmentState.values), name="assessment_state"),
            models.CheckConstraint(condition=Q(month__day=1), name="assessment_month"),
            models.CheckConstraint(
                condition=Q(state="draft", shown_at__isnull=True) | Q(~Q(state="draft"), shown_at__isnull=False),
                name="assessment_shown",
            ),
            models.CheckConstraint(
                condition=~Q(state="locked")
                | Q(contractor_signed_at__isnull=False, office_signed_at__isnull=False, locked_at__isnull=False)
                & ~Q(document_digest=""),
                name="assessment_locked_by_both",
            ),
            models.CheckConstraint(
                condition=Q(contractor_signed_by__isnull=True)
                | Q(office_signed_by__isnull=True)
                | ~Q(contractor_signed_by=F("office_signed_by")),
                name="assessment_two_people_sign",
            ),
            models.CheckConstraint(condition=Q(fixed=F("base") - F("performance")), name="assessment_parts_add_up"),
        ]
        indexes = [models.Index(fields=["-month", "-id"], name="assessment_latest")]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.month:%Y-%m}"

    @property
    def status_tone(self) -> str:
        """How loud the state is shown."""
        return {AssessmentState.LOCKED: "done", AssessmentState.SHOWN: "act"}.get(AssessmentState(self.state), "")

    @property
    def waiting_objections(self) -> int:
        """How many await a ruling, of objections read with the month."""
        return sum(objection.is_waiting for objection in self.objections.all())

    @property
    def is_draft(self) -> bool:
        return self.state == AssessmentState.DRAFT

    @property
    def is_locked(self) -> bool:
        return self.state == AssessmentState.LOCKED

    def takes_objections(self, at: datetime) -> bool:
        """Within the limit, and before the contractor signed."""
        within = self.objections_until is not None and at < self.objections_until
        return self.state == AssessmentState.SHOWN and self.contractor_signed_at is None and within


class ClauseResult(models.Model):
    """What one clause came to. ``rows`` are the canonical rows its figure was counted from (``contractors.figures``);
    rows that a ruling leaves out stay among them and are named in the ruling."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="results", db_index=False)
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="+", db_index=False)
    measure_version = models.PositiveSmallIntegerField()
    rows = models.BinaryField()
    rows_digest = models.CharField(max_length=64)
    numerator = models.DecimalField(max_digits=18, decimal_places=4)
    denominator = models.DecimalField(max_digits=18, decimal_places=4)
    n = models.PositiveIntegerField()
    excluded = models.PositiveIntegerField()
    value = models.DecimalField(max_digits=18, decimal_places=6, null=True, help_text="For reading; empty of nothing")
    scored = models.BooleanField(help_text="False where there was too little to score")
    met = models.BooleanField()
    marks = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    effect = models.DecimalField(max_digits=14, decimal_places=2, help_text="What it adds to the month, in yuan")
    set_aside = models.BooleanField(default=False, help_text="A ruling says that it is not scored this month")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "clause"], name="clause_result_once"),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}: {self.clause_id}"

    @property
    def canonical(self) -> str:
        """The rows as they were frozen, one a line."""
        return zlib.decompress(bytes(self.rows)).decode()

    @property
    def rows_frozen(self) -> int:
        """How many rows the figure was counted from or left out; what rulings leave out is among them."""
        return self.n + self.excluded

    @property
    def is_missed(self) -> bool:
        """Does it cost the contractor anything? A reward that was not earned does not."""
        return self.effect < 0 or (self.marks is not None and self.marks < self.clause.weight)
