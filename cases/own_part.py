"""Which of several parts of a case a person means, who works for a unit with other units beneath it."""

from __future__ import annotations

from collections.abc import Iterable

from cases.models import TO_DO, Assignment, AssignmentRole
from hotline.models import Membership


def own_part(parts: Iterable[Assignment], by: Membership) -> Assignment | None:
    """What is to be done before what is done, the unit's own before that of one beneath, as lead before as anything
    else, the higher tier before the lower, the latest first."""

    def order(part: Assignment) -> tuple[bool, bool, bool, int, int]:
        own, lead = part.unit_id == by.organisation_id, part.role == AssignmentRole.LEAD
        return part.state in TO_DO, own, lead, -part.tier, part.pk

    return max(parts, key=order, default=None)
