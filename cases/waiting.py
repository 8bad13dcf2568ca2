"""What waits behind the pages of a role, for the numbers in the navigation: the very rows those pages list."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from cases import in_hand, independent_giving, knowledge_work, queues
from hotline.models import Membership
from hotline.roles import Capability

BEHIND = {
    "cases:dispatch_queue": (Capability.CASE_DISPATCH, queues.to_dispatch),
    "cases:worklist": (Capability.ASSIGNMENT_WORK, in_hand.in_hand),
    "cases:review_queue": (Capability.REPLY_REVIEW, queues.to_review),
    "cases:decision_queue": (Capability.DECISION_READ, queues.to_rule_on),
    "cases:knowledge": (Capability.KNOWLEDGE_WRITE, knowledge_work.to_do),
    "cases:callback_queue": (Capability.CALLBACK_MAKE, queues.to_call_back),
    "cases:independent_call": (Capability.CALLBACK_INDEPENDENT, independent_giving.unfinished),
}


def behind_pages(membership: Membership) -> dict[str, QuerySet[Any, Any]]:
    """The rows behind each page the role may open, by the page's name."""
    return {name: rows(membership) for name, (capability, rows) in BEHIND.items() if membership.can(capability)}
