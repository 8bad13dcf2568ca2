"""Who is responsible for what, where: the dispatch catalogue."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from cases.models.category import Category
from hotline.models import Organisation, Region


class CatalogueQuerySet(models.QuerySet["CatalogueEntry"]):
    def in_force(self, on: Any) -> CatalogueQuerySet:
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on), valid_from__lte=on)


class CatalogueEntry(models.Model):
    """A category in a region (or anywhere) belongs to a unit, for a period (half-open)."""

    serial = models.PositiveIntegerField()
    category = models.ForeignKey(Category, models.PROTECT, related_name="catalogue")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True)
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    source = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")), name="catalogue_period"
            ),
            models.UniqueConstraint(
                fields=["category", "region"],
                condition=Q(valid_until__isnull=True),
                nulls_distinct=False,
                name="catalogue_one_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.serial} {self.category_id}→{self.unit_id}"
