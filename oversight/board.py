"""The cases a supervisor's page is about: those within reach, narrowed by who took them, whose they are, where from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cases.case_sets import Selection
from cases.models import Case, CaseQuerySet, Category, Channel
from cases.tallies import Among
from hotline.models import Membership, Organisation, Region


@dataclass(frozen=True)
class Board:
    """The cases a supervisor looks at: those within reach, of one contractor or of all, and so on."""

    by: Membership
    at: datetime
    contractor: Organisation | None = None
    unit: Organisation | None = None
    region: Region | None = None
    category: Category | None = None
    channel: Channel | None = None

    @property
    def reach(self) -> CaseQuerySet:
        return Case.objects.visible_to(self.by)

    @property
    def everything(self) -> Selection:
        return Selection(
            contractor=self.contractor,
            unit=self.unit,
            region=self.region,
            category=self.category,
            channel=self.channel,
        )

    @property
    def among(self) -> Among:
        """The same, as the tallies are asked."""
        channel = self.channel.pk if self.channel else None
        return Among(self.contractor, self.unit, self.region, self.category, channel)

    @property
    def cases(self) -> CaseQuerySet:
        return self.everything.cases(self.reach, self.at)
