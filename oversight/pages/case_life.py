"""The life of a case on one printable page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases.models import Case
from hotline import audit
from hotline.guards import acting, requires
from hotline.models import Membership
from hotline.paging import address
from hotline.roles import Capability
from oversight.case_life import life_of
from oversight.life_rows import SORTS, LifeRow
from oversight.models import AuditedCase
from oversight.pages.audit_tabs import audit_tabs

NAMED = ("channel", "category", "region", "unit", "taken_by", "taken_by_organisation")


@require_GET
@requires(Capability.AUDIT_READ)
def case_life(request: HttpRequest, number: str) -> HttpResponse:
    """Everything that happened, or one sort of it. Reading it is itself a look, and is on record before it is shown."""
    by, at = acting(request), timezone.now()
    case = get_object_or_404(Case.objects.visible_to(by).select_related(*NAMED), number=number)
    audit.record("case.life", by=by, at=at, thing=case)
    rows, sort = life_of(case, by), request.GET.get("sort", "")
    shown = [row for row in rows if row.sort == sort] if sort in SORTS else rows
    context = {
        "case": case,
        "rows": shown,
        "sorts": _sorts(request, rows, sort),
        "at": at,
        "in_samples": _samples(case, by),
        **audit_tabs(by, ""),
    }
    return render(request, "oversight/case_life.html", context)


def _sorts(request: HttpRequest, rows: list[LifeRow], chosen: str) -> list[dict[str, Any]]:
    """Each sort with how many rows there are of it."""
    counts = {sort: sum(row.sort == sort for row in rows) for sort in SORTS}
    return [
        {"words": label, "n": counts[sort], "url": address(request.GET, sort=sort), "chosen": chosen == sort}
        for sort, (label, _icon) in SORTS.items()
        if counts[sort]
    ]


def _samples(case: Case, by: Membership) -> list[AuditedCase]:
    """For auditors only: the samples it is in."""
    if not by.can(Capability.AUDIT_SAMPLE):
        return []
    rows = AuditedCase.objects.filter(case=case).select_related("sample").defer("sample__frame")
    return list(rows.order_by("-sample__drawn_at", "-pk"))
