"""The journals' tables: closed to every change, and with a partition ready before each month begins."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from cases.models import CaseEvent
from hotline import partitions
from hotline.models import AuditEntry
from tests.stories import a_case

pytestmark = pytest.mark.django_db
CHANGES = ("UPDATE {} SET at = now()", "DELETE FROM {}", "TRUNCATE {}")


def _refused(statement: str) -> str:
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return str(error.value)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("table", partitions.TABLES)
def test_nobody_changes_a_journal(table: str, change: str) -> None:
    a_case()
    assert "append-only" in _refused(change.format(table))


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("table", partitions.TABLES)
def test_nobody_changes_a_journal_through_one_of_its_months(table: str, change: str) -> None:
    a_case()
    assert "append-only" in _refused(change.format(f"{table}_2026_03"))


def test_the_orm_cannot_change_them_either() -> None:
    a_case()
    for model in (AuditEntry, CaseEvent):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all().delete()


def test_months_ahead_are_made_once() -> None:
    made = partitions.ensure(date(2031, 11, 30))
    assert made == [
        f"{table}_{month}" for table in partitions.TABLES for month in ("2031_11", "2031_12", "2032_01", "2032_02")
    ]
    assert partitions.ensure(date(2031, 11, 30)) == []


def test_a_new_month_is_closed_to_change_as_well() -> None:
    partitions.ensure(date(2031, 11, 30))
    AuditEntry.objects.create(at=datetime(2031, 12, 24, tzinfo=UTC), act="test.act")
    for change in CHANGES:
        assert "append-only" in _refused(change.format("hotline_auditentry_2031_12"))


def test_what_no_month_was_made_for_is_kept_all_the_same() -> None:
    AuditEntry.objects.create(at=datetime(2041, 5, 1, tzinfo=UTC), act="test.act")
    assert AuditEntry.objects.filter(at__year=2041).count() == 1
