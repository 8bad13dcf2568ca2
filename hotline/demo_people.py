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
    """The roles of one side, each with those who hold it."""

    title: Any
    roles: list[tuple[Role, list[Membership]]]


def demo_people(at: datetime) -> list[Group]:
    """Everybody with a role, by where the role sits."""
    held: dict[str, list[Membership]] = {}
    everybody = Membership.objects.current(at).select_related("user", "organisation")
    for member in everybody.order_by("organisation", "user__username"):
        held.setdefault(member.role, []).append(member)
    return [Group(title, [(r, held[r]) for r in Role if r in roles and r in held]) for title, roles in GROUPS]
