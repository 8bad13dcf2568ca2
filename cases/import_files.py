"""Rows of an XLSX or CSV(.gz) file, one after the other, never the whole file at once where the format allows it."""

from __future__ import annotations

import csv
import gzip
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from python_calamine import CalamineError, CalamineWorkbook


class Table(Protocol):
    """What a mapping says about the file itself."""

    @property
    def sheet(self) -> str: ...
    @property
    def encoding(self) -> str: ...
    @property
    def delimiter(self) -> str: ...
    @property
    def wanted(self) -> list[str]: ...


CELL_LIMIT = 2_000_000
Row = tuple[int, dict[str, Any] | None, list[Any]]


class BadFile(Exception):  # noqa: N818 - says what is wrong with the file, in words
    """The file cannot be read with this mapping."""


def digest_of(*paths: Path) -> bytes:
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.digest()


def rows(path: Path, mapping: Table) -> Iterator[Row]:
    """(row number as a person counts it, cells by column, cells as they are); no dict for a row with a wrong length.

    Raises BadFile if the file is of another kind, another encoding, or lacks a column the mapping names.
    """
    lines = _lines(path, mapping)
    header = [str(name).strip() for name in next(lines, [])]
    _check_header(header, mapping, path)
    for n, cells in enumerate(lines, start=2):
        if not any(str(cell).strip() for cell in cells if cell is not None):
            continue
        fits = len(cells) == len(header)
        yield n, dict(zip(header, cells, strict=True)) if fits else None, cells


def columns_of(path: Path, mapping: Table) -> list[str]:
    """The names in the file's first line. Raises BadFile."""
    return [str(name).strip() for name in next(_lines(path, mapping), [])]


def _lines(path: Path, mapping: Table) -> Iterator[list[Any]]:
    return _sheet(path, mapping) if path.suffix.lower() in (".xlsx", ".xls", ".ods") else _csv(path, mapping)


def _check_header(header: list[str], mapping: Table, path: Path) -> None:
    if missing := [name for name in mapping.wanted if name not in header]:
        raise BadFile(
            f"{path.name} has no column {', '.join(f'“{m}”' for m in missing)}. "
            f"Its columns are: {', '.join(header[:40]) or 'none'}."
        )
    if twice := {name for name in header if name and header.count(name) > 1} & set(mapping.wanted):
        raise BadFile(f"{path.name} has the column “{twice.pop()}” twice; which one is meant?")


def _csv(path: Path, mapping: Table) -> Iterator[list[Any]]:
    csv.field_size_limit(CELL_LIMIT)
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding=mapping.encoding, newline="") as file:
            yield from csv.reader((line.replace("\0", "") for line in file), delimiter=mapping.delimiter)
    except UnicodeDecodeError as error:
        raise BadFile(
            f"{path.name} is not {mapping.encoding} (byte {error.start} of a block). "
            "Chinese files from Excel are often gb18030: set encoding in the mapping."
        ) from error
    except (OSError, EOFError, csv.Error) as error:
        raise BadFile(f"{path.name} cannot be read: {error}") from error


def _sheet(path: Path, mapping: Table) -> Iterator[list[Any]]:
    try:
        book = CalamineWorkbook.from_path(str(path))
        if mapping.sheet and mapping.sheet not in book.sheet_names:
            raise BadFile(f"{path.name} has no sheet “{mapping.sheet}”; it has {', '.join(book.sheet_names)}.")
        sheet = book.get_sheet_by_name(mapping.sheet) if mapping.sheet else book.get_sheet_by_index(0)
        yield from sheet.iter_rows()
    except (OSError, CalamineError) as error:
        raise BadFile(f"{path.name} is no spreadsheet that can be read: {error}") from error
