"""Whose a bad outcome was: the contractor's, the unit's, or neither's, by a stated rule, with its reason."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case, in_reach
from hotline.models import Membership, Organisation, User
from hotline.privacy import MaskedTextField
from hotline.roles import CONTRACTOR, UNIT, Capability


class BadOutcome(models.TextChoices):
    RETURNED = "returned", _("returned by the unit")
    LATE = "late", _("promise not kept")
    UNSOLVED = "unsolved", _("unsolved, says the citizen")
    DISSATISFIED = "dissatisfied", _("citizen dissatisfied")
    REFUSED = "refused", _("refused wrongly")
    MANNER = "manner", _("bad manner")


class Party(models.TextChoices):
    CONTRACTOR = "contractor", _("the contractor")
    UNIT = "unit", _("the unit")
    NEITHER = "neither", _("neither")


class AttributionQuerySet(models.QuerySet["Attribution"]):
    def visible_to(self, membership: Membership) -> AttributionQuerySet:
        """With the case it is of; a contractor and a unit see what is said of themselves, and of nobody."""
        if not membership.can(Capability.ATTRIBUTION_READ):
            return self.none()
        rows = self.filter(in_reach(membership))
        if membership.role in CONTRACTOR:
            return rows.filter(Q(organisation=membership.organisation_id) | Q(organisation__isnull=True))
        if membership.role in UNIT:
            below = Organisation.objects.within(membership.organisation).values("pk")
            return rows.filter(Q(organisation__in=below) | Q(organisation__isnull=True))
        return rows


class Attribution(models.Model):
    """One outcome. The row never changes; what a dispute made of it is in the dispute's own row."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="attributions")
    outcome = models.CharField(max_length=12, choices=BadOutcome.choices)
    source = models.CharField(max_length=40, help_text=_("The act it follows from: event:123"))
    round = models.PositiveSmallIntegerField()
    occurred_at = models.DateTimeField()
    party = models.CharField(max_length=10, choices=Party.choices)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", db_index=False)
    rule = models.CharField(max_length=40)
    rules_version = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()

    objects = AttributionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "outcome", "source"], name="attribution_once"),
            models.CheckConstraint(condition=Q(outcome__in=BadOutcome.values), name="attribution_outcome"),
            models.CheckConstraint(
                condition=Q(party="neither", organisation__isnull=True)
                | Q(party__in=["contractor", "unit"], organisation__isnull=False),
                name="attribution_party",
            ),
        ]
        indexes = [
            models.Index(fields=["occurred_at", "id"], name="attribution_by_time"),
            models.Index(fields=["organisation", "occurred_at"], name="attribution_by_party"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.outcome} {self.party}"


class AttributionDispute(models.Model):
    """Whoever is named says that it was not so; somebody else of the government rules, once."""

    attribution = models.OneToOneField(Attribution, models.PROTECT, related_name="dispute")
    words = MaskedTextField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    asked_for = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    late_told_at = models.DateTimeField(null=True)
    party = models.CharField(max_length=10, choices=Party.choices, blank=True, default="")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", db_index=False)
    ruling = MaskedTextField(blank=True)
    ruled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    ruled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(party__in=["", *Party.values]), name="attribution_dispute_party"),
            models.CheckConstraint(
                condition=Q(party="", ruled_by__isnull=True, ruled_at__isnull=True)
                | Q(~Q(party=""), ruled_by__isnull=False, ruled_at__isnull=False),
                name="attribution_dispute_ruled",
            ),
            models.CheckConstraint(
                condition=Q(ruled_by__isnull=True) | ~Q(ruled_by=F("asked_by")), name="attribution_dispute_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attribution_id} disputed"
