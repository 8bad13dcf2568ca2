"""The statement to take away: a PDF that is the same each time, and a table with every row behind the figures."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation
from python_calamine import CalamineWorkbook

from contractors.models import Assessment
from hotline.models import AuditEntry
from tests.contractors.stories import february, locked, run, shown, under_way
from tests.doors import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def month() -> Iterator[Assessment]:
    contract = under_way()
    february()
    with translation.override("en"):
        yield locked(shown(run(contract)))


def got(client: Client, month: Assessment, name: str) -> bytes:
    response = client.get(f"/assessments/{month.pk}/{name}")
    assert response.status_code == 200
    return bytes(response.content)


def test_the_same_statement_is_the_same_pdf_for_both_sides(month: Assessment) -> None:
    office, contractor = (client_of(username) for username in ("yan", "luo"))
    first, again = got(office, month, "statement.pdf"), got(contractor, month, "statement.pdf")
    assert first.startswith(b"%PDF")
    assert first == again
    assert AuditEntry.objects.filter(act="statements.pdf").count() == 2


def test_another_contractor_gets_neither(month: Assessment) -> None:
    for name in ("statement.pdf", "statement.xlsx"):
        assert client_of("tang").get(f"/assessments/{month.pk}/{name}").status_code == 404


def test_the_table_holds_the_statement_and_every_row_behind_it(month: Assessment) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(got(client_of("luo"), month, "statement.xlsx")))
    first, direct, forged = (book.get_sheet_by_index(n).to_python() for n in range(3))
    cells = {str(cell) for row in first for cell in row}
    assert {"1,375,000.00", "20.00 / 20", "−5,000.00", month.inputs_digest, month.document_digest} <= cells
    assert len(direct) == 1 + 5
    assert sum(float(str(row[1])) for row in direct[1:]) == 2
    assert len(forged) == 1 + 1
