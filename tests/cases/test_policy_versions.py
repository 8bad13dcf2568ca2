"""A next version of a time limit: what is compared, what it would do, and who gets which."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cases import deadlines, escalation
from cases.models import CaseEvent, Clock, ClockKind, DeadlinePolicy
from cases.policy_effects import Run, forecast, plain, recent_runs
from cases.policy_versions import DeadlinePolicies, first_day, values_of
from hotline.acts import Invalid
from hotline.calendar import WorkingCalendar
from hotline.proposals import subject_of
from tests.people import local
from tests.rules import approved, limit, proposed
from tests.stories import a_case, dispatched, signed

NINE = local("2026-03-09 09:00")


@pytest.fixture(autouse=True)
def _afresh() -> Iterator[None]:
    deadlines.policies.forget()
    yield
    deadlines.policies.forget()


@pytest.mark.django_db
def test_what_begins_from_its_first_day_on_gets_the_new_limit_and_what_runs_keeps_its_own() -> None:
    at = timezone.now()
    running = signed(at=at - timedelta(hours=2))
    old = limit()
    approved()
    after = dispatched(a_case(at), at=at)
    assert limit().amount == 3
    DeadlinePolicy.objects.get(pk=old.pk, valid_until=timezone.localdate())
    assert Clock.objects.get(case=running, kind=ClockKind.HANDLE).policy_id == old.pk
    assert Clock.objects.get(case=after, kind=ClockKind.HANDLE).amount == 3


@pytest.mark.django_db
def test_its_steps_are_those_of_the_proposal() -> None:
    steps = [["yellow", -2, "working_day", "handler"], ["red", 0, "minute", ""], ["urge", 4, "hour", "unit_head"]]
    approved(amount=6, steps=steps)
    assert values_of(limit())["steps"] == steps


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"amount": 0}, "amount"),
        ({"amount": 99_999}, "amount"),
        ({"max_extensions": 2, "max_extension": 0}, "max_extension"),
        ({"steps": [["yellow", 1, "hour", ""]]}, "yellow_n"),
        ({"steps": [["red", -1, "hour", ""]]}, "red_n"),
        ({"steps": [["urge", 99_999, "working_day", ""]]}, "urge_n"),
        ({"steps": [["expire", 1, "hour", ""]]}, ""),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(changed: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        proposed(**changed)
    assert refused.value.field == field


@pytest.mark.django_db
def test_a_limit_for_cases_that_have_one_is_changed_and_not_made_twice() -> None:
    subject, values = DeadlinePolicies(), values_of(limit())
    draft = proposed()
    with pytest.raises(Invalid, match="already"):
        subject.clean("", values, draft)
    assert subject.clean("", {**values, "kind": "complaint"}, draft)["kind"] == "complaint"


@pytest.mark.django_db
def test_the_next_version_begins_after_the_present_one() -> None:
    approved()
    assert first_day(limit(), timezone.now()) == timezone.localdate() + timedelta(days=1)
    with pytest.raises(Invalid, match="must begin later"):
        proposed(amount=2)


@pytest.mark.django_db
def test_the_dry_run_counts_the_open_cases_and_says_that_they_keep_theirs() -> None:
    for n in range(3):
        signed(at=timezone.now() - timedelta(hours=3 + n))
    dispatched()
    proposal = proposed()
    said = subject_of(proposal.subject).effects(proposal, timezone.now())
    assert said[0] == "Changes nothing for 4 open cases that run on the present limit: they keep it."
    assert said[1].startswith("4 open cases have these traits; only what begins from ")
    assert said[2].startswith("Of the 3 clocks of the last 30 days 0 ran out")


@pytest.mark.django_db
def test_the_dry_run_of_the_present_rule_is_what_the_scanner_did() -> None:
    at = timezone.now()
    for days in (3, 9, 20):
        signed(at=at - timedelta(days=days))
    while escalation.fire_batch(at):
        pass
    policy = limit()
    forecasted = forecast(recent_runs([policy], at), policy.amount, policy.unit, plain(policy.steps.all()))
    fired = CaseEvent.objects.filter(by=None, payload__leg="handle").values_list("payload__act", flat=True)
    assert sorted(forecasted.acts.elements()) == sorted(fired)
    assert forecasted.late == Clock.objects.filter(kind="handle", breached_at__isnull=False).count() > 0


STEPS = [("yellow", -1, "working_day"), ("red", 0, "minute"), ("urge", 1, "working_day"), ("supervise", 2, "hour")]
CALENDAR = WorkingCalendar()
MINUTES = st.integers(0, 60 * 24 * 30)
RUNS = st.lists(st.tuples(MINUTES, MINUTES).map(lambda pair: run(*pair)), max_size=12)


def run(starts: int, lasts: int) -> Run:
    started_at = NINE + timedelta(minutes=starts)
    return Run(started_at, started_at + timedelta(minutes=lasts), CALENDAR)


@given(RUNS, st.integers(1, 10), st.integers(1, 10))
def test_a_shorter_limit_never_has_fewer_late_or_fewer_steps_after_it(runs: list[Run], one: int, other: int) -> None:
    shorter, longer = sorted((one, other))
    short, long = (forecast(runs, amount, "working_day", STEPS) for amount in (shorter, longer))
    assert short.late >= long.late
    for act in ("red", "urge", "supervise"):
        assert short.acts[act] >= long.acts[act]


@given(RUNS, st.integers(1, 10))
def test_a_forecast_is_what_each_clock_would_have_seen_by_itself(runs: list[Run], amount: int) -> None:
    whole = forecast(runs, amount, "working_day", STEPS)
    assert whole.clocks == len(runs)
    assert whole.messages == sum(forecast([run], amount, "working_day", STEPS).messages for run in runs)
    assert whole.late <= whole.acts["red"]
    assert whole.acts["red"] >= max(whole.acts["urge"], whole.acts["supervise"])
