"""Changes of the reasons, as the office proposes and approves them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from cases.reason_versions import Reasons, target_of
from hotline import approving
from hotline.models import Proposal
from tests.people import member

WHY = "市政务服务和数据管理局 2026 年第 2 次例会决定。"
NEW = {"code": "no_budget", "name": "缺少经费", "name_en": "No money for it", "position": 60}


def proposed(
    kind: str = "bounce", which: str = "", /, *, on: date | None = None, at: datetime | None = None, **changed: Any
) -> Proposal:
    """Song, the quality officer: something else about a reason, or a new one; from today on."""
    at = at or timezone.now()
    target = target_of(kind, which) if which else ""
    given = {"kind": kind, **(Reasons().current(target) or NEW), **changed}
    on = on or timezone.localdate(at)
    return approving.propose("reason", target, given, valid_from=on, why=WHY, by=member("song"), at=at)


def approved(
    kind: str = "bounce", which: str = "", /, *, on: date | None = None, at: datetime | None = None, **changed: Any
) -> Proposal:
    """Yan, who heads the office, approves it."""
    proposal = proposed(kind, which, on=on, at=at, **changed)
    return approving.approve(proposal, by=member("yan"), at=at or timezone.now())
