"""The supervision ladder: who may issue which step, its number, its answer, and what cannot be skipped."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from cases import escalation, ladder, supervision
from cases.models import Case, CaseEvent, Clock, EventKind, LadderStep, Rung, RungState
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.models import Message
from tests.people import member, unit
from tests.stories import MONDAY, a_case, accepted, current, dispatched, lead, rated, rehandling, replied, signed

AT = MONDAY + timedelta(days=8)
DEMAND = "请分管负责同志牵头，两个工作日内完成补盖并书面说明原因。"
ANSWER = "已更换井盖并复核，三日内完成周边排查；因配件缺货延误。"


def urged(case: Case | None = None) -> LadderStep:
    case = case or signed()
    supervision.urge(case, by=member("zhou"), at=AT, version=None, words="请尽快补盖。")
    return LadderStep.objects.of(case).latest("pk")


def issued(case: Case | None = None, rung: str = "supervise", *, by: str = "jiang") -> LadderStep:
    case = case or signed()
    ladder.issue(case, by=member(by), at=AT, version=None, rung=rung, words=DEMAND)
    return LadderStep.objects.of(case).latest("pk")


def answered(paper: LadderStep | None = None) -> LadderStep:
    paper = paper or issued()
    ladder.answer(paper, by=member("peng"), at=AT + timedelta(hours=3), version=None, words=ANSWER)
    paper.refresh_from_db()
    return paper


pytestmark = pytest.mark.django_db

ISSUES = {"jiang": True, "yan": True, "zhou": False, "wu": False, "shen": False, "peng": False, "wang": False}
SETTLES = {
    "urge": {"zhou": True, "wu": True, "yan": True, "jiang": True, "peng": False, "wang": False},
    "supervise": {"zhou": False, "wu": False, "yan": True, "jiang": True, "peng": False, "wang": False},
}


@pytest.mark.parametrize(("who", "may"), ISSUES.items())
def test_who_may_climb(who: str, may: bool) -> None:
    case = signed()
    if may:
        assert issued(case, by=who).issued_by_id == member(who).user_id
    else:
        with pytest.raises(NotAllowed):
            issued(case, by=who)
        assert not LadderStep.objects.of(case).exists()


@pytest.mark.parametrize(("rung", "who", "may"), [(r, w, may) for r, who in SETTLES.items() for w, may in who.items()])
def test_who_may_accept_an_answer(rung: str, who: str, may: bool) -> None:
    paper = answered(urged() if rung == "urge" else issued())
    if may:
        ladder.accept(paper, by=member(who), at=AT + timedelta(hours=4), version=None, finding="同意")
        paper.refresh_from_db()
        assert (paper.state, paper.settled_by_id) == (RungState.ACCEPTED, member(who).user_id)
    else:
        with pytest.raises(NotAllowed):
            ladder.accept(paper, by=member(who), at=AT + timedelta(hours=4), version=None)


@pytest.mark.parametrize(("who", "may"), {"peng": True, "liu": True, "sun": True, "lin": False, "yan": False}.items())
def test_who_may_answer(who: str, may: bool) -> None:
    paper = issued()
    if may:
        ladder.answer(paper, by=member(who), at=AT, version=None, words=ANSWER)
        assert LadderStep.objects.get(pk=paper.pk).answered_by_id == member(who).user_id
    else:
        with pytest.raises(NotAllowed):
            ladder.answer(paper, by=member(who), at=AT, version=None, words=ANSWER)


def test_it_is_numbered_by_rung_and_year_and_dated_by_the_units_calendar() -> None:
    first, second, urge = issued(), issued(dispatched()), urged()
    assert [(s.rung, s.year, s.serial) for s in (first, second, urge)] == [
        ("supervise", 2026, 1),
        ("supervise", 2026, 2),
        ("urge", 2026, 1),
    ]
    assert first.due_at == AT + timedelta(days=3)  # three working days from a Tuesday on
    assert first.unit == unit()


def test_a_refused_step_takes_no_number() -> None:
    case = signed()
    with pytest.raises(Invalid):
        ladder.issue(case, by=member("jiang"), at=AT, version=None, rung="supervise", words="急")
    with pytest.raises(Invalid):
        ladder.issue(case, by=member("jiang"), at=AT, version=None, rung="urge", words=DEMAND)
    assert issued(case).serial == 1


def test_the_ladder_is_climbed_rung_by_rung_and_what_lies_below_is_left() -> None:
    case = signed()
    urge = urged(case)
    with pytest.raises(NotNow, match="supervision"):
        issued(case, "summons")
    supervise = answered(issued(case))
    with pytest.raises(NotNow, match="summons"):
        issued(case, "circular")
    summons = issued(case, "summons", by="yan")
    circular = issued(case, "circular", by="yan")
    states = {s.rung: s.state for s in LadderStep.objects.of(case).all()}
    assert states == {"urge": "climbed", "supervise": "climbed", "summons": "climbed", "circular": "open"}
    assert (supervise.follows, summons.follows, circular.follows) == (urge, supervise, summons)
    kinds = CaseEvent.objects.of(case).values_list("kind", flat=True)
    assert {EventKind.URGED, EventKind.SUPERVISED, EventKind.SUMMONED, EventKind.CIRCULATED} <= set(kinds)


def test_the_same_step_waits_until_it_is_settled() -> None:
    case = signed()
    paper = issued(case)
    with pytest.raises(NotNow, match="not settled"):
        issued(case)
    ladder.accept(answered(paper), by=member("jiang"), at=AT + timedelta(hours=4), version=None)
    assert issued(case).serial == 2


def test_an_accepted_step_is_no_ground_for_the_next() -> None:
    case = signed()
    ladder.accept(answered(issued(case)), by=member("jiang"), at=AT + timedelta(hours=4), version=None)
    with pytest.raises(NotNow):
        issued(case, "summons")


@pytest.mark.parametrize("make", [answered, lambda: issued()])
def test_an_answer_comes_once_and_is_accepted_once(make: Callable[[], LadderStep]) -> None:
    paper = make()
    act = ladder.answer if paper.state == RungState.ANSWERED else None
    if act:
        with pytest.raises(NotNow):
            act(paper, by=member("peng"), at=AT, version=None, words=ANSWER)
    else:
        with pytest.raises(NotNow, match="no answer"):
            ladder.accept(paper, by=member("jiang"), at=AT, version=None)


def test_nobody_but_a_person_issues_a_summons_says_the_database() -> None:
    case = signed()
    with pytest.raises(IntegrityError, match="ladder_by_a_person"), transaction.atomic():
        LadderStep.objects.create(
            rung="summons", year=2026, serial=9, case=case, unit=unit(), issued_at=AT, due_at=AT, issued_by=None
        )


def test_who_answered_cannot_accept_says_the_database() -> None:
    paper = answered()
    with pytest.raises(IntegrityError, match="ladder_two_people"), transaction.atomic():
        LadderStep.objects.filter(pk=paper.pk).update(state="accepted", settled_at=AT, settled_by=paper.answered_by)


def test_a_case_nobody_has_is_not_supervised() -> None:
    with pytest.raises(NotNow, match="nobody to supervise"):
        issued(a_case())


def test_urging_by_hand_has_its_measure() -> None:
    case = signed()
    for n in range(5):
        supervision.urge(case, by=member("wang"), at=AT + timedelta(minutes=n), version=None, words="又来电。")
    with pytest.raises(NotNow, match="5 times within a day"):
        supervision.urge(case, by=member("wang"), at=AT + timedelta(hours=1), version=None, words="又来电。")
    supervision.urge(case, by=member("wang"), at=AT + timedelta(hours=25), version=None, words="又来电。")
    assert [s.serial for s in LadderStep.objects.of(case).order_by("pk")] == [1, 2, 3, 4, 5, 6]


def test_the_clock_issues_urges_and_supervisions_that_await_an_answer_each_once() -> None:
    case = signed()
    later = MONDAY + timedelta(days=30)
    while escalation.fire_batch(later):
        pass
    papers = list(LadderStep.objects.of(case).order_by("pk"))
    assert [(p.rung, p.serial, p.issued_by, p.state) for p in papers] == [
        ("urge", 1, None, "open"),
        ("supervise", 1, None, "open"),
    ]
    assert {p.clock_id for p in papers} == {papers[0].clock_id}
    assert papers[0].clock is not None
    assert papers[0].limit_due_at == papers[0].clock.due_at
    events = CaseEvent.objects.of(case).filter(kind=EventKind.SUPERVISED)
    assert [e.payload["serial"] for e in events] == [1]


def test_a_clock_that_comes_by_a_step_again_issues_no_second_paper_and_stops_no_other() -> None:
    case, later = signed(), MONDAY + timedelta(days=30)
    while escalation.fire_batch(later):
        pass
    issued = LadderStep.objects.of(case).count()
    Clock.objects.filter(case=case).exclude(stage=0).update(stage=0, next_action_at=later)
    other = signed(at=MONDAY + timedelta(minutes=1))
    while escalation.fire_batch(later):
        pass
    assert LadderStep.objects.of(case).count() == issued
    assert LadderStep.objects.of(other).exists()


def test_the_second_dissatisfaction_opens_supervision_with_a_number() -> None:
    case = rehandling()
    assert not LadderStep.objects.of(case).exists()
    later = MONDAY + timedelta(days=1)
    again = rated(accepted(replied(case, at=later), at=later), at=later, solved=False, satisfaction=1)
    paper = LadderStep.objects.of(again).get()
    assert (paper.rung, paper.serial, paper.issued_by, paper.clock) == ("supervise", 1, None, None)
    assert Message.objects.filter(about=case.number, template__key="supervised").count() == 2


def test_an_urge_is_over_with_its_case_and_a_supervision_is_not() -> None:
    case = signed()
    urged(case)
    other = signed()
    issued(other)
    for one in (case, other):
        rated(accepted(replied(current(one))))
    assert {s.rung for s in LadderStep.objects.unsettled()} == {Rung.SUPERVISE}


def test_a_unit_sees_the_steps_addressed_to_it_and_the_office_all() -> None:
    case, water = signed(), dispatched(to=unit("SWJ"))
    issued(case)
    issued(water)
    seen = {who: LadderStep.objects.visible_to(member(who)).count() for who in ("peng", "lin", "jiang", "wang", "chen")}
    assert seen == {"peng": 1, "lin": 1, "jiang": 2, "wang": 2, "chen": 0}


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gaps_and_no_twins_however_many_issue_at_once() -> None:
    cases = [dispatched(at=MONDAY + timedelta(minutes=n)) for n in range(8)]

    def press(case: Case) -> None:
        try:
            supervision.urge(case, by=member("zhou"), at=AT, version=None, words="请尽快办理。")
            ladder.issue(case, by=member("jiang"), at=AT, version=None, rung="supervise", words=DEMAND)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(press, cases))
    for rung in (Rung.URGE, Rung.SUPERVISE):
        serials = sorted(LadderStep.objects.filter(rung=rung).values_list("serial", flat=True))
        assert serials == list(range(1, len(cases) + 1))


def test_every_step_is_told_to_whom_it_is_for() -> None:
    case = signed()
    paper = answered(issued(case))
    ladder.accept(paper, by=member("jiang"), at=AT + timedelta(hours=4), version=None, finding="同意销号")
    told = Message.objects.filter(about=case.number, template__key__startswith="ladder_").order_by("created_at")
    assert [(m.template.key, m.to_organisation, m.to_role) for m in told] == [
        ("ladder_issued", lead(case).unit, ""),
        ("ladder_answered", None, "supervisor"),
        ("ladder_accepted", lead(case).unit, ""),
    ]
    assert all("督办〔2026〕1号" in m.words for m in told)
