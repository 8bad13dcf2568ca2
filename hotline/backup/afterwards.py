"""After a restore: was everything received replayed, can it be read, are its files there?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string

from hotline.backup.server import Server
from hotline.backup.shelf import Shelf, segment_of
from hotline.privacy import DecryptionError, EncryptedTextField

LATEST = 200  # rows of each column that are opened: the newest, sealed with the newest key, and the oldest


def findings(shelf: Shelf, server: Server) -> Iterator[str]:
    """A sentence for everything that is not as it must be."""
    yield from not_replayed(shelf, server)
    for field in encrypted_fields():
        yield from unreadable(field)
    for name in settings.FILES_WANTED:
        yield from import_string(name)()


def not_replayed(shelf: Shelf, server: Server) -> Iterator[str]:
    """Recovery stops without a word at the first change it cannot read."""
    bases = shelf.bases()
    history = server.ask("SELECT pg_read_file('pg_wal/' || %s || '.history', true)", f"{server.timeline():08X}")
    if not bases or not history:
        return
    timeline, reached = history.strip().splitlines()[-1].split("\t")[:2]
    segment, received = segment_of(int(timeline), reached), list(shelf.received(bases[-1]))
    if received and received[-1][:8] == segment[:8] and received[-1] > segment:
        yield (
            f"Changes were replayed until {reached} (in {segment}) only: what comes next is damaged, and what was "
            f"received after it, until {received[-1]}, is lost."
        )


def encrypted_fields() -> list[EncryptedTextField]:
    every = (field for model in apps.get_models() if model._meta.managed for field in model._meta.local_fields)
    return [field for field in every if isinstance(field, EncryptedTextField)]


def unreadable(field: EncryptedTextField) -> Iterator[str]:
    model: type[models.Model] = field.model
    rows: Any = model._default_manager.exclude(**{f"{field.name}__isnull": True}).values_list("pk", field.name)
    for order in ("pk", "-pk"):
        for pk, token in rows.order_by(order)[:LATEST]:
            try:
                field.unseal(token, pk)
            except DecryptionError as error:
                yield f"{model._meta.db_table}.{field.column} cannot be read with the keys that are here: {error}"
                return
