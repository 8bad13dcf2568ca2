"""Lists to take away (导出): who asked for what and why, who approved it, the file as long as it is kept."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hotline.identifiers import uuid7
from hotline.models import Membership, User
from hotline.privacy import EncryptedTextField
from hotline.roles import Capability


class ExportForm(models.TextChoices):
    CSV = "csv", _("CSV")
    XLSX = "xlsx", _("XLSX")


class ExportState(models.TextChoices):
    APPROVAL = "approval", _("awaiting approval")
    WAITING = "waiting", _("waiting to be built")
    BUILDING = "building", _("being built")
    READY = "ready", _("ready")
    REFUSED = "refused", _("refused")
    FAILED = "failed", _("could not be built")
    GONE = "gone", _("file deleted")


ON_THE_WAY = (ExportState.APPROVAL, ExportState.WAITING, ExportState.BUILDING)
ENDED = (ExportState.REFUSED, ExportState.FAILED, ExportState.GONE)


class ExportQuerySet(models.QuerySet["Export"]):
    def visible_to(self, membership: Membership) -> ExportQuerySet:
        """One's own, asked for in the role one acts in; those who approve see besides what has to be approved."""
        own = Q(membership=membership.pk)
        if membership.can(Capability.EXPORT_APPROVE):
            return self.filter(own | Q(personal=True))
        return self.filter(own) if membership.can(Capability.EXPORT_ASK) else self.none()

    def audited_by(self, membership: Membership) -> ExportQuerySet:
        """That there was an export, whose and what for, not its file: for those who oversee."""
        return self if membership.can(Capability.AUDIT_READ) else self.none()

    def to_build(self, left_alone_since: datetime) -> ExportQuerySet:
        """Those nobody builds: waiting, or begun by a worker of which nothing was heard since."""
        dead = Q(state=ExportState.BUILDING, heard_at__lt=left_alone_since)
        return self.filter(Q(state=ExportState.WAITING) | dead)

    def run_out(self, at: datetime) -> ExportQuerySet:
        return self.filter(state=ExportState.READY, expires_at__lte=at)


class Export(models.Model):
    """One list somebody asked for. ``asked`` is what its kind narrows it by; ``attempt`` fences off a worker that was
    given up and comes back."""

    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200, help_text="what was asked for, in the asker's language")
    asked = models.JSONField(default=dict)
    form = models.CharField(max_length=4, choices=ExportForm.choices)
    language = models.CharField(max_length=10)
    purpose = models.CharField(max_length=300)
    personal = models.BooleanField(help_text="with names, numbers or other personal data in full")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=ExportState.choices)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)
    refused_why = models.CharField(max_length=300, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    heard_at = models.DateTimeField(null=True, help_text="when its worker last said how far it is")
    progress = models.PositiveSmallIntegerField(default=0, help_text="percent")
    rows = models.PositiveIntegerField(null=True)
    cut = models.BooleanField(default=False, help_text="there were more rows than an export may have")
    built_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=ExportState.values), name="export_state"),
            models.CheckConstraint(condition=Q(form__in=ExportForm.values), name="export_form"),
            models.CheckConstraint(condition=~Q(purpose=""), name="export_says_why"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="export_progress"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name="export_two_people"
            ),
            models.CheckConstraint(
                condition=Q(personal=False) | Q(state="approval") | Q(decided_by__isnull=False),
                name="export_personal_is_approved",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["ready", "gone"])
                | Q(built_at__isnull=False, expires_at__isnull=False, rows__isnull=False),
                name="export_built",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["asked_at", "id"], name="export_latest"),
            models.Index(
                fields=["state"],
                name="export_on_the_way",
                condition=Q(state__in=["approval", "waiting", "building", "ready"]),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"E-{self.asked_at:%Y%m%d}-{self.pk}"

    @property
    def is_on_the_way(self) -> bool:
        return self.state in ON_THE_WAY

    @property
    def share(self) -> float:
        """How far it is, 0 to 1."""
        return self.progress / 100

    @property
    def status_tone(self) -> str:
        """How loud the state is shown."""
        return {"ready": "done", "approval": "act"}.get(self.state, "")


class ExportFile(models.Model):
    """The content, until it expires; in base64, encrypted for its row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    export = models.OneToOneField(Export, models.PROTECT, related_name="file")
    content = EncryptedTextField()

    def __str__(self) -> str:
        return str(self.export_id)
