"""A request that somebody above must rule on."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.assignment import Assignment
from cases.models.case import Case
from hotline.models import Membership, Organisation, User
from hotline.privacy import MaskedTextField


class DecisionKind(models.TextChoices):
    BOUNCE = "bounce", _("return")
    EXTENSION = "extension", _("extension")


class DecisionState(models.TextChoices):
    ASKED = "asked", _("awaiting a ruling")
    GRANTED = "granted", _("granted")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", _("taken back")


class BounceReason(models.TextChoices):
    NOT_OUR_DUTY = "not_our_duty", _("Not this unit's duty")
    WRONG_AREA = "wrong_area", _("Outside this unit's area")
    UNCLEAR_OWNERSHIP = "unclear_ownership", _("Ownership unclear")
    OVERLAPPING = "overlapping", _("Overlapping powers")
    INCOMPLETE = "incomplete", _("Record too incomplete to act on")


class ExtensionReason(models.TextChoices):
    ENGINEERING = "engineering", _("Construction or repair work needed")
    INVESTIGATION = "investigation", _("Investigation or testing needed")
    SEVERAL_UNITS = "several_units", _("Several units must act")
    WEATHER = "weather", _("Weather or other force of nature")
    LEGAL_TERM = "legal_term", _("A longer term set by law")


REASONS: dict[str, type[models.TextChoices]] = {
    DecisionKind.BOUNCE: BounceReason,
    DecisionKind.EXTENSION: ExtensionReason,
}


class DecisionQuerySet(models.QuerySet["Decision"]):
    def open(self) -> DecisionQuerySet:
        return self.filter(state=DecisionState.ASKED)

    def visible_to(self, membership: Membership) -> DecisionQuerySet:
        return self.filter(case__in=Case.objects.visible_to(membership))


class Decision(models.Model):
    """Asked by one person, ruled on by another, each with grounds."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, related_name="decisions")
    kind = models.CharField(max_length=12, choices=DecisionKind.choices)
    state = models.CharField(max_length=10, choices=DecisionState.choices, default=DecisionState.ASKED)
    reason = models.CharField(max_length=30)
    grounds = MaskedTextField()
    proposed_unit = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", db_index=False)
    amount = models.PositiveIntegerField(null=True, help_text="for an extension, in the clock's unit")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    ruled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    ruled_at = models.DateTimeField(null=True)
    ruling = MaskedTextField(blank=True)
    final = models.BooleanField(default=False, help_text=_("Binding: the unit may not ask to return it again"))

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DecisionKind.values), name="decision_kind"),
            models.CheckConstraint(condition=Q(state__in=DecisionState.values), name="decision_state"),
            models.CheckConstraint(
                condition=Q(state="asked", ruled_by__isnull=True, ruled_at__isnull=True)
                | Q(~Q(state="asked"), ruled_by__isnull=False, ruled_at__isnull=False),
                name="decision_ruled_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(ruled_by__isnull=True) | Q(state="withdrawn") | ~Q(ruled_by=F("asked_by")),
                name="decision_two_people",
            ),
            models.UniqueConstraint(
                fields=["assignment", "kind"], condition=Q(state="asked"), name="decision_one_at_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "asked_at", "id"], name="decision_queue", condition=Q(state="asked")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.case_id}"

    @property
    def reason_label(self) -> str:
        return str(REASONS[self.kind](self.reason).label)
