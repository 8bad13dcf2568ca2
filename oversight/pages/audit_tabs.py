"""The auditor's desk: which of its pages one is on, and which there are for one's role."""

from __future__ import annotations

from typing import Any

from hotline.models import Membership
from hotline.roles import Capability


def audit_tabs(by: Membership, tab: str) -> dict[str, Any]:
    return {
        "tab": tab,
        "sees_samples": by.can(Capability.AUDIT_SAMPLE),
        "sees_looks": by.can(Capability.AUDIT_READ),
        "sees_chain": by.can(Capability.AUDIT_CHECK),
    }
