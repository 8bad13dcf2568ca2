"""The audit trail: every act, sign-in, reveal and look-up, appended and never changed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hotline.models.organisation import Organisation
from hotline.models.people import Membership, User


class AuditEntry(models.Model):
    """Who did what, as whom, to which object, with what result. Database triggers refuse UPDATE, DELETE and TRUNCATE.

    The table is partitioned by month (see the migration), so its real key is (id, at); the database adds the id of the
    transaction that wrote the row.
    """

    class Result(models.TextChoices):
        OK = "ok", _("done")
        REFUSED = "refused", _("refused")
        FAILED = "failed", _("failed")

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(User, models.PROTECT, null=True, db_index=False, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, null=True, db_index=False, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, db_index=False, related_name="+")
    act = models.CharField(max_length=60)
    object_type = models.CharField(max_length=40, blank=True)
    object_id = models.CharField(max_length=60, blank=True)
    result = models.CharField(max_length=8, choices=Result.choices, default=Result.OK)
    reason = models.TextField(blank=True)
    request_id = models.CharField(max_length=36, blank=True)
    ip = models.GenericIPAddressField(null=True)
    details = models.JSONField(default=dict)

    class Meta:
        managed = False
        db_table = "hotline_auditentry"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.act} {self.object_type} {self.object_id}"
