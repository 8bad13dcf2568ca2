"""Suspension: two approvals, a review date, limits that stand still, and handling that goes on by itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings

from cases import decisions, dispatching, schedule, suspending, tracking
from cases.measures import behind, suspended_cases
from cases.models import Case, Clock, ClockKind, Decision
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.calendar import Period
from hotline.models import Message
from tests.people import local, member
from tests.stories import (
    MONDAY,
    TOLD,
    current,
    lead,
    open_request,
    rehandling,
    replied,
    signed,
    suspended,
    suspension_asked,
    tried,
)

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=4)


def yes(asked: Decision, username: str, at: datetime = LATER) -> Case:
    return decisions.grant(asked, by=member(username), at=at, version=None, ruling="同意挂账")


def promise(case: Case) -> Clock:
    return Clock.objects.running().get(case=case, kind=ClockKind.PROMISE)


def test_it_takes_two_people_and_only_the_second_moves_the_case() -> None:
    asked = suspension_asked()
    assert yes(asked, "zhou").status == "handling"
    assert yes(asked, "yan").status == "suspended"
    asked.refresh_from_db()
    assert (asked.approved_by, asked.ruled_by) == (member("zhou").user, member("yan").user)


@pytest.mark.parametrize("username", ["zhou", "qin", "liu", "wang"])
def test_the_second_yes_is_for_the_head_of_the_office_or_a_supervisor(username: str) -> None:
    asked = suspension_asked()
    yes(asked, "zhou")
    with pytest.raises(NotAllowed):
        yes(asked, username)


def test_nobody_approves_twice() -> None:
    asked = suspension_asked()
    yes(asked, "yan")
    with pytest.raises(NotAllowed, match="second must be somebody else's"):
        yes(asked, "yan")
    assert yes(asked, "jiang").status == "suspended"


@pytest.mark.parametrize(
    ("people", "constraint"),
    [
        ({"approved_by": None, "approved_at": None, "ruled_by": "yan"}, "decision_two_approvals"),
        ({"approved_by": "yan", "ruled_by": "yan"}, "decision_two_approvals"),
        ({"approved_by": "liu", "ruled_by": "yan"}, "decision_approved_by_another"),
        ({"approved_by": "zhou", "ruled_by": "liu"}, "decision_two_people"),
        ({"approved_by": "zhou", "ruled_by": "wang", "ruled_as": "agent"}, "decision_ruled_by_government"),
        ({"approved_by": "zhou", "ruled_by": "yan", "ruled_as": ""}, "decision_ruled_by_government"),
    ],
)
def test_the_database_itself_wants_three_people_and_the_government(people: dict[str, str], constraint: str) -> None:
    asked = suspension_asked()
    known = {k: member(v).user if k.endswith("_by") and v else v for k, v in people.items()}
    facts = {"state": "granted", "approved_at": LATER, "ruled_at": LATER, "ruled_as": "office_head"}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Decision.objects.filter(pk=asked.pk).update(**facts | known)


def test_the_limits_stand_still_and_the_citizen_is_told_until_when() -> None:
    case = signed()
    before = promise(case)
    case = suspended(case)
    after = promise(case)
    assert after.due_at > local("2026-04-28 00:00") > before.due_at
    assert (after.paused_at, after.next_action_at) == (MONDAY + timedelta(hours=5), None)
    assert case.promise_due_at == after.due_at
    assert "2026-04-28" in Message.objects.get(about=case.number, template__key="suspended").body
    told = tracking.progress(case, at=LATER)
    assert (told.headline, told.steps[-3].note) == ("Suspended: it cannot be solved for now", TOLD)


def test_at_the_review_date_handling_goes_on_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    case = suspended(signed())
    left = promise(case).due_at
    for at, status in ((local("2026-04-27 23:59"), "suspended"), (local("2026-04-28 00:00"), "handling")):
        monkeypatch.setattr(schedule, "database_time", lambda at=at: at)
        schedule.end_suspensions()
        assert current(case).status == status
    clock = promise(case)
    assert (clock.due_at, clock.paused_at) == (left, None)
    assert clock.next_action_at is not None
    assert lead(case).leg_due_at == Clock.objects.running().get(case=case, kind=ClockKind.HANDLE).due_at
    assert Message.objects.filter(about=case.number, template__key="resumed_citizen").exists()
    assert schedule.end_suspensions() == 0


def test_what_comes_back_early_has_just_the_time_it_had_left() -> None:
    case = suspended(signed())
    case = suspending.resume(
        case, by=member("zhou"), at=MONDAY + timedelta(days=7, hours=5), version=None, why="已拨款"
    )
    assert case.status == "handling"
    assert promise(case).due_at == local("2026-03-23 10:00")  # five working days, and one week of rest
    assert not Decision.objects.suspensions().exists()


def test_a_case_in_re_handling_comes_back_to_re_handling() -> None:
    case = rehandling()
    asked = suspension_asked(case, at=MONDAY + timedelta(days=1))
    for username in ("zhou", "yan"):
        yes(asked, username, MONDAY + timedelta(days=1, hours=5))
    case = suspending.end_suspension(Decision.objects.suspensions().get(), at=MONDAY + timedelta(days=90))
    assert (case.status, case.round) == ("rehandling", 2)


def test_nothing_but_a_contact_happens_while_it_rests() -> None:
    case = suspended()
    with pytest.raises(NotNow):
        replied(case)
    with pytest.raises(NotNow):
        suspension_asked(case)
    with tried():
        ended = dispatching.withdraw(
            case, by=member("zhou"), at=LATER + timedelta(days=1), version=None, why="来电撤回"
        )
        assert ended.status == "withdrawn"
        assert not Decision.objects.suspensions().exists()


@pytest.mark.parametrize("day", [date(2026, 3, 9), date(2026, 9, 6)])
def test_the_review_date_lies_ahead_and_not_too_far(day: date) -> None:
    with pytest.raises(Invalid) as refusal:
        suspension_asked(days=(day - date(2026, 3, 9)).days)
    assert refusal.value.field == "review_on"


@override_settings(SUSPENSIONS_PER_UNIT=1)
def test_a_unit_suspends_only_so_many() -> None:
    suspended()
    with pytest.raises(NotNow, match="1 suspended cases"):
        suspension_asked(signed())


@pytest.mark.parametrize("missing", ["evidence", "told", "grounds"])
def test_it_is_not_asked_for_without(missing: str) -> None:
    case, given = signed(), {"reason": "funding", "grounds": "明年才有资金", "evidence": "批复", "told": TOLD}
    with pytest.raises(Invalid) as refusal:
        suspending.ask_for_suspension(
            lead(case), by=member("liu"), at=LATER, version=None, review_on=date(2026, 4, 1), **given | {missing: " "}
        )
    assert refusal.value.field == missing


def test_a_ruling_after_the_review_date_comes_too_late() -> None:
    asked = suspension_asked(days=2)
    yes(asked, "zhou")
    with pytest.raises(NotNow, match="asked for anew"):
        yes(asked, "yan", MONDAY + timedelta(days=3))


def test_suspended_cases_are_counted_as_long_as_they_rest() -> None:
    case = suspended()
    march, april, may = (Period.month(2026, month) for month in (3, 4, 5))
    suspending.end_suspension(Decision.objects.suspensions().get(), at=local("2026-04-28 00:00"))
    assert [suspended_cases(Case.objects.all(), month).n for month in (march, april, may)] == [1, 0, 0]
    assert behind(Case.objects.all(), "suspended", march, "denominator").get() == case  # type: ignore[arg-type]


def test_a_pending_extension_is_over_when_the_case_rests() -> None:
    case = signed()
    decisions.ask_for_extension(
        lead(case), by=member("liu"), at=LATER, version=None, reason="weather", grounds="连日降雨无法施工", amount=2
    )
    suspended(current(case))
    assert not Decision.objects.open().filter(case=case).exists()
    with pytest.raises(Decision.DoesNotExist):
        open_request(case, "extension")
