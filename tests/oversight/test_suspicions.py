"""When hits are worth a look: enough of them, and far above the middle of the peers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oversight.detector import Hit, Subject, suspicions
from tests.stories import MONDAY

ONE, OTHERS = Subject(1), [Subject(n) for n in (2, 3, 4)]


def hits(subject: Subject, n: int) -> list[Hit]:
    return [Hit(subject, f"event:{subject.organisation}-{k}", MONDAY) for k in range(n)]


def found(ones: int, others: int, *, of: int = 100, at_least: int = 5, times_peers: int = 20) -> list[Subject]:
    rows = hits(ONE, ones) + [hit for other in OTHERS for hit in hits(other, others)]
    looked_at = dict.fromkeys([ONE, *OTHERS], of)
    return [one.subject for one in suspicions(rows, looked_at, {"at_least": at_least, "times_peers": times_peers})]


@pytest.mark.parametrize(
    ("ones", "others", "is_found"),
    [(4, 0, False), (5, 0, True), (9, 5, False), (10, 5, True), (50, 50, False), (0, 0, False)],
    ids=["too few", "enough, none of the others", "less than twice", "twice", "all the same", "nothing"],
)
def test_somebody_stands_out_by_number_and_by_share(ones: int, others: int, is_found: bool) -> None:
    assert (ONE in found(ones, others)) is is_found


def test_without_three_peers_the_number_alone_decides() -> None:
    looked_at = {ONE: 10, Subject(2): 10, Subject(3): 10}
    told = suspicions(hits(ONE, 5), looked_at, {"at_least": 5, "times_peers": 20})
    assert [(one.subject, one.peers) for one in told] == [(ONE, None)]


def test_the_middle_is_that_of_all_peers_also_of_those_without_a_hit() -> None:
    rows = hits(ONE, 6) + hits(OTHERS[0], 50)
    told = suspicions(rows, dict.fromkeys([ONE, *OTHERS], 100), {"at_least": 5, "times_peers": 20})
    assert {one.subject: one.peers for one in told} == {ONE: Decimal(0), OTHERS[0]: Decimal(0)}


@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 20), st.integers(0, 50))
def test_more_of_the_same_never_makes_it_less_suspicious(
    ones: int, others: int, at_least: int, times_peers: int
) -> None:
    now = ONE in found(ones, others, at_least=at_least, times_peers=times_peers)
    more = ONE in found(ones + 1, others, at_least=at_least, times_peers=times_peers)
    assert more or not now
