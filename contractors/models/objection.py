"""What the contractor objects to in an assessment, with files, and how somebody else ruled."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contractors.models.assessment import Assessment, ClauseResult
from contractors.models.month_file import MonthFile
from hotline.models import User


class ObjectionState(models.TextChoices):
    WAITING = "waiting", _("awaiting a ruling")
    UPHELD = "upheld", _("upheld")
    PARTLY = "partly", _("upheld in part")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", _("taken back")


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def waiting(self) -> ObjectionQuerySet:
        return self.filter(state=ObjectionState.WAITING)


class Objection(models.Model):
    """About one clause. ``claimed`` are the rows that should be left out, by their references; with none, the clause
    should not be scored at all this month. ``recomputed`` is what the system finds that would come to."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="objections")
    result = models.ForeignKey(ClauseResult, models.PROTECT, related_name="objections")
    words = models.TextField()
    claimed = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    state = models.CharField(max_length=9, choices=ObjectionState.choices, default=ObjectionState.WAITING)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    recomputed = models.JSONField()
    granted = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    ruling = models.TextField(blank=True)
    ruled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    ruled_at = models.DateTimeField(null=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ObjectionState.values), name="objection_state"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "withdrawn"], ruled_by__isnull=True, ruled_at__isnull=True)
                | Q(state__in=["upheld", "partly", "rejected"], ruled_by__isnull=False, ruled_at__isnull=False),
                name="objection_ruled_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(ruled_by__isnull=True) | ~Q(ruled_by=F("made_by")), name="objection_two_people"
            ),
            models.UniqueConstraint(fields=["result"], condition=Q(state="waiting"), name="objection_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.result_id}: {self.state}"

    @property
    def status_tone(self) -> str:
        """How loud the state is shown."""
        return {"upheld": "done", "partly": "done"}.get(self.state, "")

    @property
    def is_waiting(self) -> bool:
        return self.state == ObjectionState.WAITING


class PaperObjection(models.Model):
    """That an objection came on paper, from a contractor whose people have no access any more. ``made_by`` of the
    objection is then who recorded it for the office, and the paper is among its files."""

    objection = models.OneToOneField(Objection, models.CASCADE, primary_key=True, related_name="paper")
    received_at = models.DateTimeField(help_text="When the paper came in: this must lie within the limit")
    received_from = models.CharField(max_length=60, help_text="Who signed it for the contractor")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(received_from=""), name="paper_objection_from_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.objection_id}: {self.received_from}"


class ObjectionFile(MonthFile):
    """What proves it."""

    objection = models.ForeignKey(Objection, models.PROTECT, related_name="files")
