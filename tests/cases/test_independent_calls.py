"""Calling the blind sample: given out by the system, to nobody with a hand in it; what was said stays said."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction

from cases import dispatching, identity, independent_calls, schedule, sealing
from cases.independent_calls import Answers
from cases.models import Case, CaseEvent, Feedback, IndependentAttempt, IndependentCallback, Reveal
from cases.readership import looked, who_saw
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.models import AuditEntry
from tests.independent import (
    MORNING,
    NIGHT,
    UNSOLVED,
    answered_by_phone,
    called,
    drawn,
    rules,
    sampled,
    taken,
)
from tests.people import local, member, unit
from tests.stories import MONDAY, current, footprint, rated

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=4)


@pytest.fixture(autouse=True)
def _everything_is_drawn() -> None:
    with time_machine.travel(local("2026-03-01 09:00"), tick=False):
        rules()


def a_sampled_case() -> Case:
    case = answered_by_phone()
    drawn()
    return case


# -- Who is given whom


def test_the_system_gives_out_the_next_and_the_same_one_to_who_has_it_already() -> None:
    rated(), rated()
    made = drawn()
    first = taken("song")
    assert first == made.callbacks.order_by("position").first()
    assert first.held_until == MORNING + timedelta(minutes=45)
    assert taken("song", MORNING + timedelta(minutes=10)) == first
    assert taken("jiang").position == 2


@pytest.mark.parametrize("username", ["wang", "xu", "ma", "luo", "zhou", "wu", "zheng", "he", "yan", "liu", "han"])
def test_nobody_of_the_handling_chain_calls_the_sample(username: str) -> None:
    a_sampled_case()
    with pytest.raises(NotAllowed):
        taken(username)


@pytest.mark.parametrize("username", ["song", "jiang", "shen"])
def test_quality_officers_supervisors_and_auditors_do(username: str) -> None:
    case = a_sampled_case()
    assert taken(username).case == case


def test_who_acted_on_the_case_in_whatever_role_is_not_given_it() -> None:
    case = a_sampled_case()
    CaseEvent.objects.create(case=case, kind="urged", at=MONDAY, by=member("jiang").user, role="supervisor")
    with pytest.raises(NotNow, match="nobody for you"):
        taken("jiang")
    assert taken("song").case == case


def test_who_opened_the_case_is_not_given_it() -> None:
    case = a_sampled_case()
    with transaction.atomic():
        looked(case, by=member("song"), at=MONDAY)
    with pytest.raises(NotNow, match="nobody for you"):
        taken("song")
    assert taken("jiang").case == case


def test_who_stands_aside_is_not_given_it() -> None:
    case = a_sampled_case()
    sealing.recuse(case, by=member("song"), at=MONDAY, version=None, why="与诉求人同住一院。")
    with pytest.raises(NotNow):
        taken("song")


def test_a_confidential_case_goes_to_who_may_know_the_citizen() -> None:
    case = rated(confidential=True, subject_unit=unit("SWJ"))
    drawn()
    for username in ("song", "jiang"):
        with pytest.raises(NotNow):
            taken(username)
    assert taken("shen").case == case


def test_while_somebody_has_a_citizen_in_hand_the_case_does_not_exist_for_them() -> None:
    case = a_sampled_case()
    song = member("song")
    assert Case.objects.visible_to(song).filter(pk=case.pk).exists()
    callback = taken("song")
    assert not Case.objects.visible_to(song).filter(pk=case.pk).exists()
    assert Case.objects.visible_to(member("jiang")).filter(pk=case.pk).exists()
    called(callback)
    assert Case.objects.visible_to(song).filter(pk=case.pk).exists()


def test_what_was_given_back_goes_to_somebody_else() -> None:
    case = a_sampled_case()
    callback = taken("song")
    with pytest.raises(Invalid, match="why"):
        independent_calls.give_back(callback, by=member("song"), at=MORNING, because=" ")
    independent_calls.give_back(callback, by=member("song"), at=MORNING, because="诉求人是邻居。")
    with pytest.raises(NotNow):
        taken("song")
    assert taken("jiang").case == case


def test_what_is_left_lying_goes_to_somebody_else() -> None:
    case = a_sampled_case()
    left = taken("song")
    later = MORNING + timedelta(minutes=46)
    assert taken("jiang", later).case == case
    with pytest.raises(NotNow, match="in hand any more"):
        called(left, at=later)
    assert not Feedback.objects.independent().exists()


@pytest.mark.parametrize("time", ["08:59", "20:00"])
def test_citizens_are_left_in_peace_outside_the_hours_of_the_rules(time: str) -> None:
    a_sampled_case()
    with pytest.raises(NotNow, match="from 9 to 20 o’clock"):
        taken("song", local(f"2026-03-10 {time}"))
    assert taken("song", local("2026-03-10 19:59"))


# -- What comes of a call


def test_what_the_citizen_says_is_kept_beside_what_was_said_before() -> None:
    case = a_sampled_case()
    callback = called(answers=UNSOLVED)
    said = Feedback.objects.independent().get()
    assert (said.case, said.round, said.unit_id, said.by) == (case, 1, case.unit_id, member("song").user)
    assert (said.contacted, said.solved, said.satisfaction, said.agent_satisfaction) == (False, False, 1, 4)
    assert said.comment == "没人来过"
    assert Feedback.objects.ordinary().get().solved
    assert (callback.state, callback.ended_at, callback.given_to) == ("answered", MORNING, None)


def test_neither_the_case_nor_its_timeline_learns_of_it() -> None:
    case = a_sampled_case()
    before = footprint(case)
    called(result="no_answer", answers=None)
    independent_calls.reveal(taken("jiang", LATER), by=member("jiang"), at=LATER)
    assert footprint(case) == before
    called(sampled(case), UNSOLVED, by="jiang", at=LATER)
    assert footprint(case) == before | {"feedback": before["feedback"] + 1}
    assert current(case).status == "closed"


def test_an_answer_never_changes() -> None:
    a_sampled_case()
    callback = called()
    said = Feedback.objects.independent().get()
    for change in (lambda: Feedback.objects.filter(pk=said.pk).update(solved=False), said.delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        IndependentAttempt.objects.update(result="declined")
    with pytest.raises(DatabaseError, match="stays as it was drawn"), transaction.atomic():
        IndependentCallback.objects.filter(pk=callback.pk).update(state="waiting", ended_at=None)


def test_it_is_tried_again_later_and_at_most_so_often() -> None:
    case, at = a_sampled_case(), MORNING
    for result in ("no_answer", "busy"):
        assert called(at=at, result=result, answers=None).state == "waiting"
        with pytest.raises(NotNow):
            taken("jiang", at + timedelta(hours=3, minutes=59))
        at += timedelta(hours=4)
    assert called(at=at, result="switched_off", answers=None, by="jiang").state == "not_reached"
    assert [a.result for a in sampled(case).attempts.order_by("pk")] == ["no_answer", "busy", "switched_off"]
    with pytest.raises(NotNow):
        taken("song", at + timedelta(days=1))


@pytest.mark.parametrize(("result", "state"), [("declined", "refused"), ("wrong_number", "not_reached")])
def test_it_ends_at_once_where_there_is_no_sense_in_trying_again(result: str, state: str) -> None:
    a_sampled_case()
    assert called(result=result, answers=None, note="不愿再谈").state == state
    assert not Feedback.objects.independent().exists()


def test_it_expires_by_the_timetable_and_says_whether_it_was_tried() -> None:
    tried, never = answered_by_phone(), answered_by_phone()
    drawn()
    callback = taken("song")
    called(callback, result="no_answer", answers=None)
    with pytest.raises(NotNow, match="not due"):
        independent_calls.expire(callback, at=NIGHT + timedelta(days=4, hours=23), by=None)
    with time_machine.travel(NIGHT + timedelta(days=5), tick=False):
        for row in IndependentCallback.objects.waiting():
            independent_calls.expire(row, at=NIGHT + timedelta(days=5), by=None)
    states = {sampled(case).state for case in (tried, never)}
    assert states == {"not_reached", "expired"}


def test_the_timetable_ends_what_is_over_and_frees_what_was_left_lying() -> None:
    case = a_sampled_case()
    taken("song")
    assert schedule.mind_independent() == 1  # today the days of March are long over
    callback = sampled(case)
    assert (callback.state, callback.given_to) == ("expired", None)
    assert schedule.mind_independent() == 0


# -- Whom to call


def test_the_number_is_shown_for_a_while_and_that_is_kept_but_not_at_the_case() -> None:
    case = a_sampled_case()
    callback = taken("song")
    independent_calls.reveal(callback, by=member("song"), at=MORNING)
    assert identity.shown_to(case, by=member("song"), at=MORNING + timedelta(minutes=4))
    assert not identity.shown_to(case, by=member("song"), at=MORNING + timedelta(minutes=6))
    entry = AuditEntry.objects.filter(act="independent_calls.reveal").get()
    assert (entry.actor, entry.object_type, entry.object_id) == (
        member("song").user,
        "cases.independentcallback",
        str(callback.pk),
    )
    assert not CaseEvent.objects.of(case).filter(kind="revealed").exists()


def test_looks_of_callers_count_in_the_limit_of_all_looks(settings: object) -> None:
    settings.REVEALS_PER_HOUR = 1  # type: ignore[attr-defined]
    a_sampled_case()
    callback = taken("song")
    independent_calls.reveal(callback, by=member("song"), at=MORNING)
    with pytest.raises(NotNow, match="limit"):
        independent_calls.reveal(callback, by=member("song"), at=MORNING)
    assert Reveal.objects.count() == 1


def test_who_called_stands_among_those_who_saw_the_case_once_it_is_over() -> None:
    case = a_sampled_case()
    callback = taken("song")
    independent_calls.reveal(callback, by=member("song"), at=MORNING)
    assert member("song").user_id not in {row["actor"] for row in who_saw(case)}
    called(callback)
    seen = {row["actor"]: row["identity"] for row in who_saw(case)}
    assert seen[member("song").user_id] == 1


# -- What is refused


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"result": ""}, "Choose what came"),
        ({"result": "asleep"}, "No reason has the code"),
        ({"answers": None}, "Ask whether it was solved"),
        ({"answers": Answers(True, satisfaction=6)}, "how satisfied"),
        ({"answers": Answers(True, agent_satisfaction=0)}, "how satisfied"),
    ],
)
def test_half_an_answer_is_not_taken(given: dict[str, object], sentence: str) -> None:
    case = a_sampled_case()
    taken("song")
    with pytest.raises(Invalid, match=sentence):
        called(sampled(case), **given)  # type: ignore[arg-type]
    assert not Feedback.objects.independent().exists()
    assert not IndependentAttempt.objects.exists()


def test_nobody_answers_for_somebody_else_nor_twice() -> None:
    case = a_sampled_case()
    callback = taken("song")
    with pytest.raises(NotNow, match="in hand any more"):
        called(callback, by="jiang")
    called(callback)
    with pytest.raises(NotNow, match="in hand any more"):
        called(callback, UNSOLVED)
    assert Feedback.objects.independent().get().solved
    assert sampled(case).attempts.count() == 1


def test_a_case_reopened_meanwhile_is_asked_about_all_the_same() -> None:
    """It is the answer of that round that is checked."""
    case = a_sampled_case()
    dispatching.reopen(case, by=member("wu"), at=MORNING, version=case.version, new_facts="井盖又丢失。")
    assert called(at=MORNING + timedelta(hours=1)).state == "answered"


def test_answers_have_their_numbers_hidden_like_all_words() -> None:
    a_sampled_case()
    called(answers=Answers(False, comment="打 13800006021 找我"))
    assert "13800006021" not in Feedback.objects.independent().get().comment
