"""Logs carry what happened and nobody's number."""

from __future__ import annotations

import pytest

from hotline.logs import mask, without_personal_data


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("call from 13812341234", "call from 138****34"),
        ("+86 138 1234 1234 rang", "+86****34 rang"),
        ("id 11010519491231002X", "id 110****2X"),
        ("landline 010-62345678.", "landline 010****78."),
        ("电话13812341234。", "电话138****34。"),
    ],
)
def test_a_persons_number_is_masked(written: str, kept: str) -> None:
    assert mask(written) == kept


@pytest.mark.parametrize("written", ["20261122-00042-7", "took 1382 ms", "2026-11-22T07:19:06.123456Z", "port 8000"])
def test_other_numbers_are_left_alone(written: str) -> None:
    assert mask(written) == written


def test_what_people_searched_for_is_left_out() -> None:
    event = without_personal_data(None, "info", {"event": "request_started", "request": "GET /search?q=张伟"})
    assert event["request"] == "GET /search"


def test_numbers_inside_values_are_masked_and_counts_stay_counts() -> None:
    event = without_personal_data(None, "info", {"event": "x", "args": ["13812341234", {"n": 13812341234}], "count": 7})
    assert event == {"event": "x", "args": ["138****34", {"n": "138****34"}], "count": 7}


def test_addresses_are_left_out() -> None:
    assert without_personal_data(None, "info", {"event": "x", "ip": "1.2.3.4"}) == {"event": "x"}
