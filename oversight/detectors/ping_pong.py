"""From one unit to another and back (domain: buck-passing)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from cases.models import Assignment, AssignmentRole
from hotline.calendar import Period
from oversight.detector import Detector, Hit, Limits, Subject
from oversight.detectors.acts import SENT, by_unit, unit_acts


def hits(period: Period, limits: Limits) -> Iterable[Hit]:
    leads = Assignment.objects.filter(
        case=OuterRef("case"),
        role=AssignmentRole.LEAD,
        round=OuterRef("round"),
        dispatched_at__lt=OuterRef("assignment__dispatched_at"),
    )
    same = leads.filter(unit=OuterRef("assignment__unit"))
    other = leads.exclude(unit=OuterRef("assignment__unit"))
    rows = unit_acts(period, *SENT).filter(Exists(same), Exists(other))
    for pk, unit, case, at in rows.values_list("pk", "assignment__unit", "case", "at"):
        yield Hit(Subject(unit), f"event:{pk}", at, case=case)


def looked_at(period: Period, limits: Limits) -> Mapping[Subject, int]:
    """Cases, however often each was sent: what goes back and forth would else make its own share smaller."""
    return by_unit(unit_acts(period, *SENT), of="case")


DETECTOR = Detector(
    "ping_pong",
    _("There, elsewhere and back"),
    _("Of the cases sent to a unit far more than of its peers' had been with it before, and then with another one."),
    _("The second unit found out on the spot that the first one was right for it."),
    hits,
    looked_at,
    at_least=3,
    times_peers=20,
    version=3,
)
