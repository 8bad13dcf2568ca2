"""What people are told about samples, marks, appeals and attributions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hotline import outbox
from hotline.models import Membership, Organisation, User


def tell(
    key: str,
    words: dict[str, Any],
    *,
    at: datetime,
    by: Membership | None = None,
    user: User | None = None,
    organisation: Organisation | None = None,
    role: str = "",
) -> None:
    """Post a notice within the act: to a person, or to those of a role (of one organisation, if it is named)."""
    outbox.post(outbox.notice(key, at=at, by=by, to_user=user, to_organisation=organisation, to_role=role, words=words))
