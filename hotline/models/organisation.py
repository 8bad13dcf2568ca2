"""Places and bodies: the region tree and the tree of organisations that take part."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hotline.wording import in_language


class Bilingual(models.Model):
    """A thing with an official Chinese name and an English one."""

    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name in the reader's language; the Chinese one where no English name was given."""
        return in_language(self.name, self.name_en)


class Tree(models.Model):
    """Adjacency plus a materialised path of codes (``/3599/359901/``), so that a subtree is one index range."""

    path = models.CharField(max_length=255, unique=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        above = self.parent.path if self.parent else "/"  # type: ignore[attr-defined]
        self.path = f"{above}{self.code}/"  # type: ignore[attr-defined]
        super().save(*args, **kwargs)


class Region(Bilingual, Tree):
    """A place by its GB/T 2260 code, down to street and community."""

    class Level(models.TextChoices):
        CITY = "city", _("City")
        DISTRICT = "district", _("District")
        STREET = "street", _("Street or township")
        COMMUNITY = "community", _("Community or village")

    code = models.CharField(max_length=12, unique=True)
    level = models.CharField(max_length=10, choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    initials = models.CharField(max_length=40, blank=True, help_text=_("Pinyin initials, for quick entry"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=["city", "district", "street", "community"]), name="region_level"
            )
        ]


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def units(self) -> OrganisationQuerySet:
        return self.filter(kind=Organisation.Kind.UNIT)

    def active(self, on: Any) -> OrganisationQuerySet:
        """Organisations whose active period holds the day (half-open)."""
        return self.filter(Q(active_until__isnull=True) | Q(active_until__gt=on), active_from__lte=on)

    def within(self, organisation: Organisation) -> OrganisationQuerySet:
        """The organisation and everything below it."""
        return self.filter(path__startswith=organisation.path)


class Organisation(Bilingual, Tree):
    """A body that takes part: the hotline office, a handling unit, a contractor, an arbiter."""

    class Kind(models.TextChoices):
        OFFICE = "office", _("Hotline office")
        UNIT = "unit", _("Handling unit")
        CONTRACTOR = "contractor", _("Contractor")
        ARBITER = "arbiter", _("Arbiter")
        PLATFORM = "platform", _("Platform")

    code = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    tier = models.PositiveSmallIntegerField(default=1, help_text=_("1 is the city's own; 4 the lowest"))
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True)
    calendar = models.ForeignKey("hotline.Calendar", models.PROTECT, null=True, blank=True)
    initials = models.CharField(max_length=40, blank=True)
    active_from = models.DateField()
    active_until = models.DateField(null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["office", "unit", "contractor", "arbiter", "platform"]), name="organisation_kind"
            ),
            models.CheckConstraint(condition=Q(tier__gte=1, tier__lte=4), name="organisation_tier"),
            models.CheckConstraint(
                condition=Q(active_until__isnull=True) | Q(active_until__gt=F("active_from")),
                name="organisation_active_period",
            ),
        ]

    def is_active(self, on: Any) -> bool:
        return bool(self.active_from <= on and (self.active_until is None or self.active_until > on))
