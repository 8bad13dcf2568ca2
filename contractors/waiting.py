"""What waits behind the pages about contractors, for the numbers in the navigation."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from contractors.models import ContactState, Purpose, SampledContact, SampledContactQuerySet
from hotline.models import Membership
from hotline.roles import CONTRACTOR, Capability


def to_mark(by: Membership) -> SampledContactQuerySet:
    """Contacts of this person's side that are not marked through yet, whoever will."""
    if not by.can(Capability.QUALITY_MARK):
        return SampledContact.objects.none()
    waiting = SampledContact.objects.filter(state__in=[ContactState.TO_MARK, ContactState.THIRD])
    if by.role in CONTRACTOR:
        return waiting.filter(sample__purpose=Purpose.INSPECTION, sample__organisation=by.organisation_id)
    return waiting.filter(sample__purpose=Purpose.RECHECK)


def behind_pages(membership: Membership) -> dict[str, QuerySet[Any, Any]]:
    """The rows behind each page the role may open, by the page's name."""
    return {"contractors:quality": to_mark(membership)} if membership.can(Capability.QUALITY_MARK) else {}
