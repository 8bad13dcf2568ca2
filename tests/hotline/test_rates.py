"""Tries are counted by the database: none slips by, honest ones are given back, windows pass."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import RequestFactory
from pytest_django import Settings

from hotline import rates
from hotline.models import RateCount
from hotline.rates import Rate
from tests.people import local

THREE = Rate("test", 3, 60)
NOON = local("2026-03-16 12:00")


@pytest.mark.django_db
def test_the_fourth_of_three_tries_waits_for_the_rest_of_the_window() -> None:
    assert [rates.take(THREE, "a", at=NOON + timedelta(seconds=n)) for n in range(4)] == [0, 0, 0, 57]
    assert rates.take(THREE, "b", at=NOON) == 0


@pytest.mark.django_db
def test_a_new_window_begins_when_the_old_one_is_over() -> None:
    for _try in range(9):
        rates.take(THREE, "a", at=NOON)
    assert rates.take(THREE, "a", at=NOON + timedelta(seconds=59)) > 0
    assert rates.take(THREE, "a", at=NOON + timedelta(seconds=60)) == 0


@pytest.mark.django_db
def test_an_honest_try_is_given_back() -> None:
    for _visit in range(9):
        assert rates.take(THREE, "a", at=NOON) == 0
        rates.give_back(THREE, "a")


@pytest.mark.django_db
def test_the_row_names_nobody_and_goes_after_a_day() -> None:
    rates.take(THREE, "203.0.113.7", at=NOON)
    assert "203.0" not in RateCount.objects.get().key
    rates.forget_old(at=NOON + timedelta(hours=25))
    assert not RateCount.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_parallel_tries_are_all_counted() -> None:
    def attempt(_n: int) -> int:
        try:
            return rates.take(THREE, "a", at=NOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(wait == 0 for wait in pool.map(attempt, range(40))) == 3


def test_a_household_is_one_caller_in_either_protocol() -> None:
    def seen(address: str) -> str:
        return rates.caller(RequestFactory().get("/", REMOTE_ADDR=address))

    assert seen("8.8.8.8") == "8.8.8.8"
    assert seen("2001:db8:1:2::5") == seen("2001:db8:1:2:ffff::1") != seen("2001:db8:1:3::5")


def test_a_forged_header_makes_no_new_caller(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = []
    asked = RequestFactory().get("/", REMOTE_ADDR="8.8.8.8", HTTP_X_FORWARDED_FOR="9.9.9.9")
    assert rates.caller(asked) == "8.8.8.8"
