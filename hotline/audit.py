"""Writing the audit trail. Reading it, sealing it and checking it are the auditors' business."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Model

from hotline import ledger
from hotline.context import current
from hotline.models import AuditEntry, Membership, User


def record(
    act: str,
    *,
    by: Membership | None,
    at: datetime,
    thing: Model | None = None,
    result: str = AuditEntry.Result.OK,
    reason: str = "",
    user: User | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """Append one entry, in the caller's transaction. ``by=None`` and no ``user`` means the system itself."""
    request = current()
    entry = AuditEntry(
        at=at,
        actor_id=by.user_id if by else (user.pk if user else None),
        membership=by,
        organisation_id=by.organisation_id if by else None,
        act=act,
        object_type=thing._meta.label_lower if thing is not None else "",
        object_id=str(thing.pk) if thing is not None else "",
        result=result,
        reason=reason,
        request_id=request.id,
        ip=request.ip,
        details=details or {},
    )
    ledger.add(entry)
