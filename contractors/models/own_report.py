"""The contractor's own monthly report, as it was read: for comparison only, nothing is paid by it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from contractors.models.contract import Contract
from hotline.models import Membership, User
from hotline.roles import CONTRACTOR, Capability


class OwnReportQuerySet(models.QuerySet["OwnReport"]):
    def visible_to(self, membership: Membership) -> OwnReportQuerySet:
        if not membership.can(Capability.ASSESSMENT_READ):
            return self.none()
        own = self.filter(contract__organisation=membership.organisation_id)
        return own if membership.role in CONTRACTOR else self


class OwnReport(models.Model):
    """A table of a month; the latest counts, the earlier ones stay. ``rows`` are number, cells."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="own_reports", db_index=False)
    month = models.DateField(help_text="Its first day")
    file_name = models.CharField(max_length=200)
    header = models.JSONField()
    rows = models.JSONField()
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    uploaded_at = models.DateTimeField()

    objects = OwnReportQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(month__day=1), name="own_report_month")]
        indexes = [models.Index(fields=["contract", "month", "-id"], name="own_report_latest")]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.month:%Y-%m} {self.file_name}"
