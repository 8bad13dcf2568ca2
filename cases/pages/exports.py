"""Lists to take away: asking for one, approving somebody else's, fetching one's own."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases import exporting
from cases.export_kinds import MOST_ROWS, ExportKind, kind_of
from cases.forms.export import AskExportForm, RefuseExportForm
from cases.models import Export, ExportForm, ExportState
from cases.tables import SHEET
from hotline.acts import Invalid
from hotline.guards import acting, requires
from hotline.models import Membership
from hotline.pages.performing import go, perform, submitted
from hotline.paging import PARAMETER, page_of, pager
from hotline.roles import Capability

NAMED = ("membership__organisation", "asked_by", "decided_by")
CONTENT = {ExportForm.XLSX: SHEET, ExportForm.CSV: "text/csv; charset=utf-8"}


@require_GET
@requires(Capability.EXPORT_ASK)
def exports(request: HttpRequest) -> HttpResponse:
    """One's own, the latest first; for those who approve, what waits for them before it."""
    by = acting(request)
    rows = Export.objects.select_related(*NAMED)
    to_approve: list[Export] = []
    if by.can(Capability.EXPORT_APPROVE):
        waiting = rows.visible_to(by).filter(state=ExportState.APPROVAL).exclude(asked_by=by.user_id)
        to_approve = list(waiting.order_by("asked_at", "pk")[:50])
    listed = page_of(rows.filter(membership=by.pk), "asked_at", request.GET.get(PARAMETER, ""), descending=True)
    context = {"rows": listed.rows, "to_approve": to_approve, "pager": pager(request.GET, listed, "")}
    return render(request, "cases/exports.html", context)


@requires(Capability.EXPORT_ASK)
@require_http_methods(["GET", "POST"])
def export_ask(request: HttpRequest) -> HttpResponse:
    """The list the address names, as it is narrowed there."""
    by, at = acting(request), timezone.now()
    if not (key := request.GET.get("kind", "")):
        return go(request, reverse("cases:exports"))
    kind = kind_of(key)
    if kind is None or not kind.may_be_asked(by):
        raise Http404("kind")
    form = AskExportForm(request.POST or None, offers_personal=kind.may_be_personal(by))
    if request.method == "GET":
        return _ask_page(request, kind, form)
    return submitted(
        request,
        form,
        lambda: perform(
            request,
            lambda: exporting.ask(
                kind.key,
                request.GET,
                form=form.cleaned_data["form"],
                purpose=form.cleaned_data["purpose"],
                personal=form.cleaned_data.get("personal", False),
                language=get_language() or "",
                by=by,
                at=at,
            ),
            then=lambda made: reverse("cases:export", args=[made.pk]),
            said="",
        ),
        lambda: _ask_page(request, kind, form),
    )


def _ask_page(request: HttpRequest, kind: ExportKind, form: AskExportForm) -> HttpResponse:
    by, at, context = acting(request), timezone.now(), dict[str, Any](kind=kind, form=form)
    try:
        asked = kind.clean(request.GET, by, at)
    except Invalid as refusal:
        return render(request, "cases/export_ask.html", {**context, "refusal": str(refusal)}, status=422)
    n = kind.count(asked, by, at)
    context |= {"title": kind.title(asked, by), "n": min(n, MOST_ROWS), "most": MOST_ROWS, "cut": n > MOST_ROWS}
    context["needs_approval"] = kind.always_personal
    return render(request, "cases/export_ask.html", context, status=422 if form.errors else 200)


def _export(by: Membership, pk: int) -> Export:
    return get_object_or_404(Export.objects.visible_to(by).select_related(*NAMED), pk=pk)


@require_GET
@requires(Capability.EXPORT_ASK)
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; the file for whoever asked, the decision for whoever approves."""
    return _page(request, _export(acting(request), pk))


def _page(request: HttpRequest, found: Export, refuse: RefuseExportForm | None = None) -> HttpResponse:
    by, kind = acting(request), kind_of(found.kind)
    decides = by.can(Capability.EXPORT_APPROVE) and found.asked_by_id != by.user_id
    context = {
        "export": found,
        "kind": kind,
        "mine": found.membership_id == by.pk,
        "decides": decides and found.state == ExportState.APPROVAL,
        "refuse": refuse or RefuseExportForm(),
        "running": found.state in (ExportState.WAITING, ExportState.BUILDING),
    }
    return render(request, "cases/export.html", context, status=422 if refuse else 200)


@requires(Capability.EXPORT_APPROVE)
@require_POST
def export_approve(request: HttpRequest, pk: int) -> HttpResponse:
    by, at = acting(request), timezone.now()
    found = _export(by, pk)
    return perform(
        request,
        lambda: exporting.approve(found, by=by, at=at),
        then=lambda _kept: reverse("cases:exports"),
        said=_("Approved: %(number)s is built now.") % {"number": found.number},
    )


@requires(Capability.EXPORT_APPROVE)
@require_POST
def export_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """With the reason, which the asker reads."""
    by, at, form = acting(request), timezone.now(), RefuseExportForm(request.POST)
    found = _export(by, pk)
    return submitted(
        request,
        form,
        lambda: perform(
            request,
            lambda: exporting.refuse(found, by=by, at=at, because=form.cleaned_data["because"]),
            then=lambda _kept: reverse("cases:exports"),
            said=_("Refused: %(number)s is not built.") % {"number": found.number},
        ),
        lambda: _page(request, found, form),
    )


@require_GET
@requires(Capability.EXPORT_ASK)
def export_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file. Every time it is fetched that is on record first."""
    by, at = acting(request), timezone.now()
    found, content = exporting.download(_export(by, pk), by=by, at=at)
    response = HttpResponse(content, content_type=CONTENT[ExportForm(found.form)])
    response["Content-Disposition"] = content_disposition_header(True, f"{found.number}.{found.form}")
    response["Cache-Control"] = "private, no-store"
    return response
