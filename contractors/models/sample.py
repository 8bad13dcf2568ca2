"""The contacts that are marked: drawn by the system out of a frozen frame, with a stored seed."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Call, Case
from contractors.models.scorecard import Scorecard
from hotline.models import Membership, Organisation, User
from hotline.roles import CONTRACTOR, Capability, Role


class Purpose(models.TextChoices):
    """Whose sample it is. Only the government's re-check counts in the assessment."""

    INSPECTION = "inspection", _("contractor's own inspection")
    RECHECK = "recheck", _("government re-check")


class Stratum(models.TextChoices):
    """Why a contact is more likely to be drawn. One that is several things is the first of them."""

    COMPLAINED = "complained", _("complained of")
    TURNED = "turned", _("dissatisfied, then satisfied")
    REFUSED = "refused", _("refused")
    SHORT = "short", _("short call")
    NEW_STAFF = "new_staff", _("new staff")
    ORDINARY = "ordinary", _("ordinary")


class ContactState(models.TextChoices):
    TO_MARK = "to_mark", _("to be marked")
    THIRD = "third", _("with a third person")
    READY = "ready", _("to be published")
    PUBLISHED = "published", _("open to appeal")
    LOCKED = "locked", _("locked")


TOLD = (ContactState.PUBLISHED, ContactState.LOCKED)


class SampleQuerySet(models.QuerySet["Sample"]):
    def visible_to(self, membership: Membership) -> SampleQuerySet:
        """The government side sees all; a contractor's inspectors and managers their own company's inspections, and of
        the re-check only what is published."""
        if not membership.can(Capability.QUALITY_SAMPLES):
            return self.none()
        if membership.role in CONTRACTOR:
            return self.filter(organisation=membership.organisation_id, purpose=Purpose.INSPECTION)
        return self

    def latest_first(self) -> SampleQuerySet:
        return self.order_by("-week", "-pk")


class Sample(models.Model):
    """One week of one contractor's contacts. All that the draw depended on is in the row: ``contractors.drawing`` says
    how it is drawn, and anybody who has the frame and the seed can draw it again."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    week = models.DateField(help_text=_("Its Monday"))
    scorecard = models.ForeignKey(Scorecard, models.PROTECT, related_name="samples", db_index=False)
    rules = models.JSONField(help_text=_("The rules of quality inspection as they stood at the draw"))
    seed = models.CharField(max_length=32)
    frame = models.TextField(help_text=_("Every contact it was drawn from, a line each: stratum and key"))
    frame_hash = models.CharField(max_length=64, help_text=_("SHA-256 of the frame"))
    frame_size = models.PositiveIntegerField()
    drawn_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text=_("Marked by then"))
    late_told_at = models.DateTimeField(null=True, blank=True)

    objects = SampleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "purpose", "week"], name="sample_drawn_once"),
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="sample_purpose"),
            models.CheckConstraint(condition=Q(week__iso_week_day=1), name="sample_begins_on_monday"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.purpose} {self.week}"

    @property
    def last_day(self) -> date:
        return self.week + timedelta(days=6)


class SampledContactQuerySet(models.QuerySet["SampledContact"]):
    def visible_to(self, membership: Membership) -> SampledContactQuerySet:
        """The government side sees all; agents what was published about themselves; a contractor's other people its
        own inspections, and what was published of the re-check."""
        if not membership.can(Capability.QUALITY_READ):
            return self.none()
        if membership.role not in CONTRACTOR:
            return self
        own = self.filter(sample__organisation=membership.organisation_id)
        if membership.role in (Role.AGENT, Role.SHIFT_LEADER):
            return own.about(membership.user).told()
        return own.filter(Q(sample__purpose=Purpose.INSPECTION) | Q(state__in=TOLD))

    def about(self, agent: User) -> SampledContactQuerySet:
        return self.filter(agent=agent)

    def told(self) -> SampledContactQuerySet:
        """Those whose marks the agent may see."""
        return self.filter(state__in=TOLD)

    def unfinished(self) -> SampledContactQuerySet:
        return self.filter(state__in=[ContactState.TO_MARK, ContactState.THIRD])


class SampledContact(models.Model):
    """One contact of a sample. ``total`` and ``fatal`` are those of its latest ``Score``."""

    sample = models.ForeignKey(Sample, models.PROTECT, related_name="contacts", db_index=False)
    position = models.PositiveSmallIntegerField()
    stratum = models.CharField(max_length=10, choices=Stratum.choices)
    key = models.CharField(max_length=60, help_text=_("As it stands in the frame"))
    call = models.ForeignKey(Call, models.PROTECT, null=True, related_name="+", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    agent = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(help_text=_("When the contact was"))
    double = models.BooleanField(default=False, help_text=_("A second person marks it without seeing the first mark"))
    state = models.CharField(max_length=9, choices=ContactState.choices, default=ContactState.TO_MARK)
    total = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    fatal = models.BooleanField(default=False)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    published_at = models.DateTimeField(null=True)
    appeal_until = models.DateTimeField(null=True, help_text=_("Until then the agent may appeal"))
    locked_at = models.DateTimeField(null=True)

    objects = SampledContactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sample", "position"], name="sampled_contact_position"),
            models.UniqueConstraint(fields=["sample", "key"], name="sampled_contact_once"),
            models.CheckConstraint(condition=Q(stratum__in=Stratum.values), name="sampled_contact_stratum"),
            models.CheckConstraint(condition=Q(state__in=ContactState.values), name="sampled_contact_state"),
            models.CheckConstraint(
                condition=Q(call__isnull=False) | Q(case__isnull=False), name="sampled_contact_of_something"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["to_mark", "third"], total__isnull=True)
                | Q(state__in=["ready", "published", "locked"], total__isnull=False),
                name="sampled_contact_scored",
            ),
            models.CheckConstraint(
                condition=Q(state__in=TOLD, published_at__isnull=False, appeal_until__isnull=False)
                | Q(~Q(state__in=TOLD), published_at__isnull=True, appeal_until__isnull=True),
                name="sampled_contact_published",
            ),
            models.CheckConstraint(
                condition=Q(state="locked", locked_at__isnull=False) | Q(~Q(state="locked"), locked_at__isnull=True),
                name="sampled_contact_locked",
            ),
        ]
        indexes = [
            models.Index(
                fields=["published_at", "id"], name="sampled_by_publication", condition=Q(published_at__isnull=False)
            ),
            models.Index(fields=["agent", "-published_at"], name="sampled_by_agent"),
            models.Index(fields=["appeal_until", "id"], name="sampled_to_lock", condition=Q(state="published")),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """As people call it: S-12-027."""
        return f"S-{self.sample_id}-{self.position:03}"
