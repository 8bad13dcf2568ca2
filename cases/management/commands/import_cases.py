"""Reads cases of another system from XLSX or CSV(.gz): streamed, checked, repeatable."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils import timezone

from cases.import_mapping import ImportedRow, Mapping, read_mapping, read_row
from cases.importing import Known, take_in
from cases.management.import_command import ImportCommand, Reading
from cases.models import ImportRun


class CaseReading(Reading):
    """Cases, one a row."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.known = Known(self.mapping)

    def read_row(self, row: dict[str, Any]) -> ImportedRow:
        """Names that are not known here refuse the row, not the batch; a dry run makes nothing."""
        found = read_row(row, self.mapping, timezone.now())
        self.known.channel(found.channel)
        if self.run is not None:
            self.known.category(found.category)
            self.known.region(found.region)
            self.known.unit(found.unit)
        return found

    def take(self, run: ImportRun, good: list[ImportedRow], upto: int) -> tuple[int, int]:
        refused, at = self.refused.waiting, timezone.now()
        return take_in(run, good, self.known, by=self.by, at=at, upto=upto, refused=refused)


class Command(ImportCommand):
    help = "Import cases: manage.py import_cases FILE --mapping MAP.toml --by USERNAME [--dry-run] [--resume]"
    reading = CaseReading

    def mapped(self, path: Path) -> Mapping:
        return read_mapping(path)
