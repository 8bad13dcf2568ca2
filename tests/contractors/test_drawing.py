"""A sample is drawn by a rule that anybody can follow again."""

from __future__ import annotations

import hashlib
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from contractors import drawing

SEED = "00112233445566778899aabbccddeeff"
FRAME = drawing.frame_of({f"call:{n}": "short" if n < 5 else "ordinary" for n in range(50)})


def test_a_frame_is_sorted_lines_and_its_hash_is_what_sha256sum_says() -> None:
    frame = drawing.frame_of({"case:2": "refused", "call:1": "ordinary"})
    assert frame == "ordinary call:1\nrefused case:2\n"
    assert drawing.hash_of(frame) == hashlib.sha256(b"ordinary call:1\nrefused case:2\n").hexdigest()


def test_of_each_stratum_those_with_the_lowest_places_are_drawn() -> None:
    lines = drawing.draw(FRAME, {"short": 2, "ordinary": 3}, seed=SEED, double_percent=0)
    places = {n: hashlib.sha256(f"{SEED}:call:{n}".encode()).hexdigest() for n in range(50)}
    short = sorted(range(5), key=places.__getitem__)[:2]
    ordinary = sorted(range(5, 50), key=places.__getitem__)[:3]
    assert {line.key for line in lines} == {f"call:{n}" for n in (*short, *ordinary)}


def test_what_a_stratum_lacks_is_drawn_from_the_ordinary_ones() -> None:
    lines = drawing.draw(FRAME, {"complained": 4, "short": 2, "ordinary": 3}, seed=SEED, double_percent=0)
    assert Counter(line.stratum for line in lines) == {"short": 2, "ordinary": 7}


def test_a_tenth_of_the_sample_rounded_up_is_marked_twice() -> None:
    lines = drawing.draw(FRAME, {"ordinary": 11}, seed=SEED, double_percent=10)
    assert sum(line.double for line in lines) == 2


@settings(max_examples=50, deadline=None)
@given(
    keys=st.dictionaries(st.integers(0, 10_000), st.sampled_from(["short", "refused", "ordinary"]), max_size=60),
    quotas=st.fixed_dictionaries({name: st.integers(0, 20) for name in ("short", "refused", "ordinary")}),
    seed=st.text("0123456789abcdef", min_size=32, max_size=32),
)
def test_the_same_seed_and_frame_always_give_the_same_and_nothing_twice(
    keys: dict[int, str], quotas: dict[str, int], seed: str
) -> None:
    frame = drawing.frame_of({f"call:{key}": stratum for key, stratum in keys.items()})
    lines = drawing.draw(frame, quotas, seed=seed, double_percent=10)
    again = drawing.draw(frame, dict(reversed(quotas.items())), seed=seed, double_percent=10)
    assert lines == again
    assert len({line.key for line in lines}) == len(lines) <= sum(quotas.values())
    assert {(line.stratum, line.key) for line in lines} <= {tuple(row.split(" ")) for row in frame.splitlines()}
