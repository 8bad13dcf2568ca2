"""Reads the call records of a telephone platform from XLSX or CSV(.gz): streamed, checked, repeatable."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils import timezone

from cases.call_importing import KnownPeople, take_in_calls
from cases.call_mapping import CallMapping, ImportedCall, read_call, read_call_mapping
from cases.management.import_command import ImportCommand, Reading
from cases.models import ImportRun


class CallReading(Reading):
    """Calls, one a row."""

    batch = 2_000

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.known = KnownPeople(self.mapping)
        self.at = timezone.now()

    def read_row(self, row: dict[str, Any]) -> ImportedCall | None:
        """Names that are not known here refuse the row, not the batch; a dry run makes nothing."""
        found = read_call(row, self.mapping, self.at)
        if found is not None:
            self.known.look_up(found, make=self.run is not None)
        return found

    def take(self, run: ImportRun, good: list[ImportedCall], upto: int) -> tuple[int, int]:
        refused, at = self.refused.waiting, timezone.now()
        return take_in_calls(run, good, self.known, by=self.by, at=at, upto=upto, refused=refused)


class Command(ImportCommand):
    help = "Import calls: manage.py import_calls FILE --mapping MAP.toml --by USERNAME [--dry-run] [--resume]"
    reading = CallReading

    def mapped(self, path: Path) -> CallMapping:
        return read_call_mapping(path)
