"""The cases behind a number: /cases/ with what was counted in its address."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.case_sets import Selection
from cases.deadlines import calendar_of
from cases.measures import Part
from cases.models import OWED, Case, LimitUnit
from cases.search import COUNT_CAP, capped_count
from cases.selected_cases import may_list, selected
from cases.time_left import time_left
from hotline.guards import acting, requires
from hotline.paging import PARAMETER, page_of, pager
from hotline.roles import Capability


@require_GET
@requires(Capability.CASE_READ)
def case_list(request: HttpRequest) -> HttpResponse:
    """One page of the cases a number counts, and how many there are; the same condition that counted them."""
    at, by = timezone.now(), acting(request)
    chosen = selected(request.GET)
    if not may_list(chosen, by):
        raise Http404("list")
    cases = chosen.cases(Case.objects.visible_to(by), at)
    found = page_of(
        cases,
        chosen.key,
        request.GET.get(PARAMETER, ""),
        descending=not chosen.plight,
    )
    for case in found.rows:
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
