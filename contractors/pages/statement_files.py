"""A month's statement to take away: as PDF, and as a table with every row behind its figures."""

from __future__ import annotations

import io

import xlsxwriter
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from cases.tables import SHEET
from contractors.figures import Row
from contractors.models import Assessment
from contractors.pages.assessments import found
from contractors.pages.statement_document import document
from contractors.pages.statement_lines import Sheet
from contractors.pages.statement_print import pdf
from hotline import audit
from hotline.guards import acting, requires
from hotline.roles import Capability


@requires(Capability.ASSESSMENT_READ)
@require_GET
def statement_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The document that both sides sign, in the reader's language."""
    month, at = found(request, pk), timezone.now()
    made = pdf(document(Sheet(month, by=acting(request), at=at)), dated=month.locked_at or month.frozen_at)
    return _sent(request, month, made, "application/pdf", "pdf")


@requires(Capability.ASSESSMENT_READ)
@require_GET
def statement_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """The statement, and a sheet of rows for every clause."""
    month, at = found(request, pk), timezone.now()
    return _sent(request, month, table(Sheet(month, by=acting(request), at=at)), SHEET, "xlsx")


def table(sheet: Sheet) -> bytes:
    """The workbook. Rows are those that were frozen; what a ruling left out says so."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    first = book.add_worksheet(_("Statement"))
    printed = document(sheet)
    clauses, paid = printed["clauses"], printed["account"]
    rows = [[printed["title"]], [printed["subtitle"]], [], clauses["head"], *clauses["rows"], []]
    rows += [*paid["rows"], paid["total"], [], *printed["digests"]["rows"]]
    for place, row in enumerate(rows):
        first.write_row(place, 0, row)
    first.set_column(0, 0, 36)
    ruled = _ruled(sheet)
    results = sheet.assessment.results.select_related("clause").order_by("clause__position", "clause__pk")
    for result in results:
        page = book.add_worksheet(_sheet_name(result.clause.number, result.pk))
        page.write_row(0, 0, [pgettext("evidence", "Row"), _("Counts"), _("Of"), _("Left out")])
        for place, line in enumerate(result.canonical.splitlines(), start=1):
            frozen = Row.of(line)
            by_ruling = frozen.ref in ruled.get(result.pk, ())
            out = _("excluded") if frozen.out else _("by a ruling") if by_ruling else ""
            page.write_row(place, 0, [frozen.ref, float(frozen.above), float(frozen.below), out])
        page.set_column(0, 0, 24)
    book.close()
    return content.getvalue()


def _ruled(sheet: Sheet) -> dict[int, set[str]]:
    left_out: dict[int, set[str]] = {}
    for objection in sheet.objections:
        left_out.setdefault(objection.result_id, set()).update(objection.granted)
    return left_out


def _sheet_name(number: str, pk: int) -> str:
    """A name that a workbook takes: no brackets or slashes, not too long, not twice."""
    kept = "".join(c for c in number if c not in "[]:*?/\\'")[:20]
    return f"{kept or '-'} {pk}"


def _sent(request: HttpRequest, month: Assessment, content: bytes, kind: str, ending: str) -> HttpResponse:
    audit.record(f"statements.{ending}", by=acting(request), at=timezone.now(), thing=month)
    response = HttpResponse(content, content_type=kind)
    name = f"{month.contract.number}-{month.month:%Y-%m}.{ending}"
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "private, no-store"
    return response
