"""What a city promises about a case, held against everything there is about it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

from django.db import connection

from cases.models.case import ENDED, OPEN, OWED, WITH_UNIT
from cases.workflow import MOVES

LEGAL = {(s.value, t.value) for move in MOVES.values() for s in move.sources for t in move.targets}
TO_DO = {"dispatched", "handling"}
LEGS = {"sign": {"dispatched"}, "contact": TO_DO, "handle": TO_DO}  # in which states of its assignment a clock runs
OF_THE_CASE = {"dispute", "refusal"}
RULING = {"dispatcher", "office_head", "supervisor", "arbiter"}
STAGES = {"dispatch": "registered", "review": "replied", "verdict": "verifying"}  # and which status of the case
TABLES = ("assignment", "clock", "decision", "reply", "survey", "feedback", "caseevent")
LOOK = (
    "SELECT json_build_object('case', (SELECT row_to_json(c) FROM cases_case c WHERE c.id = %(id)s), "
    + ", ".join(
        f"'{t}', (SELECT coalesce(json_agg(t ORDER BY t.id), '[]') FROM cases_{t} t WHERE t.case_id = %(id)s)"
        for t in TABLES
    )
    + ", 'audit', (SELECT json_agg(a.result ORDER BY a.id) FROM hotline_auditentry a)"
    ", 'messages', (SELECT count(*) FROM hotline_message))"
)
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


def look(case_pk: int) -> Seen:
    """Read in one question."""
    with connection.cursor() as cursor:
        cursor.execute(LOOK, {"id": case_pk})
        return Seen(**cursor.fetchone()[0])


def one_lead_and_only_where_a_unit_works(now: Seen) -> None:
    active = [a for a in now.assignment if a["ended_at"] is None]
    leads = [a for a in active if a["role"] == "lead"]
    assert len(leads) == (now.case["status"] in WITH_UNIT | {"replied", "suspended"})
    assert not active or now.case["status"] in WITH_UNIT | {"replied", "suspended"}
    assert all(a["unit_id"] == now.case["unit_id"] for a in leads)
    assert now.case["hops"] == max((a["hop"] for a in now.assignment), default=0)


def clocks_run_where_they_belong(now: Seen) -> None:
    running = [c for c in now.clock if c["stopped_at"] is None]
    assert now.case["status"] in OPEN or not running
    assert all(c["next_action_at"] is None for c in now.clock if c["stopped_at"])
    owed = [now.case["promise_due_at"]] if now.case["status"] in OWED else []
    assert [c["due_at"] for c in running if c["kind"] == "promise"] == owed
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
    of_units = [d for d in waiting if d["kind"] not in OF_THE_CASE | {"exclusion"}]  # which is about how it counts
    assert all(d["assignment_id"] in working for d in of_units)
    of_case = {d["kind"]: now.case["status"] for d in waiting if d["kind"] in OF_THE_CASE}
    assert of_case.get("dispute") == ("disputed" if now.case["status"] == "disputed" else None)
    assert of_case.get("refusal", "refused") == "refused"
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
    rounds = {a["id"]: a["round"] for a in now.assignment}
    unreached_ = [d for d in now.decision if (d["kind"], d["state"]) == ("closing", "granted")]
    accepted += [rounds[d["assignment_id"]] for d in unreached_]
    assert sorted(s["round"] for s in now.survey) == sorted(accepted)
    assert sum(r["state"] == "submitted" for r in now.reply) == (now.case["status"] == "replied")
    asking = [s["round"] for s in now.survey if s["ended_at"] is None]
    assert asking == ([now.case["round"]] if now.case["status"] == "verifying" else [])
    assert len({f["survey_id"] for f in now.feedback}) == len(now.feedback)


def whoever_asks_never_rules(now: Seen) -> None:
    for d in now.decision:
        ruled = d["ruled_by_id"] if d["state"] in ("granted", "rejected") else None
        people = [who for who in (d["asked_by_id"], d["approved_by_id"], ruled) if who]
        assert len(set(people)) == len(people)
        two = d["kind"] in ("suspension", "exclusion") and d["state"] == "granted"
        assert not two or d["approved_by_id"]
        assert d["state"] not in ("granted", "rejected") or d["ruled_as"] in RULING


def what_rests_comes_back(now: Seen) -> None:
    resting = [d for d in now.decision if d["kind"] == "suspension" and d["state"] == "granted" and not d["lifted_at"]]
    assert len(resting) == (now.case["status"] == "suspended")
    standing = [c for c in now.clock if c["stopped_at"] is None and c["paused_at"]]
    assert resting or not standing
    assert all(c["next_action_at"] is None for c in standing)


PROMISES = (
    whoever_asks_never_rules,
    what_rests_comes_back,
    one_lead_and_only_where_a_unit_works,
    clocks_run_where_they_belong,
    an_end_says_how,
    history_explains_the_case,
    requests_wait_only_where_somebody_works,
    reports_wait_only_for_a_unit_that_works,
    limits_below_end_within_the_one_above,
    nobody_is_asked_before_a_reply_was_accepted,
)
