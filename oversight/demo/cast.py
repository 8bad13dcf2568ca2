"""Who is there to act, when, and for whom."""

from __future__ import annotations

from datetime import datetime
from random import Random

from django.utils import timezone

from cases.models import Case, CatalogueEntry
from hotline.calendar import SHANGHAI
from hotline.models import Membership, Organisation
from hotline.roles import UNIT, Role

SHIFTS = 3
NIGHT_ENDS, EVENING_BEGINS = 8, 16


class Cast:
    """The city's people by role and organisation, read once."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        current = Membership.objects.current(timezone.now()).select_related("user", "organisation")
        self.all = list(current.order_by("user__username"))
        self.organisations = {o.pk: o for o in Organisation.objects.select_related("parent")}
        self.by_code = {o.code: o for o in self.organisations.values()}
        self.catalogue = {e.category_id: e.unit_id for e in CatalogueEntry.objects.all()}

    def one(self, *roles: Role) -> Membership:
        return self.rng.choice([m for m in self.all if m.role in roles])

    def named(self, username: str) -> Membership:
        return next(m for m in self.all if m.user.username == username)

    def agent(self, at: datetime, of: int | None = None) -> Membership:
        """Somebody on this shift; of one contractor, if it is named. Three shifts take turns from day to day."""
        local = at.astimezone(SHANGHAI)
        shift = (local.hour >= NIGHT_ENDS) + (local.hour >= EVENING_BEGINS)
        agents = [m for m in self.all if m.role == Role.AGENT and of in (None, m.organisation_id)]
        turn = (shift + local.toordinal()) % SHIFTS
        return self.rng.choice([m for i, m in enumerate(agents) if i % SHIFTS == turn] or agents)

    def of_unit(self, unit: Organisation, *roles: Role) -> Membership:
        """Somebody who works for the unit: of its own, else of the nearest above it."""
        above: Organisation | None = unit
        while above is not None:
            own = [m for m in self.all if m.organisation_id == above.pk and m.role in UNIT]
            if own:
                return self.rng.choice([m for m in own if m.role in roles] or own)
            above = self.organisations[above.parent_id] if above.parent_id else None
        raise LookupError(f"nobody works for {unit}")

    def unit_for(self, case: Case) -> Organisation:
        """The catalogue's unit."""
        found = self.catalogue.get(case.category_id or 0)
        return self.organisations[found] if found else self.by_code["MZJ"]

    def other_unit(self, unit: Organisation, case: Case) -> Organisation:
        """Where a case goes that the unit returned: the district of the place, or a bureau nearby."""
        district = case.region.parent.name if case.region and case.region.parent else ""
        local = [o for o in self.organisations.values() if o.name.startswith(district[:2]) and o.tier == 1 and district]
        choice = [o for o in local if o.pk != unit.pk and o.kind == Organisation.Kind.UNIT]
        return self.rng.choice(choice or [self.by_code["SZZX"], self.by_code["CGJ"]])
