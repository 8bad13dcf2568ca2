"""Putting the database back: everything is looked at before anything is touched, and nothing old is thrown away."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from hotline.backup import BackupError
from hotline.backup.files import copy_file, give_to_owner_of
from hotline.backup.fingerprints import require
from hotline.backup.server import major_version, verify
from hotline.backup.shelf import Base, Shelf, stamp

# What was in the copied server's own settings file and must not hold here: nobody receives yet.
NOT_HERE = ("synchronous_standby_names", "restore_command", "hot_standby")
# Everything to read lies in pg_wal already. Nobody may connect before the last change is in.
RECOVERY = "restore_command = 'false'\nhot_standby = 'off'\n"

Say = Callable[[str], None]


def chosen(shelf: Shelf, name: str) -> Base:
    bases = {base.name: base for base in shelf.bases()}
    if not bases:
        raise BackupError(f"There is no backup in {shelf.root}.")
    if name and name not in bases:
        raise BackupError(f"There is no backup {name} in {shelf.root}. There are: {', '.join(bases)}.")
    return bases[name] if name else list(bases.values())[-1]


def look_over(shelf: Shelf, base: Base, programs: Path, *, accept_loss: bool) -> None:
    """Refuse what could not be read or would silently lack something."""
    require(base.about.keys)
    made_by, ours = int((base.path / "PG_VERSION").read_text()), major_version(programs)
    if made_by != ours:
        raise BackupError(f"The backup is of PostgreSQL {made_by}, the programs in {programs} are of {ours}.")
    if wrong := verify(programs, base.path):
        older = [other.name for other in shelf.bases() if other.name < base.name]
        instead = f"An older one: --backup {older[-1]}" if older else "There is no older one."
        raise BackupError(f"The backup {base.name} is damaged, nothing was changed. {instead}\n{wrong}")
    missing = shelf.missing(base)
    if missing and not accept_loss:
        raise BackupError(
            f"Changes after {base.name} are missing or cut short: {', '.join(missing)}. Whatever came after them would "
            "be lost, so nothing was changed. To restore what came before all the same: --accept-loss"
        )


def lay_out(shelf: Shelf, base: Base, data: Path, *, at: datetime, say: Say) -> None:
    """Fill the server's data directory so that it recovers by itself at its next start."""
    if (data / "postmaster.pid").exists() and _runs(data):
        raise BackupError(f"The database in {data} is running. Stop it first.")
    began = time.monotonic()
    data.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = data.with_name(f"{data.name}.restoring")
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(base.path, draft)
    received = _unbroken(shelf, base)
    for name, path in received.items():
        shutil.copyfile(path, draft / "pg_wal" / name)
    settings = draft / "postgresql.auto.conf"
    kept = [line for line in settings.read_text().splitlines() if line.partition("=")[0].strip() not in NOT_HERE]
    settings.write_text("\n".join(kept) + "\n" + RECOVERY)
    (draft / "recovery.signal").touch()
    for path in (draft, *draft.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
    give_to_owner_of(data.parent, draft)
    if data.exists():
        aside = data.with_name(f"{data.name}.before-{stamp(at)}")
        data.rename(aside)
        say(f"What was there is kept as {aside}; remove it when all is well.")
    draft.rename(data)
    say(f"The copy of {base.name} and {len(received)} pieces of later changes are in place ({_took(began)}).")


def bring_files(shelf: Shelf, media: Path, say: Say) -> None:
    """Attachments that are not there are put back; what is there stays."""
    media.mkdir(mode=0o700, parents=True, exist_ok=True)
    whole = [path for path in shelf.files.rglob("*") if path.is_file() and path.suffix != ".copying"]
    targets = {path: media / path.relative_to(shelf.files) for path in whole}
    brought = sum(copy_file(path, target) for path, target in targets.items() if not target.exists())
    give_to_owner_of(media, *media.iterdir())
    say(f"{brought} files were put back.")


def _unbroken(shelf: Shelf, base: Base) -> dict[str, Path]:
    """What was received until the first gap."""
    gap = min(shelf.missing(base), default="")
    return {name: path for name, path in shelf.received(base).items() if not gap or name < gap}


def _runs(data: Path) -> bool:
    """Does the server that left its number there live? In a container its number may be another program's now."""
    pid = (data / "postmaster.pid").read_text().split()[0]
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/comm").read_text().startswith("postgres")
    return not Path("/proc/self").exists()


def _took(began: float) -> str:
    return f"{time.monotonic() - began:.0f} s"
