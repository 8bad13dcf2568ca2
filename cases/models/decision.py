"""A request that somebody above must rule on: who asks on what grounds, who approves, what is ruled."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.assignment import Assignment
from cases.models.case import Case, in_reach
from cases.models.category import Category
from cases.models.reason import reason_words
from hotline.models import Membership, Organisation, User
from hotline.privacy import MaskedCharField, MaskedTextField
from hotline.roles import OFFICE, OVERSIGHT, Role


class DecisionKind(models.TextChoices):
    BOUNCE = "bounce", _("return")
    EXTENSION = "extension", _("extension")
    DISPUTE = "dispute", _("dispute")
    SUSPENSION = "suspension", _("suspension")
    EXCLUSION = "exclusion", _("exclusion")
    CLOSING = "closing", _("closing without contact")
    REFUSAL = "refusal", _("refusal")


class DecisionState(models.TextChoices):
    ASKED = "asked", _("awaiting a ruling")
    GRANTED = "granted", _("granted")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", _("taken back")


TWO_APPROVALS = frozenset({DecisionKind.SUSPENSION, DecisionKind.EXCLUSION})
RULING_ROLES = OFFICE | OVERSIGHT | {Role.ARBITER}
RULED = (DecisionState.GRANTED.value, DecisionState.REJECTED.value)
UNSIGNED = (DecisionKind.BOUNCE.value, DecisionKind.EXTENSION.value)  # ruled on before the role was kept with a ruling


class DecisionQuerySet(models.QuerySet["Decision"]):
    def open(self) -> DecisionQuerySet:
        return self.filter(state=DecisionState.ASKED)

    def granted(self, kind: DecisionKind) -> DecisionQuerySet:
        return self.filter(kind=kind, state=DecisionState.GRANTED)

    def suspensions(self) -> DecisionQuerySet:
        """Those that are in force now: the ledger of suspended cases."""
        return self.granted(DecisionKind.SUSPENSION).filter(lifted_at__isnull=True)

    def to_review(self, at: datetime) -> DecisionQuerySet:
        """Suspensions whose review date has come."""
        return self.suspensions().filter(review_at__lte=at).order_by("review_at", "id")

    def visible_to(self, membership: Membership) -> DecisionQuerySet:
        return self.filter(in_reach(membership))

    def binding(self, unit_id: int) -> DecisionQuerySet:
        """Rulings by which a case is the unit's for good: it may not return it (any more)."""
        kept_it = Q(kind=DecisionKind.BOUNCE, assignment__unit=unit_id)
        return self.filter(kept_it | Q(ruled_unit=unit_id), final=True)


class Decision(models.Model):
    """Asked by one person (None: the system, because a limit ran out), ruled on by another, each with grounds.

    Some kinds need a first approval by a third person. A ruling keeps the unit and the category it was made for, so
    that the dispatch catalogue can learn from it.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, related_name="decisions")
    kind = models.CharField(max_length=12, choices=DecisionKind.choices)
    state = models.CharField(max_length=10, choices=DecisionState.choices, default=DecisionState.ASKED)
    reason = models.CharField(max_length=30)
    grounds = MaskedTextField()
    evidence = MaskedCharField(max_length=300, blank=True, default="", db_default="", help_text="what proves it")
    told = models.TextField(blank=True, default="", db_default="", help_text="what the citizen reads of it")
    proposed_unit = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", db_index=False)
    amount = models.PositiveIntegerField(null=True, help_text="for an extension, in the clock's unit")
    review_at = models.DateTimeField(null=True, help_text="when a suspension ends by itself")
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    approved_at = models.DateTimeField(null=True)
    ruled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    ruled_as = models.CharField(max_length=20, choices=Role.choices, blank=True, default="", db_default="")
    ruled_at = models.DateTimeField(null=True)
    ruling = MaskedTextField(blank=True)
    ruled_unit = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", db_index=False)
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="+", db_index=False)
    final = models.BooleanField(default=False, help_text=_("Binding: the unit may not ask to return it again"))
    lifted_at = models.DateTimeField(null=True, help_text="when a suspension ended")

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
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False) & ~Q(approved_by=F("asked_by")),
                name="decision_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=sorted(TWO_APPROVALS), state="granted")
                | Q(approved_by__isnull=False) & ~Q(approved_by=F("ruled_by")),
                name="decision_two_approvals",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=RULED)
                | Q(ruled_as__in=sorted(RULING_ROLES))
                | Q(ruled_as="", kind__in=UNSIGNED),
                name="decision_ruled_by_government",
            ),
            models.CheckConstraint(
                condition=~Q(kind="dispute", state="granted") | Q(ruled_unit__isnull=False, final=True),
                name="decision_dispute_binds",
            ),
            models.CheckConstraint(
                condition=~Q(kind="suspension") | Q(review_at__isnull=False), name="decision_suspension_ends"
            ),
            models.UniqueConstraint(
                fields=["assignment", "kind"], condition=Q(state="asked"), name="decision_one_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=Q(state="asked", assignment__isnull=True),
                name="decision_of_case_once",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(kind="suspension", state="granted", lifted_at__isnull=True),
                name="decision_suspended_once",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "asked_at", "id"], name="decision_queue", condition=Q(state="asked")),
            models.Index(
                fields=["review_at", "id"],
                name="decision_to_review",
                condition=Q(kind="suspension", state="granted", lifted_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.case_id}"

    def binds(self, unit_id: int) -> bool:
        """As ``binding`` asks, of a row that is there already."""
        kept_it = (
            self.kind == DecisionKind.BOUNCE and self.assignment is not None and self.assignment.unit_id == unit_id
        )
        return self.final and (kept_it or self.ruled_unit_id == unit_id)

    @property
    def reason_label(self) -> str:
        """In the words it was asked with."""
        return reason_words(self.kind, self.reason, self.asked_at)

    @property
    def approvals_left(self) -> int:
        """How many people must still approve before it takes effect."""
        return 2 if self.kind in TWO_APPROVALS and self.approved_by_id is None else 1
