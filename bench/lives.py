"""Random lives of cases, told by the verbs: whatever may happen to a case next happens, some of it much later.

Corrections among it: excluded after it was closed, reopened, sent again, another category, region or channel.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from cases import (
    decisions,
    dispatching,
    excluding,
    handling,
    intake,
    reviewing,
    surveys,
    suspending,
)
from cases.deadlines import local_date
from cases.models import Assignment, Case, Category, Channel, Decision, DecisionKind, Survey
from cases.surveys import Verdict
from hotline.acts import Refusal
from hotline.models import Membership, Region
from tests.people import member, unit
from tests.stories import TOLD, a_registration, a_reply

PEOPLE = ("wang", "chen", "zhou", "sun", "lin", "yuan", "liu", "wu", "zheng", "yan", "jiang", "han")
UNITS = {"CGJ": "sun", "SWJ": "lin", "QSJD": "yuan"}
GROUNDS = "依据权责清单第 3 项"
NEW = 0.12  # the share of acts that begin a case
AT_ONCE = 40  # cases that somebody works on; others are left as they are


class Lives:
    """One writer's cases and people. Time goes on from act to act, mostly by minutes, sometimes by days."""

    def __init__(self, chance: random.Random, at: datetime, pace: timedelta = timedelta(minutes=40)) -> None:
        self.chance, self.at, self.pace = chance, at, pace
        self.people: dict[str, Membership] = {name: member(name) for name in PEOPLE}
        self.units = [unit(code) for code in UNITS]
        self.categories = list(Category.objects.leaves().order_by("pk")[:12])
        self.regions = list(Region.objects.order_by("pk")[:12])
        self.channels = list(Channel.objects.filter(upstream=False).order_by("pk"))
        self.cases: list[int] = []
        self.told: Counter[str] = Counter()
        self.serial = chance.randrange(10**6)

    def act(self) -> None:
        """One act, of whoever may; a refusal in words is as good."""
        self.at += self.chance.random() * self.pace * 2
        if self.chance.random() < 0.01:
            self.at += timedelta(days=self.chance.randrange(1, 4))
        fresh = not self.cases or self.chance.random() < NEW
        name, act = ("registered", self.register) if fresh else self.next()
        try:
            act()
            self.told[name] += 1
        except Refusal:
            self.told[f"{name}, refused"] += 1

    def by(self, *names: str) -> dict[str, Any]:
        return {"by": self.people[self.chance.choice(names)], "at": self.at}

    def register(self) -> None:
        self.serial += 1
        given = a_registration(
            category=self.chance.choice(self.categories),
            region=self.chance.choice(self.regions),
            channel=self.chance.choice(self.channels),
            kind=self.chance.choice(("complaint", "help", "consultation", "report")),
            phone=f"139{self.serial % 10**8:08d}",
            callback_wish=self.chance.choice(("phone", "phone", "sms", "none")),
        )
        who, how = self.by("wang", "chen"), self.chance.random()
        if how < 0.15:
            case = intake.answer_directly(given, answer="已在通话中答复。", **who)
        elif how < 0.2:
            case = intake.refuse(given, ground="petition", route="已告知到信访局反映。", **who)
        else:
            case = intake.register(given, **who)
        self.cases = [*self.cases[-AT_ONCE:], case.pk]

    def next(self) -> tuple[str, Callable[[], object]]:
        """What happens to some case: a correction, a ruling that waits, or whatever its status calls for."""
        case = Case.objects.get(pk=self.chance.choice(self.cases))
        if self.chance.random() < 0.05:
            return "corrected", lambda: self.correct(case)
        asked = Decision.objects.open().filter(case=case).exclude(kind=DecisionKind.REFUSAL)
        if (decision := asked.select_related("case", "assignment__case").first()) and self.chance.random() < 0.8:
            return f"ruled on {decision.kind}", lambda: self.rule(decision)
        if lead := Assignment.objects.select_related("case", "unit").filter(case=case, role="lead").last():
            at_unit = {"dispatched": self.before_signing, "handling": self.in_handling, "rehandling": self.in_handling}
            if case.status in at_unit:
                return at_unit[case.status](case, lead)
            if case.status == "closed" and self.chance.random() < 0.3:
                return "exclusion asked", lambda: self.ask_to_exclude(lead)
        return self.at_the_hotline(case)

    def at_the_hotline(self, case: Case) -> tuple[str, Callable[[], object]]:
        now: dict[str, Any] = {"version": case.version, "at": self.at}
        to = self.chance.choice(self.units)
        if case.status == "registered" and self.chance.random() < 0.06:
            return "withdrawn", lambda: dispatching.withdraw(case, by=self.people["zhou"], why="来电撤回", **now)
        acts: dict[str, tuple[str, Callable[[], object]]] = {
            "registered": ("dispatched", lambda: dispatching.dispatch(case, by=self.people["zhou"], unit=to, **now)),
            "replied": ("reviewed", lambda: self.review(case)),
            "verifying": ("asked the citizen", lambda: self.verify(case)),
            "suspended": ("resumed", lambda: suspending.resume(case, by=self.people["zhou"], why="资金到位", **now)),
        }
        reopened = lambda: dispatching.reopen(case, by=self.people["zhou"], new_facts="又坏了", **now)  # noqa: E731
        return acts.get(case.status, ("reopened", reopened))

    def before_signing(self, case: Case, lead: Assignment) -> tuple[str, Callable[[], object]]:
        by = self.people[UNITS[lead.unit.code]]
        now: dict[str, Any] = {"version": case.version, "at": self.at, "by": by}
        if self.chance.random() < 0.25:
            return "return asked", lambda: decisions.ask_to_bounce(lead, reason="wrong_area", grounds=GROUNDS, **now)
        return "signed", lambda: handling.sign(lead, **now)

    def in_handling(self, case: Case, lead: Assignment) -> tuple[str, Callable[[], object]]:
        now: dict[str, Any] = {"version": case.version, "at": self.at, "by": self.people[UNITS[lead.unit.code]]}
        how = self.chance.random()
        if how < 0.1:
            return "more time asked", lambda: decisions.ask_for_extension(
                lead, reason="weather", grounds=GROUNDS, amount=2, **now
            )
        if how < 0.18:
            review_on = local_date(self.at) + timedelta(days=5)
            return "suspension asked", lambda: suspending.ask_for_suspension(
                lead, reason="funding", grounds=GROUNDS, evidence="批复", review_on=review_on, told=TOLD, **now
            )
        if how < 0.24:
            return "exclusion asked", lambda: self.ask_to_exclude(lead)
        words = a_reply(contacted_at=self.at - timedelta(minutes=5))
        return "replied", lambda: handling.reply(lead, words, **now)

    def ask_to_exclude(self, lead: Assignment) -> None:
        by = self.people[UNITS[lead.unit.code]]
        excluding.ask_for_exclusion(
            lead, by=by, at=self.at, version=None, reason="impossible", grounds=GROUNDS, evidence="录音"
        )

    def rule(self, decision: Decision) -> None:
        name = "han" if decision.kind == "dispute" else "yan" if decision.approved_by_id else "zhou"
        now: dict[str, Any] = {"by": self.people[name], "at": self.at, "version": None}
        if self.chance.random() < 0.75:
            decisions.grant(decision, unit=self.chance.choice(self.units), ruling="同意", **now)
        else:
            decisions.reject(decision, ruling="不同意", **now)

    def review(self, case: Case) -> None:
        now: dict[str, Any] = {"by": self.people["wu"], "at": self.at, "version": case.version}
        if self.chance.random() < 0.85:
            reviewing.accept(case, **now)
        else:
            reviewing.send_back(case, reason="no_date", **now)

    def verify(self, case: Case) -> None:
        survey = Survey.objects.select_related("case").filter(case=case).latest("round")
        said = Verdict(
            solved=self.chance.random() < 0.7,
            satisfaction=self.chance.choice((1, 2, 3, 4, 5, None)),
            contacted=self.chance.choice((True, True, False, None)),
        )
        if survey.state == "sent":
            surveys.answer(survey, said, at=self.at)
        elif self.chance.random() < 0.3:
            surveys.call_back(survey, by=self.people["zheng"], at=self.at, result="no_answer")
        else:
            surveys.call_back(survey, by=self.people["zheng"], at=self.at, result="reached", verdict=said)

    def correct(self, case: Case) -> None:
        """Somebody with access to the database puts a record right."""
        what = self.chance.choice(("category", "region", "channel", "kind"))
        found: dict[str, Any] = {
            "category": self.chance.choice(self.categories),
            "region": self.chance.choice(self.regions),
            "channel": self.chance.choice(self.channels),
            "kind": self.chance.choice(("complaint", "help")),
        }
        Case.objects.filter(pk=case.pk).update(**{what: found[what]})
