"""Filling a city with cases, fast: fates lived once through the verbs, then copied as often as wanted."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from django.db import connection, connections, models
from django.utils import timezone

from bench.speed import city, copies, fates, patterns, pool
from bench.speed.city import FIRST, PER_DAY, City
from cases import tally_keeping
from cases.deadlines import local_date
from cases.models import Case, CaseText, Category, Channel, Citizen
from hotline.models import Message, Organisation
from hotline.partitions import TABLES, months, partition_sql
from tests.people import unit

PART = 5_000
PROCESSES = 2
WRITTEN: tuple[patterns.Table, ...] = (Citizen, Case, CaseText, Message, *patterns.COPIED)
_drawn: City | None = None


def found_city(seed: int, texts: int = pool.SIZE) -> City:
    """Live every fate once and keep its patterns; the city's ground must be there, and no case."""
    lived = fates.live_all()
    patterns.keep(lived)
    known = city.read_lived(lived)
    registered = known[-1].case
    return City(
        lived=known,
        sayings=pool.draw(seed, texts),
        contractors=list(_contractors(registered["taken_by_organisation_id"])),
        channels=list(Channel.objects.filter(upstream=False).order_by("pk").values_list("pk", flat=True)),
        shared={
            "unit": unit().pk,
            "unit_code": unit().code,
            "contractor": registered["taken_by_organisation_id"],
            "category_code": Category.objects.get(pk=registered["category_id"]).code,
        },
        until=timezone.now(),
        total=0,
        seed=seed,
    )


def _contractors(first: int) -> Iterator[int]:
    yield first
    others = Organisation.objects.filter(kind=Organisation.Kind.CONTRACTOR).exclude(pk=first)
    yield from others.values_list("pk", flat=True)


def fill(drawn: City) -> float:
    """Write all the city's cases in place of those there; returns the seconds the rows took, indexes apart."""
    _empty(drawn)
    with _without_indexes():
        began = time.monotonic()
        _write_all(drawn)
        took = time.monotonic() - began
    _go_on(drawn)
    tally_keeping.count_anew()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE, FREEZE)")
    return took


def more(drawn: City, fate: str, count: int) -> range:
    """Add so many cases of one fate, all in the hands of one unit; returns their ids."""
    first = max(
        _next("cases_case") - FIRST, drawn.total, *(_next(name) // patterns.STEP - FIRST for name in _counted())
    )
    first += 1
    only = replace(drawn, only=next(n for n, known in enumerate(fates.FATES) if known.name == fate))
    for start in range(first, first + count, PART):
        copies.write(only, start, min(start + PART, first + count))
    _behind(first + count)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_tallychange SELECT id, 0 FROM cases_case WHERE id >= %s AND id < %s",
            [FIRST + first, FIRST + first + count],
        )
    while tally_keeping.fold():
        pass
    return range(FIRST + first, FIRST + first + count)


def _counted() -> list[str]:
    """The tables whose rows are numbered, those of cases apart."""
    numbered = (model for model in patterns.COPIED if not isinstance(model._meta.pk, models.UUIDField))
    return [patterns.table(model) for model in numbered]


def _next(name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT nextval(pg_get_serial_sequence('{name}', 'id'))")
        return int(cursor.fetchone()[0])


def _write_all(drawn: City) -> None:
    global _drawn
    _drawn = drawn
    parts = [(first, min(first + PART, drawn.total)) for first in range(0, drawn.total, PART)]
    connections.close_all()  # a connection must not be shared with a child
    with multiprocessing.get_context("fork").Pool(PROCESSES) as workers:
        workers.map(_write, parts, chunksize=1)


def _write(part: tuple[int, int]) -> None:
    assert _drawn is not None
    copies.write(_drawn, *part)


def _empty(drawn: City) -> None:
    earliest = drawn.registered(0) - timedelta(days=1)
    with connection.cursor() as cursor:
        for name in TABLES:
            for month in months(earliest.date(), drawn.until.date()):
                cursor.execute(partition_sql(name, *month))
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(f"TRUNCATE {', '.join(patterns.table(model) for model in WRITTEN)} CASCADE")
        cursor.execute("SET session_replication_role = DEFAULT")


@contextmanager
def _without_indexes() -> Iterator[None]:
    """The big tables' indexes are made when the rows are there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.relname, pg_get_indexdef(i.oid) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid"
            " JOIN pg_class c ON c.oid = x.indrelid LEFT JOIN pg_constraint k ON k.conindid = i.oid"
            " WHERE c.relname = ANY(%s) AND c.relkind = 'r' AND k.oid IS NULL AND NOT x.indisprimary",
            [[patterns.table(model) for model in WRITTEN]],
        )
        found = cursor.fetchall()
        for name, _definition in found:
            cursor.execute(f'DROP INDEX "{name}"')
    yield
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(PROCESSES) as workers:
        workers.map(_index, [definition for _name, definition in found], chunksize=1)


def _index(definition: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(definition)


def _behind(total: int) -> None:
    """Set the sequences behind so many cases."""
    last = FIRST + total
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence('cases_case', 'id'), %s)", [last])
        for name in _counted():
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), %s)", [(last + 1) * patterns.STEP])


def _go_on(drawn: City) -> None:
    """Set the sequences behind what was written, and today's numbers behind today's cases."""
    last = FIRST + drawn.total
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence('cases_case', 'id'), %s)", [last])
        for model in patterns.COPIED:
            if not model._meta.pk.get_internal_type().startswith("UUID"):
                name = patterns.table(model)
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), %s)", [(last + 1) * patterns.STEP]
                )
        cursor.execute("SELECT setval('cases_serial', %s)", [drawn.total + 10_000])
        cursor.execute("DELETE FROM cases_serial_day")
        cursor.execute(
            "INSERT INTO cases_serial_day VALUES (%s, %s)",
            [local_date(drawn.until), drawn.total + 10_000 - min(drawn.total, PER_DAY) - 1],
        )
