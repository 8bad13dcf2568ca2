"""What work cost: processor time of the servers, statements, rows, WAL and memory, read before and after."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
# Not the servers' statements: the gauges' own, the look whether a kept connection still lives, and the look-ups by
# which PostgreSQL itself keeps references when a transaction ends
NOT_COUNTED = r"pg_stat_|^SELECT \$1$|^SELECT (1|\$\d) FROM ONLY"


@dataclass(frozen=True)
class Cost:
    """Totals at a moment, or between two of them."""

    app: float
    database: float
    statements: int
    rows: int
    wal: int

    def since(self, before: Cost) -> Cost:
        return Cost(
            self.app - before.app,
            self.database - before.database,
            self.statements - before.statements,
            self.rows - before.rows,
            self.wal - before.wal,
        )


def prepare() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")


def read(app: int) -> Cost:
    """Everything so far. ``app`` is the process id of a web server; its workers are counted with it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(
            "SELECT (SELECT coalesce(sum(calls), 0) FROM pg_stat_statements WHERE query !~ %s),"
            " (SELECT coalesce(sum(tup_inserted + tup_updated + tup_deleted), 0) FROM pg_stat_database),"
            " pg_current_wal_insert_lsn() - '0/0'",
            [NOT_COUNTED],
        )
        statements, rows, wal = cursor.fetchone()
    return Cost(seconds_of(app), seconds_of(postmaster()), int(statements), int(rows), int(wal))


def postmaster() -> int:
    return int((settings.EMBEDDED.postgres.data / "postmaster.pid").read_text().split()[0])


def family(pid: int) -> list[int]:
    """The process and its descendants."""
    found = [pid]
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in thread.read_text().split():
            found += family(int(child))
    return found


def seconds_of(pid: int) -> float:
    """Processor seconds of a process and its descendants, those that ended included."""
    while True:
        with suppress(FileNotFoundError, ProcessLookupError):  # one ended meanwhile: its time is its parent's now
            return sum(_ticks(member) for member in family(pid)) / TICKS


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(ticks) for ticks in fields[11:15])


def memory_of(pid: int) -> list[int]:
    """Resident bytes of each process of the family."""
    return [int(Path(f"/proc/{member}/statm").read_text().split()[1]) * PAGE for member in family(pid)]
