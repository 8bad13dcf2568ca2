"""What waits behind the pages about contractors, for the numbers in the navigation."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from contractors.giving_out import turn_of
from contractors.models import SampledContact, SampledContactQuerySet
from hotline.models import Membership
from hotline.roles import Capability


def to_mark(by: Membership) -> SampledContactQuerySet:
    """Contacts that this person's side is to mark next, whoever of it will."""
    if not by.can(Capability.QUALITY_MARK):
        return SampledContact.objects.none()
    return SampledContact.objects.unfinished().filter(turn_of(by))


def behind_pages(membership: Membership) -> dict[str, QuerySet[Any, Any]]:
    """The rows behind each page the role may open, by the page's name."""
    return {"contractors:quality": to_mark(membership)} if membership.can(Capability.QUALITY_MARK) else {}
