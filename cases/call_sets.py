"""Calls as a page counts and opens them: one condition for both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from cases.call_counting import Part, calls_behind, offered_in
from cases.models import CallQuerySet
from hotline.calendar import Period
from hotline.models import Organisation, User


@dataclass(frozen=True)
class CallSelection:
    """Some calls, said so that they can stand in an address."""

    period: Period
    measure: str = ""
    part: Part = Part.DENOMINATOR
    contractor: Organisation | None = None
    agent: User | None = None
    queue: str = ""

    def within(self, calls: CallQuerySet) -> CallQuerySet:
        """Of a contractor, an agent, a queue; of any time."""
        if self.contractor:
            calls = calls.filter(organisation=self.contractor)
        if self.agent:
            calls = calls.filter(agent=self.agent)
        return calls.filter(queue=self.queue) if self.queue else calls

    def calls(self, calls: CallQuerySet) -> CallQuerySet:
        chosen = self.within(calls)
        if self.measure:
            return calls_behind(chosen, self.measure, self.period, self.part)
        return offered_in(chosen, self.period)

    def address(self, **changed: Any) -> dict[str, str]:
        """The parameters under which a page finds these calls, some of it changed."""
        this = replace(self, **changed)
        given = {
            "measure": this.measure,
            "part": this.part if this.measure else "",
            "from": this.period.start.isoformat(),
            "until": this.period.end.isoformat() if this.period.end else "",
            "contractor": this.contractor.code if this.contractor else "",
            "agent": this.agent.username if this.agent else "",
            "queue": this.queue,
        }
        return {name: str(value) for name, value in given.items() if value}


def calls_url(chosen: CallSelection, **changed: Any) -> str:
    """The page that lists exactly these calls, some of the selection changed."""
    return f"{reverse('cases:call_list')}?{urlencode(chosen.address(**changed))}"
