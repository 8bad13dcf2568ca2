"""The day's blind sample: of every round the system finished asking about, once, and open to nobody beforehand."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction

from cases import independent_drawing, schedule, surveys
from cases.blind_draw import hash_of, lines_of
from cases.independent_rules import RULES
from cases.models import CaseEvent, IndependentCallback, IndependentDraw
from hotline import approving
from hotline.acts import Invalid, NotNow
from hotline.models import Message
from tests.independent import DAY, LANDLINE, NIGHT, answered_by_phone, drawn, rules, sampled, unanswered
from tests.people import local, member
from tests.stories import MONDAY, a_case, accepted, footprint, rated, rehandling, survey_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def _everything() -> None:
    """Everything of every day is drawn."""
    with time_machine.travel(local("2026-03-01 09:00"), tick=False):
        rules()


def strata(made: IndependentDraw) -> dict[str, str]:
    return {line.key: line.stratum for line in lines_of(made.frame)}


@pytest.mark.usefixtures("_everything")
def test_the_frame_is_every_round_whose_asking_ended_that_day_in_its_stratum() -> None:
    by_phone, by_link, silent = answered_by_phone(), rated(), unanswered()
    bad, office = rehandling(), answered_by_phone(by="zheng")
    accepted(), a_case()  # still being asked, and not answered yet
    rated(at=MONDAY + timedelta(days=1))
    made = drawn()
    assert strata(made) == {
        f"{by_phone.number}/1": "contractor",
        f"{by_link.number}/1": "otherwise",
        f"{silent.number}/1": "unanswered",
        f"{bad.number}/1": "otherwise",
        f"{office.number}/1": "otherwise",
    }
    assert {line.contractor for line in lines_of(made.frame)} == {"JIA"}
    assert (made.frame_size, made.frame_hash) == (5, hash_of(made.frame))
    assert made.callbacks.count() == 5


@pytest.mark.usefixtures("_everything")
def test_who_wants_no_callback_is_not_called_by_the_government_either() -> None:
    accepted(callback_wish="none")
    for result in ("declined", "wrong_number"):
        asked = survey_of(accepted(phone=LANDLINE))
        surveys.call_back(asked, by=member("zheng"), at=MONDAY + timedelta(hours=7), result=result)
    assert drawn().frame == ""


@pytest.mark.usefixtures("_everything")
def test_whose_case_it_is_is_kept_as_it_was() -> None:
    case = answered_by_phone()
    drawn()
    callback = sampled(case)
    assert callback.contractor is not None
    assert (callback.contractor.code, callback.unit_id) == ("JIA", case.unit_id)
    assert (callback.state, callback.next_at, callback.expires_at) == ("waiting", NIGHT, NIGHT + timedelta(days=5))


@pytest.mark.usefixtures("_everything")
def test_anybody_draws_the_same_and_finds_out_who_changed_it() -> None:
    for _n in range(8):
        rated()
    made = drawn()
    assert independent_drawing.is_as_drawn(made)
    changed = IndependentDraw(**{f.attname: getattr(made, f.attname) for f in made._meta.concrete_fields})
    changed.seed = "0" * 32
    assert not independent_drawing.is_as_drawn(changed)


def test_the_rules_say_what_share_is_drawn() -> None:
    with time_machine.travel(local("2026-03-01 09:00"), tick=False):
        rules(percent_contractor=0, percent_otherwise=100, percent_unanswered=0)
    answered_by_phone(), unanswered()
    case = rated()
    assert [callback.case for callback in drawn().callbacks.all()] == [case]


@pytest.mark.usefixtures("_everything")
def test_a_draw_leaves_no_trace_at_the_case() -> None:
    case = rated()
    before, told = footprint(case), Message.objects.count()
    drawn()
    assert footprint(case) == before
    assert (Message.objects.count(), CaseEvent.objects.of(case).filter(at__gte=NIGHT).count()) == (told, 0)


def test_a_day_is_drawn_once_and_when_it_is_over() -> None:
    with pytest.raises(NotNow, match="not over"):
        drawn(at=MONDAY + timedelta(hours=9))
    drawn()
    with pytest.raises(NotNow, match="drawn before"):
        drawn()


def test_the_timetable_draws_what_finished_days_lack() -> None:
    with time_machine.travel(NIGHT, tick=False):
        drawn()
        days = independent_drawing.to_draw(NIGHT)
    assert days == [DAY - timedelta(days=n) for n in (3, 2, 1)]
    assert schedule.draw_independent() == independent_drawing.DAYS_BACK
    assert schedule.draw_independent() == 0


@pytest.mark.usefixtures("_everything")
@pytest.mark.parametrize("change", [{"seed": "x"}, {"frame": ""}, {"rules": {}}])
def test_a_draw_does_not_change(change: dict[str, object]) -> None:
    made = drawn()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        IndependentDraw.objects.filter(pk=made.pk).update(**change)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        made.delete()


@pytest.mark.usefixtures("_everything")
def test_nobody_takes_a_round_out_of_the_sample_or_puts_another_in_its_place() -> None:
    case, other = rated(), rated()
    drawn()
    callback = sampled(case)
    for change in ({"case": other}, {"stratum": "unanswered"}, {"expires_at": MONDAY}, {"contractor": None}):
        with pytest.raises(DatabaseError, match="stays as it was drawn"), transaction.atomic():
            IndependentCallback.objects.filter(pk=callback.pk).update(**change)
    with pytest.raises(DatabaseError, match="stays as it was drawn"), transaction.atomic():
        callback.delete()


def test_the_rules_are_changed_by_two_people_and_make_sense() -> None:
    now = MONDAY
    given = {**RULES.brought, "first_hour": 18, "last_hour": 10}
    with time_machine.travel(now, tick=False), pytest.raises(Invalid, match="must come after"):
        approving.propose("independent", "all", given, valid_from=DAY, why="调整回访时段。", by=member("song"), at=now)
