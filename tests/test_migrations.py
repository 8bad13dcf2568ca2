"""Upgrades: every migration can be undone, none stops people at work, and together they make what the models say."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from pytest_django.plugin import DjangoDbBlocker

from bench.release import MIGRATIONS
from hotline import schema as written_schema
from hotline.embedded.places import postgres_binaries
from hotline.management.commands.migrate import PATIENCE, giving_way
from tests.database import APPS, migrated_template

EVERY_MIGRATION = os.environ.get("EVERY_MIGRATION") == "1"  # as ``bin/check at_length`` asks for
SQUAWK = str(Path(sys.executable).parent / "squawk")
# What migrate itself sets before the first statement.
SET_BEFORE = f"SET lock_timeout = '{PATIENCE['lock_timeout']}';\nSET statement_timeout = 0;\n"
# How wide a column is says the model; making a varchar longer rewrites nothing.
NOT_ASKED = ("prefer-text-field", "prefer-bigint-over-int", "prefer-bigint-over-smallint")
EXPLAINED = re.compile(r"^ *# squawk: ([\w-]+) - \S.{10,}$", flags=re.MULTILINE)


def later() -> list[tuple[str, str]]:
    names = [(app, path.stem) for app in APPS for path in (settings.BASE_DIR / app / "migrations").glob("0*.py")]
    return sorted((app, name) for app, name in names if name > MIGRATIONS.get(app, ""))


def before_the_newest() -> dict[str, str]:
    """The last but one migration of each app."""
    names = {app: sorted(name for of, name in MigrationLoader(None).graph.nodes if of == app) for app in APPS}
    return {app: of_app[-2] for app, of_app in names.items()}


@contextmanager
def scratch(blocker: DjangoDbBlocker) -> Iterator[None]:
    """A migrated database of its own."""
    name, before = f"scratch_{connection.settings_dict['NAME']}", connection.settings_dict["NAME"]
    with blocker.unblock():
        template = migrated_template()
        connection.close()
        params = connection.get_connection_params()
        server = psycopg2.connect(**{**params, "dbname": "postgres"})
        server.autocommit = True
        with server.cursor() as cursor:
            cursor.execute(f'drop database if exists "{name}" with (force)')
            cursor.execute(f'create database "{name}" template "{template}"')
            connection.settings_dict["NAME"] = name
            try:
                yield
            finally:
                connection.close()
                connection.settings_dict["NAME"] = before
                cursor.execute(f'drop database "{name}" with (force)')
        server.close()


CAST_EACH = re.compile(r"\((('[^']*'|[\w.]+))::character varying\)::text")
CAST_ALL = re.compile(r"\(ARRAY\[([^\]]*)\]\)::text\[\]")


def schema() -> str:
    """What pg_dump says of the database, without the random words it puts around.

    A list of words is told in two ways: cast each by itself once its own words were read again, all at once before.
    """
    params = connection.get_connection_params()
    command = [str(postgres_binaries() / "pg_dump"), "--schema-only", "-h", params["host"], "-U", params["user"]]
    done = subprocess.run([*command, params["dbname"]], capture_output=True, text=True, check=True)
    told = re.sub(r"^\\(un)?restrict .*$", "", done.stdout, flags=re.MULTILINE)
    return CAST_ALL.sub(r"ARRAY[\1]", CAST_EACH.sub(r"\1::character varying", told))


@pytest.mark.django_db
def test_the_migrations_make_what_the_models_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.slow
def test_a_new_database_begins_with_what_the_migrations_make(django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        assert written_schema.made_by_migrations(connection) == written_schema.PLACE.read_text(), (
            "run manage.py write_schema"
        )


@pytest.mark.django_db
def test_a_database_with_anything_in_it_does_not_begin_again() -> None:
    assert not written_schema.begin(connection)


@pytest.mark.django_db
def test_an_older_server_is_brought_up_by_the_migrations(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    newer = tmp_path / "schema.sql"
    newer.write_text(re.sub(r"-- PostgreSQL \d+", "-- PostgreSQL 99", written_schema.PLACE.read_text()))
    monkeypatch.setattr(written_schema, "PLACE", newer)
    monkeypatch.setattr(connection.introspection, "table_names", lambda _cursor: [])
    assert not written_schema.begin(connection)


@pytest.mark.slow
def test_the_newest_migrations_can_be_undone_and_done_again(django_db_blocker: DjangoDbBlocker) -> None:
    """All later ones by ``bin/check at_length``; ``bin/check upgrade`` goes back to nothing."""
    with scratch(django_db_blocker):
        made = schema()
        for app, name in (MIGRATIONS if EVERY_MIGRATION else before_the_newest()).items():
            call_command("migrate", app, name, verbosity=0)
        assert schema() != made
        call_command("migrate", verbosity=0)
        assert schema() == made


@pytest.mark.slow
def test_a_migration_does_not_wait_long_for_a_table_in_use_and_comes_back(
    django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hotline.management.commands.migrate.BETWEEN_SECONDS", 0.05)
    with scratch(django_db_blocker):
        call_command("migrate", "contractors", "0005", verbosity=0)
        user = psycopg2.connect(**connection.get_connection_params())
        user.cursor().execute("SELECT count(*) FROM contractors_assessment")
        told = _ReleasedWhenTold(user)
        call_command("migrate", "contractors", "0006", verbosity=0, stderr=told)
        user.close()
        assert "in use for longer than a moment" in told.getvalue()
        with connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            assert cursor.fetchone() == ("0",)


@pytest.mark.django_db
@pytest.mark.parametrize("first", ["the migration waits first", "whoever is at work waits first"])
def test_of_two_that_wait_for_each_other_the_migration_gives_way(first: str) -> None:
    """Each holds a table and wants the other's."""
    pause = 0.3 if first.startswith("whoever") else 0
    held = threading.Event()
    at_work = psycopg2.connect(**connection.get_connection_params())
    with connection.cursor() as cursor, at_work.cursor() as working:
        working.execute("LOCK TABLE hotline_heartbeat IN ROW EXCLUSIVE MODE")

        def want() -> None:
            held.wait()
            if not pause:
                time.sleep(0.2)
            working.execute("LOCK TABLE hotline_ratecount IN ROW EXCLUSIVE MODE")

        with ThreadPoolExecutor(1) as pool, giving_way(connection), suppress(OperationalError), transaction.atomic():
            wanted = pool.submit(want)
            cursor.execute("LOCK TABLE hotline_ratecount IN ACCESS EXCLUSIVE MODE")
            held.set()
            time.sleep(pause)
            cursor.execute("LOCK TABLE hotline_heartbeat IN ACCESS EXCLUSIVE MODE")
            pytest.fail("both have what only one can have")
        assert wanted.exception(timeout=30) is None
    at_work.close()


