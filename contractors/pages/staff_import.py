"""Staff brought as a table: what each row would put on record, the rows in order taken, the others given back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from cases import tables
from contractors import staff_table, staff_tables
from contractors.forms.staff import TableForm, contracts_of
from contractors.models import StaffTable
from contractors.pages.submitting import submitted
from contractors.staff_table import COLUMNS, NEEDED, Judged
from hotline import audit
from hotline.guards import acting, requires
from hotline.pages.downloads import download
from hotline.pages.performing import perform
from hotline.roles import Capability

PROBLEMS_SHOWN, PEOPLE_SHOWN = 200, 20


@requires(Capability.STAFF_MANAGE)
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Bring a table. It is read and kept; nobody is put on record yet."""
    by, at = acting(request), timezone.now()
    if request.method == "GET":
        return _bring(request, TableForm(by=by))
    form = TableForm(request.POST, request.FILES, by=by)

    def act() -> StaffTable:
        file = form.cleaned_data["file"]
        return staff_tables.upload(form.cleaned_data["contract"], file.name, file.read(), by=by, at=at)

    return submitted(
        request,
        form,
        act,
        then=lambda kept: reverse("contractors:staff_table", args=[kept.pk]),
        said="",
        again=lambda: _bring(request, form),
    )


def _bring(request: HttpRequest, form: TableForm) -> HttpResponse:
    columns = [(label, name in NEEDED) for name, (label, _words) in COLUMNS.items()]
    context = {"form": form, "columns": columns, "rows": tables.ROWS_LIMIT}
    return render(request, "contractors/staff_bring.html", context, status=422 if form.errors else 200)


@requires(Capability.STAFF_MANAGE)
@require_GET
def pattern(request: HttpRequest) -> HttpResponse:
    """An empty table with the headings an import knows."""
    return download(tables.as_xlsx(_("Staff"), staff_table.header(), []), f"{_('Staff')}.xlsx", tables.SHEET)


@requires(Capability.STAFF_MANAGE)
@require_http_methods(["GET", "POST"])
def table(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A table that was brought: what it would put on record, and taking it in."""
    by, at, kept = acting(request), timezone.now(), _found(request, pk)
    if request.method == "POST":
        return perform(
            request,
            lambda: staff_tables.take_in(kept, by=by, at=at),
            then=lambda row: reverse("contractors:staff_table", args=[row.pk]),
            said=lambda row: (
                ngettext("%(n)s person is on record.", "%(n)s people are on record.", row.taken) % {"n": row.taken}
            ),
        )
    judged = staff_tables.tried(kept)
    context = {
        "kept": kept,
        "judged": judged,
        "people": judged.people[:PEOPLE_SHOWN],
        "problems": judged.problems[:PROBLEMS_SHOWN],
        "more": max(0, len(judged.problems) - PROBLEMS_SHOWN),
    }
    return render(request, "contractors/staff_table.html", context)


@requires(Capability.STAFF_MANAGE)
@require_GET
def errors(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The rows that cannot be taken as they stand in the file, each with what is wrong: to be corrected and brought."""
    by, at, kept = acting(request), timezone.now(), _found(request, pk)
    judged, given = staff_tables.tried(kept), staff_tables.table_of(kept)
    audit.record("staff_tables.errors", by=by, at=at, thing=kept)
    content = tables.as_xlsx(_("To correct"), [*given.header, _("What is wrong")], _rows(judged, dict(given.rows)))
    return download(
        content, f"{_('To correct')}-{kept.file_name.rpartition('.')[0] or kept.file_name}.xlsx", tables.SHEET
    )


def _rows(judged: Judged, cells: dict[int, list[str]]) -> list[list[str]]:
    width = max((len(row) for row in cells.values()), default=0)
    return [
        [*cells.get(p.row, []), *[""] * (width - len(cells.get(p.row, []))), f"{p.column}: {p.sentence}".lstrip(": ")]
        for p in judged.problems
    ]


def _found(request: HttpRequest, pk: UUID) -> StaffTable:
    """A table about a contract within reach."""
    reach = StaffTable.objects.filter(contract__in=contracts_of(acting(request)))
    return get_object_or_404(reach.select_related("contract__organisation", "uploaded_by"), pk=pk)
