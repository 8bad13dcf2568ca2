"""Notices to a person, and what has been read of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from hotline.acts import verb
from hotline.models import Membership, Message
from hotline.models.message import MessageQuerySet


def unread(membership: Membership) -> MessageQuerySet:
    return Message.objects.inbox_of(membership).filter(read_at__isnull=True)


@verb
def mark_read(ids: Sequence[Any] | None, *, by: Membership, at: datetime) -> int:
    """Mark some notices, or all, as read. A notice to a unit is read for all of it. Returns how many there were."""
    rows = unread(by) if ids is None else unread(by).filter(pk__in=ids)
    return rows.update(read_at=at)
