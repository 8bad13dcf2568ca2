"""One case and people who try things whether it is their turn or not, on what they saw last, some of them twice.

After every step the whole case is read back in one question and held against the city's promises about it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import TestCase, override_settings
from hypothesis import HealthCheck, settings
from hypothesis import seed as with_seed
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run

from cases import (
    decisions,
    dispatching,
    disputing,
    escalation,
    excluding,
    handing_down,
    handing_over,
    handling,
    intake,
    reviewing,
    reviewing_parts,
    supervision,
    surveys,
    suspending,
    unreached,
)
from cases.deadlines import local_date
from cases.models import Assignment, Case, Decision, HandOver, Survey
from cases.surveys import Verdict
from hotline.acts import AlreadyAnswered, Refusal, answering
from hotline.context import RequestContext, within
from hotline.models import Membership, Organisation
from tests.cases.promises import PROMISES, Seen, look
from tests.people import member, unit
from tests.stories import MONDAY, TOLD, a_registration, a_reply

PEOPLE = ("wang", "zhou", "sun", "liu", "wu", "zheng", "yan", "lin", "yuan", "chen", "jiang", "han")
UNITS = {"CGJ": "sun", "SWJ": "lin", "QSJD": "yuan"}
told: Counter[str] = Counter()  # what became of all that was tried, over all walks


class Walk(RuleBasedStateMachine):
    """A clock that goes on, and an act a step. Everybody acts on the version they saw last, and may look first."""

    case: Case
    at: datetime
    now: Seen
    people: dict[str, Membership] = {}
    units: list[Organisation] = []

    @initialize(
        landline=st.booleans(),
        urgency=st.sampled_from(("ordinary", "ordinary", "urgent", "emergency")),
        refused=st.sampled_from((False, False, False, True)),
    )
    def register(self, landline: bool, urgency: str, refused: bool) -> None:
        if not self.people:
            Walk.people = {name: member(name) for name in PEOPLE}
            Walk.units = [unit(code) for code in UNITS]
        self.at = MONDAY
        given = a_registration(urgency=urgency, phone="0593-6000123" if landline else "13800006021")
        if refused:
            ground, route = "no_duty", "已告知向物业公司反映。"
            self.case = intake.refuse(given, by=self.people["wang"], at=self.at, ground=ground, route=route)
        else:
            self.case = intake.register(given, by=self.people["wang"], at=self.at)
        self.version_of = dict.fromkeys(PEOPLE, self.case.version)
        self.now = self.look()
        self.promised: dict[int, tuple[Any, str]] = {}

    def look(self) -> Seen:
        return look(self.case.pk)

    # -- What everybody may try

    def tried(self, name: str, looks: bool, twice: bool, act: Callable[[Membership, int], object]) -> None:
        """Done or refused in words, on the version the person saw last. Any other error is a fault."""
        self.at += timedelta(minutes=7)
        name, before = self.worker(name), self.now
        by = self.people[name]
        if looks:
            self.version_of[name] = before.version
        seen = self.version_of[name]
        context = RequestContext(owner=name, key=f"{self.at:%j%H%M}", fingerprint=b"f")
        refused = self.once(context, lambda: act(by, seen))
        self.now = self.look()
        if refused:
            told[f"refused: {refused.code}"] += 1
            assert self.now._replace(audit=before.audit) == before
            assert self.now.audit == [*before.audit, "refused"]
        else:
            told["done"] += 1
            told[f"status: {self.now.case['status']}"] += 1
            assert seen == before.version < self.now.version
            assert self.now.audit == [*before.audit, "ok"]
            self.version_of[name] = self.now.version
        if twice and not refused:
            self.again(context, lambda: act(by, seen))

    def once(self, context: RequestContext, act: Callable[[], object]) -> Refusal | None:
        try:
            with within(context), answering(str):
                act()
        except Refusal as refusal:
            return refusal
        return None

    def again(self, context: RequestContext, act: Callable[[], object]) -> None:
        """The same request once more: told what it was told, and nothing happens."""
        told["repeated"] += 1
        with pytest.raises(AlreadyAnswered) as before:
            self.once(RequestContext(owner=context.owner, key=context.key, fingerprint=b"f"), act)
        assert before.value.answer == context.answer
        assert self.look() == self.now

    def lead(self) -> Assignment:
        return Assignment.objects.filter(case=self.case, role="lead").latest("pk")

    def worker(self, name: str) -> str:
        """That person, or whoever works for the unit that has the case."""
        codes = {unit.pk: unit.code for unit in self.units}
        return name or UNITS[codes[self.now.case["unit_id"] or self.units[0].pk]]

    LOOKS, TWICE = st.sampled_from((True, True, True, False)), st.sampled_from((False, False, False, True))

    @rule(twice=TWICE, solved=st.booleans(), rests=st.sampled_from((False, False, False, True)))
    def onward(self, twice: bool, solved: bool, rests: bool) -> None:
        """Whatever is due now, by whom it is due; a unit may have to wait for something."""
        roads: dict[str, Callable[[], None]] = {
            "registered": lambda: self.dispatch("zhou", 0, False, True, twice),
            "dispatched": lambda: self.sign("", True, twice),
            "handling": lambda: self.rest(twice) if rests else self.work("", True, True, twice),
            "rehandling": lambda: self.work("", True, True, twice),
            "replied": lambda: self.review("wu", True, True, twice),
            "verifying": lambda: self.verdict(solved, self.now.survey[-1]["state"] == "callback", twice),
            "closed": lambda: self.others("zhou", "reopen", True, twice),
            "suspended": lambda: self.others("zhou", "resume", True, twice),
        }
        waiting = [d for d in self.now.decision if d["state"] == "asked" and d["kind"] != "exclusion"]
        if waiting:
            who = "han" if waiting[-1]["kind"] == "dispute" else "yan" if waiting[-1]["approved_by_id"] else "zhou"
            self.rule_on_it(who, "grant", 1, True, twice)
        elif road := roads.get(self.now.case["status"]):
            road()

    @rule(
        name=st.sampled_from(("zhou", "zhou", "zhou", "yan", "wang", "sun")),
        to=st.integers(0, 2),
        helped=st.booleans(),
        looks=LOOKS,
        twice=TWICE,
    )
    def dispatch(self, name: str, to: int, helped: bool, looks: bool, twice: bool) -> None:
        given: dict[str, Any] = {"unit": self.units[to], "co_organisers": [self.units[(to + 1) % 3]] if helped else []}
        self.tried(
            name, looks, twice, lambda by, v: dispatching.dispatch(self.case, by=by, at=self.at, version=v, **given)
        )

    @precondition(lambda self: self.now.assignment)
    @rule(name=st.sampled_from(("", "", "", "sun", "liu", "lin")), looks=LOOKS, twice=TWICE)
    def sign(self, name: str, looks: bool, twice: bool) -> None:
        lead = self.lead()
        self.tried(name, looks, twice, lambda by, v: handling.sign(lead, by=by, at=self.at, version=v))

    @precondition(lambda self: self.now.assignment)
    @rule(
        name=st.sampled_from(("", "", "", "sun", "liu", "lin")),
        reply=st.booleans(),
        looks=LOOKS,
        twice=TWICE,
        reached=st.booleans(),
    )
    def work(self, name: str, reply: bool, looks: bool, twice: bool, reached: bool = True) -> None:
        lead = self.lead()

        def act(by: Membership, version: int) -> object:
            common: dict[str, Any] = {"by": by, "at": self.at, "version": version}
            if reply:
                return handling.reply(lead, a_reply(contacted_at=MONDAY), **common)
            return handling.record_contact(lead, reached=reached, how="phone", **common)

        self.tried(name, looks, twice, act)

    @precondition(lambda self: self.now.assignment)
    @rule(
        name=st.sampled_from(("", "", "liu", "liu", "lin", "yuan")),
        how=st.sampled_from(("down", "down", "down", "sign", "reply", "reply", "accept", "send_back", "recall")),
        looks=LOOKS,
        twice=TWICE,
    )
    def below(self, name: str, how: str, looks: bool, twice: bool) -> None:
        """The centre beneath urban management gets it, and what it says is read by the bureau."""
        lead, centre = self.lead(), unit("SZZX")
        part = Assignment.objects.filter(case=self.case, role="subordinate").last() or lead

        def act(by: Membership, version: int) -> object:
            common: dict[str, Any] = {"by": by, "at": self.at, "version": version}
            if how == "down":
                return handing_down.hand_down(lead, units=[centre], **common)
            if how == "sign":
                return handling.sign(part, **common)
            if how == "reply":
                return handling.reply(part, a_reply(contacted_at=MONDAY), **common)
            if how == "accept":
                return reviewing_parts.accept_part(part, **common)
            if how == "send_back":
                return reviewing_parts.send_part_back(part, reason="no_date", **common)
            return handing_down.recall(part, why="收回", **common)

        self.tried(name, looks, twice, act)

    @rule(
        name=st.sampled_from(("wang", "wang", "zhou", "chen")), how=st.sampled_from(("ask", "ask", "takes", "refuses"))
    )
    def emergency(self, name: str, how: str) -> None:
        """The fire brigade is asked, and says something to it."""
        asked = HandOver.objects.select_related("case").filter(case=self.case).last()

        def act(by: Membership, version: int) -> object:
            common: dict[str, Any] = {"by": by, "at": self.at, "version": version}
            if how == "ask" or asked is None:
                return handing_over.offer(self.case, line="119", **common)
            if how == "takes":
                return handing_over.accepted(asked, answered_by="7 席", **common)
            return handing_over.refused(asked, answered_by="7 席", answer="不属火情", **common)

        self.tried(name, True, False, act)

    @rule(name=st.sampled_from(("wu", "wu", "yan", "zhou")), good=st.booleans(), looks=LOOKS, twice=TWICE)
    def review(self, name: str, good: bool, looks: bool, twice: bool) -> None:
        def act(by: Membership, version: int) -> object:
            if good:
                return reviewing.accept(self.case, by=by, at=self.at, version=version)
            return reviewing.send_back(self.case, by=by, at=self.at, version=version, reason="no_date")

        self.tried(name, looks, twice, act)

    @precondition(lambda self: self.now.survey)
    @rule(solved=st.booleans(), by_phone=st.booleans(), twice=TWICE)
    def verdict(self, solved: bool, by_phone: bool, twice: bool) -> None:
        """The citizen sees no version: what counts is whether they are still asked."""
        survey = Survey.objects.select_related("case").filter(case=self.case).latest("round")
        said = Verdict(solved=solved)

        def act(by: Membership, _version: int) -> object:
            if by_phone:
                return surveys.call_back(survey, by=by, at=self.at, result="reached", verdict=said)
            return surveys.answer(survey, said, at=self.at)

        self.tried("zheng", True, twice, act)

    @precondition(lambda self: self.now.assignment)
    @rule(
        name=st.sampled_from(("", "", "", "sun", "lin")),
        what=st.sampled_from(("bounce", "bounce", "extension", "suspension", "suspension", "exclusion", "closing")),
        looks=LOOKS,
        twice=TWICE,
    )
    def ask(self, name: str, what: str, looks: bool, twice: bool) -> None:
        lead = self.lead()

        def act(by: Membership, version: int) -> object:
            common: dict[str, Any] = {"by": by, "at": self.at, "version": version, "grounds": "依据权责清单第 3 项"}
            if what == "extension":
                return decisions.ask_for_extension(lead, reason="weather", amount=2, **common)
            if what == "suspension":
                common |= {"evidence": "批复", "review_on": local_date(self.at) + timedelta(days=3), "told": TOLD}
                return suspending.ask_for_suspension(lead, reason="funding", **common)
            if what == "exclusion":
                return excluding.ask_for_exclusion(lead, reason="impossible", evidence="录音", **common)
            if what == "closing":
                return unreached.ask_to_close(lead, reason="no_answer", told=TOLD, **common)
            return decisions.ask_to_bounce(lead, reason="wrong_area", **common)

        self.tried(name, looks, twice, act)

    @precondition(lambda self: self.now.decision)
    @rule(
        name=st.sampled_from(("zhou", "zhou", "yan", "yan", "jiang", "han", "sun", "wang")),
        how=st.sampled_from(("grant", "grant", "reject", "take_back")),
        to=st.integers(0, 3),
        looks=LOOKS,
        twice=TWICE,
    )
    def rule_on_it(self, name: str, how: str, to: int, looks: bool, twice: bool) -> None:
        asked = self.request_for(name)

        def act(by: Membership, version: int) -> object:
            common: dict[str, Any] = {"by": by, "at": self.at, "version": version}
            if how == "grant":
                return decisions.grant(asked, unit=(*self.units, None)[to], ruling="同意", **common)
            if how == "reject":
                return decisions.reject(asked, ruling="不同意", **common)
            return decisions.take_back_request(asked, **common)

        self.tried(name, looks, twice, act)

    def rest(self, twice: bool) -> None:
        """The unit has to wait for something, and both who must agree do."""
        self.ask("", "suspension", True, twice)
        for name in ("zhou", "yan"):
            if self.now.decision and self.now.decision[-1]["state"] == "asked":
                self.rule_on_it(name, "grant", 1, True, twice)

    def request_for(self, name: str) -> Decision:
        """An open one this person might rule on, else the last of all."""
        second, there = name in ("jiang", "yan"), [d for d in self.now.decision if d["state"] == "asked"]
        best = max(there or self.now.decision, key=lambda d: (second and d["approved_by_id"] is not None, d["id"]))
        return Decision.objects.select_related("case", "assignment__case").get(pk=best["id"])

    @rule(
        name=st.sampled_from(("zhou", "zhou", "wang")),
        ending=st.sampled_from(("withdraw", "reopen", "urge", "note", "refer", "refer", "resume")),
        looks=LOOKS,
        twice=TWICE,
    )
    def others(self, name: str, ending: str, looks: bool, twice: bool) -> None:
        def act(by: Membership, version: int) -> object:
            common: dict[str, Any] = {"by": by, "at": self.at, "version": version}
            if ending == "withdraw":
                return dispatching.withdraw(self.case, why="来电撤回", **common)
            if ending == "reopen":
                return dispatching.reopen(self.case, new_facts="又坏了", **common)
            if ending == "refer":
                return disputing.refer(self.case, reason="no_taker", grounds="各单位均称不属其职责", **common)
            if ending == "resume":
                return suspending.resume(self.case, why="资金已到位", **common)
            if ending == "urge":
                return supervision.urge(self.case, words="请尽快", **common)
            return supervision.note(self.case, words="补充", **common)

        self.tried(name, looks, twice, act)

    @rule(hours=st.sampled_from((1, 5, 30, 90)))
    def time_passes(self, hours: int) -> None:
        self.at += timedelta(hours=hours)
        while escalation.fire_batch(self.at):
            pass
        for survey in Survey.objects.due(self.at).select_related("case"):
            surveys.advance(survey, at=self.at)
        for decision in Decision.objects.to_review(self.at).select_related("case"):
            suspending.end_suspension(decision, at=self.at)
        for case in disputing.unclaimed(self.at):
            disputing.refer_unclaimed(case, at=self.at)
        self.now = self.look()

    # -- What holds after every step

    @invariant()
    def promises_hold(self) -> None:
        if hasattr(self, "now"):
            for promise in PROMISES:
                promise(self.now)
            self.citizens_time_is_not_lost()

    def citizens_time_is_not_lost(self) -> None:
        """The promise moves only by an extension or a suspension that was granted, however often the case wanders."""
        for clock in (c for c in self.now.clock if c["kind"] == "promise"):
            rests = [(d["id"], d["lifted_at"]) for d in self.now.decision if d["kind"] == "suspension"]
            allowed = (clock["extended"], [r for r in rests if r[1] or self.now.case["status"] == "suspended"])
            if clock["id"] in self.promised and self.promised[clock["id"]][0] == allowed:
                assert self.promised[clock["id"]][1] == clock["due_at"]
            self.promised[clock["id"]] = (allowed, clock["due_at"])


def walk_about(walks: int, steps: int, seed: int | None = None) -> None:
    """So many walks of up to so many steps, each in a city as it was. Raises what breaks a promise, in few steps."""
    limits = settings(
        max_examples=walks,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    told.clear()
    with override_settings(UNREACHED_TRIES=1, UNREACHED_DAYS=1):
        run(with_seed(seed)(_InOneTransactionEach), settings=limits)


class _InOneTransactionEach(Walk):
    def __init__(self) -> None:
        super().__init__()
        self.atomics = TestCase._enter_atomics()  # type: ignore[attr-defined]

    def teardown(self) -> None:
        TestCase._rollback_atomics(self.atomics)  # type: ignore[attr-defined]
