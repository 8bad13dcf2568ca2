"""A clause of a contract as data: which measure, which target, what follows for score and money."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contractors.models.terms import Terms
from hotline.measures import MEASURES
from hotline.models import Bilingual


class Direction(models.TextChoices):
    AT_LEAST = "at_least", _("at least")
    AT_MOST = "at_most", _("at most")


class ClauseQuerySet(models.QuerySet["Clause"]):
    def in_force(self, on: date) -> ClauseQuerySet:
        """Those whose own period holds the day (half-open); most have none and hold as long as their terms."""
        begun = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
        return self.filter(begun, Q(valid_until__isnull=True) | Q(valid_until__gt=on))

    def in_order(self) -> ClauseQuerySet:
        return self.order_by("position", "pk")


class Clause(Bilingual):
    """A line of the terms. What the values of ``scoring`` mean is said in ``contractors.scoring``.

    ``measure`` is a key of the registry of measures; its unit is the unit of ``target`` and of the scoring: percent,
    seconds, yuan, points or a count. ``weight`` are the full marks, 0 where the clause works on money alone; ``money``
    are yuan per point (empty: the performance part by its full marks), or per event.
    """

    terms = models.ForeignKey(Terms, models.CASCADE, related_name="clauses", db_index=False)
    position = models.PositiveSmallIntegerField(default=0)
    number = models.CharField(max_length=20, help_text="As it stands on the paper: 4.2")
    measure = models.CharField(max_length=60)
    direction = models.CharField(max_length=8, choices=Direction.choices, default=Direction.AT_LEAST)
    target = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    scoring = models.JSONField()
    weight = models.DecimalField(max_digits=6, decimal_places=2, default=0)
    money = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    window_months = models.PositiveSmallIntegerField(default=1, help_text="1 is the month itself, 12 a rolling year")
    minimum_n = models.PositiveIntegerField(default=0, help_text="Below it the clause is not scored")
    net = models.BooleanField(default=True, help_text="Approved exclusions are left out")
    evidence = models.CharField(max_length=120, blank=True, help_text="Where the figure is taken from")
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    objects = ClauseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["terms", "number"], name="clause_number"),
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="clause_direction"),
            models.CheckConstraint(condition=Q(weight__gte=0), name="clause_weight"),
            models.CheckConstraint(condition=Q(window_months__gte=1, window_months__lte=36), name="clause_window"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="clause_period_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def measure_name(self) -> str:
        return str(MEASURES[self.measure].name)
