"""Citizens who were to be asked by telephone and never were (domain: selective callback)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_lazy as _

from cases.models import CallbackAttempt, EventKind, Survey, SurveyState
from hotline.calendar import Period
from oversight.detector import Detector, Hit, Limits, Subject
from oversight.detectors.acts import acts, by_subject


def _to_call(period: Period) -> Any:
    """Askings by telephone that began in the period and are over."""
    over = Survey.objects.filter(case=OuterRef("case"), round=OuterRef("round"), ended_at__isnull=False)
    asked = acts(period, EventKind.SURVEYED).filter(payload__how="callback", case__unit__isnull=False)
    return asked.filter(Exists(over)).annotate(unit=F("case__unit"))


def hits(period: Period, limits: Limits) -> Iterable[Hit]:
    tried = CallbackAttempt.objects.filter(survey__case=OuterRef("case"), survey__round=OuterRef("round"))
    expired = Survey.objects.filter(case=OuterRef("case"), round=OuterRef("round"), state=SurveyState.EXPIRED)
    rows = _to_call(period).filter(Exists(expired), ~Exists(tried))
    for pk, unit, case, at in rows.values_list("pk", "unit", "case", "at"):
        yield Hit(Subject(unit), f"event:{pk}", at, case=case)


def looked_at(period: Period, limits: Limits) -> Mapping[Subject, int]:
    return by_subject(_to_call(period), "unit")


DETECTOR = Detector(
    "never_called",
    _("To be called back, and never called"),
    _("Of the citizens to be asked by telephone about a unit far more than about its peers were never called."),
    _("Its answers came before a holiday, when the queue was longer than the hours to call."),
    hits,
    looked_at,
    at_least=3,
    times_peers=20,
)
