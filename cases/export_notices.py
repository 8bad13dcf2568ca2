"""What those who approve an export and who asked for it are told, so that nobody has to look after it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cases.models import Export
from cases.notifications import local_time
from hotline import outbox
from hotline.models import Membership, Message
from hotline.roles import ROLES, Capability


def waits(export: Export, *, by: Membership, at: datetime) -> None:
    """To all who may approve it: who wants names and numbers, and what for."""
    words = {"who": f"{by.organisation.name} {by.user.name}", "purpose": export.purpose}
    approvers = sorted(ROLES[Capability.EXPORT_APPROVE])
    outbox.post(*(_notice("export_to_approve", export, at, by, to_role=role, **words) for role in approvers))


def approved(export: Export, *, by: Membership, at: datetime) -> None:
    """To who asked."""
    _tell("export_approved", export, at, by, who=by.user.name)


def refused(export: Export, *, by: Membership, at: datetime) -> None:
    """To who asked, with the reason."""
    _tell("export_refused", export, at, by, who=by.user.name, why=export.refused_why)


def ready(export: Export, *, at: datetime) -> None:
    """To who asked and had to wait for somebody; whoever did not has the page still open."""
    if export.personal and export.expires_at is not None:
        _tell("export_ready", export, at, until=local_time(export.expires_at))


def failed(export: Export, *, at: datetime) -> None:
    """To who asked, whatever it was."""
    _tell("export_failed", export, at, why=export.failure)


def _tell(key: str, export: Export, at: datetime, by: Membership | None = None, **words: Any) -> None:
    outbox.post(_notice(key, export, at, by, to_user=export.asked_by, **words))


def _notice(key: str, export: Export, at: datetime, by: Membership | None, **given: Any) -> Message:
    to = {name: given.pop(name) for name in ("to_user", "to_role") if name in given}
    return outbox.notice(key, at=at, words={"number": export.number, "title": export.title, **given}, by=by, **to)
