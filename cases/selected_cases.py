"""The cases an address asks for: what was counted, of whom, in which period."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from cases.case_sets import SETS, Selection
from cases.measures import PARTS, READ, Part
from cases.models import Category, Channel, HotTopic
from hotline.calendar import Period
from hotline.models import Membership, Organisation, Region
from hotline.reckoning import YEARS
from hotline.roles import Capability

Coded = TypeVar("Coded", Region, Category, Channel)


def selected(params: Mapping[str, str]) -> Selection:
    """What an address asks for. Raises Http404 for a set, measure or organisation that does not exist."""
    plight, measure = params.get("set", ""), params.get("measure", "")
    if (plight and plight != "returned" and plight not in SETS) or (measure and measure not in PARTS):
        raise Http404(plight or measure)
    part = params.get("part", "") or Part.DENOMINATOR
    if part not in Part.__members__.values():
        raise Http404(part)
    period = _period(params.get("from", ""), params.get("until", ""))
    if (measure or plight == "returned") and period is None:
        raise Http404("period")
    return Selection(
        plight="" if plight == "returned" else plight,
        measure=measure,
        part=Part(part),
        returned=plight == "returned",
        period=period,
        unit=_organisation(params.get("unit", "")),
        contractor=_organisation(params.get("contractor", "")),
        region=_coded(Region, params.get("region", "")),
        category=_coded(Category, params.get("category", "")),
        channel=_coded(Channel, params.get("channel", "")),
        topic=_topic(params.get("topic", "")),
    )


def list_url(chosen: Selection) -> str:
    """The page that lists exactly these cases."""
    return f"{reverse('cases:case_list')}?{urlencode(chosen.address())}"


def may_list(chosen: Selection, by: Membership) -> bool:
    """Whether this person may have such a list at all, of the cases within their reach."""
    if chosen.topic is not None and not by.can(Capability.HOT_TOPICS_READ):
        return False
    return chosen.measure not in READ or by.can(READ[chosen.measure])


def _topic(key: str) -> HotTopic | None:
    if not key:
        return None
    return get_object_or_404(HotTopic, pk=int(key) if key.isdecimal() and len(key) < 19 else None)


def _coded(model: type[Coded], code: str) -> Coded | None:
    return get_object_or_404(model, code=code) if code else None


def _organisation(code: str) -> Organisation | None:
    return get_object_or_404(Organisation, code=code) if code else None


def _period(start: str, end: str) -> Period | None:
    if not start:
        return None
    try:
        begins, ends = datetime.fromisoformat(start), datetime.fromisoformat(end) if end else None
        if any(moment.year not in YEARS for moment in (begins, ends) if moment):
            raise ValueError("out of reckoning")
        return Period(begins, ends) if begins.tzinfo and (ends is None or ends.tzinfo) else None
    except ValueError as error:
        raise Http404(start) from error
