"""Of each detector, by the thresholds it is brought with: a month of somebody's it must name, and one it must not.

The peers are thirty who do it now and then; shares and numbers are those of small bodies, where chance is hardest to
tell from a habit.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest

from oversight.detector import Hit, Subject, suspicions
from oversight.detector_rules import RULES
from oversight.detectors import BY_KEY
from tests.stories import MONDAY

PEERS = 30
GUILTY, HONEST = Subject(1, 1), Subject(2, 2)


class Month(NamedTuple):
    """So many hits of what was looked at, of the guilty and of the honest; and how many hits each six peers have."""

    of: int
    guilty: int
    honest: int
    peers: tuple[int, ...] = (0,)


MONTHS = {
    # units, by about thirty cases of each
    "turned_answers": Month(28, 6, 2, (0, 0, 1)),
    "own_phones": Month(24, 5, 0),  # an honest number has fewer than five good answers, so none of them is a hit
    "never_called": Month(16, 8, 4, (0, 1, 1, 2, 2, 3)),
    "came_back": Month(22, 6, 2, (0, 0, 1)),
    "no_contact": Month(26, 9, 4, (0, 1, 1, 2, 2, 3)),
    "contact_before_dispatch": Month(26, 5, 2, (0, 0, 1)),
    "alike_replies": Month(26, 10, 0),
    "reused_files": Month(10, 4, 2, (0, 0, 1)),
    "late_returns": Month(27, 8, 3, (0, 1, 1, 2)),
    "late_exits": Month(27, 6, 2, (0, 0, 1)),
    "recoded": Month(27, 3, 1),
    "ping_pong": Month(27, 8, 3, (0, 1, 1, 2)),
    "month_end": Month(26, 12, 5, (1, 2, 3)),
    # agents and inspectors
    "given_up_early": Month(30, 9, 4, (0, 1, 2, 3)),
    "refusals": Month(28, 9, 3, (0, 1, 1, 2)),
    "short_calls": Month(120, 26, 9, (1, 3, 5)),
    "overload": Month(21, 5, 2),
    "idle_presence": Month(21, 8, 3, (0, 1, 1, 2)),
    "odd_looks": Month(18, 18, 0),
    "contractor_totals": Month(1, 1, 0),
    "marks_at_threshold": Month(14, 9, 4, (0, 1, 2)),
}


def test_there_is_a_month_for_every_detector() -> None:
    assert MONTHS.keys() == BY_KEY.keys()


def named(key: str, month: Month, guilty_of: int = 0) -> set[Subject]:
    """Whom it names; ``guilty_of`` is what was looked at of the first, if not as much as of the others."""
    peers = {Subject(10 + n, 10 + n): month.peers[n % len(month.peers)] for n in range(PEERS)}
    everybody = {GUILTY: month.guilty, HONEST: month.honest, **peers}
    hits = [Hit(subject, f"{subject}:{k}", MONDAY) for subject, n in everybody.items() for k in range(n)]
    looked_at = dict.fromkeys(everybody, month.of) | {GUILTY: guilty_of or month.of}
    brought = {name: RULES.brought[f"{key}_{name}"] for name in ("at_least", "times_peers")}
    return {one.subject for one in suspicions(hits, looked_at, brought)}


@pytest.mark.parametrize("key", MONTHS)
def test_the_guilty_is_named_and_whoever_does_it_now_and_then_is_not(key: str) -> None:
    assert named(key, MONTHS[key]) == {GUILTY}


COMPARED = [key for key, detector in BY_KEY.items() if detector.times_peers]


@pytest.mark.parametrize("key", COMPARED)
def test_what_all_do_alike_points_at_nobody(key: str) -> None:
    month = MONTHS[key]
    assert named(key, month._replace(peers=(month.guilty,))) == set()


@pytest.mark.parametrize("key", COMPARED)
def test_a_body_with_thirty_times_as_much_to_do_is_not_named_for_its_number(key: str) -> None:
    month = MONTHS[key]
    as_usual = 30 * sum(month.peers) // len(month.peers)
    assert as_usual >= BY_KEY[key].at_least
    assert named(key, month._replace(guilty=as_usual), guilty_of=30 * month.of) == set()


def test_a_fifth_of_many_calls_given_up_is_as_conspicuous_as_half_of_few() -> None:
    month = Month(300, 60, 25, (0, 10, 15, 20, 30))
    assert named("given_up_early", month) == {GUILTY}
