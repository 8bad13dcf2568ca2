"""What many people turn to the hotline about at once: found every night, kept for a season."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cases.models.case import Case


class TopicRun(models.Model):
    """One night's look at the seven days up to ``on``, whether it found anything or not."""

    on = models.DateField(unique=True)
    looked_at = models.DateTimeField()
    requests = models.PositiveIntegerField(help_text="how many were looked at; confidential ones never are")

    def __str__(self) -> str:
        return str(self.on)


class HotTopic(models.Model):
    """Requests about one matter at one place. ``before`` is the mean week of the four before."""

    run = models.ForeignKey(TopicRun, models.CASCADE, related_name="topics")
    rank = models.PositiveSmallIntegerField()
    names = models.JSONField(help_text="what it is called, the commonest first")
    wording = models.JSONField(help_text="what its requests have in common")
    n = models.PositiveIntegerField()
    before = models.FloatField()
    heat = models.FloatField()
    cases = models.ManyToManyField(Case, related_name="topics")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "rank"], name="hot_topic_rank"),
            models.CheckConstraint(condition=Q(n__gte=5) & Q(before__gte=0), name="hot_topic_never_of_few"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.rank}"

    @property
    def grown(self) -> float | None:
        """How many times the mean week before; None where there was nothing before."""
        return self.n / self.before if self.before else None

    @property
    def name(self) -> str:
        return str(self.names[0])
