"""The dispatch catalogue in and out as a table: an upload, its dry run, and the file to take away."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from cases import catalogue_file, catalogue_uploads, tables
from cases.catalogue import lines_of
from cases.catalogue_file import COLUMNS, Mapping
from cases.deadlines import local_date
from cases.forms.catalogue import VersionForm
from cases.models import CatalogueUpload
from hotline import audit
from hotline.guards import acting, requires
from hotline.pages.performing import perform, submitted, whole
from hotline.roles import Capability

PROBLEMS_SHOWN, ROWS_SHOWN = 200, 8
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": tables.SHEET}


class TableForm(forms.Form):
    """A table of lines."""

    file = forms.FileField(label=gettext_lazy("CSV or XLSX file"))


@requires(Capability.CATALOGUE_READ)
@require_GET
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The lines that hold today, with headings that an import knows again. Who took them away stays in the trail."""
    if form not in TYPES:
        raise Http404(form)
    at, by = timezone.now(), acting(request)
    rows = [catalogue_file.row_of(entry) for entry in lines_of(local_date(at)).values()]
    audit.record("catalogue.export", by=by, at=at, details={"form": form, "rows": len(rows)})
    title, header = _("Dispatch catalogue"), catalogue_file.header()
    content = tables.as_csv(header, rows) if form == "csv" else tables.as_xlsx(title, header, rows)
    response = HttpResponse(content, content_type=TYPES[form])
    name = f"{title}-{timezone.localtime(at):%Y%m%d}.{form}"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


@requires(Capability.CATALOGUE_EDIT)
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Bring a table. It is read and kept; nothing changes yet."""
    if request.method == "GET":
        return _bring(request, TableForm())
    form, at, by = TableForm(request.POST, request.FILES), timezone.now(), acting(request)
    return submitted(
        request,
        form,
        lambda: perform(
            request,
            lambda: catalogue_uploads.upload(
                form.cleaned_data["file"].name, form.cleaned_data["file"].read(), by=by, at=at
            ),
            then=lambda kept: reverse("cases:catalogue_upload", args=[kept.pk]),
            said="",
        ),
        lambda: _bring(request, form),
    )


def _bring(request: HttpRequest, form: TableForm) -> HttpResponse:
    columns = [(label, name in catalogue_file.NEEDED) for name, (label, _words) in COLUMNS.items()]
    context = {"form": form, "columns": columns, "rows": tables.ROWS_LIMIT}
    return render(request, "cases/catalogue_bring.html", context, status=422 if form.errors else 200)


@requires(Capability.CATALOGUE_EDIT)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """A table that was brought: which column is which, what it would change row by row, and taking it in."""
    at, by = timezone.now(), acting(request)
    kept = get_object_or_404(CatalogueUpload, pk=pk)
    if request.method == "GET":
        return _upload(request, kept, at)
    form = VersionForm(request.POST)
    mapping, everything = _mapping(request.POST, kept), bool(request.POST.get("whole"))
    return submitted(
        request,
        form,
        lambda: perform(
            request,
            lambda: catalogue_uploads.take_in(
                kept, by=by, at=at, mapping=mapping, whole=everything, **form.cleaned_data
            ),
            then=lambda version: reverse("cases:catalogue_version", args=[version.pk]),
            said=_("The table is a draft now. Look at what it would have changed, then propose it."),
        ),
        lambda: _upload(request, kept, at, form),
    )


def _mapping(params: Any, kept: CatalogueUpload) -> Mapping:
    """Which column is which: as the person says, else as the headings say."""
    if not any(name in params for name in COLUMNS):
        return catalogue_file.guessed(kept.header)
    said = {name: whole(str(params.get(name, ""))) for name in COLUMNS}
    return {name: n for name, n in said.items() if n is not None and n < len(kept.header)}


def _upload(request: HttpRequest, kept: CatalogueUpload, at: datetime, form: VersionForm | None = None) -> HttpResponse:
    params = request.POST if request.method == "POST" else request.GET
    mapping, everything, on = _mapping(params, kept), bool(params.get("whole")), local_date(at)
    form = form or VersionForm(initial={"valid_from": on, "note": kept.file_name.rpartition(".")[0]})
    judged = catalogue_uploads.tried(kept, mapping, on, whole=everything)
    headings = list(enumerate(kept.header))
    columns = [
        {"name": name, "label": label, "needed": name in catalogue_file.NEEDED, "chosen": mapping.get(name)}
        for name, (label, _words) in COLUMNS.items()
    ]
    context = {
        "upload": kept,
        "columns": columns,
        "headings": headings,
        "whole": everything,
        "judged": judged,
        "problems": judged.problems[:PROBLEMS_SHOWN],
        "more": max(0, len(judged.problems) - PROBLEMS_SHOWN),
        "first": kept.rows[:ROWS_SHOWN],
        "n": len(kept.rows),
        "form": form,
    }
    return render(request, "cases/catalogue_upload.html", context, status=422 if form.errors else 200)
