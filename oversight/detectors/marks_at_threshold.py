"""A company's own marks that lie just above the pass mark (domain: marks at the threshold)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from contractors.models import Mark, Purpose
from hotline.calendar import Period
from oversight.detector import Detector, Hit, Limit, Limits, Subject
from oversight.detectors.acts import by_subject


def _own_marks(period: Period) -> QuerySet[Mark]:
    marks = Mark.objects.filter(submitted_at__gte=period.start, submitted_at__lt=period.end)
    return marks.filter(contact__sample__purpose=Purpose.INSPECTION)


def hits(period: Period, limits: Limits) -> Iterable[Hit]:
    passed = F("contact__sample__scorecard__pass_mark")
    near = _own_marks(period).filter(total__gte=passed, total__lt=passed + limits["points"])
    rows = near.values_list("pk", "organisation", "by", "submitted_at", "contact__case", "contact__call", "total")
    for pk, company, marker, at, case, call, total in rows:
        assert at is not None  # it was handed in
        yield Hit(Subject(company, marker), f"mark:{pk}", at, case=case, call=call, facts={"total": str(total)})


def looked_at(period: Period, limits: Limits) -> Mapping[Subject, int]:
    return by_subject(_own_marks(period), "organisation", "by")


DETECTOR = Detector(
    "marks_at_threshold",
    _("Marks just above the pass mark"),
    _("Of an inspector's marks far more than of their peers' lie just above the pass mark."),
    _("The week's calls were of one kind; the scorecard gives few steps near the pass mark."),
    hits,
    looked_at,
    at_least=5,
    times_peers=20,
    limits={"points": Limit(_("Within so many points of the pass mark"), 3, 1, 20)},
)
