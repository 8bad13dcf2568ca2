"""A small table that somebody uploads or takes away: CSV or XLSX, whatever Excel made of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import xlsxwriter
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from cases.file_types import OFFICE, content_type
from cases.import_mapping import cell_text
from hotline.acts import Invalid
from hotline.plain_text import clean_text

SIZE_LIMIT = 5 * 1024 * 1024
ROWS_LIMIT = 5_000
CELL_LIMIT = 300
COLUMNS_LIMIT = 60
DELIMITERS = (",", ";", "\t", "，")
FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "＝",
    "＋",
    "－",
    "＠",
)  # the wide ones too: Excel reads them as the others
SHEET = OFFICE + "spreadsheetml.sheet"
WIDE = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Table:
    """Its headings, and its rows with their numbers as a person counts them."""

    header: list[str]
    rows: list[tuple[int, list[str]]]


class Problem(NamedTuple):
    """Why a row cannot be taken."""

    row: int
    column: str
    sentence: str


def guessed(header: Sequence[str], columns: Mapping[str, tuple[Promise | str, tuple[str, ...]]]) -> dict[str, int]:
    """Which column is which, by the headings: each has a label and other words it goes by. The first that fits."""
    plain = [heading.strip().lower() for heading in header]
    found = {}
    for name, (label, words) in columns.items():
        known = {*words, str(label).lower()}
        place = next((n for n, heading in enumerate(plain) if heading in known), None)
        if place is not None:
            found[name] = place
    return found


def read_table(name: str, content: bytes) -> Table:
    """Raises Invalid saying what is wrong with the file: its kind, its encoding, its size, its headings."""
    if not content:
        raise Invalid(_("“%(name)s” is empty.") % {"name": name}, field="file")
    if len(content) > SIZE_LIMIT:
        raise Invalid(
            _("“%(name)s” is larger than %(n)s MB.") % {"name": name, "n": SIZE_LIMIT // 1024 // 1024}, field="file"
        )
    if content.startswith(WIDE):
        raise Invalid(
            _("“%(name)s” is written in UTF-16. Save it as CSV UTF-8 or as XLSX.") % {"name": name}, field="file"
        )
    kind = content_type(content)
    if kind not in (SHEET, "text/plain"):
        raise Invalid(
            _("“%(name)s” is no table: give a CSV file in UTF-8 or GB 18030, or an XLSX file.") % {"name": name},
            field="file",
        )
    lines = _sheet(name, content) if kind == SHEET else _csv(name, content)
    return _table(name, lines)


def _table(name: str, lines: Sequence[Sequence[object]]) -> Table:
    numbered = [(n, [_cell(cell) for cell in line]) for n, line in enumerate(lines, start=1)]
    filled = [(n, cells) for n, cells in numbered if any(cells)]
    if len(filled) < 2:
        raise Invalid(_("“%(name)s” has no rows below its headings.") % {"name": name}, field="file")
    if len(filled) > ROWS_LIMIT + 1:
        raise Invalid(
            _("“%(name)s” has %(m)s rows; at most %(n)s are read at a time.")
            % {"name": name, "m": len(filled) - 1, "n": ROWS_LIMIT},
            field="file",
        )
    header = filled[0][1]
    while header and not header[-1]:
        header.pop()
    if len(header) > COLUMNS_LIMIT:
        raise Invalid(_("“%(name)s” has more than %(n)s columns.") % {"name": name, "n": COLUMNS_LIMIT}, field="file")
    return Table(header, filled[1:])


def _cell(value: object) -> str:
    text = " ".join(clean_text(cell_text(value)).split())
    return text[1:] if text.startswith("'") else text


def _sheet(name: str, content: bytes) -> list[list[object]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [list(row) for row in book.get_sheet_by_index(0).to_python(skip_empty_area=False)]
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise Invalid(
            _("“%(name)s” is damaged and cannot be opened. Save it anew and try again.") % {"name": name}, field="file"
        ) from error


def _csv(name: str, content: bytes) -> list[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise Invalid(
            _("“%(name)s” cannot be read as a table: %(why)s.") % {"name": name, "why": error}, field="file"
        ) from error


def as_csv(header: Sequence[str], rows: Iterable[Sequence[str]], *, mark: str = "") -> bytes:
    """With the mark by which Excel knows UTF-8. What a spreadsheet would take for a formula is marked as text.

    ``mark``: a line above the table that says whose copy it is.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerows([[_harmless(mark)]] if mark else [])
    writer.writerow(header)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell


def as_xlsx(title: str, header: Sequence[str], rows: Iterable[Sequence[str]], *, mark: str = "") -> bytes:
    """Every cell written as text: what begins with = is no formula here. ``mark`` also stands under each printed
    page."""
    file = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet, bold = book.add_worksheet(title[:31]), book.add_format({"bold": True})
        sheet.set_column(0, len(header), 22)
        first = 0
        if mark:
            sheet.write_string(0, 0, mark)
            sheet.set_footer(f"&L{mark.replace('&', '&&')[:200]}")
            first = 1
        for column, heading in enumerate(header):
            sheet.write_string(first, column, heading, bold)
        for n, row in enumerate(rows, start=first + 1):
            for column, cell in enumerate(row):
                sheet.write_string(n, column, cell)
    return file.getvalue()
