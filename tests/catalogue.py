"""The dispatch catalogue changed by its people: Zhou drafts and proposes, Yan approves."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from cases import cataloguing
from cases.catalogue_lines import LineGiven
from cases.models import CatalogueVersion
from tests.people import category, member, region, unit
from tests.stories import MONDAY


def a_line(**given: Any) -> LineGiven:
    """Manholes in Jianshe Street belong to the street office."""
    return LineGiven(**{"category": category(), "region": region(), "unit": unit("JSJD"), **given})


def a_version(*lines: LineGiven, at: datetime = MONDAY, valid_from: date | None = None) -> CatalogueVersion:
    """Drafted by Zhou, for today."""
    return cataloguing.draft(
        by=member("zhou"),
        at=at,
        note="窨井盖按属地划分",
        valid_from=valid_from or timezone.localdate(at),
        lines=lines or [a_line()],
    )


def proposed(version: CatalogueVersion | None = None, *, at: datetime = MONDAY) -> CatalogueVersion:
    return cataloguing.propose(version or a_version(at=at), by=member("zhou"), at=at)


def approved(version: CatalogueVersion | None = None, *, at: datetime = MONDAY) -> CatalogueVersion:
    return cataloguing.approve(proposed(version, at=at), by=member("yan"), at=at)
