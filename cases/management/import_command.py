"""What the commands that read a file of another system have in common: streamed, checked, repeatable, resumable."""

from __future__ import annotations

import re
import resource
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar

from django.core.management import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from cases.import_files import BadFile, Row, Table, digest_of, rows
from cases.import_mapping import BadMapping, BadRow
from cases.models import ImportRun
from cases.refused_rows import RefusedRows
from hotline.acts import Refusal
from hotline.models import Membership


class Reading:
    """One file on its way in. A kind of file says how a row is read, looked up and taken."""

    batch = 500

    def __init__(self, file: Path, mapping: Any, by: Membership, options: dict[str, Any]) -> None:
        if not file.is_file():
            raise BadFile(f"{file} is not there")
        self.file, self.mapping, self.by = file, mapping, by
        self.refused = RefusedRows(options["errors"] or Path(f"{file.name}.refused.csv"))
        self.quiet = options["verbosity"] == 0
        self.run: ImportRun | None = None
        self.read = self.taken = self.before = self.skipped = self.left_out = 0

    def read_row(self, row: dict[str, Any]) -> Any:
        """In our words; None for a row the mapping leaves out. Raises BadRow, Refusal."""
        raise NotImplementedError

    def take(self, run: ImportRun, good: list[Any], upto: int) -> tuple[int, int]:
        """Take a batch; returns how many were taken and how many known before."""
        raise NotImplementedError

    def go(self) -> None:
        done = self.run.rows_done if self.run else 0
        table: Table = self.mapping
        lines = iter(tqdm(rows(self.file, table), unit=" rows", disable=self.quiet, mininterval=0.5))
        while batch := list(islice(lines, self.batch)):
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
        good = list(self._checked(batch))
        if self.run is None:
            self.taken += len(good)
        else:
            taken, before = self.take(self.run, good, upto)
            self.taken, self.before = self.taken + taken, self.before + before
        self.refused.write()

    def _checked(self, batch: list[Row]) -> Iterator[Any]:
        for n, row, cells in batch:
            try:
                if row is None:
                    raise BadRow(f"{len(cells)} cells, not as many as the heading: a column is missing or shifted")
                found = self.read_row(row)
            except (BadRow, Refusal) as error:
                self.refused.add(n, str(error), cells)
                continue
            if found is None:
                self.left_out += 1
            else:
                yield found

    def summary(self, seconds: float) -> str:
        peak = peak_memory()
        verb = "would be taken" if self.run is None else "taken"
        counts = f"{self.read} rows read, {self.taken} {verb}, {self.before} known before, {self.refused.total} refused"
        beside = {"left out by the mapping": self.left_out, "skipped": self.skipped}
        counts += "".join(f", {n} {what}" for what, n in beside.items() if n)
        speed = f"{seconds:.1f} s, {self.read / max(seconds, 0.001):.0f} rows/s, peak memory {peak:.0f} MB"
        return "\n".join([f"{self.file.name}: {counts}", speed, *self.refused.lines()])


class ImportCommand(BaseCommand):
    """FILE --mapping MAP.toml --by USERNAME [--dry-run] [--resume]"""

    reading: ClassVar[type[Reading]]
    requires_system_checks: list[str] = []

    def mapped(self, path: Path) -> Any:
        """The mapping file. Raises BadMapping."""
        raise NotImplementedError

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
            reading = self.reading(file, self.mapped(mapping), member(by), options)
            reading.run = None if options["dry_run"] else _run(reading, mapping, resume=options["resume"])
            reading.go()
        except (BadFile, BadMapping, Refusal) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(reading.summary(time.monotonic() - begun))


def peak_memory() -> float:
    """What this program had at most, in MB; ``ru_maxrss`` would hold that of whoever started it."""
    try:
        found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    except OSError:
        found = None
    most = int(found[1]) if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024


def member(username: str) -> Membership:
    """Who that is now. Raises CommandError."""
    found = Membership.objects.current(timezone.now()).select_related("user")
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
