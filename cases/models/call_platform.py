"""Telephone platforms that report their calls, each with a secret of its own."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hotline.identifiers import uuid7
from hotline.models import Membership
from hotline.privacy import EncryptedTextField


class CallPlatform(models.Model):
    """One connected telephone platform: it acts as a membership, and signs with a secret that is kept sealed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=40, unique=True, help_text=_("In the address it reports to"))
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    secret = EncryptedTextField()
    earlier_secret = EncryptedTextField(null=True)
    earlier_until = models.DateTimeField(
        null=True, help_text=_("Until then what it signs with the earlier secret counts")
    )
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(earlier_secret__isnull=True, earlier_until__isnull=True)
                | Q(earlier_secret__isnull=False, earlier_until__isnull=False),
                name="call_platform_earlier_secret",
            )
        ]

    def __str__(self) -> str:
        return self.code

    def secrets(self, at: datetime) -> list[str]:
        """Those that count at that moment."""
        earlier = self.earlier_secret if self.earlier_until and at < self.earlier_until else None
        return [self.secret, earlier] if earlier else [self.secret]


class CallReport(models.Model):
    """A signed message that was received: whoever sends it again word for word is refused."""

    platform = models.ForeignKey(CallPlatform, models.CASCADE, related_name="+", db_index=False)
    digest = models.BinaryField(max_length=32, help_text="SHA-256 of id, time and signature")
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["platform", "digest"], name="call_report_once")]

    def __str__(self) -> str:
        return f"{self.platform_id} {self.at:%Y-%m-%d %H:%M:%S}"
