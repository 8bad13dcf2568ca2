"""Dissatisfied, then satisfied within days, and the unit spoke to the citizen in between (domain: changed answers)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from cases.models import CaseEvent, EventKind, Feedback
from hotline.calendar import Period
from oversight.detector import Detector, Hit, Limit, Limits, Subject
from oversight.detectors.acts import by_subject
from oversight.detectors.answers import GOOD, answers


def hits(period: Period, limits: Limits) -> Iterable[Hit]:
    since = timedelta(hours=limits["hours"])
    before = Feedback.objects.filter(
        ~GOOD, case=OuterRef("case"), round__lt=OuterRef("round"), at__gte=OuterRef("at") - since
    )
    spoken = CaseEvent.objects.filter(
        case=OuterRef("case"), kind=EventKind.CONTACTED, at__lt=OuterRef("at"), at__gte=OuterRef("at") - since
    )
    turned = answers(period).filter(GOOD, Exists(before), Exists(spoken))
    for pk, unit, case, at, satisfaction in turned.values_list("pk", "unit", "case", "at", "satisfaction"):
        yield Hit(Subject(unit), f"feedback:{pk}", at, case=case, facts={"satisfaction": satisfaction})


def looked_at(period: Period, limits: Limits) -> Mapping[Subject, int]:
    return by_subject(answers(period), "unit")


DETECTOR = Detector(
    "turned_answers",
    _("Dissatisfied turned satisfied, and the unit had called in between"),
    _("A citizen who was dissatisfied is satisfied within some days, and the unit spoke to them in between."),
    _("The matter was really put right, and the unit told the citizen so."),
    hits,
    looked_at,
    at_least=3,
    times_peers=30,
    limits={"hours": Limit(_("Within so many hours"), 72, 1, 720)},
)
