"""What the public reads: months frozen once, typical cases two people chose, names of topics, what a month cost."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from contractors.models import Assessment
from hotline.models import Membership, TwoPeople, TwoPeopleState, User
from hotline.roles import Capability
from hotline.wording import in_language


class PublicMonth(models.Model):
    """The figures of one finished month as they were published. What may not be published is not in it.

    ``figures`` are the city's, ``rows`` those of the open data; ``digest`` is SHA-256 over both.
    """

    month = models.DateField(unique=True, help_text="Its first day")
    made_at = models.DateTimeField()
    minimum_n = models.PositiveSmallIntegerField(help_text="Cells of fewer are withheld")
    figures = models.JSONField()
    rows = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="public_month"),
            models.CheckConstraint(condition=Q(minimum_n__gte=5), name="public_month_never_of_few"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class TypicalCaseQuerySet(models.QuerySet["TypicalCase"]):
    def visible_to(self, membership: Membership) -> TypicalCaseQuerySet:
        return self if membership.can(Capability.PUBLICATION_READ) else self.none()

    def published(self) -> TypicalCaseQuerySet:
        return self.filter(state=TwoPeopleState.APPROVED, withdrawn_at__isnull=True)


class TypicalCase(TwoPeople):
    """A case retold for the public without saying who. The case itself is named to the staff only."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    title = models.CharField(max_length=80)
    words = models.TextField()
    title_en = models.CharField(max_length=160, blank=True)
    words_en = models.TextField(blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    written_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)

    objects = TypicalCaseQuerySet.as_manager()

    class Meta(TwoPeople.Meta):
        abstract = False
        constraints = (
            *TwoPeople.Meta.constraints,
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, state="approved"),
                name="typicalcase_withdrawn_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=~Q(state="dropped") & Q(withdrawn_at__isnull=True),
                name="typicalcase_once",
            ),
        )
        indexes = [models.Index(fields=["-written_at", "-id"], name="typicalcase_latest")]

    def __str__(self) -> str:
        return self.title

    @property
    def title_label(self) -> str:
        return in_language(self.title, self.title_en)

    @property
    def words_label(self) -> str:
        return in_language(self.words, self.words_en)

    @property
    def is_published(self) -> bool:
        return self.state == TwoPeopleState.APPROVED and self.withdrawn_at is None

    @property
    def status_tone(self) -> str:
        return "" if self.withdrawn_at else super().status_tone

    @property
    def status_words(self) -> str:
        return str(_("withdrawn")) if self.withdrawn_at else str(self.get_state_display())


class TopicName(models.Model):
    """A name of a hot topic that somebody let the public read; names are found in requests by a machine."""

    name = models.CharField(max_length=60, unique=True)
    name_en = models.CharField(max_length=120, blank=True)
    released_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    released_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        return in_language(self.name, self.name_en)


class TopicWording(models.Model):
    """What the public reads in the place of a topic's own name, as somebody worded it; the last row counts. Kept by the
    name, so that it outlives a withdrawal. Never changed."""

    name = models.CharField(max_length=60)
    serial = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=60)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name", "serial"], name="topic_wording_serial"),
            models.CheckConstraint(condition=Q(serial__gte=1) & ~Q(words=""), name="topic_wording_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.name}/{self.serial} {self.words}"


class MonthCost(models.Model):
    """What a locked month bought, counted once after it was locked; the money is in its statement."""

    assessment = models.OneToOneField(Assessment, models.PROTECT, primary_key=True, related_name="cost")
    calls = models.PositiveIntegerField(help_text="answered")
    solved = models.PositiveIntegerField(help_text="cases the citizen called solved")
    versions = models.JSONField(help_text="of the definitions, by the measure's key")
    counted_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.assessment_id)
