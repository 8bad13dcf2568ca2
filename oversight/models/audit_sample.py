"""Samples that auditors draw from closed cases (审计抽样): frozen before anybody knows, judged case by case."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Category, Outcome
from hotline.models import Membership, Organisation, User
from hotline.roles import Capability

MOST_CASES = 1000


class AuditSampleState(models.TextChoices):
    DRAFT = "draft", _("draft")
    FROZEN = "frozen", _("frozen")
    DROPPED = "dropped", _("dropped")


class Strata(models.TextChoices):
    """What a sample is spread over, each stratum by its share."""

    UNIT = "unit", _("unit")
    CHANNEL = "channel", _("channel")
    CONTRACTOR = "contractor", _("contractor")


class AuditVerdict(models.TextChoices):
    IN_ORDER = "in_order", _("in order")
    FAULT = "fault", _("fault")
    EXPLAIN = "explain", _("to be explained")


class Fault(models.TextChoices):
    """What was at fault; the note says how."""

    RECORD = "record", _("record wrong or incomplete")
    ROUTING = "routing", _("sent to the wrong unit")
    LATE = "late", _("late without a ground")
    UNTRUE = "untrue", _("reply does not hold")
    UNSOLVED = "unsolved", _("closed though not solved")
    CONTACT = "contact", _("citizen not contacted, or the proof does not hold")
    CALLBACK = "callback", _("verdict taken wrongly")
    PRIVACY = "privacy", _("personal data seen without need")
    OTHER = "other", _("something else")


class AuditSampleQuerySet(models.QuerySet["AuditSample"]):
    def visible_to(self, membership: Membership) -> AuditSampleQuerySet:
        """Auditors see all; nobody else learns that there are any."""
        return self if membership.can(Capability.AUDIT_SAMPLE) else self.none()


class AuditSample(models.Model):
    """One draw. ``oversight.sample_frames`` says what it is drawn from, ``oversight.sample_strata`` how.

    The frame is kept from the moment it was asked for, and dropped drafts stay: whoever draws until it suits is seen.
    With strata each line of the frame begins with the case's stratum and a blank. Triggers refuse every change of a
    sample that is frozen or dropped, and every other change of a draft's frame.
    """

    title = models.CharField(max_length=120)
    state = models.CharField(max_length=7, choices=AuditSampleState.choices, default=AuditSampleState.DRAFT)
    drawn_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    drawn_at = models.DateTimeField()
    first = models.DateField(help_text="the first day on which its cases were closed")
    last = models.DateField(help_text="the last such day, included")
    unit = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", db_index=False)
    contractor = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", db_index=False)
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="+", db_index=False)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    strata_by = models.CharField(max_length=10, choices=Strata.choices, blank=True, default="", db_default="")
    wanted = models.PositiveSmallIntegerField()
    proposed_seed = models.CharField(max_length=32, help_text="the system's own, at random")
    seed = models.CharField(max_length=64, help_text="what it was drawn by; another only if the auditor gave one")
    frame = models.TextField(help_text="the number of every case it is drawn from, sorted, a line each")
    frame_size = models.PositiveIntegerField()
    frame_hash = models.CharField(max_length=64, help_text="SHA-256 of the frame")
    list_hash = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the drawn numbers, a line each")
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    settled_at = models.DateTimeField(null=True, help_text="when it was frozen or dropped")
    dropped_why = models.CharField(max_length=300, blank=True)

    objects = AuditSampleQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=AuditSampleState.values), name="audit_sample_state"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="audit_sample_forwards"),
            models.CheckConstraint(condition=Q(strata_by__in=["", *Strata.values]), name="audit_sample_strata"),
            models.CheckConstraint(
                condition=Q(wanted__gte=1, wanted__lte=MOST_CASES, frame_size__gte=1), name="audit_sample_size"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", settled_at__isnull=True, settled_by__isnull=True, list_hash="")
                | Q(
                    state="frozen",
                    settled_at__isnull=False,
                    settled_by__isnull=False,
                    list_hash__regex="^[0-9a-f]{64}$",
                )
                | Q(state="dropped", settled_at__isnull=False, settled_by__isnull=False, list_hash="")
                & ~Q(dropped_why=""),
                name="audit_sample_settled",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["drawn_at", "id"], name="audit_sample_latest")]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"A-{self.drawn_at:%Y%m%d}-{self.pk}"

    @property
    def is_frozen(self) -> bool:
        return self.state == AuditSampleState.FROZEN

    @property
    def status_tone(self) -> str:
        """How loud the state is shown."""
        return {"draft": "act", "frozen": "done"}.get(self.state, "")


class AuditedCase(models.Model):
    """One case of a frozen sample, in the order of the draw. Never changed; added only while it is frozen."""

    sample = models.ForeignKey(AuditSample, models.PROTECT, related_name="cases", db_index=False)
    position = models.PositiveSmallIntegerField()
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    number = models.CharField(max_length=20, help_text="as it stands in the frame")
    stratum = models.CharField(max_length=30, blank=True, default="", db_default="", help_text="the same")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sample", "position"], name="audited_case_position"),
            models.UniqueConstraint(fields=["sample", "case"], name="audited_case_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sample_id}/{self.position} {self.number}"


class CaseVerdict(models.Model):
    """What the auditor says of one case of a sample: the first row settles it, each later one of the same author
    corrects the one before and says why. Never changed."""

    audited = models.ForeignKey(AuditedCase, models.PROTECT, related_name="verdicts", db_index=False)
    serial = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    verdict = models.CharField(max_length=8, choices=AuditVerdict.choices)
    fault = models.CharField(max_length=8, choices=Fault.choices, blank=True)
    note = models.TextField(blank=True)
    corrects_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["audited", "serial"], name="case_verdict_serial"),
            models.CheckConstraint(condition=Q(verdict__in=AuditVerdict.values), name="case_verdict_known"),
            models.CheckConstraint(
                condition=Q(verdict="fault", fault__in=Fault.values) & ~Q(note="") | ~Q(verdict="fault") & Q(fault=""),
                name="case_verdict_fault_says_which",
            ),
            models.CheckConstraint(condition=~Q(verdict="explain") | ~Q(note=""), name="case_verdict_asks_what"),
            models.CheckConstraint(
                condition=Q(serial=1, corrects_why="") | Q(serial__gt=1) & ~Q(corrects_why=""),
                name="case_verdict_correction_says_why",
            ),
            ExclusionConstraint(
                name="case_verdict_one_author", expressions=[("audited", RangeOperators.EQUAL), ("by", "<>")]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.audited_id}/{self.serial} {self.verdict}"

    @property
    def status_tone(self) -> str:
        """How loud the verdict is shown."""
        return {"in_order": "done", "explain": "act"}.get(self.verdict, "")
