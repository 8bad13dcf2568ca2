"""Marks: what each person found, item by item, and the score that stands, with every one before it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contractors.models.sample import SampledContact
from contractors.models.scorecard import ScorecardItem
from hotline.models import Organisation, User
from hotline.privacy import MaskedCharField, MaskedTextField


class Verdict(models.TextChoices):
    """On a weighted item: met, partly, not. On a fatal one: did not happen, happened."""

    FULL = "full", _("met")
    PARTLY = "partly", _("partly")
    NOT_MET = "not_met", _("not met")
    CLEAR = "clear", _("did not happen")
    HAPPENED = "happened", _("happened")


class Seat(models.TextChoices):
    """The first and the second person mark blindly; a third decides where they differ."""

    FIRST = "first", _("first mark")
    SECOND = "second", _("blind second mark")
    THIRD = "third", _("third person")


class Mark(models.Model):
    """One person's mark. Until it is handed in it is that person's draft; then nothing of it changes."""

    contact = models.ForeignKey(SampledContact, models.PROTECT, related_name="marks", db_index=False)
    seat = models.CharField(max_length=6, choices=Seat.choices)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    total = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    fatal = models.BooleanField(default=False)
    improvement = MaskedTextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact", "seat"], name="mark_seat_once"),
            models.UniqueConstraint(fields=["contact", "by"], name="mark_one_a_person"),
            models.CheckConstraint(condition=Q(seat__in=Seat.values), name="mark_seat"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, total__isnull=True)
                | Q(submitted_at__isnull=False, total__isnull=False),
                name="mark_submitted",
            ),
            models.CheckConstraint(condition=~Q(fatal=True) | Q(total=0), name="mark_fatal_is_nought"),
        ]
        indexes = [models.Index(fields=["submitted_at", "id"], name="mark_by_time", condition=Q(seat="second"))]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.seat}"


class MarkLine(models.Model):
    """What was found on one item, and where in the recording or why."""

    mark = models.ForeignKey(Mark, models.CASCADE, related_name="lines", db_index=False)
    item = models.ForeignKey(ScorecardItem, models.PROTECT, related_name="+", db_index=False)
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    evidence = MaskedCharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mark", "item"], name="mark_line_once"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="mark_line_verdict"),
        ]

    def __str__(self) -> str:
        return f"{self.mark_id} {self.item_id} {self.verdict}"


class Origin(models.TextChoices):
    """Where a score comes from."""

    FIRST = "first", _("first mark")
    THIRD = "third", _("third person")
    REVIEW = "review", _("first review")
    SECOND_REVIEW = "second_review", _("second review")


class Score(models.Model):
    """The result as it stood from then on: the verdict on each item by its code. Rows are added, never changed, and
    the next is never lower than the one before; triggers hold both."""

    contact = models.ForeignKey(SampledContact, models.PROTECT, related_name="scores", db_index=False)
    serial = models.PositiveSmallIntegerField()
    origin = models.CharField(max_length=13, choices=Origin.choices)
    verdicts = models.JSONField()
    total = models.DecimalField(max_digits=4, decimal_places=1)
    fatal = models.BooleanField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact", "serial"], name="score_serial"),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="score_origin"),
            models.CheckConstraint(condition=Q(total__gte=0, total__lte=100), name="score_total"),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id}/{self.serial} {self.total}"
