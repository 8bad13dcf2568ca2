"""The rules of urging: when a notice waits, what a digest holds, and that each step is told exactly once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cases import digests, escalation
from cases.models import CaseEvent, HeldNotice, LadderStep
from cases.urging_rules import RULES, Desk, held_until, next_digest, quiet_end
from hotline import approving, rulebook
from hotline.acts import Invalid
from hotline.models import Message, Proposal, RuleVersion
from hotline.proposals import subject_of
from tests.people import local, member
from tests.stories import MONDAY, current, dispatched, signed, withdrawn

BROUGHT: dict[str, Any] = dict(RULES.brought)
NIGHT = {**BROUGHT, "quiet_from": "21:00", "quiet_until": "08:00"}
DIGEST = {**BROUGHT, "digest_acts": ["yellow"]}


@pytest.fixture(autouse=True)
def _afresh() -> Iterator[None]:
    rulebook.versions.forget()
    yield
    rulebook.versions.forget()


def changed(**values: Any) -> Proposal:
    """Song proposes, Yan approves, from today on."""
    at = timezone.now()
    given = {**(RULES.current("all") or {}), **values}
    row = approving.propose(
        "urging", "all", given, valid_from=timezone.localdate(), why="减少夜间打扰。", by=member("song"), at=at
    )
    return approving.approve(row, by=member("yan"), at=at)


@pytest.mark.parametrize(
    ("values", "act", "urgency", "at", "until"),
    [
        (BROUGHT, "yellow", "ordinary", "2026-03-09 23:00", None),
        (NIGHT, "yellow", "ordinary", "2026-03-09 20:59", None),
        (NIGHT, "yellow", "ordinary", "2026-03-09 21:00", "2026-03-10 08:00"),
        (NIGHT, "red", "ordinary", "2026-03-10 07:59", "2026-03-10 08:00"),
        (NIGHT, "red", "ordinary", "2026-03-10 08:00", None),
        (NIGHT, "red", "urgent", "2026-03-09 23:00", None),
        (NIGHT, "red", "emergency", "2026-03-09 23:00", None),
        (NIGHT, "supervise", "ordinary", "2026-03-09 23:00", None),
        (NIGHT, "summons", "ordinary", "2026-03-09 23:00", None),
        (DIGEST, "yellow", "ordinary", "2026-03-09 08:29", "2026-03-09 08:30"),
        (DIGEST, "yellow", "ordinary", "2026-03-09 08:30", "2026-03-09 14:00"),
        (DIGEST, "yellow", "urgent", "2026-03-09 15:00", "2026-03-10 08:30"),
        (DIGEST, "yellow", "emergency", "2026-03-09 15:00", None),
        (DIGEST, "red", "ordinary", "2026-03-09 15:00", None),
    ],
)
def test_until_when_a_notice_waits(values: dict[str, Any], act: str, urgency: str, at: str, until: str | None) -> None:
    assert held_until(values, act, urgency, local(at)) == (local(until) if until else None)


MOMENTS = st.integers(0, 360 * 24 * 60).map(lambda minutes: local("2026-01-01 00:00") + timedelta(minutes=minutes))
TIMES = st.times().map(lambda t: f"{t:%H:%M}")


@given(MOMENTS, TIMES, TIMES)
def test_quiet_hours_end_within_a_day_and_what_is_released_is_not_held_again(at: datetime, a: str, b: str) -> None:
    values = {**BROUGHT, "quiet_from": a, "quiet_until": b}
    until = quiet_end(values, at)
    if until is not None:
        assert at < until <= at + timedelta(days=1)
        assert f"{until:%H:%M}" == b
        assert quiet_end(values, until) is None


@given(MOMENTS, st.lists(TIMES, min_size=1, max_size=5))
def test_the_next_digest_is_the_nearest_of_its_times(at: datetime, times: list[str]) -> None:
    found = next_digest({**BROUGHT, "digest_at": times}, at)
    assert at < found <= at + timedelta(days=1)
    assert f"{found:%H:%M}" in times
    between = (found - timedelta(minutes=n) for n in (1, 7))
    assert not any(at < moment and f"{moment:%H:%M}" in times for moment in between)


@pytest.mark.django_db
def test_more_than_so_many_in_an_hour_wait_for_the_digest() -> None:
    at = local("2026-03-09 10:00")
    desk = Desk({**BROUGHT, "notices_an_hour": 2}, at)
    to = (7, "handler")
    waits = [desk.held_until("red", "ordinary", to) for _ in range(3)]
    assert waits == [None, None, local("2026-03-09 14:00")]
    assert desk.held_until("supervise", "ordinary", to) is None
    assert desk.held_until("red", "emergency", to) is None
    assert desk.held_until("red", "ordinary", (8, "handler")) is None


@pytest.mark.django_db
def test_what_was_told_within_the_hour_counts() -> None:
    case = dispatched(at=timezone.now() - timedelta(days=20))
    escalation.fire_batch(timezone.now())
    told = Message.objects.filter(about=case.number, template__key__startswith="clock_")
    assert told.exists()
    one = told[0]
    desk = Desk({**BROUGHT, "notices_an_hour": 1}, one.created_at)
    assert desk.held_until("red", "ordinary", (one.to_organisation_id, one.to_role)) is not None


@pytest.mark.django_db
def test_held_notices_go_out_in_one_digest_a_recipient_and_each_once() -> None:
    changed(digest_acts=["red", "yellow", "urge"])
    begun = timezone.now() - timedelta(days=20)
    cases = [signed(at=begun + timedelta(minutes=n)) for n in range(3)]
    now = timezone.now()
    while escalation.fire_batch(now):
        pass
    numbers = [case.number for case in cases]
    told_at_once = Message.objects.filter(about__in=numbers, template__key__startswith="clock_")
    assert {m.template.key for m in told_at_once} == {"clock_supervise"}
    held, release = HeldNotice.objects.count(), next_digest(RULES.on(now), now)
    assert held == CaseEvent.objects.filter(by=None, kind__in=["yellow", "red", "urged"]).count()
    assert digests.send_due(release - timedelta(seconds=1)) == 0
    recipients = len(set(HeldNotice.objects.values_list("unit", "to_role")))
    assert digests.send_due(release) == recipients
    assert digests.send_due(release) == 0
    bodies = "".join(m.words for m in Message.objects.filter(template__key="digest"))
    assert all(bodies.count(number) == HeldNotice.objects.filter(case__number=number).count() for number in numbers)
    assert not HeldNotice.objects.filter(message=None).exists()


@pytest.mark.django_db
def test_a_digest_leaves_out_what_has_ended_meanwhile() -> None:
    changed(digest_acts=["red", "yellow", "urge"])
    begun = timezone.now() - timedelta(days=20)
    open_, ended = dispatched(at=begun), dispatched(at=begun + timedelta(minutes=1))
    escalation.fire_batch(timezone.now())
    withdrawn(current(ended), at=timezone.now())
    digests.send_due(timezone.now() + timedelta(days=1))
    bodies = "".join(m.words for m in Message.objects.filter(template__key="digest"))
    assert open_.number in bodies
    assert ended.number not in bodies


@pytest.mark.django_db
def test_a_step_keeps_the_limit_of_the_rules_it_was_issued_under() -> None:
    case = signed()
    later = MONDAY + timedelta(days=30)
    while escalation.fire_batch(later):
        pass
    before = {p.pk: p.due_at for p in LadderStep.objects.of(case).all()}
    changed(urge_days=9, supervise_days=9)
    assert {p.pk: p.due_at for p in LadderStep.objects.all()} == before
    assert RULES.on(timezone.now())["urge_days"] == 9
    assert RULES.on(timezone.now() - timedelta(days=2))["urge_days"] == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"urge_days": 0}, "urge_days"),
        ({"urges_a_day": 999}, "urges_a_day"),
        ({"quiet_from": "25:00", "quiet_until": "08:00"}, "quiet_from"),
        ({"quiet_from": "21:00"}, "quiet_until"),
        ({"digest_at": []}, "digest_at"),
        ({"digest_at": ["8.30"]}, "digest_at"),
        ({"digest_acts": ["supervise"]}, "digest_acts"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(values: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        changed(**values)
    assert refused.value.field == field
    assert not RuleVersion.objects.exists()


@pytest.mark.django_db
def test_the_dry_run_counts_open_cases_and_the_messages_of_the_last_month() -> None:
    signed(at=timezone.now() - timedelta(days=20))
    now = timezone.now()
    while escalation.fire_batch(now):
        pass
    fired = CaseEvent.objects.filter(by=None, payload__has_key="act").count()
    draft = approving.drafted(
        "urging",
        "all",
        {**BROUGHT, "digest_acts": ["yellow", "red", "urge"]},
        valid_from=timezone.localdate(),
        why="",
        by=member("song"),
        at=timezone.now(),
    )
    said = subject_of("urging").effects(draft, timezone.now())
    assert said[0].startswith("1 open case is pressed")
    supervised = CaseEvent.objects.filter(by=None, payload__act="supervise").count()
    assert f"{fired} went out at once" in said[1]
    assert f"it would be {supervised}, and {fired - supervised} would have come together" in said[1]
