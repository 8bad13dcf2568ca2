"""Callbacks that end at once with a word that ends the asking (domain: selective callback, reasons for non-contact)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.models import CallbackResult, EventKind
from hotline.calendar import Period
from oversight.detector import Detector, Hit, Limits, Subject
from oversight.detectors.acts import acts, by_subject

ENDING = (CallbackResult.DECLINED, CallbackResult.WRONG_NUMBER)


def _first_tries(period: Period) -> Any:
    """A second try is somebody's who did not give up: counted too, it would hide the one who did among busy callers."""
    tries = acts(period, EventKind.CALLBACK_TRIED).filter(payload__attempt=1)
    return tries.filter(by__isnull=False, organisation__isnull=False)


def hits(period: Period, limits: Limits) -> Iterable[Hit]:
    """First tries that were the last ones: whoever called says that there is nobody to ask."""
    rows = _first_tries(period).filter(payload__result__in=[str(result) for result in ENDING])
    for pk, body, person, case, at in rows.values_list("pk", "organisation", "by", "case", "at"):
        yield Hit(Subject(body, person), f"event:{pk}", at, case=case)


def looked_at(period: Period, limits: Limits) -> Mapping[Subject, int]:
    return by_subject(_first_tries(period), "organisation", "by")


DETECTOR = Detector(
    "given_up_early",
    _("Given up at the first callback"),
    _("Of the first calls somebody made to citizens far more than of their peers' ended the asking at once."),
    _("The day's list was one of hurried callers, or a line with many mistyped numbers."),
    hits,
    looked_at,
    at_least=3,
    times_peers=20,  # chance is weighed besides: at three times, a fifth of three hundred calls would stay unseen
    version=3,
)
