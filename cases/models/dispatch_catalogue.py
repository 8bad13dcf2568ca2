"""Who is responsible for what, where: the dispatch catalogue, changed version by version."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from cases.models.case import Kind
from cases.models.category import Category, Channel
from cases.models.decision import Decision
from hotline.models import Membership, Organisation, Region, TwoPeople, TwoPeopleState, User
from hotline.periods import DateRange
from hotline.roles import OFFICE, OVERSIGHT, Capability, Role


class CatalogueVersionQuerySet(models.QuerySet["CatalogueVersion"]):
    def visible_to(self, membership: Membership) -> CatalogueVersionQuerySet:
        """What is not approved yet is the business of the office, the arbiter and oversight."""
        if membership.role in OFFICE | OVERSIGHT | {Role.ARBITER}:
            return self
        readable = membership.can(Capability.CATALOGUE_READ)
        return self.filter(state=TwoPeopleState.APPROVED) if readable else self.none()


class CatalogueVersion(TwoPeople):
    """A set of changes that come into force together, once somebody other than their author has approved them."""

    note = models.CharField(max_length=120, help_text=_("What it is about, as people will call it"))
    valid_from = models.DateField(help_text=_("The changes hold from this day on, never from before their approval"))
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField()

    objects = CatalogueVersionQuerySet.as_manager()

    class Meta(TwoPeople.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.pk} {self.note}"


class Line(models.Model):
    """A line of the catalogue: which cases, whose they are, who helps, who is told."""

    category = models.ForeignKey(Category, models.PROTECT)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True)
    channel = models.ForeignKey(Channel, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    kind = models.CharField(max_length=14, choices=Kind.choices, blank=True, db_default="")
    co_organisers = models.ManyToManyField(Organisation, related_name="+", blank=True)
    copy_to = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        help_text=_("Supervises: gets a parallel copy"),
    )  # fmt: skip
    source = models.CharField(max_length=120, blank=True)
    ruling = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    class Meta:
        abstract = True

    @property
    def key(self) -> tuple[int, int | None, int | None, str]:
        """Which cases it is for; two lines with the same key never hold on the same day."""
        return (self.category_id, self.region_id, self.channel_id, self.kind)


class CatalogueChange(Line):
    """A line as a version wants it from its day on; without a unit the line ends."""

    version = models.ForeignKey(CatalogueVersion, models.CASCADE, related_name="changes")
    unit = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "category", "region", "channel", "kind"],
                nulls_distinct=False,
                name="catalogue_change_once",
            ),
            models.CheckConstraint(condition=Q(kind__in=["", *Kind.values]), name="catalogue_change_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.category_id}→{self.unit_id}"


class CatalogueQuerySet(models.QuerySet["CatalogueEntry"]):
    def in_force(self, on: Any) -> CatalogueQuerySet:
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on), valid_from__lte=on)

    def keyed(self, line: Line) -> CatalogueQuerySet:
        """The entries for exactly the cases that line is for, whenever they hold."""
        empty = {f"{name}__isnull": True for name in ("region", "channel") if getattr(line, f"{name}_id") is None}
        named = {name: getattr(line, f"{name}_id") for name in ("region", "channel") if getattr(line, f"{name}_id")}
        return self.filter(category=line.category_id, kind=line.kind, **named, **empty)


class CatalogueEntry(Line):
    """A category in a region (or anywhere) belongs to a unit, for a period (half-open). Nothing but its end changes.

    ``serial`` is the line's number as people quote it; it stays the same when a version changes the line.
    """

    serial = models.PositiveIntegerField()
    category = models.ForeignKey(Category, models.PROTECT, related_name="catalogue")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    version = models.ForeignKey(CatalogueVersion, models.PROTECT, null=True, blank=True, related_name="entries")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="catalogue_period_in_order",
            ),
            models.CheckConstraint(condition=Q(kind__in=["", *Kind.values]), name="catalogue_kind"),
            ExclusionConstraint(
                name="catalogue_periods_apart",
                expressions=[
                    ("category", RangeOperators.EQUAL),
                    (Coalesce(F("region"), Value(0)), RangeOperators.EQUAL),
                    (Coalesce(F("channel"), Value(0)), RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_until", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The catalogue already says in that period whose such cases are."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.serial} {self.category_id}→{self.unit_id}"


class CatalogueUpload(models.Model):
    """A table somebody brought, kept as it was read until it became a draft: nothing need be sent twice."""

    file_name = models.CharField(max_length=200)
    header = models.JSONField()
    rows = models.JSONField(help_text="[row number, cells] as they were read")
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    version = models.ForeignKey(CatalogueVersion, models.PROTECT, null=True, blank=True, related_name="uploads")

    def __str__(self) -> str:
        return f"{self.file_name} {self.uploaded_at:%Y-%m-%d}"
