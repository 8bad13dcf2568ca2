"""Who saw personal data."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hotline.guards import acting, requires
from hotline.paging import PARAMETER, page_of, pager
from hotline.roles import Capability
from oversight.look_log import LookFilters, told
from oversight.pages.audit_forms import LookForm
from oversight.pages.audit_tabs import audit_tabs

USUAL_DAYS = 30


@require_GET
@requires(Capability.AUDIT_READ)
def audit_looks(request: HttpRequest) -> HttpResponse:
    """The latest first, of the last thirty days unless others are asked for. What was out of pattern is marked."""
    by, since = acting(request), timezone.localdate() - timedelta(USUAL_DAYS)
    form = LookForm({"first": since.isoformat(), **request.GET.dict()})
    filters = form.filters() if form.is_valid() else LookFilters(first=since)
    listed = page_of(filters.entries(), "at", request.GET.get(PARAMETER, ""), descending=True)
    context = {
        "rows": told(listed.rows, by),
        "form": form,
        "narrowed": filters != LookFilters(first=since),
        "pager": pager(request.GET, listed, ""),
        **audit_tabs(by, "looks"),
    }
    return render(request, "oversight/audit_looks.html", context)
