"""What was learned from closed cases, in versions; a person switches one on."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hotline.models import User


class Target(models.TextChoices):
    """What a model proposes."""

    CATEGORY = "category", _("Category")
    UNIT = "unit", _("Unit")


class TrainingState(models.TextChoices):
    WAITING = "waiting", _("waiting to be trained")
    TRAINING = "training", _("in training")
    READY = "ready", _("trained")
    FAILED = "failed", _("could not be trained")


RUNNING = (TrainingState.WAITING, TrainingState.TRAINING)


class SuggestionModelQuerySet(models.QuerySet["SuggestionModel"]):
    def on(self) -> SuggestionModelQuerySet:
        """The models that propose at present: at most one for each target."""
        return self.filter(on_since__isnull=False)

    def running(self) -> SuggestionModelQuerySet:
        return self.filter(state__in=RUNNING)

    def left_alone(self, since: datetime) -> SuggestionModelQuerySet:
        """Trainings of which nothing was heard since then: their process is gone."""
        return self.filter(state=TrainingState.TRAINING, heard_at__lt=since)


class SuggestionModel(models.Model):
    """One training and what came of it. ``figures`` are those of requests that were kept apart from it."""

    target = models.CharField(max_length=8, choices=Target.choices)
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=TrainingState.choices, default=TrainingState.WAITING)
    file_name = models.CharField(
        max_length=200, blank=True, help_text="trained from this file; from closed cases if ''"
    )
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True, help_text="when the training last said how far it is")
    progress = models.PositiveSmallIntegerField(default=0, help_text="percent")
    finished_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)
    figures = models.JSONField(default=dict)
    on_since = models.DateTimeField(null=True)
    on_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    off_since = models.DateTimeField(null=True)
    off_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)

    objects = SuggestionModelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(target__in=Target.values), name="suggestion_model_target"),
            models.CheckConstraint(condition=Q(state__in=TrainingState.values), name="suggestion_model_state"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="suggestion_model_progress"),
            models.CheckConstraint(
                condition=Q(on_since__isnull=True)
                | Q(state=TrainingState.READY, on_by__isnull=False, on_since__gte=F("finished_at")),
                name="suggestion_model_on",
            ),
            models.UniqueConstraint(fields=["target", "version"], name="suggestion_model_version"),
            models.UniqueConstraint(
                fields=["target"], condition=Q(on_since__isnull=False), name="suggestion_model_one_on"
            ),
            models.UniqueConstraint(
                fields=["target"], condition=Q(state__in=RUNNING), name="suggestion_model_one_training"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.version}"

    @property
    def share(self) -> float:
        """How far the training is, 0 to 1."""
        return self.progress / 100

    @property
    def source(self) -> str:
        """How a routing names it."""
        return f"model:{self.version}"


class ModelWeights(models.Model):
    """What the model answers with, apart from what lists show. Bytes without our ``seal`` are not read."""

    model = models.OneToOneField(SuggestionModel, models.CASCADE, primary_key=True, related_name="weights")
    arrays = models.BinaryField()
    seal = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"weights of {self.pk}"


class SuggestionUse(models.Model):
    """One day of a model in use: how often it proposed, and how often the person chose its first, or any, proposal."""

    model = models.ForeignKey(SuggestionModel, models.CASCADE, related_name="uses")
    on = models.DateField()
    offered = models.PositiveIntegerField()
    first = models.PositiveIntegerField()
    among = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["model", "on"], name="suggestion_use_once"),
            models.CheckConstraint(
                condition=Q(first__lte=F("among"), among__lte=F("offered")), name="suggestion_use_parts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model_id} {self.on}"
