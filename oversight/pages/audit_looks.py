"""Who saw personal data."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hotline.guards import acting, requires
from hotline.paging import PARAMETER, page_of, pager
from hotline.roles import Capability
from oversight.look_log import LookFilters, told
from oversight.pages.audit_forms import LookForm
from oversight.pages.audit_tabs import audit_tabs


@require_GET
@requires(Capability.AUDIT_READ)
def audit_looks(request: HttpRequest) -> HttpResponse:
    """The latest first; narrowed by person, organisation, kind and days. What was out of pattern is marked."""
    by, form = acting(request), LookForm(request.GET or None)
    filters = form.filters() if form.is_bound and form.is_valid() else LookFilters()
    listed = page_of(filters.entries(), "at", request.GET.get(PARAMETER, ""), descending=True)
    context = {
        "rows": told(listed.rows, by),
        "form": form,
        "narrowed": filters != LookFilters(),
        "pager": pager(request.GET, listed, ""),
        **audit_tabs(by, "looks"),
    }
    return render(request, "oversight/audit_looks.html", context)
