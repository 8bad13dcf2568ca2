"""Two callers, or two windows of one, at the same moment."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection

from cases import independent_calls, independent_drawing
from cases.models import Feedback, IndependentCallback, IndependentDraw
from hotline.acts import NotNow
from tests.cases.test_at_once import at_once
from tests.independent import DAY, MORNING, NIGHT, SOLVED, UNSOLVED, drawn, rules, taken
from tests.people import local, member
from tests.stories import rated

pytestmark = pytest.mark.django_db(transaction=True)
CALLERS = ("song", "ruan", "yu", "jiang", "shen")


@pytest.fixture(autouse=True)
def _everything_is_drawn() -> None:
    with time_machine.travel(local("2026-03-01 09:00"), tick=False):
        rules()


def test_no_two_callers_are_given_the_same_citizen() -> None:
    for _n in range(len(CALLERS)):
        rated()
    drawn()
    told = at_once(*[lambda who=who: taken(who) for who in CALLERS])
    assert len({callback.pk for callback in told if isinstance(callback, IndependentCallback)}) == len(CALLERS)


def test_of_one_citizen_and_five_callers_one_calls() -> None:
    rated()
    drawn()
    told = at_once(*[lambda who=who: taken(who) for who in CALLERS])
    assert sum(isinstance(answer, IndependentCallback) for answer in told) == 1
    assert sum(isinstance(answer, NotNow) for answer in told) == len(CALLERS) - 1


def test_a_caller_with_two_windows_has_one_citizen_in_hand() -> None:
    rated(), rated()
    drawn()
    told = at_once(*[lambda: taken("song")] * 4)
    assert len({callback.pk for callback in told}) == 1  # type: ignore[attr-defined]
    assert IndependentCallback.objects.held_by(member("song")).count() == 1


def test_two_answers_sent_at_once_are_one() -> None:
    rated()
    drawn()
    callback, song = taken("song"), member("song")
    told = at_once(
        *[
            lambda answers=answers: independent_calls.record(
                callback, by=song, at=MORNING, result="reached", answers=answers
            )
            for answers in (SOLVED, UNSOLVED)
        ]
    )
    assert sum(isinstance(answer, NotNow) for answer in told) == 1
    assert Feedback.objects.independent().count() == 1


def test_an_answer_that_comes_as_the_days_end_is_kept_or_refused_whole() -> None:
    rated()
    drawn(at=NIGHT)
    end = NIGHT + timedelta(days=5)
    callback = taken("song", end - timedelta(hours=5))
    song, late = member("song"), end - timedelta(hours=5) + timedelta(minutes=40)
    told = at_once(
        lambda: independent_calls.record(callback, by=song, at=late, result="reached", answers=SOLVED),
        lambda: independent_calls.expire(callback, at=end, by=None),
    )
    callback.refresh_from_db()
    assert sum(isinstance(answer, NotNow) for answer in told) == 1
    assert callback.state == ("answered" if Feedback.objects.independent().exists() else "expired")


def test_of_two_timekeepers_one_draws_the_day() -> None:
    rated()

    def draw() -> object:
        try:
            return independent_drawing.draw(DAY, at=NIGHT, by=None)
        except IntegrityError as error:
            return error
        finally:
            connection.close()

    told = at_once(*[draw] * 4)
    assert sum(isinstance(answer, IndependentDraw) for answer in told) == 1
    assert IndependentDraw.objects.count() == IndependentCallback.objects.count() == 1
