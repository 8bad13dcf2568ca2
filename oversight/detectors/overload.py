"""Agents who bear more than one can (domain: overload; to protect staff, not to control them)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Min, Sum, Value
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.models import Call
from hotline.calendar import SHANGHAI, Period
from oversight.detector import Detector, Hit, Limit, Limits, Subject


def _days(period: Period) -> Iterable[tuple[int, int, date, datetime, int, timedelta]]:
    """Each agent's days with calls, either way: when the first began, how many, and how long they took with wrap-up."""
    calls: Any = Call.objects.filter(offered_at__gte=period.start, offered_at__lt=period.end)
    calls = calls.filter(
        answered_at__isnull=False, ended_at__isnull=False, agent__isnull=False, organisation__isnull=False
    )
    wrap_up = ExpressionWrapper(
        Value(timedelta(seconds=1)) * Coalesce(F("wrap_up_seconds"), 0), output_field=DurationField()
    )
    took = F("ended_at") - F("answered_at") + wrap_up
    days = calls.order_by().annotate(day=TruncDate("offered_at", tzinfo=SHANGHAI))
    counted = days.values_list("organisation", "agent", "day").annotate(
        first=Min("offered_at"), n=Count("pk"), spent=Sum(took)
    )
    return list(counted)


def hits(period: Period, limits: Limits) -> Iterable[Hit]:
    most = timedelta(minutes=limits["minutes"])
    for company, agent, day, first, n, spent in _days(period):
        if n >= limits["calls"] or spent >= most:
            facts = {"calls": n, "minutes": int(spent.total_seconds() // 60)}
            yield Hit(Subject(company, agent), f"day:{company}:{agent}:{day}", first, facts=facts)


def looked_at(period: Period, limits: Limits) -> Mapping[Subject, int]:
    days: dict[Subject, int] = {}
    for company, agent, *_rest in _days(period):
        days[Subject(company, agent)] = days.get(Subject(company, agent), 0) + 1
    return days


def tells(facts: Mapping[str, Any]) -> str:
    return gettext("A day with %(calls)s calls, %(minutes)s minutes on them") % facts


DETECTOR = Detector(
    "overload",
    _("More calls than one can bear"),
    _("Day after day an agent takes more calls, or spends more time on them with their wrap-up, than anybody should."),
    _("A storm, and everybody stayed; calls that were left open when the platform failed."),
    hits,
    looked_at,
    at_least=3,
    tells=tells,
    limits={
        "calls": Limit(_("So many calls in a day"), 120, 10, 1000),
        "minutes": Limit(_("Or so many minutes on calls and wrap-up in a day"), 480, 60, 1440),
    },
)
