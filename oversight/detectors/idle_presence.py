"""Signed in for hours, and not one call (domain: logins without calls).

Presence is read from what people did (``contractors.presence``), so whoever is found kept a session alive all day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.models import Call
from contractors import presence
from contractors.presence import Span
from hotline.calendar import SHANGHAI, Period
from hotline.models import Membership
from hotline.roles import Role
from oversight.detector import Detector, Hit, Limit, Limits, Subject


def _days(period: Period, limits: Limits) -> Iterable[tuple[Subject, date, datetime, bool]]:
    """Each agent's days of so many hours at work: when the first sign came, and whether a call was among them."""
    assert period.end is not None
    companies = dict(
        Membership.objects.filter(role=Role.AGENT, valid__overlap=(period.start, period.end))
        .order_by("valid")
        .values_list("user", "organisation")
    )
    at_work = presence.spans(companies, period, now=period.end)
    calls = Call.objects.filter(agent__in=companies, answered_at__isnull=False)
    calls = calls.filter(offered_at__gte=period.start, offered_at__lt=period.end)
    took = {(agent, day) for agent, day in calls.order_by().values_list("agent", "offered_at__date").distinct()}
    for agent, stretches in at_work.items():
        for day, (first, length) in _by_day(stretches).items():
            if length >= timedelta(hours=limits["hours"]):
                yield Subject(companies[agent], agent), day, first, (agent, day) in took


def _by_day(stretches: Iterable[Span]) -> dict[date, tuple[datetime, timedelta]]:
    """The first sign and the time at work of each local day; a night shift is cut at midnight."""
    days: dict[date, tuple[datetime, timedelta]] = {}
    for since, until in stretches:
        while since < until:
            day = since.astimezone(SHANGHAI).date()
            midnight = datetime.combine(day + timedelta(1), time(), SHANGHAI)
            first, length = days.get(day, (since, timedelta()))
            days[day] = first, length + min(until, midnight) - since
            since = midnight
    return days


def hits(period: Period, limits: Limits) -> Iterable[Hit]:
    for subject, day, first, called in _days(period, limits):
        if not called:
            yield Hit(subject, f"day:{subject.organisation}:{subject.person}:{day}", first)


def looked_at(period: Period, limits: Limits) -> Mapping[Subject, int]:
    days: dict[Subject, int] = defaultdict(int)
    for subject, *_rest in _days(period, limits):
        days[subject] += 1
    return days


def tells(_facts: Mapping[str, Any]) -> str:
    return gettext("A day at work without a call")


DETECTOR = Detector(
    "idle_presence",
    _("At work for hours without a call"),
    _("Of an agent's days at work far more than of their peers' went by without one answered call."),
    _("The agent wrote answers to letters and messages, taught newcomers, or the platform missed the calls."),
    hits,
    looked_at,
    at_least=3,
    tells=tells,
    times_peers=20,
    limits={"hours": Limit(_("Days of so many hours at work"), 4, 1, 24)},
)
