"""Complaints about agents: which contact they are about, and whether they were justified."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models import Call, Case
from hotline.models import Membership, Organisation, User
from hotline.privacy import MaskedTextField
from hotline.roles import CONTRACTOR, Capability, Role


class Finding(models.TextChoices):
    JUSTIFIED = "justified", _("justified")
    UNJUSTIFIED = "unjustified", _("not justified")
    UNCLEAR = "unclear", _("cannot be established")


class AgentComplaintQuerySet(models.QuerySet["AgentComplaint"]):
    def visible_to(self, membership: Membership) -> AgentComplaintQuerySet:
        """The government side sees all; a contractor's people those about their own company, agents their own, and
        none before it was ruled on: it draws a contact into the sample."""
        if not membership.can(Capability.QUALITY_READ):
            return self.none()
        if membership.role not in CONTRACTOR:
            return self
        own = self.filter(organisation=membership.organisation_id).exclude(finding="")
        return own.filter(agent=membership.user) if membership.role in (Role.AGENT, Role.SHIFT_LEADER) else own

    def open(self) -> AgentComplaintQuerySet:
        return self.filter(finding="")

    def justified(self) -> AgentComplaintQuerySet:
        return self.filter(finding=Finding.JUSTIFIED)


class AgentComplaint(models.Model):
    """A citizen's complaint about how somebody was served. One of the office names the contact, another rules."""

    complaint = models.OneToOneField(Case, models.PROTECT, related_name="+", help_text=_("What the citizen said"))
    about = models.ForeignKey(Case, models.PROTECT, related_name="+", help_text=_("The case that was taken down"))
    call = models.ForeignKey(Call, models.PROTECT, null=True, related_name="+", db_index=False)
    agent = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    named_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    named_at = models.DateTimeField()
    due_at = models.DateTimeField()
    late_told_at = models.DateTimeField(null=True)
    finding = models.CharField(max_length=11, choices=Finding.choices, blank=True, default="")
    grounds = MaskedTextField(blank=True)
    ruled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    ruled_at = models.DateTimeField(null=True)

    objects = AgentComplaintQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(finding__in=["", *Finding.values]), name="agent_complaint_finding"),
            models.CheckConstraint(
                condition=Q(finding="", ruled_by__isnull=True, ruled_at__isnull=True)
                | Q(~Q(finding=""), ruled_by__isnull=False, ruled_at__isnull=False),
                name="agent_complaint_ruled",
            ),
            models.CheckConstraint(
                condition=Q(ruled_by__isnull=True) | ~Q(ruled_by=F("named_by")), name="agent_complaint_two_people"
            ),
        ]
        indexes = [
            models.Index(fields=["ruled_at", "id"], name="agent_complaint_by_ruling"),
            models.Index(fields=["organisation", "named_at"], name="agent_complaint_named"),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id} about {self.agent_id}"
