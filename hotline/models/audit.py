"""The audit trail: every act, sign-in, reveal and look-up, appended and never changed."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hotline.models.organisation import Organisation
from hotline.models.people import Membership, User


class AuditEntry(models.Model):
    """Who did what, as whom, to which object, with what result. Database triggers refuse UPDATE, DELETE and TRUNCATE.

    The table is partitioned by month (see the migration), so its real key is (id, at); the database adds the id of the
    transaction that wrote the row.
    """

    class Result(models.TextChoices):
        OK = "ok", _("done")
        REFUSED = "refused", _("refused")
        FAILED = "failed", _("failed")

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(User, models.PROTECT, null=True, db_index=False, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, null=True, db_index=False, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, db_index=False, related_name="+")
    act = models.CharField(max_length=60)
    object_type = models.CharField(max_length=40, blank=True)
    object_id = models.CharField(max_length=60, blank=True)
    result = models.CharField(max_length=8, choices=Result.choices, default=Result.OK)
    reason = models.TextField(blank=True)
    request_id = models.CharField(max_length=36, blank=True)
    ip = models.GenericIPAddressField(null=True)
    details = models.JSONField(default=dict)

    class Meta:
        managed = False
        db_table = "hotline_auditentry"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.act} {self.object_type} {self.object_id}"


class AuditSeal(models.Model):
    """What vouches for the entries of the journals up to a moment: see ``hotline.seals``. Triggers refuse changes.

    Everything is in the line, which is signed and lies outside of the database too; the number is only for finding it.
    """

    number = models.BigIntegerField(primary_key=True)
    line = models.TextField()

    def __str__(self) -> str:
        return f"seal {self.number}"


class CheckState(models.TextChoices):
    WAITING = "waiting", _("waiting to be checked")
    RUNNING = "running", _("being checked")
    DONE = "done", _("checked")
    FAILED = "failed", _("could not be checked")


UNFINISHED = (CheckState.WAITING, CheckState.RUNNING)


class AuditCheckQuerySet(models.QuerySet["AuditCheck"]):
    def unfinished(self) -> AuditCheckQuerySet:
        return self.filter(state__in=UNFINISHED)

    def done(self) -> AuditCheckQuerySet:
        return self.filter(state=CheckState.DONE)

    def left_alone(self, since: datetime) -> AuditCheckQuerySet:
        """Checks of which nothing was heard since then: their process is gone."""
        return self.filter(state=CheckState.RUNNING, heard_at__lt=since)


class AuditCheck(models.Model):
    """One check of the whole audit trail, asked for by somebody or, where nobody is named, by the clock."""

    state = models.CharField(max_length=8, choices=CheckState.choices, default=CheckState.WAITING)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True, help_text="when the check last said how far it is")
    progress = models.PositiveSmallIntegerField(default=0, help_text="percent")
    finished_at = models.DateTimeField(null=True)
    whole = models.BooleanField(null=True, help_text="whether nothing at all was found to be wrong")
    found = models.JSONField(default=dict, help_text="figures and faults, see hotline.audit_checking")
    failure = models.CharField(max_length=300, blank=True)

    objects = AuditCheckQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CheckState.values), name="audit_check_state"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="audit_check_progress"),
            models.CheckConstraint(
                condition=Q(state=CheckState.DONE, whole__isnull=False, finished_at__isnull=False)
                | ~Q(state=CheckState.DONE) & Q(whole__isnull=True),
                name="audit_check_done",
            ),
            models.UniqueConstraint(
                fields=["state"], condition=Q(state__in=UNFINISHED), name="audit_check_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"check {self.pk} of {self.asked_at:%Y-%m-%d %H:%M}"

    @property
    def share(self) -> float:
        return self.progress / 100

    @property
    def entries(self) -> int:
        """How many sealed entries it looked at, of all journals."""
        return sum(self.found.get("entries", {}).values())

    @property
    def seconds(self) -> float | None:
        """How long it took, without the start of its process."""
        seconds: float | None = self.found.get("seconds")
        return seconds
