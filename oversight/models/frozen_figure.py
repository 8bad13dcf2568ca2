"""What a day's figures were on the night after it, under which definition. Never changed by what came later."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from hotline.models import Organisation


class FrozenFigure(models.Model):
    """One rate of one day: of all cases, or of those one contractor took. ``version`` is the measure's definition."""

    day = models.DateField()
    measure = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    contractor = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", db_index=False)
    numerator = models.DecimalField(max_digits=14, decimal_places=4)
    denominator = models.PositiveIntegerField()
    excluded = models.PositiveIntegerField()
    gross_numerator = models.DecimalField(max_digits=14, decimal_places=4)
    gross_denominator = models.PositiveIntegerField()
    frozen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "measure", "version", "contractor"], nulls_distinct=False, name="figure_frozen_once"
            ),
            models.CheckConstraint(
                condition=Q(numerator__gte=0, numerator__lte=F("denominator")), name="figure_share_of_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.measure}: {self.numerator} / {self.denominator}"

    @classmethod
    def of_day(cls, day: date) -> models.QuerySet[FrozenFigure]:
        return cls.objects.filter(day=day)
