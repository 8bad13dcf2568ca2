"""Which steps of the supervision ladder were taken because of a finding."""

from __future__ import annotations

from django.db import models

from cases.models import LadderStep
from oversight.models.finding import Finding


class FindingStep(models.Model):
    """One unit put under supervision for one case behind a finding; never changed. A step has one finding at most."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="steps")
    step = models.OneToOneField(LadderStep, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.finding_id} {self.step_id}"
