"""A burst main: many callers, one cause. One case is handled; everybody keeps number, clock, survey and answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import dispatching, group_answers, linking
from cases.models import (
    Assignment,
    Case,
    CaseEvent,
    CaseGroup,
    Clock,
    ClockKind,
    EventKind,
    GroupAnswer,
    GroupAnswered,
    Reply,
    Status,
    Survey,
)
from cases.schedule import answer_groups
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.models import Message
from tests.people import member, unit
from tests.stories import MONDAY, a_case, accepted, closed, current, dispatched, refused, rehandling, replied, signed

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(minutes=30)
ANSWERED = MONDAY + timedelta(hours=7)


def callers(n: int, **given: Any) -> list[Case]:
    return [a_case(phone=f"138000071{i:02}", name=f"市民{i}", **given) for i in range(n)]


def joined(main: Case, cases: list[Case]) -> CaseGroup:
    return linking.join(main, [(c, c.version) for c in cases], by=member("zhou"), at=LATER).group


def test_joining_keeps_number_and_promise_and_ends_the_wait_for_dispatch() -> None:
    main, other = a_case(), callers(1)[0]
    group = joined(main, [other])
    after = current(other)
    assert (after.group, after.status, after.number) == (group, Status.REGISTERED, other.number)
    assert after.version == other.version + 1
    running = Clock.objects.running().filter(case=other).values_list("kind", flat=True)
    assert list(running) == [ClockKind.PROMISE]
    event = CaseEvent.objects.get(case=other, kind=EventKind.JOINED)
    assert (event.by and event.by.username, event.payload) == ("zhou", {"group": group.pk, "main": main.pk})
    assert current(main).group is None


def test_what_units_did_with_a_joined_case_ends_and_they_are_told() -> None:
    main, other = a_case(), signed(phone="13800007200")
    joined(main, [other])
    after = current(other)
    assert (after.status, after.unit) == (Status.REGISTERED, None)
    assert not Assignment.objects.active().filter(case=other).exists()
    told = Message.objects.filter(about=other.number, template__key="joined")
    assert [message.to_organisation for message in told] == [unit("CGJ")]


def test_a_group_is_one_however_often_it_is_joined() -> None:
    main, (first, second) = a_case(), callers(2)
    assert joined(main, [first]) == joined(main, [second])


def test_what_cannot_be_joined_stays_and_says_why() -> None:
    main, good = a_case(), callers(1)[0]
    ended, secret = closed(phone="13800007201"), a_case(phone="13800007202", confidential=True)
    stale = a_case(phone="13800007203")
    chosen = [(good, good.version), (ended, None), (secret, None), (stale, stale.version + 7)]
    linked = linking.join(main, chosen, by=member("zhou"), at=LATER)
    assert [case.pk for case in linked.done] == [good.pk]
    assert {case.pk: type(why).__name__ for case, why in linked.refused} == {
        ended.pk: "NotNow",
        secret.pk: "NotNow",
        stale.pk: "Stale",
    }
    assert current(stale).group is None


def test_the_second_to_join_the_same_cases_hears_who_was_first() -> None:
    main, rival, cases = a_case(), a_case(phone="13800007299"), callers(3)
    joined(main, cases)
    with pytest.raises(NotNow) as refusal:
        linking.join(rival, [(c, None) for c in cases], by=member("yan"), at=LATER)
    assert [one["number"] for one in refusal.value.extra["refused"]] == [c.number for c in cases]
    assert main.number in refusal.value.extra["refused"][0]["reason"]
    assert not CaseGroup.objects.filter(main=rival).exists()


@pytest.mark.parametrize("made", [closed, refused], ids=["closed", "not accepted"])
def test_a_case_that_ended_leads_no_group(made: Any) -> None:
    with pytest.raises(NotNow):
        joined(made(), callers(1))


def test_a_joined_case_leads_no_group_and_a_main_case_joins_none() -> None:
    main, (other, third) = a_case(), callers(2)
    joined(main, [other])
    with pytest.raises(NotNow, match="itself joined"):
        joined(other, [third])
    with pytest.raises(NotNow):
        joined(third, [main])


def test_nothing_or_far_too_much_is_refused() -> None:
    main = a_case()
    with pytest.raises(Invalid, match="at least one"):
        linking.join(main, [], by=member("zhou"), at=LATER)
    with pytest.raises(Invalid, match="At most 500"):
        linking.join(main, [(Case(pk=n), None) for n in range(501)], by=member("zhou"), at=LATER)


@pytest.mark.parametrize(
    ("username", "may"),
    [("wang", True), ("zhou", True), ("yan", True), ("wu", True), ("liu", False), ("jiang", False), ("zheng", False)],
)
def test_who_may_join(username: str, may: bool) -> None:
    main, other = a_case(), callers(1)[0]
    if may:
        linking.join(main, [(other, None)], by=member(username), at=LATER)
    else:
        with pytest.raises(NotAllowed):
            linking.join(main, [(other, None)], by=member(username), at=LATER)
    assert (current(other).group is not None) == may


def test_an_agent_joins_no_case_of_another_contractor() -> None:
    main, other = a_case(), callers(1)[0]
    with pytest.raises(NotAllowed):
        linking.join(main, [(other, None)], by=member("chen"), at=LATER)


def test_a_joined_case_is_not_dispatched_by_itself() -> None:
    main, other = a_case(), callers(1)[0]
    joined(main, [other])
    other = current(other)
    with pytest.raises(NotNow, match="take out of its group"):
        dispatching.dispatch(other, by=member("zhou"), at=LATER, version=other.version, unit=unit())


def test_taking_out_gives_back_its_own_way() -> None:
    main, (first, second) = a_case(), callers(2)
    group = joined(main, [first, second])
    linking.leave(group, [(first, None)], by=member("zhou"), at=LATER, why="另一处管道")
    after = current(first)
    assert (after.group, after.status) == (None, Status.REGISTERED)
    assert Clock.objects.running().filter(case=first, kind=ClockKind.DISPATCH).exists()
    assert CaseEvent.objects.get(case=first, kind=EventKind.LEFT).why == "另一处管道"
    assert dispatched(after).status == Status.DISPATCHED
    assert current(second).group == group


def test_without_the_last_case_a_group_ends_and_another_may_begin() -> None:
    main, other = a_case(), callers(1)[0]
    group = joined(main, [other])
    linking.leave(group, [(other, None)], by=member("zhou"), at=LATER, why="不是一回事")
    assert CaseGroup.objects.get(pk=group.pk).ended_by == member("zhou").user
    assert joined(main, [current(other)]) != group


def test_taking_out_needs_a_reason_and_a_case_of_the_group() -> None:
    main, (other, strange) = a_case(), callers(2)
    group = joined(main, [other])
    with pytest.raises(Invalid):
        linking.leave(group, [(other, None)], by=member("zhou"), at=LATER, why=" \u200b")
    with pytest.raises(NotNow):
        linking.leave(group, [(strange, None)], by=member("zhou"), at=LATER, why="不是一回事")


def test_another_case_may_lead_while_the_main_one_waits() -> None:
    main, (other, third) = a_case(), callers(2)
    group = joined(main, [other, third])
    linking.choose_main(group, current(other), by=member("zhou"), at=LATER, version=None)
    assert CaseGroup.objects.get(pk=group.pk).main == other
    assert (current(other).group, current(main).group, current(third).group) == (None, group, group)
    assert Clock.objects.running().filter(case=other, kind=ClockKind.DISPATCH).count() == 1
    assert not Clock.objects.running().filter(case=main, kind=ClockKind.DISPATCH).exists()


def test_a_main_case_in_handling_stays_the_main_case() -> None:
    main, other = signed(), callers(1)[0]
    group = joined(main, [other])
    with pytest.raises(NotNow, match="being handled"):
        linking.choose_main(group, current(other), by=member("zhou"), at=LATER, version=None)


def test_after_the_main_caller_withdraws_another_leads() -> None:
    main, other = a_case(), callers(1)[0]
    group = joined(main, [other])
    dispatching.withdraw(current(main), by=member("zhou"), at=LATER, version=None, why="来电撤回")
    linking.choose_main(group, current(other), by=member("zhou"), at=LATER, version=None)
    assert current(other).group is None
    assert current(main).status == Status.WITHDRAWN


# -- One answer for all


def an_answered_group(n: int = 3) -> tuple[CaseGroup, list[Case]]:
    main, others = signed(), callers(n)
    group = joined(main, others)
    accepted(replied(current(main)))
    return group, others


def begin(group: CaseGroup, **more: Any) -> GroupAnswer:
    return group_answers.begin(group, by=member("wu"), at=ANSWERED, **more)


def test_one_reply_reaches_everybody_each_with_a_survey_of_their_own() -> None:
    group, others = an_answered_group()
    begin(group)
    assert answer_groups() == 3
    for case in others:
        after = current(case)
        assert (after.status, after.unit) == (Status.VERIFYING, unit("CGJ"))
        reply = Reply.objects.get(case=case)
        assert reply.public_reply == Reply.objects.get(case=group.main).public_reply
        assert not reply.contacted
        assert Survey.objects.filter(case=case).count() == 1
        assert Message.objects.filter(about=case.number, template__key="survey").count() == 1
        assert Clock.objects.get(case=case, kind=ClockKind.PROMISE).met_at is not None
    assert GroupAnswer.objects.get(group=group).finished_at is not None


def test_it_is_done_once_however_often_the_workers_run() -> None:
    group, others = an_answered_group()
    begin(group)
    answer_groups()
    assert answer_groups() == 0
    assert GroupAnswered.objects.count() == Reply.objects.filter(case__in=others).count() == len(others)


def test_a_worker_that_dies_leaves_the_rest_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    group, others = an_answered_group(4)
    begin(group)
    give, given = group_answers.give, list[int]()

    def dies(answer: GroupAnswer, case: Case, **how: Any) -> Case:
        if len(given) == 2:
            raise SystemExit
        given.append(case.pk)
        return give(answer, case, **how)

    monkeypatch.setattr(group_answers, "give", dies)
    with pytest.raises(SystemExit):
        answer_groups()
    monkeypatch.undo()
    assert group_answers.left_to_answer(GroupAnswer.objects.get(group=group)) == 2
    assert answer_groups() == 2
    assert Reply.objects.filter(case__in=others).count() == 4


def test_one_that_cannot_be_answered_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    group, others = an_answered_group(3)
    begin(group)
    give = group_answers.give

    def stumbles(answer: GroupAnswer, case: Case, **how: Any) -> Case:
        if case.pk == others[1].pk:
            raise RuntimeError("broken")
        return give(answer, case, **how)

    monkeypatch.setattr(group_answers, "give", stumbles)
    assert answer_groups() == 2
    assert GroupAnswer.objects.get(group=group).finished_at is None
    monkeypatch.undo()
    assert answer_groups() == 1


def test_who_is_left_out_waits_for_an_answer_of_their_own() -> None:
    group, (first, second, third) = an_answered_group()
    begin(group, left_out=[second], words="主管道已修复，全部恢复供水，给您带来不便请谅解。")
    assert answer_groups() == 2
    assert Reply.objects.get(case=first).public_reply.startswith("主管道")
    assert current(second).status == Status.REGISTERED
    words = "您家表后阀门损坏，已另行更换，供水恢复正常。"
    group_answers.answer_apart(current(second), by=member("wu"), at=ANSWERED, version=None, words=words)
    assert Reply.objects.get(case=second).public_reply == words
    assert current(second).status == Status.VERIFYING
    assert current(third).status == Status.VERIFYING


def test_one_who_is_not_satisfied_goes_on_alone() -> None:
    group, others = an_answered_group(2)
    begin(group)
    answer_groups()
    unhappy = rehandling(current(others[0]))
    assert unhappy.status == Status.REHANDLING
    assert Assignment.objects.active().get(case=unhappy).unit.code == "CGJ"
    assert current(others[1]).status == Status.VERIFYING


def test_late_callers_get_the_same_answer_later() -> None:
    group, _others = an_answered_group(1)
    begin(group)
    answer_groups()
    late = a_case(phone="13800007300")
    joined(current(group.main), [late])
    begin(group)
    assert answer_groups() == 1
    assert current(late).status == Status.VERIFYING


def test_there_is_no_answer_before_the_main_case_has_one() -> None:
    main, other = signed(), callers(1)[0]
    group = joined(main, [other])
    with pytest.raises(NotNow, match="no accepted reply"):
        begin(group)
    with pytest.raises(NotNow, match="no accepted reply"):
        group_answers.answer_apart(
            current(other), by=member("wu"), at=LATER, version=None, words="已恢复供水，请您放心使用。"
        )


def test_one_answer_at_a_time_and_none_for_nobody() -> None:
    group, _others = an_answered_group(2)
    begin(group)
    with pytest.raises(NotNow, match="on its way"):
        begin(group)
    answer_groups()
    with pytest.raises(NotNow, match="Nobody"):
        begin(group)


@pytest.mark.parametrize("words", ["好的", "长" * 5001])
def test_an_answer_is_a_sentence(words: str) -> None:
    group, _others = an_answered_group(1)
    with pytest.raises(Invalid):
        begin(group, words=words)


@pytest.mark.parametrize(("username", "may"), [("wu", True), ("yan", True), ("zhou", False), ("wang", False)])
def test_who_may_answer_a_group(username: str, may: bool) -> None:
    group, _others = an_answered_group(1)
    if may:
        group_answers.begin(group, by=member(username), at=ANSWERED)
    else:
        with pytest.raises(NotAllowed):
            group_answers.begin(group, by=member(username), at=ANSWERED)


def test_joining_many_takes_as_many_questions_as_joining_two() -> None:
    def asked(n: int, start: int) -> int:
        main = a_case(phone=f"138000{start:05}")
        cases = [a_case(phone=f"138000{start + 1 + i:05}") for i in range(n)]
        with CaptureQueriesContext(connection) as queries:
            joined(main, cases)
        return len(queries)

    assert asked(12, 100) == asked(2, 200)
