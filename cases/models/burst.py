"""Many requests alike, in a short time, around one place."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cases.models.case import Case, CaseQuerySet
from cases.models.category import Category
from cases.models.group import CaseGroup
from hotline.models import Region


class BurstQuerySet(models.QuerySet["Burst"]):
    def going_on(self) -> BurstQuerySet:
        return self.filter(over_at__isnull=True)


class Burst(models.Model):
    """Noticed once, told once; it is over when for a whole window nothing like it has come in."""

    category = models.ForeignKey(Category, models.PROTECT, related_name="+", db_index=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    n = models.PositiveIntegerField(help_text="how many there were when it was last looked at")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    noticed_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)
    group = models.ForeignKey(CaseGroup, models.PROTECT, null=True, related_name="bursts", db_index=False)

    objects = BurstQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["category", "region"], condition=Q(over_at__isnull=True), name="burst_noticed_once"
            ),
            models.CheckConstraint(condition=Q(last_at__gte=F("first_at")), name="burst_order"),
        ]
        indexes = [models.Index(fields=["-noticed_at", "-id"], name="burst_latest")]

    def __str__(self) -> str:
        return f"burst {self.pk}"

    def cases(self) -> CaseQuerySet:
        """The requests that make it: of its category, in its region or below, from its first to its last."""
        around = Region.objects.filter(path__startswith=self.region.path)
        return Case.objects.filter(
            category=self.category_id,
            region__in=around.values("pk"),
            registered_at__gte=self.first_at,
            registered_at__lte=self.last_at,
            confidential=False,
        )
