"""Settings the office may change: each version whole, in force from a day on, and approved by two people."""

from __future__ import annotations

from datetime import date

from django.db import models

from hotline.models.proposal import Proposal


class RuleVersionQuerySet(models.QuerySet["RuleVersion"]):
    def in_force(self, on: date) -> RuleVersionQuerySet:
        """The latest of each book first."""
        return self.filter(valid_from__lte=on).order_by("book", "-valid_from", "-id")


class RuleVersion(models.Model):
    """One version of a book of rules (``hotline.rulebook``). Before the first, what the installation brought counts."""

    book = models.CharField(max_length=40)
    values = models.JSONField()
    valid_from = models.DateField()
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="+")

    objects = RuleVersionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "valid_from"], name="rule_version_once")]

    def __str__(self) -> str:
        return f"{self.book} {self.valid_from}"
