"""Sealing everything anew with the key and cipher in force, while the house works.

Rows are taken in the order of their keys, some hundreds a transaction, locked against writers only, and passed over
where somebody holds them; also through rows that are done it goes in small stretches, each with its rest. A row that is
done is not found again: whoever starts anew after a kill goes on where the work stopped, and there is nothing to
remember.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.utils.module_loading import import_string

from hotline.field_codec import DecryptionError, current_header, key_mark, needs_rotation
from hotline.privacy import EncryptedTextField

BATCH = 250
STRETCH = 2_000  # rows looked through at a time: whoever starts anew passes a million that are done without a long look
PASSES = 20  # through one table, for what others held
ALONE = 2_031  # advisory lock: one rotation at a time


class SealedFiles(Protocol):
    """Sealed values outside of the database, each by a name. ``settings.SEALED_FILES`` says where there are any."""

    def names(self) -> Iterator[str]: ...

    def beginning(self, name: str) -> bytes: ...

    def seal_anew(self, name: str) -> None: ...


@dataclass
class Progress:
    """How far it is: where, how many values' rows were sealed anew, and which could not be opened."""

    place: str = ""
    done: int = 0
    unreadable: list[str] = field(default_factory=list)
    left: int = 0


@dataclass(frozen=True)
class Sealed:
    """A table with its sealed columns."""

    model: type[models.Model]
    columns: tuple[EncryptedTextField, ...]

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def key(self) -> models.Field[Any, Any]:
        return self.model._meta.pk

    def rows_where(self, condition: str, *values: Any) -> int:
        """How many rows have a sealed value for which it holds; "{}" stands for the column."""
        any_of = " OR ".join(condition.format(f'"{column.column}"') for column in self.columns)
        with connection.cursor() as cursor:
            asked = f'SELECT count(*) FROM "{self.table}" WHERE {any_of}'  # noqa: S608 - the model's own names
            cursor.execute(asked, list(values) * len(self.columns))
            return int(cursor.fetchone()[0])

    @property
    def to_do(self) -> int:
        return self.rows_where("substr({}, 1, %s) <> %s", len(current_header()), current_header())


def sealed_tables() -> list[Sealed]:
    found = []
    for model in apps.get_models():
        columns = tuple(c for c in model._meta.concrete_fields if isinstance(c, EncryptedTextField))
        found += [Sealed(model, columns)] if columns else []
    return found


def sealed_files() -> list[SealedFiles]:
    return [import_string(name)() for name in settings.SEALED_FILES]


def seal_anew(*, rest: float, tell: Callable[[Progress], None] = lambda _progress: None) -> Progress:
    """Everything that is not sealed as new values are. ``rest``: seconds left to others for each second of work."""
    progress = Progress()
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SELECT pg_advisory_lock(%s)", [ALONE])
    for sealed in sealed_tables():
        progress.place = sealed.table
        _whole_table(sealed, progress, rest, tell)
    for files in sealed_files():
        progress.place = type(files).__name__
        for name in files.names():
            _file(files, name, progress)
            tell(progress)
    return progress


def left_under(key_id: str) -> dict[str, int]:
    """Where values sealed with that key are left, and in how many rows or files."""
    mark = key_mark(key_id)
    found = {s.table: s.rows_where("substr({}, 3, %s) = %s", len(mark), mark) for s in sealed_tables()}
    for files in sealed_files():
        found[type(files).__name__] = sum(files.beginning(name)[2:].startswith(mark) for name in files.names())
    return {place: n for place, n in found.items() if n}


def _whole_table(sealed: Sealed, progress: Progress, rest: float, tell: Callable[[Progress], None]) -> None:
    """Pass after pass, until nothing is left but what cannot be opened."""
    for turn in range(PASSES):
        unreadable: list[str] = []
        after: Any = None
        while True:
            began = time.monotonic()
            after, rows = _batch(sealed, after, unreadable)
            progress.done += rows
            tell(progress)
            if after is None:
                break
            time.sleep((time.monotonic() - began) * rest)
        held = sealed.to_do - len(unreadable)
        if held <= 0 or turn == PASSES - 1:
            progress.unreadable += unreadable
            progress.left += max(held, 0)
            return
        time.sleep(1)


@transaction.atomic
def _batch(sealed: Sealed, after: Any, unreadable: list[str]) -> tuple[Any, int]:
    """The next rows; returns up to which key all is done (None at the end), and how many were sealed anew."""
    header = current_header()
    key, names = sealed.key.column, [str(column.column) for column in sealed.columns]
    old = " OR ".join(f'substr("{name}", 1, {len(header)}) <> %s' for name in names)
    with connection.cursor() as cursor:
        end = _end_of_stretch(cursor, sealed, after)
        bounds = {f'"{key}" > %s': after, f'"{key}" <= %s': end}
        within = {condition: value for condition, value in bounds.items() if value is not None}
        cursor.execute(
            f'SELECT "{key}", {", ".join(names)} FROM "{sealed.table}" WHERE {" AND ".join([*within, f"({old})"])}'  # noqa: S608
            f' ORDER BY "{key}" LIMIT {BATCH} FOR NO KEY UPDATE SKIP LOCKED',
            [*within.values(), *[header] * len(names)],
        )
        rows = cursor.fetchall()
        fresh = [row for row in (_anew(sealed, row, unreadable) for row in rows) if row is not None]
        if fresh:
            given = ", ".join(f'"{name}" = new."{name}"' for name in names)
            arrays = ", ".join([f"%s::{sealed.key.db_type(connection)}[]", *["%s::bytea[]"] * len(names)])
            heads = ", ".join(f'"{name}"' for name in ("_key", *names))
            cursor.execute(
                f'UPDATE "{sealed.table}" AS old SET {given} FROM unnest({arrays}) AS new ({heads})'  # noqa: S608
                f' WHERE old."{key}" = new."_key"',
                [list(column) for column in zip(*fresh, strict=True)],
            )
    return (rows[-1][0] if len(rows) == BATCH else end), len(fresh)


def _end_of_stretch(cursor: Any, sealed: Sealed, after: Any) -> Any:
    """The key so many rows on, or None where the table ends before."""
    beyond = f'WHERE "{sealed.key.column}" > %s' if after is not None else ""
    cursor.execute(
        f'SELECT "{sealed.key.column}" FROM "{sealed.table}" {beyond}'  # noqa: S608
        f' ORDER BY "{sealed.key.column}" OFFSET {STRETCH} LIMIT 1',
        [] if after is None else [after],
    )
    found = cursor.fetchone()
    return found[0] if found else None


def _anew(sealed: Sealed, row: tuple[Any, ...], unreadable: list[str]) -> tuple[Any, ...] | None:
    """The row's key and its values, those sealed otherwise than now sealed anew; None if one cannot be opened."""
    key, *tokens = row
    try:
        return key, *(
            token if token is None or not needs_rotation(token) else column.seal(column.unseal(token, key), key)
            for column, token in zip(sealed.columns, tokens, strict=True)
        )
    except DecryptionError:
        unreadable.append(f"{sealed.table} {key}")
        return None


def _file(files: SealedFiles, name: str, progress: Progress) -> None:
    try:
        if needs_rotation(files.beginning(name)):
            files.seal_anew(name)
            progress.done += 1
    except DecryptionError:
        progress.unreadable.append(f"{progress.place} {name}")
