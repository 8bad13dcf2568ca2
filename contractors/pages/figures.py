"""The figures of a contractor's staff month by month, each number with the people behind it."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from contractors import staff_measures as measures
from contractors.models import Employment
from contractors.models.employment import EmploymentQuerySet
from contractors.staff_measures import MONTHLY, ROWS, STAFF, month_of
from hotline.guards import acting, requires
from hotline.measures import MEASURES, Count, Duration, Ratio
from hotline.models import Membership, Organisation
from hotline.paging import PARAMETER, page_of, pager
from hotline.reckoning import YEARS
from hotline.roles import CONTRACTOR, Capability

MONTH = re.compile(r"(\d{4})-(\d{2})")


@requires(Capability.STAFF_READ)
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """One contractor in one month, the last full one unless another is asked for."""
    by, first = acting(request), _month(request)
    bodies = contractors(by)
    body = next((b for b in bodies if b.code == request.GET.get("contractor")), bodies[0] if bodies else None)
    lines = [_line(key, body, first) for key in STAFF] if body else []
    context = {
        "contractors": bodies if by.role not in CONTRACTOR else [],
        "chosen": body,
        "month": f"{first:%Y-%m}",
        "first": first,
        "lines": lines,
    }
    return render(request, "contractors/figures.html", context)


@requires(Capability.STAFF_READ)
@require_GET
def behind(request: HttpRequest, key: str) -> HttpResponse:
    """Exactly the people behind one number."""
    if key not in ROWS:
        raise Http404(key)
    by, first = acting(request), _month(request)
    body = next((b for b in contractors(by) if b.code == request.GET.get("contractor")), None)
    good = request.GET.get("part") == "good"
    rows = Employment.objects.visible_to(by)
    rows = measures.behind(rows.filter(contract__organisation=body), key, month_of(first), good=good)
    found = page_of(
        rows.select_related("user", "contract__organisation"), "recorded_at", request.GET.get(PARAMETER, "")
    )
    context = {
        "measure": MEASURES[key],
        "good": good,
        "chosen": body,
        "first": first,
        "rows": found.rows,
        "now": timezone.now(),
        "back": f"{reverse('contractors:staff_figures')}?{_query(body, first)}",
        "pager": pager(request.GET, found, ""),
    }
    return render(request, "contractors/figure.html", context)


def contractors(by: Membership) -> list[Organisation]:
    """Whose figures this person sees: the own contractor's, or everybody's who ever had a contract."""
    if by.role in CONTRACTOR:
        return [by.organisation]
    return list(Organisation.objects.filter(contracts__signed_at__isnull=False).distinct().order_by("code"))


def _month(request: HttpRequest) -> date:
    match = MONTH.fullmatch(request.GET.get("month", ""))
    this = timezone.localdate().replace(day=1)
    if match and int(match[1]) in YEARS and 1 <= int(match[2]) <= 12:
        return min(date(int(match[1]), int(match[2]), 1), this)
    return (this - timedelta(days=1)).replace(day=1)


def _line(key: str, body: Organisation, first: date) -> dict[str, Any]:
    """A figure, and where each of its numbers opens."""
    month = month_of(first)
    employments: EmploymentQuerySet = Employment.objects.filter(contract__organisation=body)
    value = MEASURES[key].function(employments, month)
    opens = f"{reverse('contractors:staff_figure', args=[key])}?{_query(body, first)}"
    return {
        "measure": MEASURES[key],
        "ratio": value if isinstance(value, Ratio) else None,
        "mean": _in_words(value.mean) if isinstance(value, Duration) else "",
        "n": value.n if isinstance(value, Count | Duration) else None,
        "is_time": isinstance(value, Duration),
        "monthly": key in MONTHLY,
        "of": opens,
        "good": f"{opens}&part=good",
    }


def _in_words(mean: timedelta | None) -> str:
    """Days from two days on, else hours; nothing for nobody."""
    if mean is None:
        return ""
    if mean >= timedelta(days=2):
        return ngettext("%(n)s day", "%(n)s days", mean.days) % {"n": f"{mean.days:,}"}
    return _("%(n)s hours") % {"n": f"{mean / timedelta(hours=1):.1f}"}


def _query(body: Organisation | None, first: date | datetime) -> str:
    return urlencode({"contractor": body.code if body else "", "month": f"{first:%Y-%m}"})
