"""Rows of several kinds in one statement, and what is read once and kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from hotline import kept, ledger, rows
from hotline.kept import Kept
from hotline.models import Heartbeat, RateCount, Region, RequestKey
from hotline.shelf import REGIONS

pytestmark = pytest.mark.django_db


def _sign(name: str) -> Heartbeat:
    return Heartbeat(name=name, at=timezone.now())


def _key(key: str) -> RequestKey:
    return RequestKey(owner="wang", key=key, fingerprint=b"1", answer={"a": 1}, created_at=timezone.now())


def test_rows_of_several_kinds_are_one_statement(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert rows.insert([_sign("a"), _key("one"), _sign("b")], once=_key("two"))
    assert set(Heartbeat.objects.filter(name__in="ab").values_list("name", flat=True)) == {"a", "b"}
    assert RequestKey.objects.filter(owner="wang").count() == 2


def test_a_row_that_may_be_there_once_says_whether_it_was() -> None:
    assert rows.insert([], once=_key("one"))
    assert not rows.insert([_sign("a")], once=_key("one"))


def test_nothing_to_write_asks_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert rows.insert([])


def test_what_an_act_adds_is_written_by_whoever_opened_the_ledger() -> None:
    with ledger.opened() as left:
        ledger.add(_sign("a"))
        assert not Heartbeat.objects.filter(name="a").exists()
    rows.insert(left)
    ledger.add(_sign("b"))
    assert Heartbeat.objects.filter(name__in="ab").count() == 2


def test_a_kept_value_is_read_once_until_one_of_its_models_changes() -> None:
    read: list[int] = []
    value = Kept(lambda: read.append(1) or len(read), RateCount)  # type: ignore[func-returns-value]
    assert (value(), value()) == (1, 1)
    RateCount.objects.create(key="k", began_at=timezone.now(), tries=1)
    assert value() == 2


def test_a_kept_value_is_read_again_when_it_is_old(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "SECONDS", -1.0)
    read: list[int] = []
    value = Kept(lambda: read.append(1) or len(read))  # type: ignore[func-returns-value]
    assert (value(), value()) == (1, 2)


def test_a_row_just_made_elsewhere_is_found_by_its_key(django_assert_num_queries: Any) -> None:
    known = Region.objects.order_by("pk").first()
    assert known is not None
    with django_assert_num_queries(0):
        assert REGIONS.coded(known.code) == known
    Region.objects.bulk_create([Region(code="990001", name="新区", level="district", path="/990001/")])  # no signal
    assert REGIONS.coded("990001") is None
    new = Region.objects.get(code="990001")
    assert REGIONS.get(new.pk) == new
