"""What the office found that is paid for or deducted event by event: a leak, a forged record, a duty well done."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from contractors.models.contract import Contract
from hotline.models import Membership, User
from hotline.roles import CONTRACTOR, Capability


class IncidentKind(models.TextChoices):
    LEAK = "leak", _("leak of personal data")
    FORGED_RECORD = "forged_record", _("forged record")
    INSULT = "insult", _("insult of a citizen")
    WRONG_REFUSAL = "wrong_refusal", _("valid request refused")
    MISSED_EMERGENCY = "missed_emergency", _("missed emergency")
    DUTY_DONE = "duty_done", _("special duty done")


class IncidentQuerySet(models.QuerySet["Incident"]):
    def visible_to(self, membership: Membership) -> IncidentQuerySet:
        if not membership.can(Capability.ASSESSMENT_READ):
            return self.none()
        own = self.filter(contract__organisation=membership.organisation_id)
        return own if membership.role in CONTRACTOR else self

    def standing(self) -> IncidentQuerySet:
        return self.filter(withdrawn_at__isnull=True)


class Incident(models.Model):
    """One event, with what proves it. It belongs to the contract in force then; it is withdrawn, not erased."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="incidents")
    kind = models.CharField(max_length=16, choices=IncidentKind.choices)
    at = models.DateTimeField()
    words = models.CharField(max_length=300)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=IncidentKind.values), name="incident_kind"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_why=""), name="incident_withdrawn_why"
            ),
        ]
        indexes = [models.Index(fields=["contract", "kind", "at"], name="incident_in_period")]

    def __str__(self) -> str:
        return self.ref

    @property
    def ref(self) -> str:
        """What it is called in lists and objections."""
        return f"E-{self.pk:06d}"
