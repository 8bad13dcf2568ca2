"""Requests and flags do not outlive what they were about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from cases import decisions, dispatching, handling, reviewing
from cases.models import Decision
from hotline.acts import NotNow
from hotline.models import CalendarYear, working_calendar
from tests.people import member, unit
from tests.stories import MONDAY, a_case, a_reply, bounce_asked, closed, current, extension_asked, lead, rehandling

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=4)


def test_a_case_the_citizen_takes_back_leaves_no_request_to_rule_on() -> None:
    asked = bounce_asked()
    dispatching.withdraw(asked.case, by=member("zhou"), at=LATER, version=None, why="诉求人来电撤回。")
    assert not Decision.objects.open().exists()
    assert Decision.objects.get().state == "withdrawn"


def test_a_co_organiser_who_signs_off_takes_nothing_back_for_the_lead() -> None:
    case = dispatching.dispatch(
        a_case(), by=member("zhou"), at=MONDAY, version=1, unit=unit(), co_organisers=[unit("SWJ")]
    )
    bounce_asked(case)
    helping = case.assignments.get(role="co_organiser")
    handling.sign(helping, by=member("lin"), at=LATER, version=None)
    assert Decision.objects.open().exists()


def test_an_accepted_reply_needs_no_more_time() -> None:
    asked = extension_asked()
    handling.reply(lead(asked.case), a_reply(), by=member("liu"), at=LATER, version=None)
    assert Decision.objects.open().exists()  # the reply may yet come back
    reviewing.accept(asked.case, by=member("wu"), at=LATER, version=None)
    assert not Decision.objects.open().exists()


def test_a_binding_ruling_keeps_whom_the_unit_had_named() -> None:
    asked = bounce_asked()
    Decision.objects.filter(pk=asked.pk).update(proposed_unit=unit("SWJ"))
    decisions.reject(asked, by=member("zhou"), at=LATER, version=None, ruling="属你单位管养", final=True)
    assert Decision.objects.get().proposed_unit == unit("SWJ")
    with pytest.raises(NotNow):
        bounce_asked(current(asked.case))


@pytest.fixture
def calendars() -> Iterator[None]:
    """What is kept of the calendars is forgotten afterwards."""
    yield
    working_calendar.forget()


def test_a_new_promise_says_whether_its_own_date_is_provisional(calendars: None) -> None:
    finished, again = closed(), rehandling()
    assert not again.provisional
    CalendarYear.objects.filter(year=MONDAY.year).update(state="provisional", approved_at=None, approved_by=None)
    working_calendar.forget()
    reopened = dispatching.reopen(
        finished, by=member("zhou"), at=MONDAY + timedelta(days=1), version=None, new_facts="又塌陷了。"
    )
    assert reopened.provisional
    assert rehandling().provisional
