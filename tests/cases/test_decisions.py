"""Requests that somebody above rules on: a case returned, and the rulings that bind."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases import decisions, handling
from cases.models import Assignment, Case, Clock, ClockKind, Decision
from hotline.acts import Invalid, NotNow
from tests.people import member, unit
from tests.stories import MONDAY, bounce_asked, current, dispatched, footprint, lead

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=4)


def _rejected(asked: Decision, *, final: bool = False) -> Case:
    return decisions.reject(asked, by=member("zhou"), at=LATER, version=None, ruling="权责清单第 12 项", final=final)


def test_a_return_granted_goes_to_the_unit_named_with_fresh_clocks() -> None:
    asked = bounce_asked()
    case = decisions.grant(asked, by=member("zhou"), at=LATER, version=None, unit=unit("JSJD"))
    assert (case.status, case.unit, case.hops) == ("dispatched", unit("JSJD"), 2)
    parts = case.assignments.at_work().order_by("id")
    assert list(parts.values_list("state", flat=True)) == ["returned", "dispatched"]
    running = Clock.objects.running().filter(case=case, assignment__isnull=False)
    assert set(running.values_list("assignment_id", flat=True)) == {lead(case).pk}


def test_a_return_granted_to_nobody_lies_with_the_dispatchers_again() -> None:
    case = decisions.grant(bounce_asked(), by=member("zhou"), at=LATER, version=None)
    assert (case.status, case.unit) == ("registered", None)
    assert Clock.objects.running().filter(case=case, kind=ClockKind.DISPATCH).exists()
    assert not Assignment.objects.active().filter(case=case).exists()


def test_a_case_is_not_returned_to_who_returns_it() -> None:
    with pytest.raises(Invalid) as refusal:
        decisions.grant(bounce_asked(), by=member("zhou"), at=LATER, version=None, unit=unit("CGJ"))
    assert refusal.value.field == "unit"


def test_a_rejected_return_leaves_the_case_where_it_is() -> None:
    asked = bounce_asked()
    case = _rejected(asked)
    assert (case.status, lead(case).state) == ("dispatched", "dispatched")


def test_a_binding_ruling_ends_the_returning() -> None:
    case = _rejected(bounce_asked(), final=True)
    before = footprint(case)
    with pytest.raises(NotNow):
        bounce_asked(case, at=LATER)
    assert footprint(case) == before


def test_after_two_rejections_the_unit_handles_it() -> None:
    case = _rejected(bounce_asked())
    case = _rejected(bounce_asked(current(case), at=LATER))
    with pytest.raises(NotNow):
        bounce_asked(current(case), at=LATER + timedelta(minutes=5))


def test_asking_twice_is_refused() -> None:
    asked = bounce_asked()
    with pytest.raises(NotNow):
        bounce_asked(current(asked.case))


def test_after_the_sign_off_limit_a_case_is_no_longer_returned() -> None:
    case = dispatched()
    due = Clock.objects.get(case=case, kind=ClockKind.SIGN).due_at
    with pytest.raises(NotNow):
        bounce_asked(case, at=due - timedelta(hours=1))


def test_who_signs_off_keeps_it() -> None:
    asked = bounce_asked()
    handling.sign(lead(asked.case), by=member("sun"), at=LATER, version=None)
    assert Decision.objects.get(pk=asked.pk).state == "withdrawn"


def test_a_request_can_be_taken_back_until_it_is_ruled_on() -> None:
    asked = bounce_asked()
    decisions.take_back_request(asked, by=member("sun"), at=LATER, version=None)
    assert Decision.objects.get(pk=asked.pk).state == "withdrawn"
    with pytest.raises(NotNow):
        _rejected(asked)


def test_a_rejection_says_why() -> None:
    with pytest.raises(Invalid):
        decisions.reject(bounce_asked(), by=member("zhou"), at=LATER, version=None, ruling="  ")
