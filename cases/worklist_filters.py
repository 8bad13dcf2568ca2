"""What narrows a worklist, read from its address."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from cases.models import Category
from cases.models.assignment import AssignmentQuerySet
from cases.search import matching
from hotline.identifiers import parse_case_number
from hotline.kept import Kept
from hotline.models import Region


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


def _read_places_and_subjects() -> tuple[list[Region], list[Category]]:
    """The districts and the top of the category tree, to choose from."""
    districts = Region.objects.filter(level=Region.Level.DISTRICT).order_by("code")
    subjects = Category.objects.filter(depth=0).order_by("code")
    return list(districts), list(subjects)


places_and_subjects = Kept(_read_places_and_subjects, Region, Category)
