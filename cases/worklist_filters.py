"""What narrows a worklist, read from its address."""

from __future__ import annotations

import time
from dataclasses import dataclass, fields
from typing import Any

from cases.models import Category
from cases.models.assignment import AssignmentQuerySet
from cases.search import matching
from hotline.identifiers import parse_case_number
from hotline.models import Region

KEEP_SECONDS = 60.0
_kept: tuple[float, list[Region], list[Category]] | None = None


@dataclass(frozen=True)
class Filters:
    """What narrows a list. Every count of the page is narrowed by the same."""

    region: str = ""
    category: str = ""
    state: str = ""
    urgency: str = ""
    q: str = ""

    @classmethod
    def read(cls, given: Any) -> Filters:
        return cls(**{f.name: str(given.get(f.name, "")).strip()[:60] for f in fields(cls)})

    def chosen(self) -> dict[str, str]:
        return {f.name: value for f in fields(self) if (value := getattr(self, f.name))}

    def apply(self, rows: AssignmentQuerySet) -> AssignmentQuerySet:
        plain = {
            "case__region__path__contains": f"/{self.region}/" if self.region else "",
            "case__category__path__contains": f"/{self.category}/" if self.category else "",
            "state": self.state,
            "case__urgency": self.urgency,
        }
        rows = rows.filter(**{name: value for name, value in plain.items() if value})
        if not self.q:
            return rows
        if number := parse_case_number(self.q):
            return rows.filter(case__number=number)
        query = matching(self.q)
        return rows.none() if query is None else rows.filter(case__text__bigrams=query)


def places_and_subjects() -> tuple[list[Region], list[Category]]:
    """The districts and the top of the category tree, to choose from; read once a minute, they change rarely."""
    global _kept
    if _kept is None or _kept[0] < time.monotonic():
        districts = Region.objects.filter(level=Region.Level.DISTRICT).order_by("code")
        subjects = Category.objects.filter(depth=0).order_by("code")
        _kept = (time.monotonic() + KEEP_SECONDS, list(districts), list(subjects))
    return _kept[1], _kept[2]
