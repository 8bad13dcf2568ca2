"""The gap between two answers about the same round: counted by cases, equal to its rows, and to the list behind it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
import time_machine

from cases import independent_measures as measures
from cases.case_sets import Selection
from cases.independent_calls import Answers
from cases.measures import Part, by, resolution_rate
from cases.models import Case, Feedback
from cases.paired_gap import gap_of_scores, gap_of_shares
from contractors.figures import figure, measurable
from hotline.calendar import Period
from hotline.measures import MEASURES, Ratio
from tests.doors import client_of
from tests.independent import LANDLINE, MORNING, answered_by_phone, called, drawn, rules, sampled, taken, unanswered
from tests.people import local, member, unit
from tests.stories import MONDAY, accepted, current, rated, rehandling, replied

pytestmark = pytest.mark.django_db
MARCH = Period.month(2026, 3)


@pytest.fixture(autouse=True)
def _everything_is_drawn() -> None:
    with time_machine.travel(local("2026-03-01 09:00"), tick=False):
        rules()


def asked_blindly(said: dict[int, Answers]) -> None:
    """Each case's citizen is asked by one of the government's people, an hour after the one before."""
    drawn()
    at = MORNING
    while said:
        callback = taken("song", at)
        called(callback, said.pop(callback.case_id), at=at)
        at += timedelta(hours=1)


@pytest.fixture
def _a_day() -> None:
    """Five cases: solved by both; solved only by the contractor's word; only by the citizen's second; by neither; and
    one nobody had asked about before."""
    both, ours, theirs, neither = answered_by_phone(), rated(satisfaction=3), rehandling(), rehandling()
    said = {
        both.pk: Answers(True, True, 3, 5),
        ours.pk: Answers(False, False, 2, 3),
        theirs.pk: Answers(True, True, None, None),
        neither.pk: Answers(False, None, 1, 1),
        unanswered(phone=LANDLINE).pk: Answers(True, True, 5, 5),
    }
    asked_blindly(said)


@pytest.mark.usefixtures("_a_day")
def test_a_day_of_five_cases() -> None:
    cases = Case.objects.all()
    assert measures.independent_resolution_rate(cases, MARCH) == Ratio(3, 5)
    assert measures.independent_satisfaction_rate(cases, MARCH) == Ratio(Decimal("1.9"), 4)
    assert measures.independent_agent_satisfaction_rate(cases, MARCH) == Ratio(Decimal("2.9"), 4)
    assert measures.independent_valid_rate(cases, MARCH) == Ratio(5, 5)
    assert measures.independent_gap(cases, MARCH) == gap_of_shares(1, 1, 1, 1)
    assert measures.independent_pairs(cases, MARCH).n == measures.independent_gap(cases, MARCH).n == 4
    one, part, none = Decimal(1), Decimal("0.9"), Decimal(0)
    assert measures.independent_satisfaction_gap(cases, MARCH) == gap_of_scores(
        [(one, part, 1), (part, none, 1), (none, none, 1)]
    )
    assert measures.independent_satisfaction_pairs(cases, MARCH).n == 3


@pytest.mark.usefixtures("_a_day")
def test_the_ordinary_rates_know_nothing_of_it() -> None:
    assert resolution_rate(Case.objects.all(), MARCH) == Ratio(2, 4)
    assert not Feedback.objects.ordinary().filter(by=member("song").user).exists()


@pytest.mark.usefixtures("_a_day")
def test_it_is_counted_by_contractor_and_unit_in_one_query(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = measures.gaps_by(Case.objects.all(), MARCH, "unit")
    assert {pk: solved.n for pk, (solved, _satisfied) in found.items()} == {unit().pk: 4}
    solved, satisfied = measures.gaps_by(Case.objects.all(), MARCH, "taken_by_organisation")[unit("JIA").pk]
    assert (solved, satisfied) == measures.both_gaps(Case.objects.all(), MARCH)


@pytest.mark.usefixtures("_a_day")
@pytest.mark.parametrize("key", ["independent_gap", "independent_satisfaction_gap"])
def test_a_clause_is_scored_by_the_same_gap_pair_by_pair(key: str) -> None:
    """In points, as the contract says it; each row is a case, and what it adds."""
    assert key in {measure.key for measure in measurable()}
    found, gap = figure(key, unit("JIA"), MARCH), MEASURES[key].function(Case.objects.all(), MARCH)
    assert (found.n, found.value) == (gap.n, Fraction(gap.ordinary - gap.independent) / gap.n * 100)
    assert {row.ref for row in found.rows} <= set(Case.objects.values_list("number", flat=True))


def test_of_a_case_asked_about_twice_the_last_pair_counts() -> None:
    """Round one was called unsolved by both; of round two the contractor says solved and the citizen not."""
    case = rehandling()
    drawn()
    called(answers=Answers(False))
    again = rated(_second_round(case), at=MONDAY + timedelta(days=1))
    drawn(MONDAY.date() + timedelta(days=1), at=MORNING + timedelta(days=1))
    called(taken("jiang", MORNING + timedelta(days=1)), Answers(False), by="jiang", at=MORNING + timedelta(days=1))
    assert measures.independent_gap(Case.objects.filter(pk=again.pk), MARCH) == gap_of_shares(0, 1, 0, 0)
    assert Feedback.objects.independent().filter(case=again).count() == 2


def _second_round(case: Case) -> Case:
    return accepted(replied(current(case), at=MONDAY + timedelta(days=1)), at=MONDAY + timedelta(days=1))


@pytest.mark.usefixtures("_a_day")
@pytest.mark.parametrize("key", ["independent_resolution_rate", "independent_valid_rate", "independent_pairs"])
def test_the_lists_behind_open_to_overseers_only(key: str) -> None:
    chosen = Selection(measure=key, part=Part.DENOMINATOR, period=MARCH)
    for username, status in (("jiang", 200), ("yan", 200), ("zhou", 404), ("wang", 404), ("liu", 404)):
        assert client_of(username).get("/cases/", chosen.address()).status_code == status, username


def test_who_was_not_reached_counts_against_the_valid_ones() -> None:
    for _n in range(3):
        answered_by_phone()
    drawn()
    called(result="declined", answers=None)
    called(result="wrong_number", answers=None, by="jiang")
    called(by="shen")
    assert measures.independent_valid_rate(Case.objects.all(), MARCH) == Ratio(1, 3)
    assert by(Case.objects.all(), "independent_valid_rate", MARCH, "unit") == {unit().pk: Ratio(1, 3)}
    assert sampled(Feedback.objects.independent().get().case).state == "answered"
