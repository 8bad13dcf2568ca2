"""The same person, matter and place again soon after "solved" (domain: false closing)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from cases.models import Case, EventKind, Outcome
from hotline.calendar import Period
from oversight.detector import Detector, Hit, Limit, Limits, Subject
from oversight.detectors.acts import acts, by_subject


def hits(period: Period, limits: Limits) -> Iterable[Hit]:
    solved = Case.objects.filter(
        citizen=OuterRef("citizen"),
        category=OuterRef("category"),
        region=OuterRef("region"),
        outcome=Outcome.SOLVED,
        unit__isnull=False,
        last_closed_at__lt=OuterRef("registered_at"),
        last_closed_at__gte=OuterRef("registered_at") - timedelta(days=limits["days"]),
    ).order_by("-last_closed_at")
    again = Case.objects.filter(registered_at__gte=period.start, registered_at__lt=period.end, confidential=False)
    again = again.filter(citizen__isnull=False, category__isnull=False, region__isnull=False)
    found = again.annotate(before=Subquery(solved.values("pk")[:1]), had_it=Subquery(solved.values("unit")[:1]))
    for pk, at, unit, before in found.filter(had_it__isnull=False).values_list(
        "pk", "registered_at", "had_it", "before"
    ):
        yield Hit(Subject(unit), f"case:{pk}", at, case=before, facts={"again": pk})


def looked_at(period: Period, limits: Limits) -> Mapping[Subject, int]:
    closed = acts(period, EventKind.CLOSED).filter(case__outcome=Outcome.SOLVED, case__unit__isnull=False)
    return by_subject(closed, "case__unit")


DETECTOR = Detector(
    "came_back",
    _("Solved, and soon reported again"),
    _("The same citizen reports the same matter at the same place again, days after it was closed as solved."),
    _("It broke anew: a lamp fails twice, rubbish is dumped again."),
    hits,
    looked_at,
    at_least=3,
    times_peers=20,
    limits={"days": Limit(_("Within so many days of the closing"), 30, 1, 180)},
)
