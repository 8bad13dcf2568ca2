"""The test database is a clone of a template: migrated, with the demo city's ground, and named by what made it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from hotline import kept, outbox

APPS = ("hotline", "cases", "contractors", "oversight")
PREFIX = "template_hotline_"
BUILDING = 12345  # advisory lock: one process builds, the others wait


def migrated_template() -> str:
    """The name of a database with every migration applied, built if there is none for these migrations."""
    name = PREFIX + _fingerprint()
    with _server() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [BUILDING])
        cursor.execute("select datname from pg_database where starts_with(datname, %s)", [PREFIX])
        there = {row[0] for row in cursor.fetchall()}
        if name not in there:
            for old in there:
                cursor.execute(f'drop database if exists "{old}" with (force)')
            draft = f"new_{name}"
            cursor.execute(f'drop database if exists "{draft}" with (force)')
            cursor.execute(f'create database "{draft}"')
            _migrate(draft)
            cursor.execute(f'alter database "{draft}" rename to "{name}"')
    return name


def clone_over(database: BaseDatabaseWrapper) -> None:
    """Replace the test database by a fresh clone of its template, and forget what was read of rows that are gone."""
    name = database.settings_dict["NAME"]
    template = database.settings_dict["TEST"]["TEMPLATE"]
    database.close()
    with _server() as cursor:
        cursor.execute(f'drop database if exists "{name}" with (force)')
        cursor.execute(f'create database "{name}" template "{template}"')
    for value in kept.everything():
        value.forget()
    outbox.forget()


def put_out(database: BaseDatabaseWrapper) -> None:
    """End every connection to the test database."""
    name = database.settings_dict["NAME"]
    database.close()
    with _server() as cursor:
        cursor.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [name])


def _fingerprint() -> str:
    digest = hashlib.sha256((settings.BASE_DIR / "requirements.txt").read_bytes())
    digest.update((settings.BASE_DIR / "hotline" / "schema.sql").read_bytes())
    for app in APPS:
        for path in sorted((settings.BASE_DIR / app / "migrations").glob("*.py")):
            digest.update(path.name.encode() + path.read_bytes())
    for path in sorted((settings.BASE_DIR / "oversight" / "demo").glob("*.*")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _migrate(name: str) -> None:
    from oversight.demo import reference  # models can be imported once Django is set up

    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0, interactive=False)
        reference.load(at=datetime.now(UTC))
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


@contextmanager
def _server() -> Iterator[psycopg2.extensions.cursor]:
    server = psycopg2.connect(**{**connection.get_connection_params(), "dbname": "postgres"})
    server.autocommit = True
    try:
        with server.cursor() as cursor:
            yield cursor
    finally:
        server.close()
