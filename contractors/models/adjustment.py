"""What was found about a month after it was locked: settled by the next statement, never by changing the month."""

from __future__ import annotations

from django.db import models

from contractors.models.assessment import Assessment
from hotline.models import User


class Adjustment(models.Model):
    """The difference between what a locked month comes to now and what was paid for it, with what changed.

    ``settled_in`` is the statement that pays it; until then it waits.
    """

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="adjustments")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    why = models.TextField()
    changes = models.JSONField(help_text="Clause by clause, which rows came and went")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    settled_in = models.ForeignKey(Assessment, models.PROTECT, null=True, related_name="settles")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(amount=0), name="adjustment_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}: {self.amount}"
