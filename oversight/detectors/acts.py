"""What detectors count in common: acts of a kind in a period, and by which unit.

Confidential cases are left out of all: a sealed report is known to few, and a finding would tell of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import BigIntegerField, Count, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

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


SENT = (EventKind.DISPATCHED, EventKind.BOUNCE_GRANTED, EventKind.DISPUTE_SETTLED)  # to a unit, by whatever act


def by_subject(rows: QuerySet[Any, Any], *columns: str, of: str = "pk") -> Mapping[Subject, int]:
    """How many rows, or how many different ``of``, each body has, or each body's person if that is named."""
    counted = rows.order_by().values_list(*columns).annotate(n=Count(of, distinct=of != "pk"))
    return {Subject(*subject): n for *subject, n in counted}


def by_unit(rows: QuerySet[Any, Any], *, of: str = "pk") -> Mapping[Subject, int]:
    return by_subject(rows, "assignment__unit", of=of)


def accepted(period: Period) -> QuerySet[Any, Any]:
    """Units' own replies that the hotline accepted, with the reply's key as ``reply``.

    An answer given to the whole of a group is one, the main case's.
    """
    own = unit_acts(period, EventKind.ACCEPTED).exclude(payload__has_key="of")
    named: QuerySet[Any, Any] = own.annotate(reply=Cast(KeyTextTransform("reply", "payload"), BigIntegerField()))
    return named
