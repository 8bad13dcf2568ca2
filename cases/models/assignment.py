"""Who works on a case: the tree of assignments, of which the root is the lead."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from cases.models.recusal import kept_from
from hotline.models import Membership, Organisation, User
from hotline.privacy import MaskedTextField
from hotline.roles import CONTRACTOR, OFFICE, OVERSIGHT, UNIT, Capability


class AssignmentState(models.TextChoices):
    DISPATCHED = "dispatched", _("awaiting sign-off")
    HANDLING = "handling", _("in handling")
    REPLIED = "replied", _("replied")
    DONE = "done", _("reply accepted")
    RETURNED = "returned", _("returned")
    WITHDRAWN = "withdrawn", _("withdrawn")


ACTIVE = frozenset({AssignmentState.DISPATCHED, AssignmentState.HANDLING, AssignmentState.REPLIED})
TO_DO = frozenset({AssignmentState.DISPATCHED, AssignmentState.HANDLING})
TIERS = 4


class AssignmentRole(models.TextChoices):
    """Who answers for the case, who helps another department, who does it for the unit above, who only watches."""

    LEAD = "lead", _("lead")
    CO_ORGANISER = "co_organiser", _("co-organiser")
    SUBORDINATE = "subordinate", _("handled below")
    COPY = "copy", _("for supervision")


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, membership: Membership) -> AssignmentQuerySet:
        """Assignments of the person's own organisation and below; all of them for office and oversight."""
        if not membership.can(Capability.CASE_READ):
            return self.none()
        return self._of_role(membership).exclude(kept_from(membership, "case"))

    def _of_role(self, membership: Membership) -> AssignmentQuerySet:
        if membership.role in OFFICE | OVERSIGHT:
            return self
        if membership.role in UNIT:
            return self.filter(unit__in=Organisation.objects.within(membership.organisation).values("pk"))
        if membership.role in CONTRACTOR:
            return self.filter(case__taken_by_organisation=membership.organisation_id, case__confidential=False)
        return self.none()

    def active(self) -> AssignmentQuerySet:
        return self.filter(state__in=ACTIVE)

    def to_do(self) -> AssignmentQuerySet:
        """With the unit: to be signed or handled."""
        return self.filter(state__in=TO_DO)

    def to_sign(self) -> AssignmentQuerySet:
        return self.filter(state=AssignmentState.DISPATCHED)

    def leads(self) -> AssignmentQuerySet:
        return self.filter(role=AssignmentRole.LEAD)

    def at_work(self) -> AssignmentQuerySet:
        """Parts in which something is done; a copy is only for looking on."""
        return self.exclude(role=AssignmentRole.COPY)

    def overdue(self, at: datetime) -> AssignmentQuerySet:
        """To do, and past the limit of the present leg."""
        return self.to_do().filter(leg_due_at__lt=at)


class Assignment(models.Model):
    """One unit's part in one round of a case: a node of a tree of up to four tiers.

    The database keeps the tree in order: a part is made below one of the same case and round, its tier follows from
    that, and it never moves (see the migration). So there is no circle, and nothing deeper than ``TIERS``.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="assignments")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children", db_index=False)
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="assignments", db_index=False)
    tier = models.PositiveSmallIntegerField(default=1, db_default=1)
    role = models.CharField(max_length=12, choices=AssignmentRole.choices, default=AssignmentRole.LEAD)
    state = models.CharField(max_length=10, choices=AssignmentState.choices, default=AssignmentState.DISPATCHED)
    round = models.PositiveSmallIntegerField(default=1)
    hop = models.PositiveSmallIntegerField(default=1)
    dispatched_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    dispatched_at = models.DateTimeField()
    note = MaskedTextField(blank=True)
    opened_at = models.DateTimeField(null=True, help_text=_("First time somebody of the unit opened the case"))
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    signed_at = models.DateTimeField(null=True)
    handler = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    contacted_at = models.DateTimeField(null=True)
    replied_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    leg_due_at = models.DateTimeField(null=True, help_text=_("When the present leg is due: sign-off, then handling"))

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AssignmentState.values), name="assignment_state"),
            models.CheckConstraint(condition=Q(role__in=AssignmentRole.values), name="assignment_role"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by__isnull=True)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="assignment_signed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(ACTIVE), ended_at__isnull=True)
                | Q(~Q(state__in=sorted(ACTIVE)), ended_at__isnull=False),
                name="assignment_ended",
            ),
            models.UniqueConstraint(
                fields=["case", "round"],
                condition=Q(role="lead", parent__isnull=True, state__in=sorted(ACTIVE)),
                name="assignment_one_lead",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True, tier=1) | Q(parent__isnull=False, tier__gt=1, tier__lte=TIERS),
                name="assignment_tier",
            ),
            models.CheckConstraint(
                condition=~Q(role="copy") | Q(state="done", signed_at__isnull=True, leg_due_at__isnull=True),
                name="assignment_copy_only_looks_on",
            ),
            models.UniqueConstraint(
                fields=["parent", "unit"],
                condition=Q(role="subordinate", state__in=sorted(ACTIVE)),
                name="assignment_once_below",
            ),
            models.UniqueConstraint(fields=["case", "unit"], condition=Q(role="copy"), name="assignment_one_copy"),
        ]
        indexes = [
            models.Index(
                fields=["unit", "leg_due_at", "id"], name="assignment_to_do", condition=Q(state__in=sorted(TO_DO))
            ),
            models.Index(fields=["unit", "-dispatched_at", "-id"], name="assignment_by_unit"),
            models.Index(fields=["parent"], name="assignment_below", condition=Q(parent__isnull=False)),
            # Who sent cases back in a period: few do, among all that were ever handled
            models.Index(
                fields=["ended_at"], name="assignment_returned", condition=Q(state=AssignmentState.RETURNED.value)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.round}/{self.unit_id}"
