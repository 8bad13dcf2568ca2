"""Appeals against published marks: the agent names the items, two levels rule, and a mark can only rise."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contractors.models.mark import Verdict
from contractors.models.sample import Purpose, SampledContact
from contractors.models.scorecard import ScorecardItem
from hotline.models import Membership, User
from hotline.privacy import MaskedCharField, MaskedTextField
from hotline.roles import CONTRACTOR, Capability, Role


class AppealOutcome(models.TextChoices):
    RAISED = "raised", _("raised")
    KEPT = "kept", _("kept as it was")


class AppealQuerySet(models.QuerySet["Appeal"]):
    def visible_to(self, membership: Membership) -> AppealQuerySet:
        """Those about contacts the person sees; an agent's own."""
        return self.filter(contact__in=SampledContact.objects.visible_to(membership))

    def open(self) -> AppealQuerySet:
        return self.filter(ruled_at__isnull=True)

    def to_rule_by(self, membership: Membership) -> AppealQuerySet:
        """Open ones this person may rule on: not the marker, not who ruled before, not the agent. A contractor's
        inspectors rule at the first level on their own company's inspections; everything else is the government's."""
        if not membership.can(Capability.QUALITY_REVIEW):
            return self.none()
        person = membership.user_id
        mine = self.open().exclude(asked_by=person).exclude(contact__marks__by=person)
        mine = mine.exclude(contact__appeals__ruled_by=person)
        if membership.role in CONTRACTOR:
            sample = {"contact__sample__organisation": membership.organisation_id}
            return mine.filter(level=1, contact__sample__purpose=Purpose.INSPECTION, **sample)
        return mine if membership.role != Role.SUPERVISOR else mine.filter(level=2)

    def to_mind(self, at: datetime) -> AppealQuerySet:
        """Open ones whose next reminder has come."""
        return self.open().filter(next_action_at__lte=at)


class Appeal(models.Model):
    """One appeal. The second level follows a first ruling, and is final."""

    contact = models.ForeignKey(SampledContact, models.PROTECT, related_name="appeals", db_index=False)
    level = models.PositiveSmallIntegerField()
    words = MaskedTextField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    next_action_at = models.DateTimeField(null=True, help_text=_("When somebody is reminded next"))
    outcome = models.CharField(max_length=6, choices=AppealOutcome.choices, blank=True, default="")
    ruling = MaskedTextField(blank=True)
    ruled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    ruled_at = models.DateTimeField(null=True)
    again_until = models.DateTimeField(null=True, help_text=_("Until then it may go to the second level"))

    objects = AppealQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact", "level"], name="appeal_once_a_level"),
            models.CheckConstraint(condition=Q(level__in=[1, 2]), name="appeal_level"),
            models.CheckConstraint(condition=Q(outcome__in=["", *AppealOutcome.values]), name="appeal_outcome"),
            models.CheckConstraint(
                condition=Q(outcome="", ruled_by__isnull=True, ruled_at__isnull=True)
                | Q(~Q(outcome=""), ruled_by__isnull=False, ruled_at__isnull=False, next_action_at__isnull=True),
                name="appeal_ruled_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(ruled_by__isnull=True) | ~Q(ruled_by=F("asked_by")), name="appeal_two_people"
            ),
        ]
        indexes = [
            models.Index(fields=["next_action_at", "id"], name="appeal_to_mind", condition=Q(outcome="")),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id}/{self.level}"


class AppealLine(models.Model):
    """One item that is appealed against: what is held against the mark, and what the ruling made of it."""

    appeal = models.ForeignKey(Appeal, models.CASCADE, related_name="lines", db_index=False)
    item = models.ForeignKey(ScorecardItem, models.PROTECT, related_name="+", db_index=False)
    claim = MaskedCharField(max_length=200, help_text=_("Where in the recording, or why"))
    before = models.CharField(max_length=8, choices=Verdict.choices)
    after = models.CharField(max_length=8, choices=Verdict.choices, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appeal", "item"], name="appeal_line_once"),
            models.CheckConstraint(condition=Q(before__in=Verdict.values), name="appeal_line_before"),
            models.CheckConstraint(condition=Q(after__in=["", *Verdict.values]), name="appeal_line_after"),
        ]

    def __str__(self) -> str:
        return f"{self.appeal_id} {self.item_id}"
