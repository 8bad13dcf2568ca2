"""Returned when the limit to sign off was nearly over (domain: clock games)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_lazy as _

from cases.models import Clock, ClockKind, EventKind
from hotline.calendar import Period
from oversight.detector import Detector, Hit, Limit, Limits, Subject
from oversight.detectors.acts import SENT, by_unit, unit_acts


def hits(period: Period, limits: Limits) -> Iterable[Hit]:
    last = (F("due_at") - F("started_at")) * (limits["percent"] / 100)
    nearly_over = Clock.objects.filter(
        assignment=OuterRef("assignment"), kind=ClockKind.SIGN, due_at__lte=OuterRef("at") + last
    )
    rows = unit_acts(period, EventKind.BOUNCE_ASKED).filter(Exists(nearly_over))
    for pk, unit, case, at in rows.values_list("pk", "assignment__unit", "case", "at"):
        yield Hit(Subject(unit), f"event:{pk}", at, case=case)


def looked_at(period: Period, limits: Limits) -> Mapping[Subject, int]:
    """All that was sent to it: whoever returns much, late or not, is not made less conspicuous by that."""
    return by_unit(unit_acts(period, *SENT))


DETECTOR = Detector(
    "late_returns",
    _("Returned at the last moment"),
    _("Far more of the cases sent to a unit than to its peers are returned when the limit to sign off is nearly over."),
    _("It looked into whose the case is first, or papers came late."),
    hits,
    looked_at,
    at_least=3,
    times_peers=20,
    limits={"percent": Limit(_("In the last so many per cent of the limit"), 10, 1, 50)},
)
