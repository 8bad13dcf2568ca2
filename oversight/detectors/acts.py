"""What detectors count in common: acts of a kind in a period, and by which unit.

Confidential cases are left out of all: a sealed report is known to few, and a finding would tell of it.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count, QuerySet

from cases.models import CaseEvent, EventKind
from cases.models.event import CaseEventQuerySet
from hotline.calendar import Period
from oversight.detector import Subject


def acts(period: Period, *kinds: EventKind) -> CaseEventQuerySet:
    assert period.end is not None
    return CaseEvent.objects.between(period.start, period.end).filter(kind__in=kinds, case__confidential=False)


def unit_acts(period: Period, *kinds: EventKind) -> CaseEventQuerySet:
    """Acts within a unit's part of a case."""
    return acts(period, *kinds).filter(assignment__isnull=False)


def by_unit(rows: QuerySet[CaseEvent, CaseEvent], unit: str = "assignment__unit") -> Mapping[Subject, int]:
    counted = rows.order_by().values_list(unit).annotate(n=Count("pk"))
    return {Subject(organisation): n for organisation, n in counted}


def accepted(period: Period) -> CaseEventQuerySet:
    """Units' own replies that the hotline accepted; an answer given to the whole of a group is one, the main case's."""
    return unit_acts(period, EventKind.ACCEPTED).exclude(payload__has_key="of")
