"""The hotline's own reference rows, within reach."""

from __future__ import annotations

from typing import Any

from cases.models import Case, Category, Channel
from hotline.kept import Kept
from hotline.shelf import ORGANISATIONS, REGIONS, Shelf

CATEGORIES = Shelf(Category)
CHANNELS = Shelf(Channel)
NAMES: dict[str, Shelf[Any]] = {"channel": CHANNELS, "category": CATEGORIES, "region": REGIONS, "unit": ORGANISATIONS}


def _read_branches() -> frozenset[int]:
    return frozenset(Category.objects.exclude(parent=None).values_list("parent_id", flat=True))


branches = Kept(_read_branches, Category)  # the keys of categories with others below them


def with_names(case: Case) -> Case:
    """The case with its channel, category, place and unit, which need not be asked for."""
    for field, shelf in NAMES.items():
        shelf.name(case, field)
    return case
