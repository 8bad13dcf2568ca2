"""Many new rows of one kind in one statement."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

from django.db import connection, models
from psycopg2.extras import Json

from hotline.privacy import EncryptedTextField


def insert(objects: Sequence[models.Model]) -> None:
    """What ``bulk_create`` writes, for a quarter of its time: no value is asked whether it is an expression.

    For models whose fields hold what the database takes: text, numbers, times, JSON, sealed text. Keys that the
    database gives do not come back.
    """
    if not objects:
        return
    into, readers = _plan(type(objects[0]))
    one = f"({', '.join(['%s'] * len(readers))})"
    with connection.cursor() as cursor:
        rows = (cursor.mogrify(one, [read(thing) for read in readers]) for thing in objects)
        cursor.execute(into + b", ".join(rows).decode())
    for thing in objects:
        thing._state.adding = False


@cache
def _plan(model: type[models.Model]) -> tuple[str, list[Callable[[Any], Any]]]:
    """The statement, and for each of its columns how to take the value from an object."""
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    columns = ", ".join(str(field.column) for field in fields)
    return f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ", [_reader(field) for field in fields]  # noqa: S608


def _reader(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    read = attrgetter(field.attname)
    if isinstance(field, EncryptedTextField):
        sealed: EncryptedTextField = field
        return lambda thing: None if read(thing) is None else sealed.seal(read(thing), thing.pk)
    if isinstance(field, models.JSONField):
        return lambda thing: Json(read(thing))
    return read
