"""Each panel as a plain table: the same numbers, what they are by definition, and the lists behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases import tally_keeping
from hotline.measures import MEASURES
from oversight.board import Board
from oversight.line_chart import line_chart
from oversight.pages.board_tables import TABLES, target_words
from oversight.pages.overview import PANELS
from oversight.trend import trend
from tests.cases.test_call_measures import answered, missed
from tests.contractors import stories as contracts
from tests.doors import client_of
from tests.findings import noticed
from tests.independent import two_sources
from tests.people import local, member, unit
from tests.stories import dispatched, rated, signed

pytestmark = pytest.mark.django_db
NOW = local("2026-03-20 10:24")
ROW = re.compile(r"<tr>(<th scope=\"row\">.*?)</tr>", re.DOTALL)
CELL = re.compile(r'<t[hd][^>]*>(?:<a href="([^"]+)">)?(.*?)(?:</a>)?</t[hd]>', re.DOTALL)


@pytest.fixture(autouse=True)
def _friday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def a_morning(settings: Any) -> None:
    """Cases in several plights, calls that were answered and missed, and something noticed."""
    settings.MINIMUM_N = 2
    rated(), rated(satisfaction=3), signed(), dispatched(to=unit("ZJJ")), dispatched(at=NOW - timedelta(hours=1))
    jias: dict[str, Any] = {"at": NOW - timedelta(hours=1), "organisation": "JIA"}
    answered("one", 5, **jias), missed("two", **jias), answered("three", 40, **jias)
    noticed("wang", at=NOW, on=NOW.date())
    tally_keeping.fold()


def panel(name: str, *, table: str = "", query: dict[str, str] | None = None) -> str:
    address = reverse("oversight:overview_panel", args=[name])
    return client_of("jiang").get(address, (query or {}) | ({"table": table} if table else {})).content.decode()


def cells(html: str) -> list[list[tuple[str, str]]]:
    """The rows of the panel's own table: each cell's words and where it leads."""
    own = html[: html.index("</table>")]
    return [[(unescape(words), unescape(url)) for url, words in CELL.findall(row)] for row in ROW.findall(own)]


def drawn(html: str) -> set[str]:
    """Every number that stands alone between two tags."""
    return set(re.findall(r">\s*([\d,.]+%?)\s*<", html))


def test_every_panel_has_its_table() -> None:
    assert TABLES.keys() == PANELS.keys()


@pytest.mark.usefixtures("a_morning")
@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_a_caption_headings_and_a_way_back(name: str) -> None:
    html = panel(name, table=name)
    assert html.count("<caption") == 2, "the numbers, and what they are"
    assert f'id="panel-{name}"' in html
    assert f'id="switch-{name}"' in html
    rows = cells(html)
    assert rows
    assert {len(row) for row in rows} == {html[: html.index("</thead>")].count('<th scope="col"')}
    assert "<caption" not in panel(name)


@pytest.mark.usefixtures("a_morning")
@pytest.mark.parametrize("name", ["act", "outcomes", "units"])
def test_the_table_shows_the_numbers_of_the_panel(name: str) -> None:
    as_drawn, as_table = panel(name), panel(name, table=name)
    shown = drawn(as_drawn)
    assert shown
    assert shown <= {words for row in cells(as_table) for words, _url in row}


@pytest.mark.usefixtures("a_morning")
def test_a_finding_opens_its_rows() -> None:
    [[_name, _whom, (n, url), (of, _none), _state]] = cells(panel("findings", table="findings"))
    assert (n, of) == ("6", "6")
    assert client_of("jiang").get(url).status_code == 200


def test_the_pairs_of_the_two_sources_open_as_cases() -> None:
    with time_machine.travel(NOW - timedelta(hours=1), tick=False):
        two_sources(NOW - timedelta(days=2))
    client, [solved, satisfied] = client_of("jiang"), cells(panel("two_sources", table="two_sources"))
    for words, url in (solved[3], satisfied[3]):
        assert client.get(url).context["n"] == int(words) == 2
    assert f'href="{solved[3][1]}"' in unescape(panel("two_sources")), "and so does the number in the panel's head"


@pytest.mark.usefixtures("a_morning")
@pytest.mark.parametrize("name", ["act", "service", "outcomes", "trend", "units"])
def test_every_number_of_a_table_opens_as_many(name: str) -> None:
    client = client_of("jiang")
    opened = 0
    for row in cells(panel(name, table=name)):
        for words, url in row:
            if not url or not re.fullmatch(r"[\d,]+", words):
                continue
            assert client.get(url).context["n"] == int(words.replace(",", "")), (row, url)
            opened += 1
    assert opened


@pytest.mark.usefixtures("a_morning")
@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("service", ["connection_rate", "mean_wait"]),
        ("outcomes", ["on_time_closing", "satisfaction_rate"]),
        ("two_sources", ["independent_gap"]),
        ("trend", ["intake", "on_time_closing", "answered_in_time"]),
        ("units", ["on_time_closing", "resolution_rate"]),
    ],
)
def test_a_table_says_each_definition_and_its_version(name: str, keys: list[str]) -> None:
    html = unescape(panel(name, table=name))
    for key in keys:
        measure = MEASURES[key]
        assert f'<td>{measure.sentence}</td><td class="num">{measure.version}</td>' in html


@pytest.mark.usefixtures("a_morning")
@pytest.mark.parametrize("name", TABLES)
def test_a_table_asks_the_database_no_more_than_the_panel(name: str) -> None:
    client, address = client_of("jiang"), reverse("oversight:overview_panel", args=[name])
    client.get(address)
    asked = []
    for query in ({}, {"table": name}):
        with CaptureQueriesContext(connection) as questions:
            client.get(address, query)
        asked.append([one["sql"][:40] for one in questions.captured_queries])
    assert asked[0] == asked[1]


@pytest.mark.usefixtures("a_morning")
def test_a_table_keeps_the_filters_and_its_neighbours() -> None:
    page = client_of("jiang").get(reverse("oversight:overview"), {"unit": "CGJ", "table": "act trend"})
    html = page.content.decode()
    assert html.count("<caption") == 4
    switches = dict(re.findall(r'id="switch-(\w+)" href="([^"]+)"', html))
    assert unescape(switches["act"]).endswith("/overview/?unit=CGJ&table=trend#panel-act")
    assert unescape(switches["units"]).endswith("?unit=CGJ&table=act+trend+units#panel-units")
    assert '<input type="hidden" name="table" value="act trend">' in html
    assert html.count("unit=CGJ&amp;table=act+trend") >= len(PANELS)  # each renews itself as it is shown


def test_a_panel_nobody_has_heard_of_is_no_table() -> None:
    html = client_of("jiang").get(reverse("oversight:overview"), {"table": "nonsense <b>"}).content.decode()
    assert "<caption" not in html
    assert "nonsense <b>" not in html


# -- What the contract asks of the trend


def asked_of(measure: str, target: int, *, whom: str = "JIA") -> None:
    number, lot = {"JIA": ("YZ-HW-2026-01", "一标段"), "YI": ("YZ-HW-2026-02", "二标段")}[whom]
    terms = contracts.drafted(organisation=unit(whom), number=number, lots=[lot])
    contracts.a_clause(terms, measure=measure, target=Decimal(target))
    contracts.signed(terms)


def answered_today() -> None:
    answered("one", 5, at=NOW - timedelta(hours=1), organisation="JIA")


def board(**given: Any) -> Board:
    return Board(member("jiang"), NOW, **given)


def test_the_trend_shows_what_the_contract_asks_of_its_measure() -> None:
    answered_today()
    asked_of("answered_in_time", 90)
    [target] = trend(board()).targets
    assert (target.rate, target.at_least, [body.code for body in target.contractors]) == (Decimal("0.9"), True, ["JIA"])
    html = panel("trend")
    assert 'class="asked"' in html
    assert target_words([target]) in html
    as_table = panel("trend", table="trend")
    assert target_words([target]) in as_table[: as_table.index("</caption>")]
    assert {row[-1][0] for row in cells(as_table)} == {"≥ 90%"}


@pytest.mark.parametrize("measure", ["on_time_closing", "connection_rate"])
def test_a_clause_about_something_else_draws_no_line(measure: str) -> None:
    answered_today()
    asked_of(measure, 90)
    assert trend(board()).targets == []
    assert 'class="asked"' not in panel("trend")
    assert "the contract asks" not in panel("trend").lower()


def test_a_contract_that_is_over_asks_nothing() -> None:
    answered_today()
    asked_of("answered_in_time", 90)
    assert trend(Board(member("jiang"), local("2027-01-01 10:00"))).targets == []


def test_two_contracts_have_a_line_each() -> None:
    asked_of("on_time_closing", 95)
    asked_of("on_time_closing", 97, whom="YI")
    assert [target.rate for target in trend(board()).targets] == [Decimal("0.95"), Decimal("0.97")]
    assert [target.rate for target in trend(board(contractor=unit("YI"))).targets] == [Decimal("0.97")]


def test_what_a_contract_asks_of_all_its_cases_is_not_drawn_over_one_units() -> None:
    asked_of("on_time_closing", 95)
    assert [target.rate for target in trend(board()).targets] == [Decimal("0.95")]
    assert trend(board(unit=unit())).targets == []
    assert trend(board(contractor=unit("JIA"))).targets != []


def test_the_line_lies_within_the_axis() -> None:
    chart = line_chart([Decimal("0.81"), Decimal("0.83")], [Decimal("0.90")])
    assert (chart.lowest, chart.highest) == (Decimal("0.80"), Decimal("0.90"))
    assert chart.targets == [chart.top]
    assert line_chart([None], [Decimal("0.9")]).targets == []
