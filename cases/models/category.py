"""What a case is about, and how it came: the category tree and the channels."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hotline.models import Bilingual, Tree
from hotline.wording import in_language


class CategoryQuerySet(models.QuerySet["Category"]):
    def in_force(self, on: Any) -> CategoryQuerySet:
        """Categories that may be chosen on that day (half-open)."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on), valid_from__lte=on)

    def leaves(self) -> CategoryQuerySet:
        return self.filter(children__isnull=True)


class Category(Bilingual, Tree):
    """A node of the category tree, of any depth. Codes are never re-used; a retired node stays on old cases."""

    code = models.CharField(max_length=20, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    depth = models.PositiveSmallIntegerField(default=0, editable=False)
    full_name = models.CharField(max_length=255, editable=False)
    full_name_en = models.CharField(max_length=400, editable=False)
    initials = models.CharField(max_length=60, blank=True)
    hints = models.TextField(blank=True, help_text=_("Words citizens use for it, separated by spaces"))
    external_codes = models.JSONField(default=dict, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")), name="category_period"
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.depth = self.parent.depth + 1 if self.parent else 0
        self.full_name = f"{self.parent.full_name} › {self.name}" if self.parent else self.name
        english = self.name_en or self.name
        self.full_name_en = f"{self.parent.full_name_en} › {english}" if self.parent else english
        super().save(*args, **kwargs)

    @property
    def full_label(self) -> str:
        """The category with all above it, in the reader's language."""
        return in_language(self.full_name, self.full_name_en)

    def is_in_force(self, on: Any) -> bool:
        return bool(self.valid_from <= on and (self.valid_until is None or self.valid_until > on))


class Channel(Bilingual):
    """A way in: telephone, web, app, a platform above. An open table: cities add their own."""

    code = models.CharField(max_length=20, unique=True)
    upstream = models.BooleanField(default=False, help_text=_("Comes from another platform with a number of its own"))
    platform = models.CharField(
        max_length=40,
        blank=True,
        db_default="",
        help_text=_("That platform's name; an emergency line's is its telephone number"),
    )
    reply_upstream = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
