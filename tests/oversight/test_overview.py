"""The supervisor's page: every number is the length of the list it opens, and little is asked of the database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.http import QueryDict
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cases import decisions, intake, ladder, surveys
from cases.models import Case, Decision
from cases.selected_cases import selected
from cases.surveys import Verdict
from oversight.bar_chart import round_up
from oversight.board import Board
from oversight.boards import act_now, intake_by_day, outcome_lines, span, unit_lines
from tests.doors import client_of
from tests.people import local, member, unit
from tests.stories import (
    MONDAY,
    a_case,
    a_registration,
    accepted,
    dispatched,
    lead,
    rated,
    replied,
    signed,
    survey_of,
    suspended,
)

pytestmark = pytest.mark.django_db
NOW = local("2026-03-20 10:24")  # the Friday of the second week


@pytest.fixture(autouse=True)
def _friday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def returned(case: Case | None = None, *, by: str = "sun", to: str | None = None) -> Case:
    case = case or dispatched()
    at = MONDAY + timedelta(minutes=30)
    case = decisions.ask_to_bounce(
        lead(case), by=member(by), at=at, version=case.version, reason="wrong_area", grounds="不在我局管辖范围"
    )
    decision = Decision.objects.select_related("case").get(case=case, state="asked")
    to_unit = unit(to) if to else None
    return decisions.grant(decision, by=member("zhou"), at=at, version=case.version, unit=to_unit, ruling="同意")


@pytest.fixture
def a_fortnight() -> None:
    """Every plight at least once, of both contractors."""
    rated(), rated(satisfaction=3), replied(), signed(), a_case()
    returned(returned(to="SWJ"), by="lin"), dispatched(to=unit("ZJJ")), suspended()
    soon = a_case(local("2026-03-13 11:30"))
    assert soon.promise_due_at == local("2026-03-20 11:30")
    asked = dispatched()
    decisions.ask_to_bounce(
        lead(asked),
        by=member("sun"),
        at=MONDAY + timedelta(hours=1),
        version=asked.version,
        reason="wrong_area",
        grounds="不在我局管辖范围",
    )
    bad = accepted()
    surveys.answer(survey_of(bad), Verdict(solved=False, satisfaction=1), at=MONDAY + timedelta(hours=8), by=None)
    intake.register(a_registration(), by=member("chen"), at=NOW - timedelta(hours=1))
    demand = "请限期办结并书面说明原因。"
    late = MONDAY + timedelta(hours=9)
    ladder.issue(bad, by=member("jiang"), at=late, version=None, rung="supervise", words=demand)


def opened(params: dict[str, str], username: str = "jiang") -> int:
    """How many cases the list behind these parameters has."""
    query = QueryDict(mutable=True)
    query.update(params)
    return selected(query).cases(Case.objects.visible_to(member(username)), NOW).count()


def board(contractor: str = "") -> Board:
    return Board(member("jiang"), NOW, unit(contractor) if contractor else None)


@pytest.mark.usefixtures("a_fortnight")
@pytest.mark.parametrize("contractor", ["", "JIA", "YI"])
def test_every_number_that_needs_an_act_is_the_length_of_its_list(contractor: str) -> None:
    tiles = act_now(board(contractor))
    assert all(tile.n == opened(tile.opens.address()) for tile in tiles)
    if not contractor:
        assert [tile.set.slug for tile in tiles if tile.n == 0] == []


@pytest.mark.usefixtures("a_fortnight")
@pytest.mark.parametrize("slug", ["today", "week", "month"])
def test_every_outcome_opens_the_cases_it_counts(slug: str) -> None:
    for line in outcome_lines(board(), span(slug, NOW)):
        assert opened(line.opens["denominator"].address()) == line.now.denominator, line.measure.key
        assert opened(line.opens["excluded"].address()) == line.now.excluded
        if line.measure.key != "satisfaction_rate":
            assert opened(line.opens["numerator"].address()) == line.now.numerator, line.measure.key


@pytest.mark.usefixtures("a_fortnight")
def test_every_units_number_opens_its_cases() -> None:
    lines = unit_lines(board(), span("month", NOW))
    assert {line.unit.code for line in lines} >= {"CGJ", "SWJ", "ZJJ"}
    for line in lines:
        counted = (line.due.denominator, line.due.numerator, line.solved.denominator, line.returns, line.overdue)
        names = ("due", "on_time", "solved", "returns", "overdue")
        assert tuple(opened(line.opens[name].address()) for name in names) == counted, line.unit.code
    assert {line.unit.code: line.returns for line in lines if line.returns} == {"CGJ": 1, "SWJ": 1}


@pytest.mark.usefixtures("a_fortnight")
def test_each_bar_opens_its_day() -> None:
    days = intake_by_day(board())
    assert len(days) == 30
    assert sum(day.n for day in days) == Case.objects.count()
    assert all(day.n == opened(day.opens.address()) for day in days)
    assert [day.works for day in days if day.date.isoformat() in ("2026-02-28", "2026-03-08")] == [True, False]


def test_what_only_awaits_the_citizen_is_not_overdue() -> None:
    """Accepted in time; that nobody has rated it yet is nobody's lateness."""
    accepted(at=MONDAY), signed()
    tiles = {tile.set.slug: tile.n for tile in act_now(board())}
    assert tiles["overdue"] == 1


