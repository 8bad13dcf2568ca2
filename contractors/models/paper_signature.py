"""That the contractor signed a month on paper: its people have no access any more once the contract is over."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from contractors.models.assessment import Assessment
from contractors.models.month_file import MonthFile


class PaperSignature(models.Model):
    """``contractor_signed_by`` of the month is then who recorded it for the office, and somebody else signs for the
    office. Triggers refuse every change."""

    assessment = models.OneToOneField(Assessment, models.PROTECT, primary_key=True, related_name="paper")
    received_at = models.DateTimeField(help_text="When the paper came in: from then on the contractor has signed")
    received_from = models.CharField(max_length=60, help_text="Who signed it for the contractor")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(received_from=""), name="paper_signature_from_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}: {self.received_from}"


class PaperSignatureFile(MonthFile):
    """The paper, or a page of it."""

    # The key of a signature is its month's: so the trigger that guards all that belongs to a month guards this too.
    signature = models.ForeignKey(PaperSignature, models.PROTECT, related_name="files", db_column="assessment_id")
