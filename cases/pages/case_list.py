"""The cases behind a number: /cases/ with what was counted in its address."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.case_sets import SETS, Selection
from cases.deadlines import calendar_of
from cases.measures import PARTS, Part
from cases.models import OWED, Case, Category, Channel, HotTopic, LimitUnit
from cases.search import COUNT_CAP, capped_count
from cases.shelves import with_names
from cases.time_left import time_left
from hotline.calendar import Period
from hotline.guards import acting, requires
from hotline.models import Organisation, Region
from hotline.pages.performing import whole
from hotline.paging import PARAMETER, page_of, pager
from hotline.reckoning import YEARS
from hotline.roles import Capability

Coded = TypeVar("Coded", Region, Category, Channel)


@require_GET
@requires(Capability.CASE_READ)
def case_list(request: HttpRequest) -> HttpResponse:
    """One page of the cases a number counts, and how many there are; the same condition that counted them."""
    at, by = timezone.now(), acting(request)
    chosen = selected(request.GET)
    if chosen.topic is not None and not by.can(Capability.HOT_TOPICS_READ):
        raise Http404("topic")
    cases = chosen.cases(Case.objects.visible_to(by), at)
    found = page_of(
        cases,
        chosen.key,
        request.GET.get(PARAMETER, ""),
        descending=not chosen.plight,
    )
    for case in found.rows:
        with_names(case)
        case.left = promise_left(case, at)  # type: ignore[attr-defined]
    named = chosen.plight or chosen.measure or chosen.returned or chosen.topic
    n = cases.order_by().count() if named else capped_count(cases)
    words = _("%(shown)s of %(n)s") % {"shown": len(found.rows), "n": count_words(n, exact=bool(named))}
    context = {"chosen": chosen, "rows": found.rows, "n": n, "part": part_words(chosen), "at": at, "named": named}
    return render(request, "cases/case_list.html", {**context, "pager": pager(request.GET, found, words)})


def count_words(n: int, *, exact: bool = False) -> str:
    if n > COUNT_CAP and not exact:
        return _("more than %(n)s") % {"n": f"{COUNT_CAP:,}"}
    return f"{n:,}"


def part_words(chosen: Selection) -> str:
    if not chosen.measure:
        return ""
    return {
        Part.NUMERATOR: _("the cases that count"),
        Part.DENOMINATOR: _("all cases it is about"),
        Part.EXCLUDED: _("the cases left out"),
    }[chosen.part]


def promise_left(case: Case, at: datetime) -> Any:
    """What is left of the promise to the citizen, while an answer is owed."""
    if case.status not in OWED or case.promise_due_at is None:
        return None
    start, due = case.registered_at, max(case.promise_due_at, case.registered_at)
    return time_left(started_at=start, due_at=due, unit=LimitUnit.WORKING_DAY, at=at, calendar=calendar_of())


def selected(params: QueryDict) -> Selection:
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


def _topic(key: str) -> HotTopic | None:
    return get_object_or_404(HotTopic, pk=whole(key)) if key else None


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
