"""The traps of published bulletins: each is refused, with the difference in a sentence."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from django.conf import settings
from django.utils.translation import override

from oversight.bulletin_sums import Breakdown, Change, Claim, Mean, Rate, faults

BULLETINS = settings.BASE_DIR.parent / "shared" / "data" / "kpi_bulletins" / "bulletins.json"
from_data = [pytest.mark.data, pytest.mark.skipif(not BULLETINS.exists(), reason="../shared/data is not here")]


@cache
def published() -> dict[str, dict[str, Any]]:
    bulletins = json.loads(BULLETINS.read_text(encoding="utf-8"), parse_float=Decimal)
    return {told["id"]: told for told in bulletins}


def claims_of(told: dict[str, Any]) -> list[Claim]:
    """What a published bulletin says, as claims. A percentage beside a kind is of the total the bulletin names."""
    total, claims = told.get("total", 0), list[Claim]()
    for name in ("by_channel", "by_nature", "by_topic_l1"):
        if name in told:
            shares = {part: Decimal(p) for part, p in told.get("published_pct", {}).items() if part in told[name]}
            claims.append(Breakdown(name, total, told[name], shares if name == "by_nature" else {}))
    if "transferred" in told and "answered_online" in told:
        ways = {"online": told["answered_online"], "transferred": told["transferred"]}
        given = {"online": told.get("answered_online_pct"), "transferred": told.get("transferred_pct")}
        claims.append(Breakdown("how", total, ways, {part: p for part, p in given.items() if p is not None}))
    if "dispatched_to" in told:
        claims.append(Breakdown("dispatched_to", told["transferred"], told["dispatched_to"]))
    if "prior_year" in told:
        claims.append(Change("yoy", told["yoy_pct"], total, told["prior_year"]))
    if "avg_wait_s_after_ivr_removed" in told:
        claims.append(Mean("wait", told["avg_wait_s_after_ivr_removed"], told["wait_total_s"], told["calls_in"]))
    if "answered" in told:
        claims.append(Rate("connected", told["connect_rate_pct"], told["answered"], told["calls"], "calls"))
    if "replied" in told:
        claims.append(Rate("on time", told["on_time_pct"], told["replied"], total, "accepted"))
    claims += [
        Rate(name, told[name], None, None)
        for name in ("unit_satisfaction_pct", "hotline_satisfaction_pct")
        if name in told
    ]
    if "top5" in told:
        parts, shares = ({name: pair[place] for name, pair in told["top5"].items()} for place in (0, 1))
        claims.append(Breakdown("top5", told["valid_orders"], parts, shares, whole=False))
    return claims


def refused(name: str) -> list[str]:
    with override("en"):
        return faults(claims_of(published()[name]))


@pytest.mark.parametrize("name", ["liaocheng-2020Q2", "yichun-2023-05", "binzhou-2021-07-storm", "hengdong-2025Q1"])
def test_a_bulletin_that_holds_together_is_taken(name: str) -> None:
    assert claims_of(published()[name])
    assert refused(name) == []


def test_kinds_that_do_not_add_up_are_refused_with_the_difference() -> None:
    """Tangshan's seven kinds are 88,874 short of the total."""
    first, *_shares = refused("tangshan-2024-11")
    assert first == "The parts of “by_nature” come to 195,532, 88,874 less than the total of 284,406."


def test_percentages_of_another_base_are_refused_and_the_base_is_named() -> None:
    _sum, *shares = refused("tangshan-2024-11")
    assert len(shares) == 7
    assert shares[0] == (
        "“咨询” is given as 63.72% of 284,406; it is 43.81% of that. 63.72% is of 195,532."
    )  # fmt: skip


def test_a_breakdown_that_is_short_is_refused_though_the_others_add_up() -> None:
    """Heze's topics are called shares of the total, 1,361 short of it; its growth is of a base that is not named."""
    assert refused("heze-2023H1") == [
        "The parts of “by_topic_l1” come to 715,174, 1,361 less than the total of 716,535.",
        "“yoy” is given as -8.32%, but from 777,733 to 716,535 it is -7.87%.",
    ]


def test_a_mean_over_another_number_is_refused() -> None:
    assert refused("changzhou-2021") == ["“wait” is given as 12, but 14,166,711 over 962,151 is 15."]


def test_rates_that_do_not_say_of_what_are_refused() -> None:
    """Three rates of three bases: 71 % of one thing and 98.68 % of another cannot stand side by side unnamed."""
    assert refused("shandong-unnamed-05") == [
        "“unit_satisfaction_pct” is given as 71% without saying of what.",
        "“hotline_satisfaction_pct” is given as 98.68% without saying of what.",
    ]


def test_one_base_has_one_number_throughout() -> None:
    claims: list[Claim] = [
        Rate("solved", Decimal("90.0"), 90, 100, "rated cases"),
        Rate("satisfied", Decimal("50.0"), 60, 120, "rated cases"),
    ]
    with override("en"):
        assert faults(claims) == [
            "“solved” and “satisfied” are both said to be of rated cases, but of 100 and of 120."
        ]  # fmt: skip


def test_the_largest_parts_alone_come_to_no_more_than_the_total() -> None:
    with override("en"):
        (said,) = faults([Breakdown("top", 10, {"a": 6, "b": 5}, whole=False)])
    assert said == "The parts of “top” that are listed come to 11, more than the total of 10."


def test_a_rate_of_nothing_is_no_rate() -> None:
    assert faults([Rate("solved", None, 0, 0, "rated cases")]) == []
    with override("en"):
        assert faults([Rate("solved", Decimal("100.0"), 0, 0, "rated cases")]) == [
            "“solved” is given as 100.0%, but 0 of 0 is –%."
        ]
