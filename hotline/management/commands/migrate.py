"""Django's migrate, made safe beside people at work: it never makes them wait long for a table it cannot have yet."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import OperationalError, connections
from psycopg2.errors import LockNotAvailable

LOCK_SECONDS = 2  # who waits for a table makes all who come later wait behind it
TRIES = 30
BETWEEN_SECONDS = 1.0


class Command(Migrate):
    """A migration that cannot have its lock is undone by its transaction and tried again; what was done stays."""

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        for attempt in range(1, TRIES + 1):
            with connection.cursor() as cursor:
                cursor.execute("SELECT current_setting('lock_timeout'), current_setting('statement_timeout')")
                lock, statement = cursor.fetchone()
                cursor.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")
                cursor.execute("SET statement_timeout = 0")  # building an index takes its time
            try:
                super().handle(*args, **options)
                return
            except OperationalError as error:
                if not isinstance(error.__cause__, LockNotAvailable) or attempt == TRIES:
                    raise
                self.stderr.write(f"A table was in use for longer than {LOCK_SECONDS} s; trying again ({attempt}).")
                time.sleep(BETWEEN_SECONDS)
            finally:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT set_config('lock_timeout', %s, false)", [lock])
                    cursor.execute("SELECT set_config('statement_timeout', %s, false)", [statement])
