"""A case that is not what it was registered as (domain: classification games).

What a request is (its kind, its category) decides its limits and the measures it counts in. No act changes it after
registration, so one that differs from its registration was changed past the acts, in the database; where an act to
correct a record comes, its cases show here the same way, by what the registration's own entry says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F, Q
from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.models import EventKind, Kind
from hotline.calendar import Period
from oversight.detector import Detector, Hit, Limits, Subject
from oversight.detectors.acts import acts, by_subject


def _registered(period: Period) -> Any:
    """Requests of the period that were sent to a unit, with what they were registered as."""
    rows = acts(period, EventKind.REGISTERED).filter(case__unit__isnull=False, payload__has_key="kind")
    return rows.annotate(
        unit=F("case__unit"),
        was=KeyTextTransform("kind", "payload"),
        about=KeyTextTransform("category", "payload"),
    )


def hits(period: Period, limits: Limits) -> Iterable[Hit]:
    other_kind = ~Q(was=F("case__kind"))
    other_category = Q(about__isnull=False) & (~Q(about=F("case__category__code")) | Q(case__category=None))
    rows = _registered(period).filter(other_kind | other_category)
    for pk, unit, case, at, was, about in rows.values_list("pk", "unit", "case", "at", "was", "about"):
        yield Hit(Subject(unit), f"event:{pk}", at, case=case, facts={"kind": was, "category": about})


def looked_at(period: Period, limits: Limits) -> Mapping[Subject, int]:
    return by_subject(_registered(period), "unit")


def tells(facts: Mapping[str, Any]) -> str:
    was = {"kind": Kind(facts["kind"]).label, "category": facts["category"] or "–"}
    return gettext("Registered as: %(kind)s, category %(category)s") % was


DETECTOR = Detector(
    "recoded",
    _("Not what it was registered as"),
    _("The kind or the category of a case with a unit is another than the one it was registered with."),
    _("Records were put right by hand after a mistake at the desk, or when categories were rearranged."),
    hits,
    looked_at,
    at_least=2,
    tells=tells,
)
