"""The database server as the backup sees it: reached directly, with the right to replicate."""

from __future__ import annotations

import contextlib
import os
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import environ
import psycopg2
from django.conf import settings

from hotline.backup import BackupError
from hotline.embedded.places import postgres_binaries
from hotline.programs import on_its_own

NAME = "hotline_backup"  # of the standby that acknowledged work waits for, and of what the server keeps for it
ANSWER_SECONDS = 5
SILENT_SECONDS = 10  # a receiver that has said nothing for so long is taken for gone


class Server:
    """``BACKUP_DATABASE_URL`` where the application's own connection goes through a pooler or may not replicate."""

    def __init__(self, named: dict[str, Any] | None = None) -> None:
        url = os.environ.get("BACKUP_DATABASE_URL", "")
        given: dict[str, Any] = named or (environ.Env.db_url_config(url) if url else settings.DATABASES["default"])
        self._connection = {
            "host": given["HOST"],
            "port": str(given.get("PORT") or 5432),
            "user": given["USER"],
            "dbname": given["NAME"],
            "connect_timeout": str(ANSWER_SECONDS),
            **{key: str(value) for key, value in given.get("OPTIONS", {}).items() if key.startswith("ssl")},
        }
        self._password = str(given.get("PASSWORD") or "")
        self.programs = postgres_binaries()

    def ask(self, question: str, *values: object) -> Any:
        """The first value of the first row. What we write ourselves never waits for our own receiver."""
        own = {"application_name": "bin/backup", "options": "-c synchronous_commit=local"}
        connection = psycopg2.connect(**self._connection, password=self._password, **own)
        connection.autocommit = True
        with contextlib.closing(connection), connection.cursor() as cursor:
            cursor.execute(question, values)
            row = cursor.fetchone() if cursor.description else None
            return row[0] if row else None

    def answers(self) -> bool:
        with contextlib.suppress(psycopg2.Error):
            return self.ask("SELECT NOT pg_is_in_recovery()") is True
        return False

    def require_same_version(self) -> None:
        """Copies can be verified and read by programs of the server's own major version only."""
        theirs = int(self.ask("SELECT current_setting('server_version_num')::int")) // 10000
        ours = major_version(self.programs)
        if theirs != ours:
            raise BackupError(
                f"The database is PostgreSQL {theirs}, the programs in {self.programs} are of {ours}. "
                f"Set EMBEDDED_PG_BIN to the directory with pg_basebackup {theirs}."
            )

    def timeline(self) -> int:
        return int(str(self.ask("SELECT pg_walfile_name(pg_current_wal_lsn())"))[:8], 16)

    def keep_for_us(self) -> bool:
        """Have the server keep what was not received yet. True if it has done so until now."""
        status = self.ask("SELECT wal_status FROM pg_replication_slots WHERE slot_name = %s", NAME)
        if status == "lost":
            self.ask("SELECT pg_drop_replication_slot(%s)", NAME)
        if status in {None, "lost"}:
            self.ask("SELECT pg_create_physical_replication_slot(%s, true)", NAME)
            return False
        return True

    def streams(self) -> bool:
        """Is a receiver attached that has all there is?"""
        question = "SELECT true FROM pg_stat_replication WHERE application_name = %s AND state = 'streaming'"
        with contextlib.suppress(psycopg2.Error):
            return self.ask(question, NAME) is True
        return False

    def wait_for_us(self, wait: bool) -> None:
        """Whether acknowledged work waits for the backup's disk."""
        change = f"SET synchronous_standby_names = {NAME}" if wait else "RESET synchronous_standby_names"
        self.ask(f"ALTER SYSTEM {change}")
        self.ask("SELECT pg_reload_conf()")

    def leave_sign(self, at: datetime) -> None:
        """Tell the hotline's own health check that a sound copy was made."""
        self.ask(
            "INSERT INTO hotline_heartbeat (name, at) VALUES ('backup', %s) "
            "ON CONFLICT (name) DO UPDATE SET at = excluded.at",
            at,
        )

    def start(self, program: str, *arguments: str, log: Path) -> subprocess.Popen[bytes]:
        """One of PostgreSQL's programs, connected as the standby. What it says goes to the log."""
        told = {**self._connection, "options": f"-c wal_sender_timeout={SILENT_SECONDS}s"}
        told["application_name"] = NAME if program == "pg_receivewal" else program
        told.pop("dbname")
        connection = " ".join(f"{key}='{value}'" for key, value in told.items())
        with log.open("wb") as out:
            return subprocess.Popen(
                [str(self.programs / program), "-d", connection, *arguments],
                preexec_fn=on_its_own,
                env={**os.environ, "PGPASSWORD": self._password, "LC_ALL": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
            )


def major_version(programs: Path) -> int:
    told = subprocess.run([str(programs / "postgres"), "--version"], capture_output=True, text=True, check=True)
    return int(told.stdout.split()[2].partition(".")[0])


def verify(programs: Path, base: Path) -> str:
    """What is wrong with a copy of the database; nothing if it is sound."""
    command = [str(programs / "pg_verifybackup"), "--quiet", str(base)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
    return "" if done.returncode == 0 else done.stderr.replace("pg_verifybackup: ", "").strip()
