"""The scanner: every step exactly once, at its time, whoever runs, and whoever dies."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from cases import escalation, surveys
from cases.models import Case, CaseEvent, Clock, ClockKind, EventKind, LadderStep
from cases.schedule import fire_due_clocks, run_surveys
from hotline.models import AuditEntry, Message
from tests.stories import MONDAY, a_case, accepted, closed, dispatched, signed, survey_of, withdrawn

MUCH_LATER = MONDAY + timedelta(days=30)
FIRED = (EventKind.YELLOW, EventKind.RED, EventKind.URGED, EventKind.SUPERVISED)


def _fired(case: Case) -> list[tuple[str, str]]:
    """What was fired, as (leg, act), in order."""
    events = CaseEvent.objects.of(case).filter(kind__in=FIRED, by=None).order_by("at", "id")
    return [(e.payload["leg"], e.payload["act"]) for e in events]


def _run(until: object = MUCH_LATER) -> None:
    while escalation.fire_batch(until):  # type: ignore[arg-type]
        pass


@pytest.mark.django_db
def test_a_case_left_alone_gets_every_card_in_the_order_of_the_policy() -> None:
    case = signed()
    _run()
    assert [act for leg, act in _fired(case) if leg == "handle"] == ["yellow", "red", "urge", "supervise"]
    assert [act for leg, act in _fired(case) if leg == "promise"] == ["yellow", "red"]
    assert escalation.fire_batch(MUCH_LATER) == 0


@pytest.mark.django_db
def test_a_card_comes_with_its_event_and_its_notice_or_not_at_all() -> None:
    case = dispatched()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE hotline_message ADD CONSTRAINT full_disk CHECK (channel <> 'in_app') NOT VALID")
    due = Clock.objects.filter(case=case).order_by("next_action_at")[0].next_action_at
    assert due
    with pytest.raises(Exception, match="full_disk"):
        escalation.fire_batch(due)
    assert _fired(case) == []
    assert Clock.objects.due_to_act(due).count() == 1
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE hotline_message DROP CONSTRAINT full_disk")
    escalation.fire_batch(due)
    assert len(_fired(case)) == 1
    assert Message.objects.filter(about=case.number, template__key__startswith="clock_").count() == 1


@pytest.mark.django_db
def test_a_breach_is_dated_when_it_was_due_however_late_the_scanner_ran() -> None:
    case = dispatched()
    _run()
    sign = Clock.objects.get(case=case, kind=ClockKind.SIGN)
    assert (sign.breached_at, sign.card) == (sign.due_at, "red")


@pytest.mark.django_db
@pytest.mark.parametrize("make", [closed, withdrawn])
def test_nothing_is_fired_for_a_case_that_has_ended(make: object) -> None:
    case = make()  # type: ignore[operator]
    _run()
    assert _fired(case) == []
    assert not Clock.objects.filter(case=case, next_action_at__isnull=False).exists()


@pytest.mark.django_db
def test_the_most_overdue_come_first_and_a_batch_is_as_large_as_asked() -> None:
    first, second = a_case(), a_case(MONDAY + timedelta(hours=1))
    due = MONDAY + timedelta(hours=3, minutes=30)
    assert escalation.fire_batch(due, limit=1) == 1
    assert (_fired(first), _fired(second)) == ([("dispatch", "yellow")], [])


@pytest.mark.django_db
def test_an_emergency_is_acted_on_before_what_is_longer_overdue() -> None:
    ordinary, emergency = a_case(), a_case(MONDAY + timedelta(hours=3), urgency="emergency")
    assert escalation.fire_batch(MONDAY + timedelta(days=1), limit=1) == 1
    assert (_fired(ordinary), _fired(emergency)) == ([], [("dispatch", "yellow")])


@pytest.mark.django_db
def test_a_batch_is_four_questions_however_large(django_assert_num_queries: Any) -> None:
    """List, claim, clocks, and events, audit and messages together; and the transaction's own two."""
    cases = [dispatched(at=MONDAY + timedelta(minutes=n)) for n in range(3)]
    escalation.fire_batch(MUCH_LATER, limit=1)  # policies, calendars and wordings are known from now on
    with django_assert_num_queries(4 + 2):
        assert escalation.fire_batch(MUCH_LATER) == 4 * len(cases)


@pytest.mark.django_db
def test_urges_cost_a_batch_two_questions_more(django_assert_num_queries: Any) -> None:
    """Which limits have had theirs already, and the numbers of the others."""
    cases = [signed(at=MONDAY + timedelta(minutes=n)) for n in range(3)]
    _run(MONDAY + timedelta(days=7, minutes=5))  # a week later the promises have run out, the urges come at ten past
    with django_assert_num_queries(6 + 2):
        assert escalation.fire_batch(MONDAY + timedelta(days=7, minutes=15)) == len(cases)


@pytest.mark.django_db
def test_every_step_is_in_the_audit_trail_as_the_systems() -> None:
    case = signed()
    _run()
    entries = AuditEntry.objects.filter(object_type="cases.case", object_id=str(case.pk), act__startswith="escalation.")
    steps = Counter((entry.details["leg"], entry.act.removeprefix("escalation."), entry.actor_id) for entry in entries)
    assert steps == Counter((leg, act, None) for leg, act in _fired(case))


@pytest.mark.django_db(transaction=True)
def test_four_scanners_at_once_take_each_step_once() -> None:
    cases = [dispatched(at=MONDAY + timedelta(minutes=n)) for n in range(12)]

    def scan(_n: int) -> int:
        try:
            moved = 0
            while batch := escalation.fire_batch(MUCH_LATER, limit=5):
                moved += batch
            return moved
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(scan, range(4)))
    _run()  # what one held while another passed by
    for case in cases:
        steps = _fired(case)
        assert len(steps) == len(set(steps)) == 9  # promise 2, sign 2, contact 1, handle 4
    notices = Message.objects.filter(template__key__startswith="clock_").count()
    assert notices == sum(len(_fired(case)) for case in cases)
    for rung in ("urge", "supervise"):  # each a numbered paper, with no gap and no twin
        serials = sorted(LadderStep.objects.filter(rung=rung).values_list("serial", flat=True))
        assert serials == list(range(1, len(cases) + 1))


@pytest.mark.django_db
def test_the_tasks_do_the_same_by_the_wall_clock() -> None:
    case = dispatched()
    assert fire_due_clocks() > 0
    assert fire_due_clocks() == 0
    assert _fired(case)


@pytest.mark.django_db
def test_an_unanswered_survey_is_reminded_of_once_and_closed_unrated_by_the_task() -> None:
    case = accepted()
    survey = survey_of(case)
    surveys.advance(survey, at=survey.sent_at + timedelta(hours=25))
    surveys.advance(survey_of(case), at=survey.sent_at + timedelta(hours=26))
    assert CaseEvent.objects.of(case).filter(kind=EventKind.REMINDED).count() == 1
    assert run_surveys() == 1
    ended = Case.objects.get(pk=case.pk)
    assert (ended.status, ended.outcome) == ("closed", "unrated")
    assert ended.last_closed_at
    assert ended.last_closed_at <= timezone.now()
    assert run_surveys() == 0
