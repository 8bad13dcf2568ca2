"""Notices that wait to go out together: in quiet hours, over the limit by the hour, or told in digests only."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from cases.models.case import Case
from cases.models.deadline_policy import ClockKind, EscalationAct
from hotline.models import Message, Organisation
from hotline.roles import Role


class HeldNoticeQuerySet(models.QuerySet["HeldNotice"]):
    def due(self, at: datetime) -> HeldNoticeQuerySet:
        return self.filter(message__isnull=True, release_at__lte=at)


class HeldNotice(models.Model):
    """One step of a clock, held back until ``release_at``; then ``message`` is the digest that told it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    act = models.CharField(max_length=9, choices=EscalationAct.choices)
    leg = models.CharField(max_length=8, choices=ClockKind.choices)
    limit_due_at = models.DateTimeField()
    unit = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", db_index=False)
    to_role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    held_at = models.DateTimeField()
    release_at = models.DateTimeField()
    message = models.ForeignKey(Message, models.PROTECT, null=True, related_name="+", db_index=False)

    objects = HeldNoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(release_at__gte=models.F("held_at")), name="held_forwards"),
        ]
        indexes = [
            models.Index(fields=["release_at", "id"], name="held_due", condition=Q(message__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.case_id} {self.release_at:%Y-%m-%d %H:%M}"
