"""The schema written down: a new database begins with it, in a second, instead of with every migration since the first.

``schema.sql`` is what the migrations make of an empty database, as ``pg_dump`` tells it, with the rows they put in. It
holds no more than they do: ``manage.py write_schema`` writes it from them, and a test compares the two.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from hotline.embedded.places import postgres_binaries

PLACE = settings.BASE_DIR / "hotline" / "schema.sql"
MAJOR = 10_000  # of PostgreSQL's version number, 180006 is 18.6
# What Django itself puts in after every migrate, and what is noted by name.
FILLED_LATER = ("django_content_type", "auth_permission", "django_migrations")
STANDS_FOR = re.compile(r"^-- stands for (\S+) (\S+)$", flags=re.MULTILINE)
OF_POSTGRES = re.compile(r"^-- PostgreSQL (\d+)$", flags=re.MULTILINE)
# What pg_dump says of itself and of its session: nothing of it is the schema's.
ABOUT = re.compile(
    r"^--\n(-- .*\n)+--\n|^-- Dumped .*\n|^\\(un)?restrict .*\n|^SET \w+ = .*;\n|^SELECT pg_catalog\.set_config.*\n"
    r"|^COMMENT ON EXTENSION .*\n|^SELECT pg_catalog\.setval\(.*, false\);\n"
    rf"|^SELECT pg_catalog\.setval\('public\.({'|'.join(FILLED_LATER)})_id_seq.*\n",
    flags=re.MULTILINE,
)


def begin(connection: BaseDatabaseWrapper) -> bool:
    """Give an empty database the schema, and note the migrations it stands for.

    False, and nothing done, where there is any table already, where new tables would not go to ``public``, or where the
    server is older than the one whose words are written down: there the migrations go their long way.
    """
    words = PLACE.read_text(encoding="utf-8")
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SELECT current_schema(), current_setting('server_version_num')::int")
        where, version = cursor.fetchone()
        written = OF_POSTGRES.search(words)
        if where != "public" or not written or version // MAJOR < int(written[1]):
            return False
        if connection.introspection.table_names(cursor):
            return False
        cursor.execute("SET LOCAL check_function_bodies = false")  # some name tables that come further down
        cursor.execute(words)
        recorder = MigrationRecorder(connection)
        for app, name in STANDS_FOR.findall(words):
            recorder.record_applied(app, name)
    return True


def made_by_migrations(connection: BaseDatabaseWrapper) -> str:
    """What the migrations make of an empty database, in the words of ``schema.sql``. Takes a minute."""
    with _scratch(connection):
        call_command("migrate", one_by_one=True, verbosity=0)
        return _told(connection)


@contextmanager
def _scratch(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """An empty database on the same server, gone afterwards."""
    before = connection.settings_dict["NAME"]
    name = f"schema_of_{before}"
    connection.close()
    server = psycopg2.connect(**{**connection.get_connection_params(), "dbname": "postgres"})
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        connection.settings_dict["NAME"] = name
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = before
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    server.close()


def _told(connection: BaseDatabaseWrapper) -> str:
    params: dict[str, Any] = connection.get_connection_params()
    reached = [("-h", params.get("host")), ("-p", params.get("port")), ("-U", params.get("user"))]
    dumped = subprocess.run(
        [
            str(postgres_binaries() / "pg_dump"),
            *("--no-owner", "--no-privileges", "--inserts"),
            *(f"--exclude-table-data={table}" for table in FILLED_LATER),
            *(word for option, value in reached if value for word in (option, str(value))),
            params["dbname"],
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    names = sorted(MigrationRecorder(connection).applied_migrations())
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int")
        major = cursor.fetchone()[0] // MAJOR
    head = ["-- Written by manage.py write_schema from the migrations; a test compares them.", f"-- PostgreSQL {major}"]
    head += [f"-- stands for {app} {name}" for app, name in names]
    return "\n".join(head) + "\n\n" + re.sub(r"\n{3,}", "\n\n", ABOUT.sub("", dumped)).strip() + "\n"
