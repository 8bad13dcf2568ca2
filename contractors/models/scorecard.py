"""What a contact is marked by: versions of a scorecard, each with weighted and fatal items."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hotline.models import Bilingual, Membership, TwoPeople, TwoPeopleState, User
from hotline.roles import CONTRACTOR, Capability


class About(models.TextChoices):
    """What part of the work an item looks at; measures and the attribution of outcomes ask for it."""

    MANNER = "manner", _("manner")
    RECORD = "record", _("record")
    ANSWER = "answer", _("answer and dispatch")
    CLOSING = "closing", _("read-back and closing")


class ScorecardQuerySet(models.QuerySet["Scorecard"]):
    def visible_to(self, membership: Membership) -> ScorecardQuerySet:
        """Approved ones by whoever marks or is marked; what is not approved yet is the government's business."""
        if not membership.can(Capability.QUALITY_READ):
            return self.none()
        return self.filter(state=TwoPeopleState.APPROVED) if membership.role in CONTRACTOR else self

    def in_force(self, on: date) -> ScorecardQuerySet:
        """Approved and begun, the latest first: the first one is what contacts are marked by on that day."""
        return self.filter(state=TwoPeopleState.APPROVED, valid_from__lte=on).order_by("-valid_from", "-version")


class Scorecard(TwoPeople):
    """One version. Samples keep the version they were drawn with; an approved version never changes."""

    version = models.PositiveSmallIntegerField(unique=True)
    note = models.CharField(max_length=200, help_text=_("What it is, or what it changes"))
    pass_mark = models.PositiveSmallIntegerField(default=85, help_text=_("Below it an improvement note is required"))
    valid_from = models.DateField()
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    written_at = models.DateTimeField()

    objects = ScorecardQuerySet.as_manager()

    class Meta(TwoPeople.Meta):
        abstract = False
        constraints = (
            *TwoPeople.Meta.constraints,
            models.CheckConstraint(condition=Q(pass_mark__gte=1, pass_mark__lte=100), name="scorecard_pass_mark"),
        )

    def __str__(self) -> str:
        return f"v{self.version}"


class ScorecardItem(Bilingual):
    """A line: weighted ones add up to 100; a fatal one that happened makes the whole nought."""

    scorecard = models.ForeignKey(Scorecard, models.CASCADE, related_name="items", db_index=False)
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=30, db_index=False, help_text=_("The same in every version"))
    weight = models.PositiveSmallIntegerField(default=0)
    fatal = models.BooleanField(default=False)
    about = models.CharField(max_length=8, choices=About.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scorecard", "code"], name="scorecard_item_code"),
            models.CheckConstraint(condition=Q(about__in=About.values), name="scorecard_item_about"),
            models.CheckConstraint(
                condition=Q(fatal=True, weight=0) | Q(fatal=False, weight__gte=1, weight__lte=100),
                name="scorecard_item_weight",
            ),
        ]
