"""Copies of attachments. A file is put in its place whole; sealed with another key, another takes its place."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from pathlib import Path

UNFINISHED = {".part", ".copying"}
SETTLED_SECONDS = 2.0  # a directory changed so lately may change again within the same tick of its clock


class NewFiles:
    """What came since the last look. Only directories that changed are read again."""

    def __init__(self, source: Path, target: Path) -> None:
        self.source = source
        self.target = target
        self._seen: dict[Path, tuple[float, list[Path]]] = {}  # when it last changed, and the directories in it

    def copy(self) -> int:
        return self._copy_of(self.source) if self.source.is_dir() else 0

    def _copy_of(self, directory: Path) -> int:
        changed = directory.stat().st_mtime
        before, inside = self._seen.get(directory, (0.0, []))
        copied = 0
        if before != changed:
            entries = list(os.scandir(directory))
            inside = [Path(entry.path) for entry in entries if entry.is_dir(follow_symlinks=False)]
            files = [Path(entry.path) for entry in entries if entry.is_file(follow_symlinks=False)]
            whole = [path for path in files if path.suffix not in UNFINISHED]
            copied = sum(copy_file(path, self.target / path.relative_to(self.source)) for path in whole)
            if time.time() - changed > SETTLED_SECONDS:
                self._seen[directory] = changed, inside
        return copied + sum(self._copy_of(path) for path in inside)


def copy_file(source: Path, target: Path) -> bool:
    """Copy unless this very file is there already. A copy that breaks off leaves nothing under the name."""
    with contextlib.suppress(FileNotFoundError):
        if _mark(source) == _mark(target):
            return False
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.copying")
    with contextlib.suppress(FileNotFoundError):  # taken away meanwhile
        shutil.copy2(source, draft)
        draft.chmod(0o600)
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.rename(target)
        return True
    return False


def _mark(path: Path) -> tuple[int, float]:
    """Size and time of a file, which its copy takes over."""
    found = path.stat()
    return found.st_size, found.st_mtime


def give_to_owner_of(place: Path, *paths: Path) -> None:
    """Root restores for the account that the place belongs to."""
    if os.geteuid() != 0:
        return
    owner = place.stat()
    for path in paths:
        for each in (path, *path.rglob("*")):
            os.chown(each, owner.st_uid, owner.st_gid, follow_symlinks=False)
