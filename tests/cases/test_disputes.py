"""Disputes: what brings a case to the arbiter, what the arbiter sees, and how a ruling binds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases import decisions, disputing, schedule
from cases.models import Assignment, Case, Clock, ClockKind, Decision
from hotline.acts import Invalid, NotAllowed, NotNow
from tests.doors import client_of
from tests.people import member, unit
from tests.stories import (
    MONDAY,
    a_case,
    bounce_asked,
    current,
    dispatched,
    dispute_to_rule,
    disputed,
    footprint,
    lead,
    open_request,
    refused,
    suspended,
    withdrawn,
)

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=4)
HANDS = {"CGJ": "sun", "SWJ": "lin"}


def returned(case: Case, to: str | None) -> Case:
    """The lead asks, Zhou grants."""
    who = HANDS[lead(case).unit.code]
    decisions.ask_to_bounce(
        lead(case),
        by=member(who),
        at=MONDAY + timedelta(hours=1),
        version=None,
        reason="wrong_area",
        grounds="不在辖区内",
    )
    asked, where = open_request(case, "bounce"), unit(to) if to else None
    return decisions.grant(asked, by=member("zhou"), at=LATER, version=None, ruling="同意退回", unit=where)


def test_what_would_be_sent_for_the_third_time_goes_to_the_arbiter_instead() -> None:
    case = returned(dispatched(), "SWJ")
    assert (case.status, case.hops) == ("dispatched", 2)
    case = returned(case, "ZJJ")
    asked = open_request(case, "dispute")
    assert (case.status, case.unit, case.hops) == ("disputed", None, 2)
    assert (asked.reason, asked.proposed_unit, asked.asked_by) == ("third_hop", unit("ZJJ"), member("zhou").user)
    assert not Assignment.objects.active().filter(case=case).exists()


def test_the_promise_runs_on_through_every_return_and_the_dispute() -> None:
    case = dispatched()
    promised = case.promise_due_at
    case = returned(returned(case, "SWJ"), "ZJJ")
    case = decisions.grant(
        open_request(case, "dispute"),
        by=member("han"),
        at=LATER,
        version=None,
        ruling="三定方案第 3 条",
        unit=unit("ZJJ"),
    )
    assert case.promise_due_at == promised
    clock = Clock.objects.running().get(case=case, kind=ClockKind.PROMISE)
    assert (clock.started_at, clock.due_at) == (MONDAY, promised)


def test_a_ruling_sends_the_case_to_the_unit_named_and_keeps_unit_and_category() -> None:
    asked = dispute_to_rule()
    case = decisions.grant(asked, by=member("han"), at=LATER, version=None, ruling="属城管职责", unit=unit())
    asked.refresh_from_db()
    assert (case.status, case.unit, case.hops) == ("dispatched", unit(), 1)
    assert (asked.state, asked.ruled_unit, asked.category, asked.final) == ("granted", unit(), case.category, True)
    assert (asked.ruled_by, asked.ruled_as) == (member("han").user, "arbiter")


def test_what_the_arbiter_gave_to_a_unit_is_not_returned() -> None:
    case = decisions.grant(dispute_to_rule(), by=member("han"), at=LATER, version=None, ruling="属其职责", unit=unit())
    before = footprint(case)
    with pytest.raises(NotNow, match="cannot be returned"):
        bounce_asked(case, at=LATER)
    assert footprint(case) == before


def test_the_page_offers_no_return_of_what_the_arbiter_gave() -> None:
    now = timezone.now()
    case = disputed(at=now)
    asked = Decision.objects.open().select_related("case").get(case=case)
    decisions.grant(asked, by=member("han"), at=now, version=None, ruling="属其职责", unit=unit())
    page = client_of("sun").get(f"/cases/{case.number}/?move=bounce", headers={"Accept-Language": "en"})
    assert "a ruling gave it to your unit for good" in page.content.decode()
    assert f'action="/cases/{case.number}/moves/bounce/"' not in page.content.decode()


def test_a_dispute_ends_with_a_unit_and_a_reason() -> None:
    asked = dispute_to_rule()
    with pytest.raises(Invalid) as refusal:
        decisions.grant(asked, by=member("han"), at=LATER, version=None, ruling="属其职责")
    assert refusal.value.field == "unit"
    with pytest.raises(Invalid) as refusal:
        decisions.grant(asked, by=member("han"), at=LATER, version=None, unit=unit())
    assert refusal.value.field == "ruling"
    with pytest.raises(NotNow):
        decisions.reject(asked, by=member("han"), at=LATER, version=None, ruling="不予受理")


@pytest.mark.parametrize("username", ["zhou", "yan", "jiang"])
def test_nobody_but_the_arbiter_rules_on_a_dispute(username: str) -> None:
    with pytest.raises(NotAllowed):
        decisions.grant(dispute_to_rule(), by=member(username), at=LATER, version=None, ruling="属其职责", unit=unit())


def test_a_contested_case_is_referred_from_where_it_lies_and_the_request_is_over() -> None:
    asked = bounce_asked()
    case = disputed(current(asked.case))
    asked.refresh_from_db()
    assert (case.status, case.unit, asked.state) == ("disputed", None, "withdrawn")
    assert lead(case).state == "returned"


def test_what_no_unit_contests_is_not_referred() -> None:
    case = dispatched()
    with pytest.raises(NotNow, match="not asked to return"):
        disputed(case)


def test_what_no_unit_took_in_time_is_referred_by_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh, case = a_case(), returned(dispatched(), None)
    due = Clock.objects.running().get(case=case, kind=ClockKind.DISPATCH).due_at
    for at, status in ((due - timedelta(seconds=1), "registered"), (due, "disputed")):
        monkeypatch.setattr(schedule, "database_time", lambda at=at: at)
        schedule.refer_unclaimed()
        assert current(case).status == status
    asked = open_request(case, "dispute")
    assert (asked.reason, asked.asked_by) == ("no_taker", None)
    assert current(fresh).status == "registered"
    assert schedule.refer_unclaimed() == 0


def test_the_arbiter_sees_the_cases_in_dispute_and_only_these() -> None:
    dispatched(), a_case(), suspended(), refused(), bounce_asked()
    case = disputed()
    han = member("han")
    assert list(Case.objects.visible_to(han)) == [case]
    assert {d.case_id for d in Decision.objects.visible_to(han)} == {case.pk}
    decisions.grant(open_request(case, "dispute"), by=han, at=LATER, version=None, ruling="属其职责", unit=unit())
    assert not Case.objects.visible_to(han).exists()


def test_the_database_wants_a_unit_named_and_binding() -> None:
    asked = dispute_to_rule()
    facts = {"state": "granted", "ruled_by": member("han").user, "ruled_at": LATER, "ruled_as": "arbiter"}
    with pytest.raises(IntegrityError, match="decision_dispute_binds"), transaction.atomic():
        Decision.objects.filter(pk=asked.pk).update(**facts)


def test_a_dispute_may_be_withdrawn_by_the_citizen() -> None:
    case = withdrawn(disputed())
    assert (case.status, Decision.objects.get(case=case).state) == ("withdrawn", "withdrawn")


def test_the_system_refers_no_case_twice() -> None:
    case = returned(dispatched(), None)
    due = Clock.objects.running().get(case=case, kind=ClockKind.DISPATCH).due_at
    for _turn in range(2):
        disputing.refer_unclaimed(case, at=due)
    assert Decision.objects.filter(case=case, kind="dispute").count() == 1
