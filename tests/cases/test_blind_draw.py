"""The blind draw: the same for whoever draws it again with a seed and SHA-256, and of the share the rules say."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.blind_draw import Line, draw, frame_of, hash_of, lines_of, place_of

PERCENTS = {"contractor": 20, "otherwise": 10, "unanswered": 0}
CITY = [
    Line(stratum, contractor, f"2026031{day}-{n:05}/1")
    for n in range(2_000)
    for day, stratum in ((1, "contractor"), (2, "otherwise"), (3, "unanswered"))
    for contractor in ("JIA",)
]


def test_whoever_has_the_frame_and_the_seed_draws_the_same_with_nothing_of_ours() -> None:
    """Written anew here, from the description alone."""
    seed, frame = "0f" * 16, frame_of(CITY)
    again = set()
    for text in frame.splitlines():
        stratum, _contractor, key = text.split(" ")
        if int(sha256(f"{seed}:{key}".encode()).hexdigest(), 16) / 2**256 < PERCENTS[stratum] / 100:
            again.add(key)
    assert {line.key for line in draw(frame, PERCENTS, seed=seed, most=10_000)} == again


def test_a_known_place() -> None:
    """The first bytes of SHA-256("seed:20260309-000014/1"), as any tool gives them."""
    assert f"{place_of('seed', '20260309-000014/1'):064x}" == sha256(b"seed:20260309-000014/1").hexdigest()


@pytest.mark.parametrize("seed", ["a", "b", "c"])
def test_of_each_stratum_the_share_of_the_rules_is_drawn(seed: str) -> None:
    """Within four standard deviations: 400 ± 72 and 200 ± 54 of 2,000."""
    found = [line.stratum for line in draw(frame_of(CITY), PERCENTS, seed=seed, most=10_000)]
    assert abs(found.count("contractor") - 400) < 72
    assert abs(found.count("otherwise") - 200) < 54
    assert found.count("unanswered") == 0


def test_another_seed_draws_others() -> None:
    first, second = ({x.key for x in draw(frame_of(CITY), PERCENTS, seed=s, most=10_000)} for s in "ab")
    assert first != second
    assert first & second


def test_of_each_contractor_at_most_so_many_a_day_and_the_strata_keep_their_weight() -> None:
    many = [*CITY, *(line._replace(contractor="YI", key=f"Y{line.key}") for line in CITY)]
    found = draw(frame_of(many), PERCENTS, seed="x", most=90)
    assert [line.contractor for line in found].count("JIA") == [line.contractor for line in found].count("YI") == 90
    of_jia = [line.stratum for line in found if line.contractor == "JIA"]
    assert 45 <= of_jia.count("contractor") <= 75  # two of three, as many as there are twice as likely


def test_a_hundred_per_cent_draws_everything_and_nought_nothing() -> None:
    assert len(draw(frame_of(CITY), dict.fromkeys(PERCENTS, 100), seed="x", most=10_000)) == len(CITY)
    assert draw(frame_of(CITY), dict.fromkeys(PERCENTS, 0), seed="x", most=10_000) == []


@given(st.lists(st.sampled_from(CITY), unique=True, max_size=60), st.text(max_size=20), st.randoms())
def test_the_order_in_which_rounds_come_changes_nothing(some: list[Line], seed: str, random: object) -> None:
    mixed = list(some)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert frame_of(mixed) == frame_of(some)
    assert hash_of(frame_of(mixed)) == hash_of(frame_of(some))
    assert sorted(lines_of(frame_of(mixed))) == sorted(some)
    found = draw(frame_of(some), PERCENTS, seed=seed, most=5)
    assert len(found) == len(set(found)) <= 5
    assert set(found) <= set(some)
