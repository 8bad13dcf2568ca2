"""Exports that people ask for, approve and fetch."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from typing import Any

from python_calamine import CalamineWorkbook

from cases import export_building, exporting
from cases.models import Export
from tests.people import member
from tests.stories import MONDAY

NOON = MONDAY + timedelta(hours=2)


def asked(
    username: str = "sun",
    kind: str = "worklist",
    given: dict[str, str] | None = None,
    *,
    form: str = "csv",
    personal: bool = False,
    at: datetime = NOON,
    purpose: str = "周例会核对",
) -> Export:
    return exporting.ask(
        kind, given or {}, form=form, purpose=purpose, personal=personal, language="en", by=member(username), at=at
    )


def approved(export: Export, by: str = "yan", at: datetime = NOON) -> Export:
    return exporting.approve(export, by=member(by), at=at)


def built(export: Export, at: datetime = NOON) -> Export:
    export_building.build(export, at)
    return Export.objects.get(pk=export.pk)


def fetched(export: Export, by: str = "sun", at: datetime = NOON) -> bytes:
    return exporting.download(export, by=member(by), at=at)[1]


def lines_of(content: bytes, form: str = "csv") -> list[list[Any]]:
    """Mark, header and rows."""
    if form == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
