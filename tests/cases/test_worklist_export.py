"""The worklist taken away as a spreadsheet."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from python_calamine import CalamineWorkbook

from hotline.models import AuditEntry
from tests.doors import client_of
from tests.stories import MONDAY, dispatched

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday_noon() -> Iterator[None]:
    with time_machine.travel(MONDAY + timedelta(hours=2), tick=False):
        yield


def exported(username: str, query: str = "") -> list[list[Any]]:
    answer = client_of(username).get(f"/worklist/export/{query}")
    assert answer.status_code == 200
    sheet: list[list[Any]] = (
        CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    )
    return sheet


def test_it_holds_the_filtered_rows_and_nobodys_number() -> None:
    case = dispatched(title="请回电 13912345678，井盖缺失")
    dispatched(title="路灯不亮", words="环湖路路灯不亮")
    sheet = exported("sun", "?q=井盖")
    assert [row[0] for row in sheet[2:]] == [case.number]
    text = str(sheet)
    assert "13912345678" not in text
    assert "6021" not in text
    assert "Sun Fang 0702" in text


def test_a_formula_stays_text() -> None:
    dispatched(title='=HYPERLINK("http://evil.example","x")')
    assert exported("sun")[2][1] == '=HYPERLINK("http://evil.example","x")'


def test_it_goes_no_further_than_ones_own_unit() -> None:
    dispatched()
    assert len(exported("lin")) == 2


def test_who_took_it_away_is_in_the_audit_trail() -> None:
    dispatched()
    exported("sun", "?list=to-sign&q=13912345678")
    entry = AuditEntry.objects.get(act="worklist.export")
    assert entry.actor
    assert entry.actor.username == "sun"
    assert entry.details == {"list": "to-sign", "filters": {"q": "139****5678"}, "rows": 0}
