"""Exports that people ask for, approve and fetch."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

from django.utils import timezone
from python_calamine import CalamineWorkbook

from cases import export_building, exporting
from cases.models import Export
from tests.people import member


def asked(
    username: str = "sun",
    kind: str = "worklist",
    given: dict[str, str] | None = None,
    *,
    form: str = "csv",
    personal: bool = False,
    at: datetime | None = None,
    purpose: str = "周例会核对",
) -> Export:
    words = {"form": form, "purpose": purpose, "language": "en"}
    by, at = member(username), at or timezone.now()
    return exporting.ask(kind, given or {}, **words, personal=personal, by=by, at=at)


def approved(export: Export, by: str = "yan", at: datetime | None = None) -> Export:
    return exporting.approve(export, by=member(by), at=at or timezone.now())


def built(export: Export, at: datetime | None = None) -> Export:
    export_building.build(export, at or timezone.now())
    return Export.objects.get(pk=export.pk)


def fetched(export: Export, by: str = "sun", at: datetime | None = None) -> bytes:
    return exporting.download(export, by=member(by), at=at or timezone.now())[1]


def lines_of(content: bytes, form: str = "csv") -> list[list[Any]]:
    """Mark, header and rows."""
    if form == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
