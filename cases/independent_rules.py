"""The rules of the independent callback: how many are drawn, when and how often they are called, what gap warns.

No city's rate was found published; Jiangyin's discipline office samples 300 services a month. What is brought here is
of that order a contractor, to be changed by two people of the office.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.models import IndependentCallback, RoundResult
from hotline.acts import Invalid
from hotline.models import Proposal
from hotline.proposals import Values, register
from hotline.rulebook import Entry, Rulebook


class IndependentRules(Rulebook):
    """A sample keeps the rules of the day it was drawn; the limit that warns is the one in force."""

    key = "independent"
    label = gettext_lazy("Independent callback")
    brought = {
        "percent_contractor": 20,
        "percent_otherwise": 10,
        "percent_unanswered": 10,
        "most_a_day": 20,
        "first_hour": 9,
        "last_hour": 20,
        "attempts": 3,
        "retry_hours": 4,
        "days": 5,
        "hold_minutes": 45,
        "warning_points": 5,
    }
    entries = {
        "percent_contractor": Entry(gettext_lazy("Of rounds answered to the contractor's callback, per cent"), 0, 100),
        "percent_otherwise": Entry(gettext_lazy("Of rounds answered by link or to the office, per cent"), 0, 100),
        "percent_unanswered": Entry(gettext_lazy("Of rounds nobody answered, per cent"), 0, 100),
        "most_a_day": Entry(gettext_lazy("Of one contractor's cases a day, at most"), 1, 500),
        "first_hour": Entry(gettext_lazy("Citizens are called from this hour on"), 6, 20),
        "last_hour": Entry(gettext_lazy("Citizens are called up to this hour"), 9, 22),
        "attempts": Entry(gettext_lazy("Tries to reach one citizen, at most"), 1, 10),
        "retry_hours": Entry(gettext_lazy("Hours between two tries, at least"), 0, 72),
        "days": Entry(gettext_lazy("Days from the draw after which nobody is called any more"), 1, 60),
        "hold_minutes": Entry(gettext_lazy("Minutes one caller has a citizen in hand"), 10, 240),
        "warning_points": Entry(gettext_lazy("The gap warns beyond so many percentage points"), 1, 100),
    }

    def clean(self, target: str, given: Values, proposal: Proposal) -> Values:
        values = super().clean(target, given, proposal)
        if values["last_hour"] <= values["first_hour"]:
            raise Invalid(_("The last hour must come after the first."), field="last_hour")
        return values

    def effects(self, proposal: Proposal, at: datetime) -> list[str]:
        n = IndependentCallback.objects.waiting().count()
        kept = ngettext(
            "%(n)s citizen is still to be called and keeps the rules of the draw.",
            "%(n)s citizens are still to be called and keep the rules of their draw.",
            n,
        )
        return [kept % {"n": n}]


def percents_of(rules: Values) -> dict[str, int]:
    """What share of each stratum is drawn."""
    return {stratum.value: int(rules[f"percent_{stratum.value}"]) for stratum in RoundResult}


def is_calling_time(at: datetime, rules: Values) -> bool:
    """Is it an hour at which citizens may be called?"""
    hour = at.astimezone(ZoneInfo(settings.TIME_ZONE)).hour
    return int(rules["first_hour"]) <= hour < int(rules["last_hour"])


RULES = IndependentRules()
register(RULES)
