"""Replies bunched on the last days of a month (domain: closing bunched before month end)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import EventKind
from hotline.calendar import Period
from oversight.detector import Detector, Hit, Limit, Limits, Subject
from oversight.detectors.acts import by_unit, unit_acts


def hits(period: Period, limits: Limits) -> Iterable[Hit]:
    rows = unit_acts(period, EventKind.REPLIED).values_list("pk", "assignment__unit", "case", "at")
    for pk, unit, case, at in rows.iterator(2_000):
        day = timezone.localdate(at)
        if (day + timedelta(days=limits["days"])).month != day.month:
            yield Hit(Subject(unit), f"event:{pk}", at, case=case)


def looked_at(period: Period, limits: Limits) -> Mapping[Subject, int]:
    return by_unit(unit_acts(period, EventKind.REPLIED))


DETECTOR = Detector(
    "month_end",
    _("Replies bunched at the end of the month"),
    _("Of a unit's replies far more than of its peers' came on the last days of a month."),
    _("Many of its cases came in together, after a storm, say."),
    hits,
    looked_at,
    at_least=5,
    times_peers=30,
    limits={"days": Limit(_("The last so many days"), 2, 1, 7)},
)
