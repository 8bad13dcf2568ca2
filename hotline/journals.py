"""The journals that are sealed, and an entry's line: the very bytes that a seal vouches for.

The database writes the line, one JSON object with the columns in a fixed order, so sealing, checking and exporting
cannot disagree about it. Its text depends on no setting of the connection.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

# What a line says, by table. A column that is added later is not covered until it stands here, and a line that says
# more than it did when it was sealed fits no seal: see docs/decisions/0028.
JOURNALS: dict[str, tuple[str, ...]] = {
    "hotline_auditentry": (
        *("xid", "id", "at", "actor_id", "membership_id", "organisation_id", "act", "object_type", "object_id"),
        *("result", "reason", "request_id", "ip", "details"),
    ),
    "cases_caseevent": (
        *("xid", "id", "at", "case_id", "kind", "by_id", "role", "organisation_id", "assignment_id", "round"),
        *("from_status", "to_status", "why", "payload", "version"),
    ),
}
SEALS = "hotline_auditseal"
AT_ONCE = 5_000


def line_of(journal: str) -> str:
    """SQL for the line of a row of that journal."""
    written = {"at": """to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at"""}
    columns = ", ".join(written.get(column, column) for column in JOURNALS[journal])
    return f"(SELECT row_to_json(line)::text FROM (SELECT {columns}) line)"  # noqa: S608 - our own names


@contextmanager
def as_of_now() -> Iterator[None]:
    """One state of everything for as long as it takes to read it; nothing waits for the reader."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET LOCAL statement_timeout = 0")
        yield


def lines(journal: str) -> Iterator[bytes]:
    """Every entry's line in the order of (transaction, id). Within ``as_of_now``."""
    yield from _streamed(journal, f"SELECT {line_of(journal)} FROM {journal} ORDER BY xid, id")  # noqa: S608


def seals() -> Iterator[bytes]:
    """Every seal's line in their order. Within ``as_of_now``."""
    yield from _streamed(SEALS, f"SELECT line FROM {SEALS} ORDER BY number")  # noqa: S608


def _streamed(name: str, statement: str) -> Iterator[bytes]:
    connection.ensure_connection()
    with connection.connection.cursor(name=name) as cursor:
        cursor.itersize = AT_ONCE
        cursor.execute(statement)
        for (line,) in cursor:
            yield line.encode()
