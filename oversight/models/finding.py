"""Findings (疑点): what a detector noticed about somebody, the rows it rests on, and what people made of it."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Call, Case
from hotline.models import Membership, Organisation, User
from hotline.roles import Capability
from oversight.detector import share


class FindingState(models.TextChoices):
    """A detector only points; whether anything was wrong is said by people."""

    OPEN = "open", _("to be looked into")
    REVIEW = "review", _("being looked into")
    CONFIRMED = "confirmed", _("confirmed")
    INNOCENT = "innocent", _("innocent")


UNSETTLED = frozenset({FindingState.OPEN, FindingState.REVIEW})


class FindingQuerySet(models.QuerySet["Finding"]):
    def visible_to(self, membership: Membership) -> FindingQuerySet:
        """Those who oversee see all but what is about themselves; those who are measured see none."""
        return self.exclude(person=membership.user_id) if membership.can(Capability.FINDING_READ) else self.none()

    def unsettled(self) -> FindingQuerySet:
        return self.filter(state__in=sorted(UNSETTLED))

    def of(self, detector: str) -> FindingQuerySet:
        return self.filter(detector=detector)


class DetectorRun(models.Model):
    """One night's look of one detector at the days up to ``on``, whether it found anything or not."""

    detector = models.CharField(max_length=30)
    on = models.DateField()
    first = models.DateField(help_text="the first day looked at")
    looked_at = models.DateTimeField()
    version = models.PositiveSmallIntegerField(help_text="of the detector's definition")
    limits = models.JSONField(help_text="the thresholds in force")
    of = models.PositiveIntegerField(help_text="how many acts or calls were looked at")
    hits = models.PositiveIntegerField(help_text="how many of them were as the detector describes")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["detector", "on"], name="detector_looked_once")]

    def __str__(self) -> str:
        return f"{self.detector} {self.on}"


class Finding(models.Model):
    """What one detector noticed about one body or person. ``of``, ``peers`` and ``limits`` are as of the last look."""

    detector = models.CharField(max_length=30)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    state = models.CharField(max_length=9, choices=FindingState.choices, default=FindingState.OPEN)
    version = models.PositiveSmallIntegerField(help_text="of the detector's definition")
    limits = models.JSONField(help_text="the thresholds it was found by")
    n = models.PositiveIntegerField(help_text="its rows")
    of = models.PositiveIntegerField(help_text="of how many acts or calls of the same body or person")
    peers = models.DecimalField(
        max_digits=6, decimal_places=2, null=True, help_text="the middle share of its peers, per cent"
    )
    first = models.DateField(help_text="the first day looked at")
    last = models.DateField(help_text="the last day looked at")
    found_at = models.DateTimeField()
    grown_at = models.DateTimeField(help_text="when its latest row was added")
    taken_up_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    settled_at = models.DateTimeField(null=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=FindingState.values), name="finding_state"),
            models.CheckConstraint(condition=Q(n__gte=1), name="finding_has_rows"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "review"], settled_at__isnull=True, settled_by__isnull=True)
                | Q(state__in=["confirmed", "innocent"], settled_at__isnull=False, settled_by__isnull=False),
                name="finding_settled_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["detector", "organisation", "person"],
                condition=Q(state__in=["open", "review"]),
                nulls_distinct=False,
                name="finding_one_unsettled",
            ),
        ]
        indexes = [
            models.Index(fields=["grown_at", "id"], name="finding_latest"),
            models.Index(fields=["detector", "state"], name="finding_by_detector"),
        ]

    def __str__(self) -> str:
        return f"{self.detector} {self.organisation_id} {self.person_id}"

    @property
    def is_settled(self) -> bool:
        return self.state not in UNSETTLED

    @property
    def status_tone(self) -> str:
        """How loud the state is shown."""
        return "done" if self.is_settled else "act" if self.state == FindingState.OPEN else ""

    @property
    def share(self) -> Decimal | None:
        """Per cent of what was looked at."""
        return share(self.n, self.of) if self.of else None


class FindingRow(models.Model):
    """One act or call a finding rests on. ``ref`` names it; a detector counts it once, whatever is found later."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="rows")
    detector = models.CharField(max_length=30)
    ref = models.CharField(max_length=60)
    at = models.DateTimeField()
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+", db_index=False)
    call = models.ForeignKey(Call, models.PROTECT, null=True, related_name="+", db_index=False)
    facts = models.JSONField(default=dict, help_text="what the detector saw in it")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["detector", "ref"], name="finding_row_once")]

    def __str__(self) -> str:
        return self.ref


class FindingNote(models.Model):
    """What somebody wrote about a finding, and what state it came into; never changed."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="notes")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=9, choices=FindingState.choices)
    words = models.TextField(blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=FindingState.values), name="finding_note_state")]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.state}"
