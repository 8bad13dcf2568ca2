"""Reference rows are read once: whatever names a body, a place, a category or a channel finds it on its shelf."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from cases.models import Case
from hotline.models import Organisation
from hotline.shelf import ORGANISATIONS
from tests.people import unit
from tests.stories import dispatched

pytestmark = pytest.mark.django_db


def test_a_case_tells_its_names_without_asking(django_assert_num_queries: Any) -> None:
    case = Case.objects.get(pk=dispatched().pk)
    with django_assert_num_queries(0):
        told = [case.unit, case.category, case.region, case.region and case.region.parent, case.channel]
        assert all(thing is not None and thing.label for thing in [*told, case.taken_by_organisation])
        assert case.unit is ORGANISATIONS.get(case.unit_id)


def test_a_key_that_names_nothing_is_nothing() -> None:
    assert Case(unit_id=None).unit is None
    with pytest.raises(Organisation.DoesNotExist):
        Case(unit_id=10**12).unit  # noqa: B018 - looking is the act


def test_who_renames_a_body_reads_its_new_name_at_once() -> None:
    case = Case.objects.get(pk=dispatched().pk)
    renamed = unit("CGJ")
    renamed.name = renamed.name_en = "Streets and Lights"
    renamed.save()
    read = Case.objects.get(pk=case.pk).unit
    assert (read, read and read.label) == (renamed, "Streets and Lights")


def test_a_body_that_came_since_the_last_reading_is_found_all_the_same() -> None:
    ORGANISATIONS.all()
    with connection.cursor() as cursor:
        cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = 'hotline_organisation'")
        names = [name for (name,) in cursor.fetchall() if name not in ("id", "code", "path")]
        columns = ", ".join(f'"{name}"' for name in names)
        cursor.execute(
            f"INSERT INTO hotline_organisation (code, path, {columns})"
            f" SELECT 'NEW', '/NEW/', {columns} FROM hotline_organisation WHERE code = 'CGJ' RETURNING id"
        )
        [key] = cursor.fetchone()
    found = Case(unit_id=key).unit
    assert found is not None
    assert found.code == "NEW"
