"""Whatever is tried with a confidential complaint, in whatever tree of bodies: it never reaches the body it is about.

Jinan, Art. 32: nobody may pass accusation material or the caller's identity to the accused. A step costs some ten
milliseconds; here are as many as fit, ``bin/check at_length`` takes many more.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from psycopg2.extras import DateTimeTZRange

from cases import decisions, dispatching, handling, linking, reviewing, sealing, supervision, surveys
from cases.duplicates import like
from cases.in_hand import in_hand
from cases.measures import PARTS, Part
from cases.models import Assignment, Case, CaseGroup, Decision, Survey
from cases.search import find
from cases.surveys import Verdict
from cases.waiting import behind_pages
from hotline.acts import Refusal
from hotline.calendar import Period
from hotline.models import Membership, Message, Organisation, User
from hotline.roles import Role
from tests.people import member
from tests.stories import MONDAY, a_case, a_reply, current
from tests.stories import tried as undone

COMPLAINTS = int(os.environ.get("COMPLAINTS", "4"))
ROLES = (Role.CLERK, Role.UNIT_HEAD)


class Town:
    """A tree of bodies as drawn, each with a clerk and a head; some people stand in for another body besides."""

    def __init__(self, parents: list[int], stand_ins: list[tuple[int, int]]) -> None:
        self.bodies: list[Organisation] = []
        for n, above in enumerate(parents):
            parent = self.bodies[above % n] if n and above >= 0 else None
            body = Organisation(code=f"T{n}", name=f"第{n}局", kind="unit", parent=parent, active_from=MONDAY.date())
            body.save()
            self.bodies.append(body)
        self.members: list[Membership] = [
            self.employ(User.objects.create(username=f"t{n}{role}", name=f"人{n}"), body, role)
            for n, body in enumerate(self.bodies)
            for role in ROLES
        ]
        for who, where in stand_ins:
            person, body = self.members[who % len(self.members)], self.bodies[where % len(self.bodies)]
            self.members.append(self.employ(person.user, body, Role.HANDLER))

    @staticmethod
    def employ(user: User, body: Organisation, role: Role) -> Membership:
        valid = DateTimeTZRange(MONDAY - timedelta(days=30), None)
        made = Membership(user=user, organisation=body, role=role, valid=valid)
        if not Membership.objects.filter(user=user, role=role).exists():
            made.save()
        return made

    def body(self, n: int) -> Organisation:
        return self.bodies[n % len(self.bodies)]

    def of(self, subject: Organisation) -> list[Membership]:
        """Whoever acts for the body or one below it, in each role they act in."""
        in_force = [m for m in self.members if not m._state.adding]
        people = {m.user_id for m in in_force if m.organisation.path.startswith(subject.path)}
        return [m for m in self.members if m.user_id in people and not m._state.adding]


def tried(act: Callable[[], Any]) -> None:
    """Done, or refused in words, or by the database."""
    point = transaction.savepoint()
    try:
        act()
    except (Refusal, IntegrityError, Assignment.DoesNotExist, Decision.DoesNotExist, Survey.DoesNotExist):
        transaction.set_rollback(False)  # a fault outside of a verb has forbidden whatever comes next
        transaction.savepoint_rollback(point)


class Tries:
    """What dispatchers, units and citizens may try with the case, each step some time later."""

    def __init__(self, town: Town, case: Case, other: Case) -> None:
        self.town, self.case, self.other, self.at = town, case, other, MONDAY
        self.office = {name: member(name) for name in ("zhou", "yan", "wu", "xu")}

    def how(self, name: str) -> dict[str, Any]:
        return {"by": self.office[name], "at": self.at, "version": None}

    def lead(self) -> Assignment:
        return Assignment.objects.select_related("unit", "case").filter(case=self.case, role="lead").latest("pk")

    def clerk(self) -> dict[str, Any]:
        unit = self.lead().unit_id
        by = next(m for m in self.town.members if m.organisation_id == unit)
        return {"by": by, "at": self.at, "version": None}

    def step(self, act: str, a: int, b: int) -> None:
        self.at += timedelta(minutes=11)
        to, also = self.town.body(a), self.town.body(b)
        tried(lambda: getattr(self, act)(to, also))

    def dispatch(self, to: Organisation, also: Organisation) -> None:
        dispatching.dispatch(self.case, unit=to, co_organisers=[also], **self.how("zhou"))

    def sign(self, _to: Organisation, _also: Organisation) -> None:
        handling.sign(self.lead(), **self.clerk())

    def bounce(self, to: Organisation, _also: Organisation) -> None:
        decisions.ask_to_bounce(
            self.lead(), reason="not_our_duty", grounds="不属本单位职责范围。", proposed_unit=to, **self.clerk()
        )

    def redispatch(self, to: Organisation, _also: Organisation) -> None:
        decisions.grant(Decision.objects.open().get(case=self.case), unit=to, ruling="改派", **self.how("yan"))

    def delegate(self, to: Organisation, _also: Organisation) -> None:
        """As whatever code might, without asking a verb."""
        part = self.lead()
        Assignment.objects.create(
            case=self.case, unit=to, parent=part, role="co_organiser", round=part.round, dispatched_at=self.at
        )

    def hand_on(self, to: Organisation, _also: Organisation) -> None:
        Assignment.objects.filter(pk=self.lead().pk).update(unit=to)

    def join(self, _to: Organisation, _also: Organisation) -> None:
        linking.join(self.other, [(self.case, None)], by=self.office["zhou"], at=self.at)

    def lead_group(self, _to: Organisation, _also: Organisation) -> None:
        linking.join(self.case, [(self.other, None)], by=self.office["zhou"], at=self.at)

    def urge(self, _to: Organisation, _also: Organisation) -> None:
        supervision.urge(self.case, words="请尽快办理", **self.how("zhou"))

    def reply(self, _to: Organisation, _also: Organisation) -> None:
        handling.reply(self.lead(), a_reply(contacted_at=MONDAY + timedelta(minutes=1)), **self.clerk())

    def accept(self, _to: Organisation, _also: Organisation) -> None:
        reviewing.accept(self.case, **self.how("wu"))

    def unsolved(self, _to: Organisation, _also: Organisation) -> None:
        survey = Survey.objects.select_related("case").filter(case=self.case).latest("sent_at")
        surveys.answer(survey, Verdict(solved=False, satisfaction=1), at=self.at, by=None)

    def name_another(self, to: Organisation, _also: Organisation) -> None:
        sealing.seal(self.case, why="来电更正", subject_unit=to, **self.how("zhou"))


ACTS = [name for name in vars(Tries) if not name.startswith("_") and name not in ("how", "lead", "clerk", "step")]
EVENTS = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 7), st.integers(0, 7)), min_size=3, max_size=12)
TREES = st.lists(st.integers(-1, 6), min_size=3, max_size=7)
STAND_INS = st.lists(st.tuples(st.integers(0, 13), st.integers(0, 6)), max_size=2)


def deliveries(by: Membership, case: Case, at: Any) -> list[str]:
    """By which doors the person learns of the case."""
    cases = Case.objects.visible_to(by)
    period = Period(MONDAY - timedelta(days=1), MONDAY + timedelta(days=9))
    groups = CaseGroup.objects.visible_to(by)
    found = {
        "list": cases.filter(pk=case.pk).exists(),
        "count": cases.count() > 0,
        "assignment": Assignment.objects.visible_to(by).filter(case=case).exists(),
        "worklist and its export": in_hand(by).filter(case=case).exists(),
        "number in the navigation": any(
            rows.filter(**{"case" if name == "cases:worklist" else "pk": case.pk}).exists()
            for name, rows in behind_pages(by).items()
        ),
        "decision": Decision.objects.visible_to(by).filter(case=case).exists(),
        "search by number": case in find(case.number, by=by, at=at),
        "search by words": case in find("窨井盖", by=by, at=at),
        "search by telephone": case in find("13800006021", by=by, at=at),
        "notice": Message.objects.inbox_of(by).filter(about=case.number).exists(),
        "duplicate": any(d.case == case for d in like(case, by=by, at=at)),
        "group": groups.filter(main=case).exists() or groups.filter(cases=case).exists(),
        "measure": any(cases.filter(part(period).condition(Part.DENOMINATOR)).exists() for part in PARTS.values()),
    }
    return [door for door, open_ in found.items() if open_]


@pytest.mark.slow
@pytest.mark.django_db
def test_a_confidential_complaint_never_reaches_the_body_it_is_about() -> None:
    office_saw = [0]

    @settings(
        max_examples=COMPLAINTS,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(parents=TREES, stand_ins=STAND_INS, subject=st.integers(0, 6), events=EVENTS)
    def complaint(
        parents: list[int], stand_ins: list[tuple[int, int]], subject: int, events: list[tuple[str, int, int]]
    ) -> None:
        with undone():
            office_saw[0] += _complaint(parents, stand_ins, subject, events)

    complaint()
    assert office_saw[0] == COMPLAINTS


def _complaint(
    parents: list[int], stand_ins: list[tuple[int, int]], subject: int, events: list[tuple[str, int, int]]
) -> int:
    town = Town(parents, stand_ins)
    about = town.body(subject)
    case = a_case(confidential=True, subject_unit=about, proposed_unit=None)
    other = a_case(phone="13800006099", proposed_unit=None)
    tries = Tries(town, case, other)
    for act, a, b in events:
        tries.step(act, a, b)
        Message.objects.update(state="sent", next_attempt_at=None)
        now = current(case)
        body = Organisation.objects.get(pk=now.subject_unit_id or 0)
        lies = Assignment.objects.filter(case=case, unit__path__startswith=body.path).active()
        assert not lies.exists(), f"{act}: it lies there"
        for by in town.of(body):
            assert deliveries(by, now, tries.at) == [], f"{act}: {by.user.username}"
    return int(Case.objects.visible_to(member("yan")).filter(pk=case.pk).exists())
