"""How long somebody was at work, and how long of it on calls: added up where the calls are, as the stretches say."""

from __future__ import annotations

from datetime import timedelta

import pytest

from contractors import presence
from contractors.presence import AtWork
from hotline.calendar import Period
from tests.contractors.test_shifts import AFTER, MONDAY, a_call, acts, clock
from tests.people import member

pytestmark = pytest.mark.django_db


def times(who: str, period: Period = MONDAY) -> AtWork:
    person = member(who).user_id
    found = presence.times([person], period, now=AFTER).get(person, AtWork())
    stretches = presence.spans([person], period, now=AFTER).get(person, [])
    assert found.present == sum((until - since for since, until in stretches), timedelta())
    return found


def test_it_is_as_long_as_the_stretches_of_which_calls_are_a_part() -> None:
    acts("wang", "08:00", "08:20")
    a_call("wang", "08:30", minutes=10, wrap_up=60)
    acts("wang", "12:00", "12:10")
    assert times("wang") == (timedelta(minutes=51), timedelta(minutes=11))


def test_two_calls_at_once_are_no_more_time_than_there_is() -> None:
    a_call("wang", "09:00", minutes=20)
    a_call("wang", "09:05", minutes=5)
    a_call("wang", "09:15", minutes=15)
    assert times("wang") == (timedelta(minutes=30), timedelta(minutes=30))


def test_a_call_after_signing_out_counts_once_as_time_on_calls() -> None:
    acts("wang", "08:00")
    a_call("wang", "08:10", minutes=20)
    acts("wang", "08:15", act="sign_in.out")
    a_call("wang", "08:20", minutes=20)
    assert times("wang").busy == timedelta(minutes=30)


def test_what_lies_outside_the_period_is_cut_off() -> None:
    a_call("wang", "09:00", minutes=30, wrap_up=600)
    assert times("wang", Period(clock("09:10"), clock("09:35"))) == (timedelta(minutes=25), timedelta(minutes=25))
    assert times("wang", Period(clock("11:00"), clock("12:00"))) == AtWork()


def test_who_was_not_there_has_no_time() -> None:
    assert times("li") == AtWork()
