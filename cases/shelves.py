"""The hotline's own reference rows, within reach."""

from __future__ import annotations

from cases.models import Category, Channel
from hotline.kept import Kept
from hotline.shelf import Shelf

CATEGORIES = Shelf(Category)
CHANNELS = Shelf(Channel)


def _read_branches() -> frozenset[int]:
    return frozenset(Category.objects.exclude(parent=None).values_list("parent_id", flat=True))


branches = Kept(_read_branches, Category)  # the keys of categories with others below them
