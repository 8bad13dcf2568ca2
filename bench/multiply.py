"""Many cases from one: copies of a case with its text, events, assignments and clocks, made by the database itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

from cases.models import Assignment, Case, CaseEvent, CaseText, Clock

CHUNK = 50_000
EVERY_SECONDS = 30  # between two copies, going back in time
APART = 10**8  # copies of assignments are numbered like their cases, from here
CHILDREN: tuple[type[Model], ...] = (CaseText, Assignment, CaseEvent, Clock)


def multiply(case: Case, n: int) -> None:
    """Add ``n`` copies of a case with one assignment, each registered earlier than the last, numbered M..."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # references are copied from what is sound
        cursor.execute("SELECT max(id) FROM cases_case")
        first = cursor.fetchone()[0] + 1
        with _without_indexes(cursor):
            for begin in range(first, first + n, CHUNK):
                _copy(cursor, case, begin, min(begin + CHUNK, first + n) - 1)
        for table, last in (("cases_case", first + n), ("cases_assignment", APART + first + n)):
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, last])
        cursor.execute("RESET session_replication_role")
        cursor.execute("ANALYZE")


@contextmanager
def _without_indexes(cursor: CursorWrapper) -> Iterator[None]:
    """Indexes are made anew when the rows are there, which is quicker by far."""
    cursor.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
        " WHERE i.indrelid::regclass::text = ANY(%s) AND NOT i.indisunique AND NOT i.indisexclusion"
        " AND (SELECT relkind FROM pg_class WHERE oid = i.indrelid) = 'r'",
        [[Case._meta.db_table, *(model._meta.db_table for model in CHILDREN)]],
    )
    dropped = cursor.fetchall()
    for name, _definition in dropped:
        cursor.execute(f"DROP INDEX {name}")
    yield
    for _name, definition in dropped:
        cursor.execute(definition)


def _copy(cursor: CursorWrapper, case: Case, begin: int, end: int) -> None:
    own = {
        "id": "g",
        "number": "'M' || lpad(g::text, 15, '0')",
        "registered_at": f"registered_at - mod(g, 1000000) * interval '{EVERY_SECONDS} s'",
    }
    _insert(cursor, Case, own, f"t.id = {case.pk}", begin, end)
    child = {"id": "", "case_id": "g", "assignment_id": f"t.assignment_id - t.assignment_id + {APART} + g"}
    for model in CHILDREN:
        numbered = {**child, "id": f"{APART} + g"} if model is Assignment else child
        _insert(cursor, model, numbered, f"t.case_id = {case.pk}", begin, end)


def _insert(cursor: CursorWrapper, model: type[Model], own: dict[str, str], where: str, begin: int, end: int) -> None:
    table, columns = model._meta.db_table, [str(field.column) for field in model._meta.local_fields]
    values = {column: own.get(column, f"t.{column}") for column in columns if own.get(column) != ""}
    source = f"{table} t, generate_series({begin}, {end}) g WHERE {where}"
    cursor.execute(f"INSERT INTO {table} ({', '.join(values)}) SELECT {', '.join(values.values())} FROM {source}")
