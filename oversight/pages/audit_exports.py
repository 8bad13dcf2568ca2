"""Every list that was taken away, by whom and what for."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cases.models import Export
from hotline.guards import acting, requires
from hotline.models import AuditEntry
from hotline.paging import PARAMETER, page_of, pager
from hotline.roles import Capability
from oversight.pages.audit_tabs import audit_tabs

DOWNLOAD = "exporting.download"


@require_GET
@requires(Capability.AUDIT_READ)
def audit_exports(request: HttpRequest) -> HttpResponse:
    """The latest first, with how often each file was fetched."""
    by, who = acting(request), request.GET.get("who", "").strip()[:60]
    rows = Export.objects.audited_by(by).select_related("asked_by", "decided_by", "membership__organisation")
    if who:
        rows = rows.filter(asked_by__username=who) | rows.filter(asked_by__staff_number=who)
    listed = page_of(rows, "asked_at", request.GET.get(PARAMETER, ""), descending=True)
    fetched = _fetched([str(export.pk) for export in listed.rows])
    for export in listed.rows:
        export.fetched = fetched.get(str(export.pk), 0)  # type: ignore[attr-defined]
    context = {"rows": listed.rows, "who": who, "pager": pager(request.GET, listed, ""), **audit_tabs(by, "exports")}
    return render(request, "oversight/audit_exports.html", context)


def _fetched(keys: list[str]) -> dict[str, int]:
    label = Export._meta.label_lower
    entries = AuditEntry.objects.filter(object_type=label, object_id__in=keys, act=DOWNLOAD, result="ok")
    return dict(entries.order_by().values_list("object_id").annotate(n=Count("id")))
