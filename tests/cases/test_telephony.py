"""Calls as the platform reports them: twice, late, out of order."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cases import telephony
from cases.models import Call
from cases.telephony import CallAct, CallEvent
from hotline.acts import Invalid, NotAllowed
from tests.people import member
from tests.stories import MONDAY, a_case

pytestmark = pytest.mark.django_db
PHONE = "13800006021"


def reported(act: str, after: int = 0, **given: Any) -> Call:
    """The platform reports something of call c-1, seconds after Monday ten o'clock."""
    event = CallEvent("c-1", act, MONDAY + timedelta(seconds=after), **given)
    return telephony.record_call(event, by=member("telephony"), at=MONDAY + timedelta(seconds=after))


def test_an_answered_call_is_its_agents_until_it_ends() -> None:
    reported(CallAct.OFFERED, caller=PHONE, queue="综合")
    call = reported(CallAct.ANSWERED, 9, agent="1024")
    wang = member("wang")
    assert (call.agent_id, call.organisation_id) == (wang.user_id, wang.organisation_id)
    assert list(Call.objects.live_for(wang.user)) == [call]
    reported(CallAct.ENDED, 222)
    assert not Call.objects.live_for(wang.user).exists()


def test_a_report_that_comes_twice_changes_nothing() -> None:
    reported(CallAct.OFFERED, caller=PHONE)
    first = reported(CallAct.ANSWERED, 9, agent="wang")
    second = reported(CallAct.ANSWERED, 12, agent="wang")
    assert second.answered_at == first.answered_at
    assert Call.objects.count() == 1


def test_reports_in_the_wrong_order_make_the_same_call() -> None:
    reported(CallAct.ENDED, 222)
    reported(CallAct.ANSWERED, 9, agent="1024")
    call = reported(CallAct.OFFERED, 0, caller=PHONE)
    call.refresh_from_db()
    assert (call.offered_at, call.answered_at) == (MONDAY, MONDAY + timedelta(seconds=9))
    assert call.ended_at == MONDAY + timedelta(seconds=222)
    assert call.masked_caller == "138****6021"


def test_an_answered_call_was_not_abandoned_whatever_comes_first() -> None:
    assert reported(CallAct.ABANDONED, 30).abandoned
    assert not reported(CallAct.ANSWERED, 9, agent="1024").abandoned
    assert not reported(CallAct.ABANDONED, 30).abandoned


def test_a_caller_the_hotline_knows_is_known_again() -> None:
    case = a_case()
    assert reported(CallAct.OFFERED, caller=PHONE).citizen == case.citizen


def test_a_caller_without_a_number_is_a_call_all_the_same() -> None:
    assert reported(CallAct.OFFERED, caller="anonymous").citizen is None


def test_facts_may_follow_the_call() -> None:
    reported(CallAct.OFFERED, caller=PHONE)
    call = reported(CallAct.UPDATED, 300, hold_seconds=20, wrap_up_seconds=45, recording="r/1.wav")
    assert (call.hold_seconds, call.wrap_up_seconds, call.recording) == (20, 45, "r/1.wav")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"act": "vanished"}, "act"),
        ({"act": "answered", "agent": "nobody"}, "agent"),
        ({"act": "answered", "agent": "liu"}, "agent"),
        ({"act": "offered", "direction": "sideways"}, "direction"),
    ],
)
def test_a_report_that_says_nothing_sensible_is_refused(given: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        reported(**given)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert not Call.objects.exists()


def test_people_do_not_report_calls() -> None:
    with pytest.raises(NotAllowed):
        telephony.record_call(CallEvent("c-1", "offered", MONDAY), by=member("wang"), at=MONDAY)


def test_only_who_answered_says_what_a_call_was_about() -> None:
    case = a_case()
    call = reported(CallAct.ANSWERED, agent="wang", caller=PHONE)
    with pytest.raises(NotAllowed):
        telephony.link_call(call, case, by=member("li"), at=MONDAY)
    telephony.link_call(call, case, by=member("wang"), at=MONDAY)
    assert case.citizen is not None
    assert telephony.calls_lately(case.citizen, by=member("wang"), at=MONDAY) == 1


def test_a_call_can_be_placed_and_ended_from_the_command_line() -> None:
    call_command("place_call", PHONE, agent="wang", stdout=StringIO())
    assert Call.objects.live_for(member("wang").user).count() == 1
    call_command("place_call", PHONE, agent="wang", end=True, stdout=StringIO())
    assert not Call.objects.live_for(member("wang").user).exists()
    with pytest.raises(CommandError):
        call_command("place_call", PHONE, agent="liu", stdout=StringIO())
