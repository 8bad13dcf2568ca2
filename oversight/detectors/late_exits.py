"""Asked out of the count when the limit was nearly over (domain: clock games, classification games).

An exclusion takes a case out of the net rates, a suspension stops its clock: both change what a late case counts as.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_lazy as _

from cases.models import Clock, ClockKind, EventKind
from hotline.calendar import Period
from oversight.detector import Detector, Hit, Limit, Limits, Subject
from oversight.detectors.acts import by_unit, unit_acts

ASKED = (EventKind.EXCLUSION_ASKED, EventKind.SUSPENSION_ASKED)


def hits(period: Period, limits: Limits) -> Iterable[Hit]:
    last = (F("due_at") - F("started_at")) * (limits["percent"] / 100)
    nearly_over = Clock.objects.filter(
        assignment=OuterRef("assignment"), kind=ClockKind.HANDLE, due_at__lte=OuterRef("at") + last
    )
    rows = unit_acts(period, *ASKED).filter(Exists(nearly_over))
    for pk, unit, case, at, kind in rows.values_list("pk", "assignment__unit", "case", "at", "kind"):
        yield Hit(Subject(unit), f"event:{pk}", at, case=case, facts={"asked": kind})


def looked_at(period: Period, limits: Limits) -> Mapping[Subject, int]:
    """All that it signed off: whoever asks much, late or not, is not made less conspicuous by that."""
    return by_unit(unit_acts(period, EventKind.SIGNED))


DETECTOR = Detector(
    "late_exits",
    _("Asked out of the count at the last moment"),
    _("For far more cases than its peers a unit asks for an exclusion or a suspension when its limit is nearly over."),
    _("What makes the demand unreasonable, or what must be waited for, came out on the spot."),
    hits,
    looked_at,
    at_least=3,
    times_peers=20,
    limits={"percent": Limit(_("In the last so many per cent of the limit"), 10, 1, 50)},
)
