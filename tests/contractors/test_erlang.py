"""Queues against published values, against each other where they must agree, and against simulation's own bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractors.erlang import Load, agents_needed, erlang_a, erlang_b, erlang_c

# 100 calls in half an hour of three minutes each: the worked example of callcentrehelper.com
EXAMPLE = Load(arrivals=100 / 1800, handling=180)
# 48 calls a minute of one minute each, patience two minutes, 50 agents: Garnett, Mandelbaum, Reiman 2002, Table 1
TABLE = {"arrivals": 48 / 60, "handling": 60.0}


@pytest.mark.parametrize(
    ("agents", "erlangs", "blocked"), [(10, 4.461, 0.01), (1, 1.0, 0.5), (5, 2.219, 0.05), (100, 84.06, 0.01)]
)
def test_erlang_b_agrees_with_its_tables(agents: int, erlangs: float, blocked: float) -> None:
    assert erlang_b(agents, erlangs) == pytest.approx(blocked, rel=2e-3)


@pytest.mark.parametrize(
    ("agents", "waits", "in_time"), [(11, 0.682, 0.390), (12, 0.449, 0.640), (13, 0.285, 0.796), (14, 0.174, 0.888)]
)
def test_erlang_c_agrees_with_a_published_example(agents: int, waits: float, in_time: float) -> None:
    found = erlang_c(EXAMPLE, agents, 20)
    assert (found.waits, found.in_time) == pytest.approx((waits, in_time), abs=1e-3)


def test_fourteen_agents_are_needed_and_wait_eight_seconds() -> None:
    found = agents_needed(EXAMPLE, within=20, share=0.8)
    assert (found.agents, round(found.mean_wait, 1), round(found.occupancy, 3)) == (14, 7.8, 0.714)


def test_impatience_changes_what_fifty_agents_come_to_as_published() -> None:
    patient = erlang_c(Load(**TABLE), 50, 20)
    assert (round(patient.mean_wait, 1), round(patient.occupancy, 2)) == (20.8, 0.96)
    impatient = erlang_a(Load(**TABLE, patience=120), 50, 20)
    assert round(impatient.abandons, 3) == 0.031
    assert (round(impatient.mean_wait, 1), round(impatient.occupancy, 2)) == (3.7, 0.93)


@pytest.mark.parametrize("agents", [11, 14, 20])
def test_with_endless_patience_the_two_are_one(agents: int) -> None:
    patient, endless = (
        erlang_c(EXAMPLE, agents, 20),
        erlang_a(Load(EXAMPLE.arrivals, EXAMPLE.handling, 1e7), agents, 20),
    )
    assert endless.in_time == pytest.approx(patient.in_time, abs=2e-3)
    assert endless.waits == pytest.approx(patient.waits, abs=2e-3)


def test_without_patience_nobody_waits_and_the_rest_is_lost() -> None:
    found = erlang_a(Load(EXAMPLE.arrivals, EXAMPLE.handling, 1e-3), 10, 20)
    assert found.abandons == pytest.approx(erlang_b(10, 10), abs=1e-4)


@given(
    load=st.builds(Load, st.floats(0.001, 1), st.floats(10, 600), st.floats(5, 600)),
    agents=st.integers(1, 300),
    within=st.floats(0, 120),
)
def test_more_agents_never_answer_fewer_calls_and_shares_are_shares(load: Load, agents: int, within: float) -> None:
    fewer, more = erlang_a(load, agents, within), erlang_a(load, agents + 1, within)
    for share in (fewer.waits, fewer.in_time, fewer.abandons, fewer.occupancy):
        assert -1e-9 <= share <= 1 + 1e-9
    assert more.in_time >= fewer.in_time - 1e-9
    assert fewer.in_time <= 1 - fewer.abandons + 1e-9 or within == 0


def test_no_calls_need_nobody_and_an_absurd_load_is_told() -> None:
    assert agents_needed(Load(0, 180), within=15, share=0.8).agents == 0
    with pytest.raises(ValueError, match="no number"):
        agents_needed(Load(100, 180), within=15, share=0.8)
    with pytest.raises(ValueError, match="never catch up"):
        erlang_c(EXAMPLE, 10, 15)
