"""Django's migrate, made safe beside people at work: it never makes them wait long for a table it cannot have yet."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands.migrate import Command as Migrate
from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg2.errors import DeadlockDetected, LockNotAvailable

from hotline import schema

# Who waits for a table makes all who come later wait behind it. And where a migration and somebody at work wait for
# each other, PostgreSQL refuses the one that looks first, after its own deadlock_timeout, a second for people at work:
# a migration has given way by then.
LOCK_MILLISECONDS = 500
PATIENCE = {"lock_timeout": f"{LOCK_MILLISECONDS}ms", "statement_timeout": "0", "deadlock_timeout": "50ms"}
TRIES = 100
BETWEEN_SECONDS = 1.0


class Command(Migrate):
    """A migration that cannot have its lock is undone by its transaction and tried again; what was done stays."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--one-by-one", action="store_true", help="An empty database does not begin with the schema written down."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        begins = not options.pop("one_by_one") and _everything(options)
        for attempt in range(1, TRIES + 1):
            try:
                with giving_way(connection):
                    if begins:
                        schema.begin(connection)
                    super().handle(*args, **options)
                return
            except OperationalError as error:
                if not isinstance(error.__cause__, LockNotAvailable | DeadlockDetected) or attempt == TRIES:
                    raise
                self.stderr.write(f"A table was in use for longer than a moment; trying again ({attempt}).")
                time.sleep(BETWEEN_SECONDS)


def _everything(options: dict[str, Any]) -> bool:
    """Is it asked to bring the whole database to today's, by doing so?"""
    return not any(options[name] for name in ("app_label", "fake", "fake_initial", "plan", "check_unapplied", "prune"))


@contextmanager
def giving_way(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Whoever is at work comes first: a lock that cannot be had soon is an error here, never there."""
    with connection.cursor() as cursor:
        # deadlock_timeout is the superuser's to set, or of whom the right was granted
        cursor.execute(
            "SELECT name, current_setting(name) FROM unnest(%s) AS name WHERE has_parameter_privilege(name, 'SET')",
            [list(PATIENCE)],
        )
        before = dict(cursor.fetchall())
        _set(cursor, {name: PATIENCE[name] for name in before})
    try:
        with connection.execute_wrapper(_in_no_hurry):
            yield
    finally:
        with connection.cursor() as cursor:
            _set(cursor, before)


def _set(cursor: Any, values: dict[str, str]) -> None:
    for name, value in values.items():
        cursor.execute("SELECT set_config(%s, %s, false)", [name, value])


def _in_no_hurry(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """What is done beside people at work lets nobody wait; given up half-way, an index would be left unfinished."""
    if "CONCURRENTLY" not in str(sql):
        return execute(sql, params, many, context)
    execute("SET lock_timeout = 0", None, False, context)
    try:
        return execute(sql, params, many, context)
    finally:
        execute(f"SET lock_timeout = '{PATIENCE['lock_timeout']}'", None, False, context)
