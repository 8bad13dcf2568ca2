"""When the database cannot serve now and will again: it is away, full, out of connections, or takes no writing."""

from __future__ import annotations

from django.db import DatabaseError, InterfaceError, OperationalError

READ_ONLY = "25006"  # PostgreSQL's own code for writing in a transaction that may only read


def is_outage(exception: BaseException | None) -> bool:
    if isinstance(exception, OperationalError | InterfaceError):
        return True
    return isinstance(exception, DatabaseError) and (
        getattr(exception.__cause__, "pgcode", "") == READ_ONLY or _broke_off(exception)
    )


def _broke_off(exception: DatabaseError) -> bool:
    """Whether the server died while it was being talked to: the driver then may have no better name, and no code."""
    return type(exception) is DatabaseError and getattr(exception.__cause__, "pgcode", "") is None
