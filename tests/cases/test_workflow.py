"""Every act: from where it is allowed, that it is refused from everywhere else, and that a refusal leaves no trace."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import product

import pytest

from cases import (
    decisions,
    dispatching,
    disputing,
    excluding,
    handling,
    reviewing,
    supervision,
    surveys,
    suspending,
)
from cases.deadlines import local_date
from cases.management.commands.workflow_diagram import PLACE, page
from cases.models import Case, Status
from cases.models.case import ENDED, HANDLED, OPEN, WITH_UNIT
from cases.surveys import Verdict
from cases.workflow import HANDS, MOVES
from hotline.acts import NotNow, Stale
from tests.people import member, unit
from tests.stories import IN_STATUS, MONDAY, TOLD, a_reply, current, footprint, lead, survey_of, tried

pytestmark = pytest.mark.django_db

Act = Callable[[Case, datetime], Case]

ACTS: dict[str, tuple[Act, frozenset[Status]]] = {
    "dispatch": (
        lambda c, at: dispatching.dispatch(c, by=member("zhou"), at=at, version=c.version, unit=unit()),
        MOVES["dispatch"].sources,
    ),
    "withdraw": (
        lambda c, at: dispatching.withdraw(c, by=member("zhou"), at=at, version=c.version, why="来电撤回"),
        MOVES["withdraw"].sources,
    ),
    "reopen": (
        lambda c, at: dispatching.reopen(c, by=member("zhou"), at=at, version=c.version, new_facts="又坏了"),
        MOVES["reopen"].sources,
    ),
    "sign": (
        lambda c, at: handling.sign(lead(c), by=member("sun"), at=at, version=c.version),
        MOVES["sign"].sources,
    ),
    "reply": (
        lambda c, at: handling.reply(lead(c), a_reply(contacted_at=MONDAY), by=member("liu"), at=at, version=c.version),
        MOVES["reply"].sources,
    ),
    "accept": (
        lambda c, at: reviewing.accept(c, by=member("wu"), at=at, version=c.version),
        MOVES["accept"].sources,
    ),
    "send_back": (
        lambda c, at: reviewing.send_back(c, by=member("wu"), at=at, version=c.version, reason="no_date"),
        MOVES["send_back"].sources,
    ),
    "answer": (
        lambda c, at: surveys.answer(survey_of(c), Verdict(solved=True), at=at),
        MOVES["verdict"].sources,
    ),
    "record_contact": (
        lambda c, at: handling.record_contact(
            lead(c), by=member("liu"), at=at, version=c.version, reached=True, how="phone"
        ),
        WITH_UNIT | {Status.SUSPENDED},
    ),
    "tell_progress": (
        lambda c, at: handling.tell_progress(lead(c), by=member("liu"), at=at, version=c.version, words="正在施工"),
        HANDLED | {Status.SUSPENDED},
    ),
    "ask_to_bounce": (
        lambda c, at: decisions.ask_to_bounce(
            lead(c), by=member("sun"), at=at, version=c.version, reason="wrong_area", grounds="不在辖区内"
        ),
        frozenset({Status.DISPATCHED}),
    ),
    "ask_for_extension": (
        lambda c, at: decisions.ask_for_extension(
            lead(c), by=member("liu"), at=at, version=c.version, reason="weather", grounds="连日降雨无法施工", amount=2
        ),
        HANDLED,
    ),
    "ask_for_suspension": (
        lambda c, at: suspending.ask_for_suspension(
            lead(c),
            by=member("liu"),
            at=at,
            version=c.version,
            reason="funding",
            grounds="明年才有资金",
            evidence="云财建〔2026〕18 号",
            review_on=local_date(at) + timedelta(days=30),
            told=TOLD,
        ),
        HANDLED,
    ),
    "ask_for_exclusion": (
        lambda c, at: excluding.ask_for_exclusion(
            lead(c),
            by=member("liu"),
            at=at,
            version=c.version,
            reason="against_law",
            grounds="诉求于法无据",
            evidence="处罚决定书",
        ),
        HANDLED,
    ),
    "refer": (
        lambda c, at: disputing.refer(
            c, by=member("zhou"), at=at, version=c.version, reason="no_taker", grounds="各单位均称不属其职责"
        ),
        frozenset({Status.REGISTERED}),  # and, where a unit asks to return it, from where it lies
    ),
    "resume": (
        lambda c, at: suspending.resume(c, by=member("zhou"), at=at, version=c.version, why="资金已到位"),
        MOVES["resume"].sources,
    ),
    "urge": (
        lambda c, at: supervision.urge(c, by=member("zhou"), at=at, version=c.version, words="请尽快"),
        WITH_UNIT,
    ),
    "note": (
        lambda c, at: supervision.note(c, by=member("zhou"), at=at, version=c.version, words="补充门牌号"),
        OPEN,
    ),
}
NEVER_AT_A_UNIT = {Status.REGISTERED, Status.DISPUTED, Status.REFUSED, Status.HANDED_OVER}
OF_THE_UNIT = {"sign", "reply", "record_contact", "tell_progress", "ask_to_bounce", "ask_for_extension"}
OF_THE_UNIT |= {"ask_for_suspension", "ask_for_exclusion"}
ASKED = {Status.VERIFYING, Status.CLOSED}


def _exists(act: str, status: Status) -> bool:
    """A case that never reached a unit has no assignment to act on, and one never answered has no survey."""
    if act in OF_THE_UNIT:
        return status not in NEVER_AT_A_UNIT
    return act != "answer" or status in ASKED


PAIRS = [(act, status) for act, status in product(ACTS, Status) if _exists(act, status)]


@pytest.mark.parametrize("status", Status)
def test_each_act_is_done_where_the_table_allows_it_and_refused_without_trace_elsewhere(status: Status) -> None:
    case = IN_STATUS[status]()
    at = case.changed_at + timedelta(minutes=5)
    before = footprint(case)
    for act, (do, allowed) in ACTS.items():
        if not _exists(act, status):
            continue
        with tried():
            if status in allowed:
                assert do(case, at).version > case.version or act == "answer"
            else:
                with pytest.raises(NotNow):
                    do(case, at)
                assert footprint(case) == before, act


@pytest.mark.parametrize("act", sorted(ACTS.keys() - {"answer"}))
def test_acting_on_what_somebody_else_has_changed_is_refused_with_who_and_what(act: str) -> None:
    do, allowed = ACTS[act]
    status = min(allowed)
    seen = IN_STATUS[status]()
    at = seen.changed_at + timedelta(minutes=5)
    other = reviewing.accept if status == Status.REPLIED else None
    with tried():
        if other:
            other(seen, by=member("feng"), at=at, version=seen.version)
        elif status in OPEN:
            supervision.note(seen, by=member("qin"), at=at, version=None, words="诉求人补充了照片")
        else:
            dispatching.reopen(seen, by=member("qin"), at=at, version=None, new_facts="诉求人补充了照片")
        changed = footprint(seen)
        with pytest.raises(Stale) as refusal:
            do(seen, at + timedelta(minutes=1))
        told = refusal.value.extra
        assert told["version"] == current(seen).version
        assert told["changes"][0]["by"] in {"Qin Lan", "Feng Tao"}
        assert footprint(seen) == changed


def test_every_status_is_in_somebodys_hands_and_ended_ones_in_nobodys() -> None:
    assert set(HANDS) == set(Status)
    assert {status for status, hand in HANDS.items() if hand == "nobody"} == ENDED
    assert {status for status, hand in HANDS.items() if hand == "unit"} == WITH_UNIT


def test_no_move_leads_out_of_a_status_without_a_way_back_by_the_table() -> None:
    assert {s for move in MOVES.values() for s in move.targets} | {Status.REGISTERED} == set(Status)
    assert not any(move.sources & {Status.HANDED_OVER, Status.WITHDRAWN} for move in MOVES.values())


def test_the_page_in_the_documentation_is_the_table() -> None:
    assert PLACE.read_text() == page(), "run manage.py workflow_diagram"
