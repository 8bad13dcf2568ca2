"""A change of the rules: proposed by one person, approved by another, in force from a day on."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hotline.models.people import User


class ProposalState(models.TextChoices):
    PROPOSED = "proposed", _("awaiting approval")
    APPROVED = "approved", _("approved")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", _("taken back")


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def waiting(self) -> ProposalQuerySet:
        return self.filter(state=ProposalState.PROPOSED)

    def about(self, subject: str, target: str) -> ProposalQuerySet:
        return self.filter(subject=subject, target=target)


class Proposal(models.Model):
    """What shall hold, what held when it was proposed, and why. A trigger refuses every change but its one decision.

    ``subject`` names the kind of rule (``hotline.proposals``), ``target`` which of them: "" makes a new one.
    """

    subject = models.CharField(max_length=40)
    target = models.CharField(max_length=80, blank=True)
    before = models.JSONField(null=True)
    change = models.JSONField()
    why = models.TextField()
    valid_from = models.DateField()
    state = models.CharField(max_length=9, choices=ProposalState.choices, default=ProposalState.PROPOSED)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)
    ruling = models.TextField(blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ProposalState.values), name="proposal_state"),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_by__isnull=True, decided_at__isnull=True)
                | Q(~Q(state="proposed"), decided_by__isnull=False, decided_at__isnull=False),
                name="proposal_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(state="withdrawn") | ~Q(decided_by=F("proposed_by")),
                name="proposal_two_people",
            ),
            models.UniqueConstraint(
                fields=["subject", "target"],
                condition=Q(state="proposed") & ~Q(target=""),
                name="proposal_one_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["-proposed_at", "-id"], name="proposal_latest")]

    def __str__(self) -> str:
        return f"{self.subject} {self.target} {self.state}"
