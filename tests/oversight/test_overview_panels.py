"""The supervisor's page in parts: filters, panels that renew themselves, the service level beside the contract."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cases import tally_keeping
from hotline.measures import MEASURES
from hotline.models import Organisation
from oversight.board import Board
from oversight.boards import span, unit_lines
from oversight.line_chart import line_chart
from oversight.news import NEWS
from oversight.pages import live
from oversight.pages.overview import PANELS
from oversight.service_level import services
from tests.cases.test_call_measures import answered, missed
from tests.contractors import stories as contracts
from tests.doors import client_of
from tests.people import local, member, unit
from tests.stories import dispatched, rated, signed

pytestmark = pytest.mark.django_db
NOW = local("2026-03-20 10:24")


@pytest.fixture(autouse=True)
def _friday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def panel(name: str) -> str:
    return reverse("oversight:overview_panel", args=[name])


# The session and the person are three; the tiles are one each.
@pytest.mark.parametrize(
    ("name", "most"),
    [("act", 16), ("service", 10), ("outcomes", 6), ("two_sources", 6), ("trend", 8), ("units", 9), ("findings", 6)],
)
def test_a_panel_asks_the_database_little_however_many_cases_there_are(
    name: str, most: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rated(), signed(), dispatched(to=unit("ZJJ"))
    tally_keeping.fold()
    client = client_of("jiang")
    client.get(panel(name))
    with django_assert_max_num_queries(most):
        assert client.get(panel(name)).status_code == 200


def test_there_is_no_panel_of_another_name() -> None:
    assert set(PANELS) == {"act", "service", "outcomes", "two_sources", "trend", "units", "findings"}
    assert client_of("jiang").get(panel("nonsense")).status_code == 404


@pytest.mark.parametrize("query", ["unit=NONE", "region=0", "category=x", "channel=x", "contractor=CGJ"])
def test_a_filter_that_does_not_exist_is_no_page(query: str) -> None:
    assert client_of("jiang").get(f"{reverse('oversight:overview')}?{query}").status_code == 404


def test_filters_stay_in_the_address_of_all_that_moves() -> None:
    page = client_of("jiang").get(reverse("oversight:overview"), {"unit": "CGJ", "channel": "phone"})
    html = page.content.decode()
    assert html.count("unit=CGJ&amp;channel=phone") >= len(PANELS)
    assert '<option value="CGJ" selected>' in html


def test_units_stand_in_the_order_of_the_register_unless_ranks_are_asked_for(settings: object) -> None:
    settings.MINIMUM_N = 1  # type: ignore[attr-defined]
    last = Organisation.objects.units().order_by("path").last()
    rated(), dispatched(to=last)
    board, chosen = Board(member("jiang"), NOW), span("month", NOW)
    units = [line.unit for line in unit_lines(board, chosen)]
    assert units == [unit(), last]
    assert [line.unit for line in unit_lines(board, chosen, ranked=True)] == [last, unit()]


def test_each_figure_says_its_definition_and_version() -> None:
    page = client_of("jiang").get(panel("outcomes"), headers={"Accept-Language": "en"}).content.decode()
    for key in ("on_time_closing", "satisfaction_rate"):
        assert f"version {MEASURES[key].version}" in page
        assert str(MEASURES[key].sentence)[:40] in page


def test_the_service_level_stands_beside_what_the_contract_asks_for(settings: object) -> None:
    settings.MINIMUM_N = 2  # type: ignore[attr-defined]
    terms = contracts.drafted()
    contracts.a_clause(terms, measure="connection_rate", target=Decimal(90))
    contracts.signed(terms)
    at = NOW - timedelta(hours=1)
    jias: dict[str, Any] = {"at": at, "organisation": "JIA"}
    answered("one", 5, **jias), missed("two", **jias), answered("three", 40, **jias)
    jia = next(service for service in services(Board(member("jiang"), NOW)) if service.contractor.code == "JIA")
    connected = next(level for level in jia.levels if level.measure.key == "connection_rate")
    assert (connected.figure.numerator, connected.figure.denominator) == (2, 3)  # type: ignore[union-attr]
    assert connected.target == Decimal(90)
    assert connected.missed
    page = client_of("jiang").get(panel("service")).content.decode()
    assert "90%" in page
    assert reverse("cases:call_list") in page


def test_news_are_told_and_the_place_is_given_back() -> None:
    before = NEWS.listeners
    response: Any = client_of("jiang").get(reverse("oversight:overview_live"))
    assert response.streaming
    assert response["Content-Type"] == "text/event-stream"
    assert NEWS.listeners == before + 1
    parts = iter(response.streaming_content)
    assert next(parts).startswith(b"retry:")
    NEWS.tell()
    assert next(parts).startswith(b"event: overview\n")
    response.close()
    assert NEWS.listeners == before


def test_beyond_so_many_listeners_a_page_asks_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "MOST_LISTENERS", 0)
    assert client_of("jiang").get(reverse("oversight:overview_live")).status_code == 204


@pytest.mark.parametrize("username", ["wang", "zhou", "liu"])
def test_who_may_not_oversee_hears_no_news(username: str) -> None:
    assert client_of(username).get(reverse("oversight:overview_live")).status_code == 403


def test_a_day_without_a_rate_is_a_gap_in_the_line() -> None:
    chart = line_chart([Decimal("0.91"), Decimal("0.93"), None, Decimal("0.97"), None, Decimal("0.9"), Decimal("0.92")])
    assert (chart.lowest, chart.highest, chart.last) == (Decimal("0.90"), Decimal("1.00"), Decimal("0.92"))
    assert (len(chart.stretches), len(chart.dots)) == (2, 1)
    assert line_chart([None, None]).last is None
