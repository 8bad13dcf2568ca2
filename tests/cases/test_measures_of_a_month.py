"""The rates of one month that was told once, and every number against the list it opens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import TestCase
from pytest_django.plugin import DjangoDbBlocker

from cases import dispatching, intake, surveys
from cases.measures import PARTS, Part, behind, by
from cases.models import Case
from hotline.measures import MEASURES, Ratio, Unit
from tests.cases.test_measures import MARCH, RATES, bounced, figure, fraction
from tests.people import member
from tests.stories import MONDAY, a_case, a_registration, accepted, rated, replied, signed, survey_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("month")]


def a_month() -> None:
    """One of each: rated well, basically, badly, not at all; unfinished; returned; settled at intake; withdrawn."""
    rated(), rated(satisfaction=3), rated(solved=False, satisfaction=1), accepted(), replied(), signed(), bounced()
    intake.answer_directly(
        a_registration(), by=member("wang"), at=MONDAY, answer="井盖由市政养护中心负责，已告知电话。"
    )
    intake.refuse(a_registration(), by=member("wang"), at=MONDAY, ground="petition", route="已告知到信访局反映")
    gone = a_case()
    dispatching.withdraw(gone, by=member("zhou"), at=MONDAY, version=gone.version, why="来电撤回")
    landline = accepted(phone="0593-6021234")
    surveys.call_back(survey_of(landline), by=member("wang"), at=MONDAY + timedelta(hours=7), result="no_answer")


@pytest.fixture(scope="module")
def month(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """In a transaction around those of the tests, and undone with it."""
    with django_db_blocker.unblock():
        atomics = TestCase._enter_atomics()  # type: ignore[attr-defined]
        a_month()
        yield
        TestCase._rollback_atomics(atomics)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("direct_answer_rate", (1, 11, 0)),
        ("refusal_rate", (1, 11, 0)),
        # seven with a unit, one of them due again after a bad verdict, one called back: 8 due, withdrawn left out
        ("on_time_closing", (4, 8, 1)),
        ("closing_rate", (4, 8, 1)),
        ("sign_on_time", (7, 8, 0)),
        ("first_time_closing", (2, 2, 0)),
        ("bounce_rate", (1, 8, 0)),
        ("extension_rate", (0, 8, 0)),
        ("rehandling_rate", (1, 3, 0)),
        ("contact_rate", (3, 3, 0)),
        ("resolution_rate", (2, 3, 0)),
        ("satisfaction_rate", (Decimal("1.9"), 3, 0)),
        ("rating_participation", (3, 5, 0)),
        ("valid_callback_rate", (0, 1, 0)),
    ],
)
def test_a_month_of_eleven_cases(key: str, expected: tuple[object, int, int]) -> None:
    assert fraction(key) == expected


@pytest.mark.parametrize("key", PARTS)
def test_every_number_opens_exactly_its_list(key: str) -> None:
    cases = Case.objects.all()
    lists = {part: behind(cases, key, MARCH, part) for part in Part}
    counts = {part: found.count() for part, found in lists.items()}
    assert all(found.distinct().count() == counts[part] for part, found in lists.items()), "no case stands twice"
    if MEASURES[key].unit == Unit.COUNT:
        assert counts[Part.DENOMINATOR] == MEASURES[key].function(cases, MARCH).n
        return
    ratio = figure(key)
    assert counts[Part.DENOMINATOR] == ratio.denominator
    assert counts[Part.EXCLUDED] == ratio.excluded
    weighed = 1 if key == "satisfaction_rate" else 0
    assert counts[Part.NUMERATOR] - weighed * (1 - Decimal("0.9")) == ratio.numerator
    assert not set(lists[Part.NUMERATOR]) - set(lists[Part.DENOMINATOR])
    assert not set(lists[Part.EXCLUDED]) & set(lists[Part.DENOMINATOR])


@pytest.mark.parametrize("key", RATES)
def test_the_units_figures_add_up_to_the_city(key: str) -> None:
    assert Ratio.total(by(Case.objects.all(), key, MARCH, "unit").values()) == figure(key)
