"""Calls that end within seconds of being answered (domain: short-call dumping)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from cases.models import Call
from cases.models.call import CallQuerySet, Direction
from hotline.calendar import Period
from oversight.detector import Detector, Hit, Limit, Limits, Subject
from oversight.detectors.acts import by_subject


def _answered(period: Period) -> CallQuerySet:
    calls = Call.objects.filter(offered_at__gte=period.start, offered_at__lt=period.end, direction=Direction.INBOUND)
    return calls.filter(answered_at__isnull=False, agent__isnull=False, organisation__isnull=False)


def hits(period: Period, limits: Limits) -> Iterable[Hit]:
    short = _answered(period).filter(ended_at__lt=F("answered_at") + timedelta(seconds=limits["seconds"]))
    short = short.filter(case__isnull=True)
    for pk, company, agent, at in short.values_list("pk", "organisation", "agent", "offered_at"):
        yield Hit(Subject(company, agent), f"call:{pk}", at, call=pk)


def looked_at(period: Period, limits: Limits) -> Mapping[Subject, int]:
    return by_subject(_answered(period), "organisation", "agent")


DETECTOR = Detector(
    "short_calls",
    _("Calls that end within seconds"),
    _("Of the calls an agent answered far more than of their peers' ended within seconds, and led to no case."),
    _("Silent and nuisance calls; a line that drops."),
    hits,
    looked_at,
    at_least=10,
    times_peers=30,
    limits={"seconds": Limit(_("Shorter than so many seconds"), 8, 1, 120)},
)
