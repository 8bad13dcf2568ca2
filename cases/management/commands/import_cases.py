"""Reads cases of another system from XLSX or CSV(.gz): streamed, checked, repeatable."""

from __future__ import annotations

import csv
import resource
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from cases.import_files import BadFile, Row, digest_of, rows
from cases.import_mapping import BadMapping, BadRow, ImportedRow, Mapping, cell_text, read_mapping, read_row
from cases.importing import Known, take_in
from cases.models import ImportRun
from hotline.acts import Refusal
from hotline.models import Membership

BATCH = 500


class Command(BaseCommand):
    help = "Import cases: manage.py import_cases FILE --mapping MAP.toml --by USERNAME [--dry-run] [--resume]"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--mapping", type=Path, required=True, help="TOML that says which column is what")
        parser.add_argument("--by", required=True, help="user name of the person who answers for the import")
        parser.add_argument("--dry-run", action="store_true", help="check every row, take none")
        parser.add_argument("--resume", action="store_true", help="go on where an interrupted run of this file stopped")
        parser.add_argument("--errors", type=Path, help="where refused rows go (default: FILE.refused.csv here)")

    def handle(self, *, file: Path, mapping: Path, by: str, **options: Any) -> None:
        begun = time.monotonic()
        try:
            reading = Reading(file, read_mapping(mapping), _member(by), options)
            reading.run = None if options["dry_run"] else _run(reading, mapping, resume=options["resume"])
            reading.go()
        except (BadFile, BadMapping, Refusal) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(reading.summary(time.monotonic() - begun))


def _member(username: str) -> Membership:
    found = Membership.objects.current(timezone.now()).select_related("user", "organisation")
    for membership in found.filter(user__username=username):
        return membership
    raise CommandError(f"{username} is nobody who may act now")


def _run(reading: Reading, mapping: Path, *, resume: bool) -> ImportRun:
    digest = digest_of(reading.file, mapping)
    if resume:
        stopped = ImportRun.objects.filter(digest=digest, finished_at__isnull=True).order_by("-started_at").first()
        if stopped is not None:
            return stopped
    return ImportRun.objects.create(
        source=reading.mapping.source,
        file_name=reading.file.name[:200],
        digest=digest,
        by_id=reading.by.user_id,
        started_at=timezone.now(),
    )


class Reading:
    """One file on its way in: counts, refused rows and their reasons."""

    def __init__(self, file: Path, mapping: Mapping, by: Membership, options: dict[str, Any]) -> None:
        if not file.is_file():
            raise BadFile(f"{file} is not there")
        self.file, self.mapping, self.by = file, mapping, by
        self.errors: Path = options["errors"] or Path(f"{file.name}.refused.csv")
        self.quiet = options["verbosity"] == 0
        self.known = Known(mapping)
        self.run: ImportRun | None = None
        self.read = self.taken = self.before = self.skipped = 0
        self.reasons: Counter[str] = Counter()
        self._refused: list[tuple[int, str, list[Any]]] = []

    def go(self) -> None:
        done = self.run.rows_done if self.run else 0
        lines = tqdm(rows(self.file, self.mapping), unit=" rows", disable=self.quiet, mininterval=0.5)
        for batch in _batches(iter(lines)):
            upto = batch[-1][0]
            if upto <= done:
                self.skipped += len(batch)
                continue
            self._take([row for row in batch if row[0] > done], upto)
        if self.run:
            self.run.finished_at = timezone.now()
            self.run.save(update_fields=["finished_at"])

    def _take(self, batch: list[Row], upto: int) -> None:
        self.read += len(batch)
        good = self._checked(batch)
        if self.run is None:
            self.taken += len(good)
            self._write_refused()
            return
        refused = len(self._refused)
        taken, before = take_in(self.run, good, self.known, by=self.by, at=timezone.now(), upto=upto, refused=refused)
        self.taken, self.before = self.taken + taken, self.before + before
        self._write_refused()

    def _checked(self, batch: list[Row]) -> list[ImportedRow]:
        good = []
        for n, row, cells in batch:
            try:
                if row is None:
                    raise BadRow(f"{len(cells)} cells, not as many as the heading: a column is missing or shifted")
                found = read_row(row, self.mapping, timezone.now())
                self._look_up(found)
                good.append(found)
            except (BadRow, Refusal) as error:
                self.reasons[str(error).partition(":")[0].partition("“")[0].strip()] += 1
                self._refused.append((n, str(error), cells))
        return good

    def _look_up(self, row: ImportedRow) -> None:
        """Names that are not known here refuse the row, not the batch; a dry run makes nothing."""
        self.known.channel(row.channel)
        if self.run is not None:
            self.known.category(row.category)
            self.known.region(row.region)
            self.known.unit(row.unit)

    def _write_refused(self) -> None:
        if not self._refused:
            return
        new = not self.errors.exists()
        with self.errors.open("a", encoding="utf-8-sig", newline="") as file:
            self.errors.chmod(0o600)  # the rows may hold personal data
            out = csv.writer(file)
            if new:
                out.writerow(["row", "reason", "cells"])
            out.writerows([n, reason, *map(cell_text, cells)] for n, reason, cells in self._refused)
        self._refused.clear()

    def summary(self, seconds: float) -> str:
        refused = sum(self.reasons.values())
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        verb = "would be taken" if self.run is None else "taken"
        counts = f"{self.read} rows read, {self.taken} {verb}, {self.before} known before, {refused} refused"
        lines = [
            f"{self.file.name}: {counts}" + (f", {self.skipped} skipped" if self.skipped else ""),
            f"{seconds:.1f} s, {self.read / max(seconds, 0.001):.0f} rows/s, peak memory {peak:.0f} MB",
        ]
        lines += [f"  {n} × {reason}" for reason, n in self.reasons.most_common(20)]
        return "\n".join(lines + ([f"  refused rows are in {self.errors}"] if refused else []))


def _batches(lines: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(lines, BATCH)):
        yield batch
