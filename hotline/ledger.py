"""What an act leaves behind: rows that are only ever added, and the answer to its request.

Events, audit entries and messages are noted while the act goes on and written together as its last statement: one
round trip instead of one for each, and nothing locked while they travel. Outside an act they are written at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import Model

from hotline import rows

_pending: ContextVar[list[Model] | None] = ContextVar("hotline_ledger", default=None)


def add(*entries: Model) -> None:
    """Write rows with the act's last statement; they get no id here, and no later step of the act can read them."""
    pending = _pending.get()
    if pending is None:
        rows.insert(entries)
    else:
        pending.extend(entries)


@contextmanager
def opened() -> Iterator[list[Model]]:
    """Collect what is added meanwhile; whoever opened the ledger writes it, in the same transaction."""
    entries: list[Model] = []
    token = _pending.set(entries)
    try:
        yield entries
    finally:
        _pending.reset(token)
