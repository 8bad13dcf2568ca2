"""What holds of a case after every act, whoever acted in whatever order."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

from cases.models.case import ENDED, OPEN, WITH_UNIT
from cases.workflow import MOVES

LEGAL = {(s.value, t.value) for move in MOVES.values() for s in move.sources for t in move.targets}
TO_DO = {"dispatched", "handling"}
LEGS = {"sign": {"dispatched"}, "contact": TO_DO, "handle": TO_DO}  # in which states of its assignment a clock runs
STAGES = {"dispatch": "registered", "review": "replied", "verdict": "verifying"}  # and which status of the case
Rows = list[dict[str, Any]]


class Seen(NamedTuple):
    """Everything there is about the case."""

    case: dict[str, Any]
    assignment: Rows
    clock: Rows
    decision: Rows
    reply: Rows
    survey: Rows
    feedback: Rows
    caseevent: Rows
    audit: list[str]
    messages: int

    @property
    def version(self) -> int:
        return int(self.case["version"])


def one_lead_and_only_where_a_unit_works(now: Seen) -> None:
    active = [a for a in now.assignment if a["ended_at"] is None]
    leads = [a for a in active if a["role"] == "lead"]
    assert len(leads) == (now.case["status"] in WITH_UNIT | {"replied"})
    assert not active or now.case["status"] in WITH_UNIT | {"replied"}
    assert all(a["unit_id"] == now.case["unit_id"] for a in leads)
    assert now.case["hops"] == max((a["hop"] for a in now.assignment), default=0)


def clocks_run_where_they_belong(now: Seen) -> None:
    running = [c for c in now.clock if c["stopped_at"] is None]
    assert now.case["status"] in OPEN or not running
    assert all(c["next_action_at"] is None for c in now.clock if c["stopped_at"])
    assert [c["due_at"] for c in running if c["kind"] == "promise"] in ([], [now.case["promise_due_at"]])
    states = {a["id"]: a["state"] for a in now.assignment}
    assert all(states[c["assignment_id"]] in LEGS[c["kind"]] for c in running if c["kind"] in LEGS)
    assert all(now.case["status"] == STAGES[c["kind"]] for c in running if c["kind"] in STAGES)


def an_end_says_how(now: Seen) -> None:
    ended = now.case["status"] in ENDED
    assert bool(now.case["outcome"]) == ended
    assert not ended or now.case["last_closed_at"]


def history_explains_the_case(now: Seen) -> None:
    moves = [(e["from_status"], e["to_status"]) for e in now.caseevent if e["from_status"] and e["to_status"]]
    assert set(moves) <= LEGAL
    assert (moves[-1][1] if moves else "registered") == now.case["status"]
    assert all(left == entered for (_b, left), (entered, _a) in pairwise(moves))
    versions = [e["version"] for e in now.caseevent]
    assert versions == sorted(versions)
    assert set(versions) == set(range(1, now.version + 1))


def requests_wait_only_where_somebody_works(now: Seen) -> None:
    waiting = [d for d in now.decision if d["state"] == "asked"]
    working = {a["id"] for a in now.assignment if a["ended_at"] is None}
    assert all(d["assignment_id"] in working for d in waiting)
    assert len({(d["assignment_id"], d["kind"]) for d in waiting}) == len(waiting)


def reports_wait_only_for_a_unit_that_works(now: Seen) -> None:
    states = {a["id"]: a["state"] for a in now.assignment}
    waiting = [r for r in now.reply if r["state"] == "reported"]
    ended = {a["id"] for a in now.assignment if a["ended_at"] is not None}
    assert all(states[r["assignment_id"]] == "replied" for r in waiting if r["assignment_id"] not in ended)
    tiers = {a["id"]: a["tier"] for a in now.assignment}
    assert all(a["tier"] == tiers.get(a["parent_id"], 0) + 1 for a in now.assignment)


def limits_below_end_within_the_one_above(now: Seen) -> None:
    assert all(c["not_after"] is None or c["due_at"] <= c["not_after"] for c in now.clock)


def nobody_is_asked_before_a_reply_was_accepted(now: Seen) -> None:
    accepted = [r["round"] for r in now.reply if r["state"] == "accepted"]
    assert sorted(s["round"] for s in now.survey) == sorted(accepted)
    assert sum(r["state"] == "submitted" for r in now.reply) == (now.case["status"] == "replied")
    asking = [s["round"] for s in now.survey if s["ended_at"] is None]
    assert asking == ([now.case["round"]] if now.case["status"] == "verifying" else [])
    assert len({f["survey_id"] for f in now.feedback}) == len(now.feedback)


PROMISES = (
    one_lead_and_only_where_a_unit_works,
    clocks_run_where_they_belong,
    an_end_says_how,
    history_explains_the_case,
    requests_wait_only_where_somebody_works,
    reports_wait_only_for_a_unit_that_works,
    limits_below_end_within_the_one_above,
    nobody_is_asked_before_a_reply_was_accepted,
)