@pytest.mark.django_db
def test_an_index_built_beside_people_at_work_is_not_given_up() -> None:
    asked: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        asked.append(str(sql))
        return None if "CONCURRENTLY" in sql else execute(sql, *rest)

    with giving_way(connection), connection.execute_wrapper(note), connection.cursor() as cursor:
        cursor.execute("CREATE INDEX CONCURRENTLY a ON hotline_heartbeat (id)")
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == (PATIENCE["lock_timeout"],)
    assert asked[asked.index("CREATE INDEX CONCURRENTLY a ON hotline_heartbeat (id)") - 1] == "SET lock_timeout = 0"


class _ReleasedWhenTold(StringIO):
    """Somebody who reads a table for long, and ends once the migration has said that it waits."""

    def __init__(self, user: psycopg2.extensions.connection) -> None:
        super().__init__()
        self._user = user

    def write(self, sentence: str) -> int:
        threading.Thread(target=self._user.rollback).start()
        return super().write(sentence)


def statements_of(names: set[tuple[str, str]]) -> Iterator[tuple[tuple[str, str], str]]:
    """What ``sqlmigrate`` says of each; it would begin with nothing again for every one."""
    loader = MigrationLoader(None, replace_migrations=False)
    plan, state = loader.graph._generate_plan(loader.graph.leaf_nodes(), at_end=True), ProjectState()
    for key in plan:
        migration = loader.graph.nodes[key]
        if key not in names:
            state = migration.mutate_state(state, preserve=False)
            continue
        with connection.schema_editor(collect_sql=True, atomic=migration.atomic) as editor:
            state = migration.apply(state, editor, collect_sql=True)
        around = ("BEGIN;", "COMMIT;") if migration.atomic else ()
        yield key, "\n".join([*around[:1], *editor.collected_sql, *around[1:]])


@pytest.mark.slow
def test_no_migration_stops_people_at_work(django_db_blocker: DjangoDbBlocker) -> None:
    """What squawk finds is mended, or explained in the migration: ``# squawk: rule - reason``."""
    rules = [f"--exclude={rule}" for rule in NOT_ASKED]
    command = [SQUAWK, "--pg-version=18", "--reporter=Json", *rules]
    faults, names = [], set(later())
    with django_db_blocker.unblock():
        for (app, name), statements in statements_of(names):
            names.remove((app, name))
            done = subprocess.run(command, input=SET_BEFORE + statements, capture_output=True, text=True)
            found = {one["rule_name"] for one in json.loads(done.stdout or "[]")}
            source = Path(str(import_module(f"{app}.migrations.{name}").__file__)).read_text()
            if found - set(EXPLAINED.findall(source)):
                faults.append(f"{app}.{name}: {done.stdout}")
    assert not faults, "\n".join(faults)
    assert not names


def test_squawk_finds_what_would_stop_people_at_work() -> None:
    careless = "CREATE INDEX a ON cases_case (status);\n"
    done = subprocess.run([SQUAWK, "--reporter=Json"], input=careless, capture_output=True, text=True)
    assert "require-concurrent-index-creation" in {one["rule_name"] for one in json.loads(done.stdout)}
