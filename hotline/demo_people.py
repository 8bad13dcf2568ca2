"""Who can be tried out in the demo, as its sign-in page lists them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from hotline.models import Membership
from hotline.roles import CONTRACTOR, OFFICE, OVERSIGHT, PLATFORM, UNIT, Role

GROUPS = (
    (_("Contractors"), CONTRACTOR),
    (_("Hotline office"), OFFICE),
    (_("Handling units"), UNIT),
    (_("Oversight and rulings"), OVERSIGHT | {Role.ARBITER}),
    (_("Platform"), PLATFORM),
)


@dataclass(frozen=True)
class Group:
    title: Any
    members: list[Membership]


def demo_people(at: datetime) -> list[Group]:
    """Everybody with a role, by where the role sits."""
    order = {role: n for n, role in enumerate(Role.values)}
    everybody = list(Membership.objects.current(at).select_related("user", "organisation"))
    everybody.sort(key=lambda m: (order[m.role], m.organisation_id, m.user.username))
    return [Group(title, [m for m in everybody if m.role in roles]) for title, roles in GROUPS]
