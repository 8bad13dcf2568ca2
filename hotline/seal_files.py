"""The seals outside of the database: a file of lines for each day, only ever added to, each line on the disk when told.

Whoever may do everything in the database can do nothing here, and whoever keeps a copy elsewhere need not trust us.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from hotline.audit_chain import lines_of

LOOKED_BACK = 1 << 16


class Disagreement(Exception):  # noqa: N818 - nothing failed: somebody must look
    """What lies outside and what the database has do not belong together; nothing is sealed until somebody looks."""


class End(NamedTuple):
    """The last whole line, and what was begun of another by a process that was killed."""

    line: bytes
    begun: bytes


class SealFiles:
    """Those of one directory. Changed only while ``held``."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    @contextmanager
    def held(self) -> Iterator[None]:
        """One process of this machine at a time; a killed one lets go."""
        self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = os.open(self.directory / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def lines(self) -> Iterator[bytes]:
        return lines_of(self.directory) if self.directory.is_dir() else iter(())

    def end(self) -> End:
        """Where the last file ends; that of a file in which nothing is whole yet is the end of the one before."""
        begun = b""
        for path in reversed(self._files()):
            line, unfinished = _end_of(path)
            begun = begun or unfinished
            if line:
                return End(line, begun)
        return End(b"", begun)

    def append(self, lines: Iterable[tuple[str, bytes]], begun: bytes) -> None:
        """Add lines, each with its day, after what was ``begun``. Raises Disagreement if that begins another line."""
        files = self._files()
        told: dict[Path, list[bytes]] = {}
        for day, line in lines:
            if not line.startswith(begun):
                raise Disagreement(f"{files[-1]} ends with what begins no seal of the database")
            path = files[-1] if begun else max([self.directory / f"seals-{day}.jsonl", *files[-1:]])
            told.setdefault(path, []).append(line[len(begun) :] + b"\n")
            begun = b""
        for path, added in told.items():
            self._write(path, b"".join(added))

    def _files(self) -> list[Path]:
        return sorted(self.directory.glob("seals-*.jsonl"))

    def _write(self, path: Path, told: bytes) -> None:
        is_new = not path.exists()
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            while told:
                told = told[os.write(file, told) :]
            os.fsync(file)
        finally:
            os.close(file)
        if is_new:
            _sync_directory(self.directory)


def _end_of(path: Path) -> End:
    with path.open("rb") as file:
        size, back = file.seek(0, os.SEEK_END), LOOKED_BACK
        while True:
            file.seek(max(0, size - back))
            parts = file.read().split(b"\n")
            if len(parts) > 2 or back >= size:
                return End(parts[-2] if len(parts) > 1 else b"", parts[-1])
            back *= 8


def _sync_directory(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
