"""Bulletins (通报, 日报, 周报, 月报): which figures of which window, frozen when made, approved by another person."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hotline.calendar import Period
from hotline.models import Bilingual, Membership, TwoPeople, User
from hotline.roles import Capability
from hotline.wording import in_language


class Rhythm(models.TextChoices):
    """How often the draft is made by itself."""

    DAILY = "daily", _("daily")
    WEEKLY = "weekly", _("weekly")
    MONTHLY = "monthly", _("monthly")
    NEVER = "never", _("when somebody asks")


class BulletinTemplate(Bilingual):
    """Which sections a bulletin has. A day, a week or a month of it begins at ``hour``: 12 is from noon to noon."""

    rhythm = models.CharField(max_length=7, choices=Rhythm.choices, default=Rhythm.DAILY)
    hour = models.PositiveSmallIntegerField(default=0)
    sections = models.JSONField(help_text='[{"measure": "intake", "by": "unit"}, …]; "by" may be empty')
    in_use = models.BooleanField(default=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(rhythm__in=Rhythm.values), name="bulletintemplate_rhythm"),
            models.CheckConstraint(condition=Q(hour__lte=23), name="bulletintemplate_hour"),
        ]


class BulletinQuerySet(models.QuerySet["Bulletin"]):
    def visible_to(self, membership: Membership) -> BulletinQuerySet:
        return self if membership.can(Capability.PUBLICATION_READ) else self.none()

    def standing(self) -> BulletinQuerySet:
        return self.exclude(state="dropped")


class Bulletin(TwoPeople):
    """One window's figures. They never change; only the comment does, until it is approved.

    ``content`` holds the sections with the versions of their definitions, ``digest`` is SHA-256 over it and the window.
    """

    template = models.ForeignKey(BulletinTemplate, models.PROTECT, related_name="bulletins", db_index=False)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160, blank=True)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    comment = models.TextField(blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField()

    objects = BulletinQuerySet.as_manager()

    class Meta(TwoPeople.Meta):
        abstract = False
        constraints = (
            *TwoPeople.Meta.constraints,
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="bulletin_window"),
            models.UniqueConstraint(
                fields=["template", "begins_at", "ends_at"],
                condition=~Q(state="dropped"),
                name="bulletin_once_a_window",
            ),
        )
        indexes = [models.Index(fields=["-made_at", "-id"], name="bulletin_latest")]

    def __str__(self) -> str:
        return f"{self.name} {self.begins_at:%Y-%m-%d}"

    @property
    def label(self) -> str:
        return in_language(self.name, self.name_en)

    @property
    def window(self) -> Period:
        return Period(self.begins_at, self.ends_at)

    @property
    def last_moment(self) -> datetime:
        return self.ends_at
