"""What waits in the knowledge base for a unit or for the office's editors: lists worked off from the top."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import KnowledgeArticle, KnowledgeReport
from cases.models.knowledge import KnowledgeQuerySet
from hotline.models import Membership
from hotline.roles import Capability


@dataclass(frozen=True)
class Pile:
    """One list: its rows within the person's keeping, ordered by ``key``."""

    slug: str
    label: str | Promise
    rows: Callable[[Membership, date], QuerySet[Any, Any]]
    key: str
    of_reports: bool = False
    level: str = ""


def _kept_by(membership: Membership) -> KnowledgeQuerySet:
    return KnowledgeArticle.objects.kept_by(membership).select_related("written_by", "proposed_by")


def reports(membership: Membership) -> QuerySet[KnowledgeReport, KnowledgeReport]:
    """Open reports about the answers one keeps."""
    return KnowledgeReport.objects.open().kept_by(membership).select_related("article", "reported_by")


def to_approve(membership: Membership) -> QuerySet[KnowledgeArticle, KnowledgeArticle]:
    """What somebody else proposed, for those who approve."""
    if not membership.can(Capability.KNOWLEDGE_APPROVE):
        return KnowledgeArticle.objects.none()
    return _kept_by(membership).filter(state="proposed").exclude(proposed_by=membership.user_id)


def to_do(membership: Membership) -> QuerySet[Any, Any]:
    """What the number in the navigation counts: decisions for those who decide, reports for those who keep."""
    return to_approve(membership) if membership.can(Capability.KNOWLEDGE_APPROVE) else reports(membership)


def to_review(membership: Membership, on: date) -> QuerySet[Any, Any]:
    """Answers in force whose day to be looked at again has come."""
    return _kept_by(membership).in_force(on).filter(review_on__lte=on)


def run_out(membership: Membership, on: date) -> QuerySet[Any, Any]:
    """Answers that cannot be quoted any more, with nothing in their place."""
    return _kept_by(membership).current().filter(valid_until__lte=on)


PILES = (
    Pile("reports", _("Reported"), lambda by, _on: reports(by), "due_at", of_reports=True),
    Pile("approve", _("To approve"), lambda by, _on: to_approve(by), "proposed_at"),
    Pile("drafts", _("Drafts and proposals"), lambda by, _on: _kept_by(by).unfinished(), "written_at"),
    Pile("review", _("To look at again"), to_review, "approved_at"),
    Pile("over", _("Run out"), run_out, "approved_at", level="late"),
)


def pile(slug: str) -> Pile:
    return next((pile for pile in PILES if pile.slug == slug), PILES[0])
