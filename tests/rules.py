"""Changes of the rules, as the office proposes them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from cases.models import DeadlinePolicy
from cases.policy_versions import values_of
from hotline import approving
from hotline.models import Proposal
from tests.people import member

WHY = "市政府办公室 2026 年第 3 次会议要求压缩办理时限。"


def limit(clock: str = "handle", **traits: Any) -> DeadlinePolicy:
    """The version without an end, of the general limit unless traits are named."""
    plain = {"kind": "", "urgency": "", "upstream_platform": "", "channel": None, "category": None, "region": None}
    return DeadlinePolicy.objects.get(clock=clock, valid_until__isnull=True, **{**plain, **traits})


def proposed(policy: DeadlinePolicy | None = None, *, valid_from: date | None = None, **changed: Any) -> Proposal:
    """Song, the quality officer, proposes three working days instead of four, from today on."""
    policy, at = policy or limit(), timezone.now()
    given = {**values_of(policy), **(changed or {"amount": 3})}
    return approving.propose(
        "deadline_policy",
        str(policy.pk),
        given,
        valid_from=valid_from or timezone.localdate(),
        why=WHY,
        by=member("song"),
        at=at,
    )


def approved(policy: DeadlinePolicy | None = None, **given: Any) -> Proposal:
    """Yan, who heads the office, approves it."""
    return approving.approve(proposed(policy, **given), by=member("yan"), at=timezone.now())
