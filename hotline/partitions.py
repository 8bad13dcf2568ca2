"""Monthly partitions of the append-only tables. A default partition catches what no month was made for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import connection

TABLES = ("hotline_auditentry", "cases_caseevent")
AHEAD = 3


def months(first: date, last: date) -> Iterator[tuple[date, date]]:
    """Half-open months from the first's to the last's."""
    month = first.replace(day=1)
    while month <= last:
        following = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
        yield month, following
        month = following


def partition_sql(table: str, month: date, following: date) -> str:
    """Bounds are UTC midnights, the table is one of ours."""
    name = f"{table}_{month:%Y_%m}"
    return (
        f"CREATE TABLE IF NOT EXISTS {name} PARTITION OF {table}"
        f" FOR VALUES FROM ('{month} 00:00+00') TO ('{following} 00:00+00');\n{closed_to_truncate(name)}"
    )


def closed_to_truncate(table: str) -> str:
    """Row triggers of the whole table reach every part; the one against TRUNCATE each part needs for itself."""
    return (
        f"CREATE OR REPLACE TRIGGER refuse_truncate BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION hotline_refuse_change()"
    )


def index_parts(table: str, name: str, columns: str) -> None:
    """An index of the whole table, built part by part beside people at work; what is built already is passed over.

    Not within a transaction. A part that is made meanwhile brings its own.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE INDEX IF NOT EXISTS {name} ON ONLY {table} ({columns})")
        cursor.execute("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass", [table])
        for (part,) in cursor.fetchall():
            own = f"{name}_{part.removeprefix(table).lstrip('_')}"
            cursor.execute("SELECT NOT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)", [own])
            if (True,) in cursor.fetchall():  # broken off the last time
                cursor.execute(f"DROP INDEX CONCURRENTLY {own}")
            cursor.execute(f"CREATE INDEX CONCURRENTLY IF NOT EXISTS {own} ON {part} ({columns})")
            cursor.execute(f"ALTER INDEX {name} ATTACH PARTITION {own}")


def ensure(today: date, ahead: int = AHEAD) -> list[str]:
    """Make the partitions from this month to ``ahead`` months on; returns the names that were missing."""
    year, month = divmod(today.month - 1 + ahead, 12)
    last = date(today.year + year, month + 1, 1)
    made = []
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass", [table])
            there = {name for (name,) in cursor.fetchall()}
            for start, following in months(today, last):
                if (name := f"{table}_{start:%Y_%m}") not in there:
                    cursor.execute(partition_sql(table, start, following))
                    made.append(name)
    return made
