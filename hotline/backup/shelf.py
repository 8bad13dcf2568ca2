"""How a backup lies in its directory.

    base/2026-11-22T101500Z/        the database as it was, with PostgreSQL's own manifest of every file
    base/2026-11-22T101500Z.json    its line, and by which keys it can be read (their fingerprints, not the keys)
    wal/00000001-2026-11-22T.../    a line: every change since, without a gap
    files/                          attachments, encrypted as they are

A line ends when the server goes on in another history (after a restore) or threw away what had not been received.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from hotline.backup import BackupError

SEGMENT = 16 * 1024 * 1024
PARTIAL = ".partial"
NAME_LENGTH = 24  # of a segment: timeline, and two halves of its number, eight hexadecimal digits each


@dataclass(frozen=True)
class About:
    """What is written beside a base."""

    line: str
    keys: dict[str, str]


@dataclass(frozen=True)
class Base:
    """The database as it was at one time."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def beside(self) -> Path:
        return self.path.with_name(f"{self.name}.json")

    @cached_property
    def about(self) -> About:
        return About(**json.loads(self.beside.read_text()))

    @cached_property
    def first_segment(self) -> str:
        """Where reading the changes begins."""
        manifest: dict[str, Any] = json.loads((self.path / "backup_manifest").read_text())
        begun = manifest["WAL-Ranges"][0]
        return segment_of(begun["Timeline"], begun["Start-LSN"])

    @property
    def own_segments(self) -> set[str]:
        return {path.name for path in (self.path / "pg_wal").iterdir() if len(path.name) == NAME_LENGTH}


class Shelf:
    def __init__(self, root: Path) -> None:
        self.root = root.absolute()
        self.base = self.root / "base"
        self.wal = self.root / "wal"
        self.files = self.root / "files"

    @contextlib.contextmanager
    def taken(self) -> Iterator[None]:
        """Nobody else writes here meanwhile."""
        try:
            for path in (self.root, self.base, self.wal, self.files):
                path.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = os.open(self.root / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise BackupError(f"{self.root} cannot be written ({error.strerror}). Name another directory.") from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError as error:
            raise BackupError(f"Another bin/backup is at work in {self.root}.") from error
        finally:
            os.close(lock)

    def bases(self) -> list[Base]:
        """Oldest first. What is unfinished or failed its verification has no file beside it."""
        with contextlib.suppress(FileNotFoundError):
            return [Base(path.with_suffix("")) for path in sorted(self.base.glob("*.json"))]
        return []

    def clear_unfinished(self) -> None:
        for path in self.base.iterdir():
            if path.is_dir() and not Base(path).beside.exists():
                shutil.rmtree(path)

    def finish(self, base: Base, about: About) -> None:
        draft = base.beside.with_suffix(".new")
        draft.write_text(json.dumps(asdict(about), indent=2) + "\n")
        draft.rename(base.beside)

    def latest_line(self, timeline: int) -> str | None:
        """The line that can be gone on with."""
        lines = sorted(self.wal.glob(f"{timeline:08X}-*"), key=lambda path: path.name)
        return lines[-1].name if lines else None

    def new_line(self, timeline: int, at: datetime) -> str:
        name = f"{timeline:08X}-{stamp(at)}"
        (self.wal / name).mkdir(mode=0o700)
        return name

    def received(self, base: Base) -> dict[str, Path]:
        """The segments that follow a base, by name; the last one may still be growing."""
        if not base.about.line:
            return {}
        every = {path.name.removesuffix(PARTIAL): path for path in sorted((self.wal / base.about.line).iterdir())}
        return {name: every[name] for name in sorted(every) if len(name) == NAME_LENGTH and name >= base.first_segment}

    def missing(self, base: Base) -> list[str]:
        """Segments that are nowhere, though later ones are here."""
        received = self.received(base)
        there = received.keys() | base.own_segments
        last = max(there, default=base.first_segment)
        wanted, missing = base.first_segment, []
        while wanted <= last:
            if wanted not in there:
                missing.append(wanted)
            wanted = following(wanted)
        short = [name for name, path in received.items() if path.stat().st_size != SEGMENT]
        return missing + short

    def prune(self, keep: int, receiving: str) -> list[str]:
        """Forget all bases but the newest, and the changes that only the forgotten ones needed; never the line that is
        being received, which may have no base yet."""
        bases = self.bases()
        gone, kept = bases[:-keep], bases[-keep:]
        for base in gone:
            base.beside.unlink()
            shutil.rmtree(base.path)
        for line in self.wal.iterdir():
            needed = [base.first_segment for base in kept if base.about.line == line.name]
            if needed:
                for path in line.iterdir():
                    if path.name < min(needed):
                        path.unlink()
            elif line.name != receiving:
                shutil.rmtree(line)
        return [base.name for base in gone]


def stamp(at: datetime) -> str:
    """A time as a name, in universal time."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H%M%SZ")


def segment_of(timeline: int, position: str) -> str:
    """The segment that holds a position written as PostgreSQL writes it, like 1A/2B000028."""
    high, _, low = position.partition("/")
    return f"{timeline:08X}{int(high, 16):08X}{int(low, 16) // SEGMENT:08X}"


def following(segment: str) -> str:
    number = int(segment[8:16], 16) * (2**32 // SEGMENT) + int(segment[16:], 16) + 1
    high, low = divmod(number, 2**32 // SEGMENT)
    return f"{segment[:8]}{high:08X}{low:08X}"
