"""Limits: which policy rules, what is frozen, what an extension and a returned reply do to the clocks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from cases import deadlines, decisions, dispatching, escalation, reviewing
from cases.models import Case, Clock, ClockKind, DeadlinePolicy
from hotline.acts import Invalid, NotNow
from hotline.models import Calendar, Organisation
from tests.people import category, channel, local, member, region, unit
from tests.stories import MONDAY, a_case, accepted, bounce_asked, dispatched, extension_asked, lead, replied, signed

pytestmark = pytest.mark.django_db
BEGAN = date(2018, 1, 1)


@pytest.fixture(autouse=True)
def _policies_are_read_afresh() -> Iterator[None]:
    deadlines.policies.forget()
    yield
    deadlines.policies.forget()


def _policy(**given: Any) -> DeadlinePolicy:
    plain = {"clock": "promise", "amount": 2, "unit": "hour", "valid_from": BEGAN}
    policy = DeadlinePolicy.objects.create(**{**plain, **given})
    deadlines.policies.forget()
    return policy


def _clock(case: Case, kind: ClockKind) -> Clock:
    return Clock.objects.filter(case=case, kind=kind).latest("id")


@pytest.mark.parametrize(
    "trait",
    [
        {"kind": "complaint"},
        {"channel": "phone"},
        {"category": "SZ01"},
        {"region": "建设街道"},
    ],
)
def test_a_policy_that_names_a_trait_rules_over_one_that_names_none(trait: dict[str, Any]) -> None:
    found = {"channel": channel, "category": category, "region": region}
    named = {key: found[key](value) if key in found else value for key, value in trait.items()}
    policy = _policy(**named)
    assert _clock(a_case(), ClockKind.PROMISE).policy == policy


def test_urgency_rules_over_any_number_of_other_traits() -> None:
    _policy(kind="complaint", channel=channel(), category=category(), region=region(), amount=9)
    assert a_case(urgency="urgent").promise_due_at == MONDAY + timedelta(hours=24)


def test_of_two_equal_policies_the_later_one_rules_from_its_day_on() -> None:
    _policy(valid_from=date(2026, 3, 10), amount=3)
    assert a_case(local("2026-03-09 23:59")).promise_due_at == local("2026-03-17 09:00")
    assert a_case(local("2026-03-10 00:00")).promise_due_at == local("2026-03-10 03:00")


def test_a_later_policy_never_rewrites_a_limit_already_given() -> None:
    case = signed()
    before = list(case.clocks.order_by("pk").values())
    DeadlinePolicy.objects.all().update(valid_until=MONDAY.date() + timedelta(days=1))
    _policy(clock="handle", valid_from=MONDAY.date(), amount=1, unit="hour")
    deadlines.policies.forget()
    asked = extension_asked(case, amount=5)
    decisions.grant(asked, by=member("zhou"), at=MONDAY + timedelta(hours=4), version=None)
    handle = _clock(case, ClockKind.HANDLE)
    assert (handle.amount, handle.unit) == (4, "working_day")
    assert handle.due_at == dispatched_at() + timedelta(days=11)  # 4 + 5 working days later, over one week-end
    assert [c["amount"] for c in case.clocks.order_by("pk").values()][: len(before)] == [c["amount"] for c in before]


def dispatched_at() -> datetime:
    return MONDAY + timedelta(minutes=10)


def test_without_a_policy_nothing_is_registered_and_the_sentence_says_why() -> None:
    DeadlinePolicy.objects.filter(clock="promise").update(valid_until=date(2020, 1, 1))
    deadlines.policies.forget()
    with pytest.raises(Invalid, match="2026-03-09"):
        a_case()
    assert not Case.objects.exists()


def test_a_limit_that_reaches_into_a_year_not_approved_is_provisional() -> None:
    assert not a_case().provisional
    assert a_case(local("2031-03-10 10:00")).provisional


def test_a_unit_with_hours_of_its_own_is_given_limits_by_them() -> None:
    always = Calendar.objects.create(code="always", name="全天", name_en="Always", weekly=[["00:00-24:00"]] * 7)
    Organisation.objects.filter(code="RLGS").update(calendar=always)
    friday = local("2026-03-13 17:00")
    own = dispatched(at=friday, to=unit("RLGS"))
    office = dispatched(at=friday)
    assert lead(own).leg_due_at == local("2026-03-14 17:10")
    assert lead(office).leg_due_at == local("2026-03-16 17:10")


def test_a_warning_that_would_fall_before_the_start_is_left_out() -> None:
    case = a_case(kind="consultation")
    policy = _policy(clock="promise", kind="thanks", amount=30, unit="minute")
    policy.steps.create(act="yellow", offset=-1, unit="hour", to_role="office_head")
    policy.steps.create(act="red", offset=0, unit="minute", to_role="supervisor")
    deadlines.policies.forget()
    case = a_case(kind="thanks")
    clock = _clock(case, ClockKind.PROMISE)
    assert clock.next_action_at == clock.due_at
    escalation.fire_batch(clock.due_at)
    assert _clock(case, ClockKind.PROMISE).card == "red"


def test_an_extension_moves_the_units_limit_and_the_promise_by_as_much_and_the_citizen_is_told() -> None:
    asked = extension_asked(amount=3)
    handle, promise = (_clock(asked.case, kind) for kind in (ClockKind.HANDLE, ClockKind.PROMISE))
    case = decisions.grant(asked, by=member("zhou"), at=MONDAY + timedelta(hours=4), version=None)
    assert _clock(case, ClockKind.HANDLE).due_at > handle.due_at
    assert case.promise_due_at == _clock(case, ClockKind.PROMISE).due_at == promise.due_at + timedelta(days=3)
    assert lead(case).leg_due_at == _clock(case, ClockKind.HANDLE).due_at


def test_an_extension_rejected_moves_nothing() -> None:
    asked = extension_asked()
    before = list(asked.case.clocks.order_by("pk").values())
    case = decisions.reject(
        asked, by=member("zhou"), at=MONDAY + timedelta(hours=4), version=None, ruling="抢修事项不予延期"
    )
    assert list(case.clocks.order_by("pk").values()) == before


def test_an_extension_is_asked_for_before_the_limit_and_within_what_the_policy_allows() -> None:
    case = signed()
    with pytest.raises(Invalid) as refusal:
        extension_asked(case, amount=11)
    assert refusal.value.field == "amount"
    late = _clock(case, ClockKind.HANDLE).due_at - timedelta(hours=3)
    with pytest.raises(NotNow):
        extension_asked(case, at=late)


def test_a_reply_sent_back_does_not_buy_time() -> None:
    case = replied()
    due = _clock(case, ClockKind.HANDLE).due_at
    case = reviewing.send_back(
        case, by=member("wu"), at=MONDAY + timedelta(hours=6), version=case.version, reason="no_date"
    )
    clock = _clock(case, ClockKind.HANDLE)
    assert (clock.due_at, clock.stopped_at, clock.met_at) == (due, None, None)
    assert lead(case).leg_due_at == due
    assert clock.next_action_at is not None


def test_a_reply_sent_back_after_the_limit_is_late_at_once() -> None:
    case = replied()
    due = _clock(case, ClockKind.HANDLE).due_at
    reviewing.send_back(case, by=member("wu"), at=due + timedelta(hours=1), version=case.version, reason="no_date")
    assert _clock(case, ClockKind.HANDLE).breached_at == due


def test_the_promise_waits_for_nobody_while_a_case_goes_from_unit_to_unit() -> None:
    asked = bounce_asked()
    promised = asked.case.promise_due_at
    case = decisions.grant(asked, by=member("zhou"), at=MONDAY + timedelta(hours=5), version=None, unit=unit("JSJD"))
    assert case.promise_due_at == promised
    promise = _clock(case, ClockKind.PROMISE)
    assert (promise.due_at, promise.paused_at, promise.stopped_at) == (promised, None, None)
    assert (case.unit, case.hops) == (unit("JSJD"), 2)


def test_late_stays_late_though_nobody_looked() -> None:
    """No scanner ran; a person acted two hours too late."""
    case = a_case()
    due = _clock(case, ClockKind.DISPATCH).due_at
    dispatching.dispatch(case, by=member("zhou"), at=due + timedelta(hours=2), version=case.version, unit=unit())
    clock = _clock(case, ClockKind.DISPATCH)
    assert clock.breached_at == due
    assert clock.is_late(due + timedelta(days=9))


def test_in_time_stays_in_time() -> None:
    clock = _clock(accepted(), ClockKind.PROMISE)
    assert (clock.breached_at, clock.is_late(clock.due_at + timedelta(days=9))) == (None, False)
