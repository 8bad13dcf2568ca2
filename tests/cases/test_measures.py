"""Figures against cases one can count on one's fingers, and every number against the list it opens."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases import decisions, dispatching, intake, measures, surveys
from cases.measures import PARTS, Part, behind
from cases.models import Case, Decision
from cases.surveys import Verdict
from hotline.calendar import Period
from hotline.measures import MEASURES, Ratio, Unit
from tests.people import local, member, unit
from tests.stories import MONDAY, a_case, a_registration, accepted, dispatched, lead, rated, replied, signed, survey_of

pytestmark = pytest.mark.django_db
MARCH = Period.month(2026, 3)
FEBRUARY = Period.month(2026, 2)
RATES = [key for key in PARTS if MEASURES[key].unit == Unit.PERCENT]


def figure(key: str, period: Period = MARCH) -> Ratio:
    return MEASURES[key].function(Case.objects.all(), period)  # type: ignore[no-any-return]


def fraction(key: str, period: Period = MARCH) -> tuple[object, int, int]:
    ratio = figure(key, period)
    return ratio.numerator, ratio.denominator, ratio.excluded


def bounced(case: Case | None = None) -> Case:
    """Sun hands it back, Zhou grants it to housing."""
    case = case or dispatched()
    at = MONDAY + timedelta(minutes=30)
    case = decisions.ask_to_bounce(
        lead(case), by=member("sun"), at=at, version=case.version, reason="wrong_area", grounds="不在我局管辖范围"
    )
    decision = Decision.objects.select_related("case").get(case=case, state="asked")
    return decisions.grant(decision, by=member("zhou"), at=at, version=case.version, unit=unit("ZJJ"), ruling="同意")


@pytest.mark.parametrize("key", RATES)
def test_a_rate_of_nothing_is_none_not_zero(key: str) -> None:
    assert figure(key, FEBRUARY) == Ratio(0, 0)
    assert figure(key, FEBRUARY).value is None


def test_an_unrated_case_is_never_satisfied() -> None:
    """Nobody rated: the rate is not there, rather than perfect."""
    accepted(), replied()
    assert figure("satisfaction_rate").value is None
    assert figure("resolution_rate").value is None
    assert figure("rating_participation").value == 0


def test_an_unfinished_case_counts_against_being_on_time_once_it_is_due() -> None:
    signed()
    assert fraction("on_time_closing", Period.days(local("2026-03-09").date(), local("2026-03-13").date()))[1] == 0
    assert fraction("on_time_closing") == (0, 1, 0)


def test_late_stays_late_after_the_next_round_was_quick() -> None:
    """Answered a fortnight late, called unsolved, then mended within a day."""
    late = MONDAY + timedelta(days=14)
    case = replied(signed(), at=late)
    case = accepted(case, at=late)
    case = surveys.answer(survey_of(case), Verdict(solved=False), at=late + timedelta(hours=7), by=None)
    case = accepted(replied(case, at=late + timedelta(days=1)), at=late + timedelta(days=1))
    assert fraction("on_time_closing") == (0, 1, 0)
    assert fraction("closing_rate") == (1, 1, 0)


def test_the_last_answer_counts_when_a_case_was_rated_twice() -> None:
    case = rated(solved=False, satisfaction=1)
    later = MONDAY + timedelta(days=1)
    rated(accepted(replied(case, at=later), at=later), at=later, solved=True, satisfaction=5)
    assert fraction("resolution_rate") == (1, 1, 0)
    assert fraction("rehandling_rate") == (1, 1, 0)
    assert fraction("first_time_closing") == (0, 1, 0)


def test_what_the_citizen_leaves_unsaid_is_no_contact_figure() -> None:
    case = accepted()
    surveys.answer(survey_of(case), Verdict(solved=True), at=MONDAY + timedelta(hours=8), by=None)
    assert fraction("contact_rate") == (0, 0, 0)
    assert fraction("satisfaction_rate") == (0, 0, 0)
    assert fraction("resolution_rate") == (1, 1, 0)


def test_who_did_not_want_to_be_asked_is_left_out_of_participation() -> None:
    accepted(callback_wish="none"), rated()
    assert fraction("rating_participation") == (1, 1, 1)


def test_a_returned_sign_off_is_nobodys_lateness() -> None:
    bounced()
    ratio = figure("sign_on_time")
    assert (ratio.numerator, ratio.denominator) == (0, 1), "only the unit that has it now owes a sign-off"


def test_the_backlog_is_counted_as_it_was_then() -> None:
    closed_later = rated()
    reopened = rated()
    dispatching.reopen(
        reopened, by=member("zhou"), at=MONDAY + timedelta(days=2), version=reopened.version, new_facts="井盖又丢了"
    )
    morning = Period(FEBRUARY.start, MONDAY + timedelta(hours=4))
    evening = Period(FEBRUARY.start, MONDAY + timedelta(hours=9))
    assert measures.backlog(Case.objects.all(), morning).n == 2
    assert measures.backlog(Case.objects.all(), evening).n == 0
    assert list(behind(Case.objects.all(), "backlog", MARCH, Part.DENOMINATOR)) == [reopened]
    assert closed_later.status == "closed"


def test_the_period_is_half_open_at_local_midnight() -> None:
    midnight = local("2026-04-01 00:00")
    a_case(midnight - timedelta(microseconds=1)), a_case(midnight)
    assert measures.intake(Case.objects.all(), MARCH).n == 1
    assert measures.intake(Case.objects.all(), Period.month(2026, 4)).n == 1


def test_a_contractors_figures_hold_its_own_cases_only() -> None:
    rated()
    chen = intake.register(a_registration(), by=member("chen"), at=MONDAY)
    mine = Case.objects.visible_to(member("chen"))
    assert MEASURES["resolution_rate"].function(mine, MARCH) == Ratio(0, 0)
    assert list(behind(mine, "intake", MARCH, Part.DENOMINATOR)) == [chen]
