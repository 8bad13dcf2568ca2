"""The rules of urging: how long there is to answer each step, when notices keep quiet, and how many are too many."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.deadlines import calendar_of
from cases.models import Case, CaseEvent, EscalationAct, EventKind, Urgency
from hotline.acts import Invalid
from hotline.calendar import Unit
from hotline.models import Message, Organisation, Proposal
from hotline.outbox import after_quiet
from hotline.proposals import Values, register
from hotline.rulebook import Entry, Rulebook

Recipient = tuple[int | None, str]  # a unit, or none for all who hold the role
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
PRESSING = (EventKind.YELLOW, EventKind.RED, EventKind.URGED, EventKind.SUPERVISED, EventKind.ESCALATED)
STEPS_AT_MOST = 20_000  # the latest ones; enough for a forecast
DIGESTED = (EscalationAct.YELLOW, EscalationAct.RED, EscalationAct.URGE)


class UrgingRules(Rulebook):
    """What the office decides about pressing the units. The numbers brought are assumptions: a city sets its own."""

    key = "urging"
    label = gettext_lazy("Urging and supervision")
    brought = {
        "urge_days": 1,
        "supervise_days": 3,
        "summons_days": 5,
        "circular_days": 5,
        "urges_a_day": 5,
        "notices_an_hour": 0,
        "quiet_from": "",
        "quiet_until": "",
        "digest_acts": [],
        "digest_at": ["08:30", "14:00"],
    }
    entries = {
        "urge_days": Entry(gettext_lazy("Working days to answer an urge"), 1, 60),
        "supervise_days": Entry(gettext_lazy("Working days to answer a supervision"), 1, 60),
        "summons_days": Entry(gettext_lazy("Working days to answer a summons"), 1, 60),
        "circular_days": Entry(gettext_lazy("Working days to answer a circular"), 1, 60),
        "urges_a_day": Entry(gettext_lazy("Urges of one case by hand in 24 hours, at most"), 1, 50),
        "notices_an_hour": Entry(gettext_lazy("Notices to one recipient in an hour, at most (0: no limit)"), 0, 10_000),
        "quiet_from": Entry(gettext_lazy("Notices keep quiet from")),
        "quiet_until": Entry(gettext_lazy("Notices keep quiet until")),
        "digest_acts": Entry(
            gettext_lazy("Told in a digest only"), choices=tuple((act.value, act.label) for act in DIGESTED)
        ),
        "digest_at": Entry(gettext_lazy("Digests are sent at (several with commas)")),
    }

    def clean(self, target: str, given: Values, proposal: Proposal) -> Values:
        values = super().clean(target, given, proposal)
        for name in ("quiet_from", "quiet_until"):
            if values[name] and not CLOCK.fullmatch(values[name]):
                raise Invalid(_("Write a time like 21:00."), field=name)
        if bool(values["quiet_from"]) != bool(values["quiet_until"]):
            raise Invalid(_("Quiet hours have a beginning and an end."), field="quiet_until")
        if not values["digest_at"] or not all(CLOCK.fullmatch(at) for at in values["digest_at"]):
            raise Invalid(_("Write one time or several, like 08:30, 14:00."), field="digest_at")
        if set(values["digest_acts"]) - set(DIGESTED):
            raise Invalid(_("Supervision is always told at once."), field="digest_acts")
        return {**values, "digest_at": sorted(set(values["digest_at"])), "digest_acts": sorted(values["digest_acts"])}

    def words(self, name: str, value: Any) -> str:
        if name == "digest_acts":
            return ", ".join(str(EscalationAct(act).label) for act in value) or "–"
        return super().words(name, value) or "–"

    def effects(self, proposal: Proposal, at: datetime) -> list[str]:
        n = Case.objects.open().count()
        said = [
            ngettext(
                "%(n)s open case is pressed by these rules from the first day on; earlier steps keep their limit.",
                "%(n)s open cases are pressed by these rules from the first day on; earlier steps keep their limits.",
                n,
            )
            % {"n": n}
        ]
        at_once, held, digests = told(proposal.change, at)
        was, _held, _digests = told(proposal.before or dict(self.brought), at)
        return [
            *said,
            _(
                "Of the notices of the last 30 days %(was)s went out at once; under the new rules it would be %(now)s,"
                " and %(held)s would have come together in %(digests)s digests."
            )
            % {"was": was, "now": at_once, "held": held, "digests": digests},
        ]


def told(values: Values, at: datetime) -> tuple[int, int, int]:
    """The last thirty days' steps of the clocks under these rules: told at once, held, and in how many digests.

    The limit by the hour is not reckoned with: it depends on who else was told.
    """
    rows = CaseEvent.objects.between(at - timedelta(days=30), at).filter(kind__in=PRESSING, by=None)
    steps = rows.latest_first().values_list("at", "assignment__unit", "payload__act", "case__urgency")
    at_once, held, digests = 0, 0, set()
    for fired_at, unit, act, urgency in steps[:STEPS_AT_MOST]:
        until = held_until(values, act or "", urgency, fired_at)
        if until is None:
            at_once += 1
        else:
            held += 1
            digests.add((until, unit))
    return at_once, held, len(digests)


def held_until(values: Values, act: str, urgency: str, at: datetime) -> datetime | None:
    """Until when a notice waits for others; None if it goes out at once. Emergencies never wait, nor supervision."""
    if urgency == Urgency.EMERGENCY or act not in DIGESTED:
        return None
    if act in values["digest_acts"]:
        return next_digest(values, at)
    return quiet_end(values, at) if urgency == Urgency.ORDINARY else None


def next_digest(values: Values, at: datetime) -> datetime:
    """The first digest after the moment, of today or tomorrow, in local time."""
    local = at.astimezone(ZoneInfo(settings.TIME_ZONE))
    times = [time.fromisoformat(text) for text in values["digest_at"]]
    days = (local.date(), local.date() + timedelta(days=1))
    return min(moment for day in days for t in times if (moment := datetime.combine(day, t, local.tzinfo)) > local)


def quiet_end(values: Values, at: datetime) -> datetime | None:
    """When the quiet hours end that the moment lies in; None outside them. ``[from, until)``, over midnight or not."""
    if not values["quiet_from"]:
        return None
    until = after_quiet(at, (values["quiet_from"], values["quiet_until"]))
    return until if until > at else None


def answer_due(rung: str, at: datetime, unit: Organisation | None) -> datetime:
    """When a step issued now must be answered, by the unit's own working calendar."""
    return calendar_of(unit).add(at, RULES.on(at)[f"{rung}_days"], Unit.WORKING_DAY)


class Desk:
    """Who was told how much within the last hour, while a batch of notices is gone through."""

    def __init__(self, values: Values, at: datetime) -> None:
        self.values, self.at = values, at
        self.told = Counter[Recipient]() if not values["notices_an_hour"] else _told_within_the_hour(at)

    def held_until(self, act: str, urgency: str, to: Recipient) -> datetime | None:
        """As ``held_until``, and what is too much for an hour waits for the next digest."""
        until = held_until(self.values, act, urgency, self.at)
        if until is not None:
            return until
        most = self.values["notices_an_hour"]
        if most and self.told[to] >= most and act in DIGESTED and urgency != Urgency.EMERGENCY:
            return next_digest(self.values, self.at)
        self.told[to] += 1
        return None


def _told_within_the_hour(at: datetime) -> Counter[Recipient]:
    rows = Message.objects.filter(created_at__gt=at - timedelta(hours=1), template__key__startswith="clock_")
    counted = rows.order_by().values_list("to_organisation", "to_role").annotate(n=Count("pk"))
    return Counter({(unit, role): n for unit, role, n in counted})


RULES = UrgingRules()
register(RULES)
