"""Any acts in any order: whatever people try, the city's promises about a case hold after every step.

A longer walk: ``WALKS=500 STEPS=30 bin/test tests/cases/test_workflow_machine.py``.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
from django.test import TestCase
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from cases import decisions, dispatching, escalation, handling, intake, reviewing, supervision, surveys
from cases.models import Assignment, Case, CaseEvent, Clock, Decision, Survey
from cases.models.case import ENDED, OPEN, WITH_UNIT
from cases.surveys import Verdict
from cases.workflow import MOVES
from hotline.acts import Refusal
from hotline.models import Membership, Organisation
from tests.people import member, unit
from tests.stories import MONDAY, a_registration, a_reply

WALKS, STEPS = int(os.environ.get("WALKS", "12")), int(os.environ.get("STEPS", "14"))
LEGAL = {(s.value, t.value) for move in MOVES.values() for s in move.sources for t in move.targets}
PEOPLE = ("wang", "zhou", "sun", "liu", "wu", "zheng", "yan", "lin", "jiang")


class Walk(RuleBasedStateMachine):
    """One case, a clock that goes on, and people who try things whether it is their turn or not."""

    case: Case

    @initialize(landline=st.booleans(), urgency=st.sampled_from(("ordinary", "urgent", "emergency")))
    def register(self, landline: bool, urgency: str) -> None:
        self.people: dict[str, Membership] = {name: member(name) for name in PEOPLE}
        self.units: list[Organisation] = [unit("CGJ"), unit("SWJ"), unit("JSJD")]
        self.at, self.refused = MONDAY, 0
        given = a_registration(urgency=urgency, phone="0593-6000123" if landline else "13800006021")
        self.case = intake.register(given, by=self.people["wang"], at=self.at)

    def tried(self, act: Callable[[], object]) -> None:
        """Done, or refused in words. Any other error is a fault."""
        self.at += timedelta(minutes=7)
        try:
            act()
        except Refusal:
            self.refused += 1

    def lead(self) -> Assignment | None:
        return Assignment.objects.filter(case=self.case, role="lead").order_by("-pk").first()

    def by(self, name: str) -> Membership:
        return self.people[name]

    @rule(name=st.sampled_from(PEOPLE), to=st.integers(0, 2), helped=st.booleans())
    def dispatch(self, name: str, to: int, helped: bool) -> None:
        others = [self.units[(to + 1) % 3]] if helped else []
        chosen = self.units[to]
        self.tried(
            lambda: dispatching.dispatch(
                self.case, by=self.by(name), at=self.at, version=None, unit=chosen, co_organisers=others
            )
        )

    @rule(name=st.sampled_from(("sun", "liu", "lin")))
    def sign(self, name: str) -> None:
        if lead := self.lead():
            self.tried(lambda: handling.sign(lead, by=self.by(name), at=self.at, version=None))

    @rule(name=st.sampled_from(("sun", "liu", "lin")))
    def reply(self, name: str) -> None:
        if lead := self.lead():
            words = a_reply(contacted_at=MONDAY)
            self.tried(lambda: handling.reply(lead, words, by=self.by(name), at=self.at, version=None))

    @rule(good=st.booleans())
    def review(self, good: bool) -> None:
        by = self.by("wu")
        if good:
            self.tried(lambda: reviewing.accept(self.case, by=by, at=self.at, version=None))
        else:
            self.tried(lambda: reviewing.send_back(self.case, by=by, at=self.at, version=None, reason="no_date"))

    @rule(solved=st.booleans(), by_phone=st.booleans())
    def verdict(self, solved: bool, by_phone: bool) -> None:
        survey = Survey.objects.select_related("case").filter(case=self.case).order_by("-round").first()
        if survey is None:
            return
        said = Verdict(solved=solved)
        if by_phone:
            by = self.by("zheng")
            self.tried(lambda: surveys.call_back(survey, by=by, at=self.at, result="reached", verdict=said))
        else:
            self.tried(lambda: surveys.answer(survey, said, at=self.at))

    @rule(name=st.sampled_from(("sun", "lin")), extension=st.booleans())
    def ask(self, name: str, extension: bool) -> None:
        if not (lead := self.lead()):
            return
        common = {"by": self.by(name), "version": None, "grounds": "依据权责清单第 3 项"}
        if extension:
            self.tried(
                lambda: decisions.ask_for_extension(lead, at=self.at, reason="weather", amount=2, **common)  # type: ignore[arg-type]
            )
        else:
            self.tried(lambda: decisions.ask_to_bounce(lead, at=self.at, reason="wrong_area", **common))  # type: ignore[arg-type]

    @rule(to=st.integers(0, 3), granted=st.booleans())
    def rule_on_it(self, to: int, granted: bool) -> None:
        asked = Decision.objects.select_related("case").filter(case=self.case).order_by("-pk").first()
        if asked is None:
            return
        by, chosen = self.by("zhou"), (*self.units, None)[to]
        if granted:
            self.tried(lambda: decisions.grant(asked, by=by, at=self.at, version=None, unit=chosen))
        else:
            self.tried(lambda: decisions.reject(asked, by=by, at=self.at, version=None, ruling="不同意"))

    @rule(ending=st.sampled_from(("withdraw", "reopen", "urge", "note")))
    def others(self, ending: str) -> None:
        by = self.by("zhou")
        acts: dict[str, Callable[[], object]] = {
            "withdraw": lambda: dispatching.withdraw(self.case, by=by, at=self.at, version=None, why="来电撤回"),
            "reopen": lambda: dispatching.reopen(self.case, by=by, at=self.at, version=None, new_facts="又坏了"),
            "urge": lambda: supervision.urge(self.case, by=by, at=self.at, version=None, words="请尽快"),
            "note": lambda: supervision.note(self.case, by=by, at=self.at, version=None, words="补充"),
        }
        self.tried(acts[ending])

    @rule(hours=st.sampled_from((1, 5, 30, 90)))
    def time_passes(self, hours: int) -> None:
        self.at += timedelta(hours=hours)
        while escalation.fire_batch(self.at):
            pass
        for survey in Survey.objects.due(self.at).select_related("case"):
            surveys.advance(survey, at=self.at)

    @invariant()
    def promises_hold(self) -> None:
        if not hasattr(self, "case"):
            return
        case = Case.objects.get(pk=self.case.pk)
        self.one_lead_and_only_where_a_unit_works(case)
        self.clocks_run_for_open_cases_only(case)
        self.history_explains_the_case(case)

    def one_lead_and_only_where_a_unit_works(self, case: Case) -> None:
        leads = Assignment.objects.active().leads().filter(case=case).count()
        assert leads <= 1
        assert leads == 1 or case.status not in WITH_UNIT | {"replied"}
        assert case.status not in ENDED or not Assignment.objects.active().filter(case=case).exists()

    def clocks_run_for_open_cases_only(self, case: Case) -> None:
        running = Clock.objects.running().filter(case=case)
        assert case.status in OPEN or not running.exists()
        assert bool(case.outcome) == (case.status in ENDED)
        promised = running.filter(kind="promise").values_list("due_at", flat=True)
        assert not promised or list(promised) == [case.promise_due_at]
        assert not Clock.objects.filter(case=case, stopped_at__isnull=False, next_action_at__isnull=False).exists()

    def history_explains_the_case(self, case: Case) -> None:
        events = list(CaseEvent.objects.of(case).order_by("id").values_list("from_status", "to_status", "version"))
        moves = [(before, after) for before, after, _version in events if after and before]
        assert set(moves) <= LEGAL
        assert (moves[-1][1] if moves else "registered") == case.status
        for (_b, left), (entered, _a) in pairwise(moves):
            assert left == entered
        assert {version for _b, _a, version in events} == set(range(1, case.version + 1))


class _InOneTransactionEach(Walk):
    """Each walk begins with the city as it was."""

    def __init__(self) -> None:
        super().__init__()
        self.atomics = TestCase._enter_atomics()  # type: ignore[attr-defined]

    def teardown(self) -> None:
        TestCase._rollback_atomics(self.atomics)  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_whatever_people_try_the_promises_about_a_case_hold() -> None:
    limits = settings(
        max_examples=WALKS,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(_InOneTransactionEach, settings=limits)
