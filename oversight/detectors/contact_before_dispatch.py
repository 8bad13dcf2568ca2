"""A contact said to lie before the unit even had the case (domain: contact time earlier than dispatch)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from cases.models import EventKind
from hotline.calendar import Period
from oversight.detector import Detector, Hit, Limits, Subject
from oversight.detectors.acts import by_unit, unit_acts


def _naming_a_contact(period: Period) -> Any:
    """Replies that say when the citizen was spoken to: of those that name no contact none could lie too early."""
    return unit_acts(period, EventKind.REPLIED).filter(
        assignment__replies__round=F("round"),
        assignment__replies__submitted_at=F("at"),
        assignment__replies__contacted=True,
    )


def hits(period: Period, limits: Limits) -> Iterable[Hit]:
    rows = _naming_a_contact(period)
    early = rows.filter(assignment__replies__contacted_at__lt=F("assignment__dispatched_at"))
    said = early.values_list("pk", "assignment__unit", "case", "at", "assignment__replies__contacted_at")
    for pk, unit, case, at, contacted_at in said:
        yield Hit(Subject(unit), f"event:{pk}", at, case=case, facts={"contacted_at": str(contacted_at)})


def looked_at(period: Period, limits: Limits) -> Mapping[Subject, int]:
    return by_unit(_naming_a_contact(period))


DETECTOR = Detector(
    "contact_before_dispatch",
    _("Spoke to the citizen before it had the case"),
    _("A reply names a time of contact that lies before the case was dispatched to the unit."),
    _("The unit knew the citizen from an earlier case, or the day was mistyped."),
    hits,
    looked_at,
    at_least=3,
    times_peers=20,
    version=4,
)