@pytest.mark.usefixtures("a_fortnight")
def test_the_page_shows_the_numbers_it_links_to() -> None:
    client = client_of("jiang")
    page = client.get(reverse("oversight:overview")).content.decode()
    tiles = re.findall(r'<a href="([^"]+)"><span class="l.*?<span class="v[^"]*">([\d,]+)', page, flags=re.DOTALL)
    assert len(tiles) == 11
    for address, shown in tiles:
        listed = client.get(unescape(address))
        assert listed.status_code == 200
        assert listed.context["n"] == int(shown), address


@pytest.mark.usefixtures("a_fortnight")
def test_the_page_asks_the_database_a_bounded_number_of_questions(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = client_of("jiang")
    client.get(reverse("oversight:overview"))
    with django_assert_max_num_queries(46):
        client.get(reverse("oversight:overview"))
    with django_assert_max_num_queries(6):
        client.get(reverse("cases:case_list"), {"set": "overdue"})


def test_few_cases_show_their_fraction_and_no_rate(settings: object) -> None:
    rated()
    page = client_of("jiang").get(reverse("oversight:overview")).content.decode()
    assert "100.00%" not in page
    settings.MINIMUM_N = 1  # type: ignore[attr-defined]
    assert "100.00%" in client_of("jiang").get(reverse("oversight:overview")).content.decode()


@pytest.mark.parametrize(
    ("slug", "start", "before"),
    [
        ("today", "2026-03-20", ("2026-03-19", "2026-03-20")),
        ("week", "2026-03-16", ("2026-03-09", "2026-03-16")),
        ("month", "2026-03-01", ("2026-02-01", "2026-03-01")),
        ("nonsense", "2026-03-01", ("2026-02-01", "2026-03-01")),
    ],
)
def test_a_period_ends_now_and_is_compared_with_the_whole_one_before(
    slug: str, start: str, before: tuple[str, str]
) -> None:
    chosen = span(slug, NOW)
    assert (chosen.period.start, chosen.period.end) == (local(start), NOW)
    assert (chosen.before.start, chosen.before.end) == tuple(map(local, before))


def test_days_of_ones_choice_are_compared_with_as_many_before() -> None:
    first, last = local("2026-03-02").date(), local("2026-03-08").date()
    chosen = span("custom", NOW, first, last)
    assert (chosen.period.start, chosen.period.end) == (local("2026-03-02"), local("2026-03-09"))
    assert (chosen.before.start, chosen.before.end) == (local("2026-02-23"), local("2026-03-02"))
    assert span("custom", NOW, last, first).slug == "month", "the other way round is no period"


@pytest.mark.parametrize(("n", "top"), [(0, 2), (1, 2), (3, 4), (10, 10), (11, 20), (17, 20), (5204, 6000)])
def test_the_axis_ends_at_a_round_number(n: int, top: int) -> None:
    assert round_up(n) == top


@pytest.mark.parametrize("username", ["wang", "zhou", "liu", "sysadmin"])
def test_only_those_who_oversee_see_it(username: str) -> None:
    assert client_of(username).get(reverse("oversight:overview")).status_code == 403


@pytest.mark.parametrize(
    "query", ["set=nonsense", "measure=nonsense", "measure=intake", "set=overdue&unit=NONE", "measure=intake&from=x"]
)
def test_a_list_nobody_counted_does_not_exist(query: str) -> None:
    assert client_of("jiang").get(f"{reverse('cases:case_list')}?{query}").status_code == 404


def test_an_address_says_all_of_a_selection() -> None:
    rated()
    line = outcome_lines(board("JIA"), span("month", NOW))[0]
    for opens in line.opens.values():
        query = QueryDict(mutable=True)
        query.update(opens.address())
        assert selected(query) == opens
