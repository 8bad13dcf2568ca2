"""A worklist as a spreadsheet: the rows of the present filters, without anything that identifies a citizen."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases import worklists
from cases.pages.worklist_rows import Row, rows
from cases.tables import SHEET
from cases.worklist_filters import Filters
from hotline import audit
from hotline.guards import acting, requires
from hotline.masking import mask_text
from hotline.models import Membership
from hotline.roles import Capability

LIMIT = 5000


@require_GET
@requires(Capability.CASE_SEARCH)
def worklist_export(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered now. Who took which rows away stays in the audit trail."""
    at, by, filters = timezone.now(), acting(request), Filters.read(request.GET)
    page = worklists.read(by, at=at, slug=request.GET.get("list", ""), filters=filters, size=LIMIT)
    # filters hold words somebody typed, which may be a telephone number
    asked = {key: mask_text(value) for key, value in filters.chosen().items()}
    details = {"list": page.worklist.slug, "filters": asked, "rows": len(page.rows)}
    audit.record("worklist.export", by=by, at=at, details=details)
    file = io.BytesIO()
    _write(file, rows(page.rows, by=by, at=at), by=by, at=at, title=str(page.worklist.title))
    name = f"{page.worklist.title}-{timezone.localtime(at):%Y%m%d-%H%M}.xlsx"
    response = HttpResponse(file.getvalue(), content_type=SHEET)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _write(file: Any, lines: list[Row], *, by: Membership, at: datetime, title: str) -> None:
    """Row by row. Text is written as text: what begins with = or @ is no formula here."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        bold, moment = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet = book.add_worksheet(title[:31])
        sheet.set_column(0, 0, 18)
        sheet.set_column(1, 1, 44)
        sheet.set_column(2, 9, 18)
        words = {"who": f"{by.user.label} {by.user.staff_number}", "when": f"{timezone.localtime(at):%Y-%m-%d %H:%M}"}
        sheet.write_string(0, 0, _("Exported by %(who)s, %(when)s. For work only.") % words)
        for column, heading in enumerate(_headings()):
            sheet.write_string(1, column, heading, bold)
        for n, line in enumerate(lines, start=2):
            for column, value in enumerate(_cells(line)):
                if isinstance(value, datetime):
                    sheet.write_datetime(n, column, _wall_time(value), moment)
                elif isinstance(value, int):
                    sheet.write_number(n, column, value)
                else:
                    sheet.write_string(n, column, value)


def _headings() -> list[str]:
    return [
        _("Number"),
        _("Title"),
        _("Subject"),
        _("Unit"),
        _("State"),
        _("Area"),
        _("Place"),
        _("Returns"),
        _("Leg due"),
        _("Promised by"),
    ]


def _cells(line: Row) -> list[str | int | datetime]:
    assignment, case = line.assignment, line.assignment.case
    return [
        case.number,
        mask_text(case.title),
        case.category.label if case.category else "",
        assignment.unit.label,
        line.state,
        *line.place,
        line.returns,
        assignment.leg_due_at or "",
        case.promise_due_at or "",
    ]


def _wall_time(at: datetime) -> datetime:
    """A spreadsheet knows no time zones: the city's clock."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).replace(tzinfo=None)
