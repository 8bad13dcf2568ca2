"""A bulletin to take away: as PDF, and as a workbook with the numbers and a chart of each section."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.tables import SHEET
from hotline import audit, printing
from hotline.guards import acting, requires
from hotline.roles import Capability
from oversight.bulletin_document import Shown, document, few, moment, sections
from oversight.models import Bulletin
from oversight.pages.bulletins import found


@require_GET
@requires(Capability.PUBLICATION_READ)
def bulletin_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """In the reader's language."""
    bulletin = found(request, pk)
    dated = bulletin.approved_at or bulletin.made_at
    made = printing.pdf("oversight/bulletin.typ", document(bulletin), dated=dated)
    return _sent(request, bulletin, made, "application/pdf", "pdf")


@require_GET
@requires(Capability.PUBLICATION_READ)
def bulletin_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """One sheet about the bulletin, and one for each section with its chart."""
    bulletin = found(request, pk)
    return _sent(request, bulletin, workbook(bulletin), SHEET, "xlsx")


def workbook(bulletin: Bulletin) -> bytes:
    """Numbers are numbers in it; nothing a person wrote is taken for a formula."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    first, printed = book.add_worksheet(_("Bulletin")), document(bulletin)
    rows = [[printed["title"]], [printed["subtitle"]], [printed["state"]], *printed["people"]]
    rows += [["SHA-256", bulletin.digest], [], [bulletin.comment], []]
    rows += [[one["name"], *one["total"][1:3]] for one in printed["sections"]]
    for place, row in enumerate(rows):
        first.write_row(place, 0, row)
    first.set_column(0, 0, 40)
    percent = book.add_format({"num_format": "0.0%"})
    for n, (shown, told) in enumerate(zip(sections(bulletin), bulletin.content["sections"], strict=True), start=1):
        _section(book, n, (shown, told), bulletin.content["minimum_n"], percent)
    book.close()
    return content.getvalue()


NUMBERS = ("numerator", "denominator", "excluded", "seconds", "n")


def _section(book: Any, n: int, section: tuple[Shown, dict[str, Any]], minimum_n: int, percent: Any) -> None:
    """The frozen numbers, part by part, the total last."""
    (shown, told), sheet = section, book.add_worksheet(f"{n}")
    total = told["total"]
    numbers = [name for name in NUMBERS if name in total]
    sheet.write_row(0, 0, [shown.name, "", shown.sentence])
    sheet.write_row(1, 0, ["", shown.heads[0], *(_heading(name) for name in numbers)])
    lines = [*zip(shown.parts, told["parts"], strict=True), (shown.total, total)]
    for place, (line, counted) in enumerate(lines, start=2):
        given = None if few(counted, minimum_n) else counted.get("percent") or counted.get("share")
        sheet.write_row(place, 0, [line.name, "" if given else line.value])
        for column, name in enumerate(numbers, start=2):
            sheet.write_number(place, column, float(counted[name]))
        if given:
            sheet.write_number(place, 1, float(given) / 100, percent)
    sheet.set_column(0, 0, 30)
    if shown.parts:
        last, column = len(shown.parts) + 1, 1 if "percent" in total else 2
        chart = book.add_chart({"type": "bar"})
        series = {
            "categories": [f"{n}", 2, 0, last, 0],
            "values": [f"{n}", 2, column, last, column],
            "name": shown.name,
        }
        chart.add_series(series)
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True})
        sheet.insert_chart(1, len(numbers) + 3, chart)


def _heading(name: str) -> str:
    return {
        "numerator": _("Counts"),
        "denominator": _("Of"),
        "excluded": _("Left out"),
        "seconds": _("Seconds"),
        "n": "n",
    }[name]


def _sent(request: HttpRequest, bulletin: Bulletin, content: bytes, kind: str, ending: str) -> HttpResponse:
    audit.record(f"bulletins.{ending}", by=acting(request), at=timezone.now(), thing=bulletin)
    response = HttpResponse(content, content_type=kind)
    name = f"{bulletin.label}-{moment(bulletin.ends_at)[:10]}.{ending}"
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "private, no-store"
    return response
