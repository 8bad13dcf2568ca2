"""One number, however it is asked for: on the page, through the API, in its list, in an export of that list, in the
exported table, in a bulletin, recounted, in plain SQL."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import connection
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import override

from bench.lives import Lives
from cases import decisions, tally_keeping
from cases.export_lists import CasesKind
from cases.measures import Part
from cases.models import Case
from cases.selected_cases import selected
from hotline.calendar import Period
from hotline.measures import MEASURES, Ratio
from oversight import bulletins
from oversight.board import Board
from oversight.board_asked import narrowed_to
from oversight.boards import OUTCOMES
from tests import publications
from tests.cases.api.client import Api
from tests.doors import client_of
from tests.exports import asked, built, fetched, lines_of
from tests.people import channel, local, member, unit
from tests.stories import MONDAY, accepted, current, exclusion_asked, rated, replied

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
START = "2026-03-01 00:00"
WEIGHTED = "satisfaction_rate"  # “basically satisfied” counts in part, so its numerator is no number of cases
Number = tuple[Decimal, int, int]  # numerator, denominator, left out
# Written from the sentences of docs/measures.md, without a look at the code: (numerator, denominator).
NOT_LEFT_OUT = """AND NOT EXISTS (SELECT FROM cases_decision d WHERE d.case_id = c.id AND d.kind = 'exclusion'
    AND d.state = 'granted')"""
LAST_WORD = f"""FROM cases_case c JOIN LATERAL (SELECT * FROM cases_feedback f WHERE f.case_id = c.id
    AND f.superseded_at IS NULL AND f.source <> 'independent' AND f.at >= %(start)s AND f.at < %(end)s
    ORDER BY f.at DESC, f.id DESC LIMIT 1) said ON true WHERE {{}} {NOT_LEFT_OUT}"""
DUE = f"""FROM cases_case c WHERE c.outcome NOT IN ('answered', 'refused', 'handed_over', 'withdrawn') {NOT_LEFT_OUT}
    AND EXISTS (SELECT FROM cases_clock k WHERE k.case_id = c.id AND k.kind = 'promise'
                AND k.due_at >= %(start)s AND k.due_at < %(end)s)"""
IN_TIME = """ AND NOT EXISTS (SELECT FROM cases_clock k WHERE k.case_id = c.id AND k.kind = 'promise'
    AND k.due_at >= %(start)s AND k.due_at < %(end)s AND (k.met_at IS NULL OR k.met_at > k.due_at))"""
REGISTERED = "FROM cases_case c WHERE c.registered_at >= %(start)s AND c.registered_at < %(end)s"
SQL = {
    "direct_answer_rate": (f"{REGISTERED} AND c.outcome = 'answered'", REGISTERED),
    "on_time_closing": (DUE + IN_TIME, DUE),
    "contact_rate": (LAST_WORD.format("said.contacted"), LAST_WORD.format("said.contacted IS NOT NULL")),
    "resolution_rate": (LAST_WORD.format("said.solved"), LAST_WORD.format("true")),
}


@pytest.fixture(scope="module", params=range(1, 2))
def seed(request: Any) -> int:
    return int(request.param)


@pytest.fixture
def lives(seed: int) -> Iterator[Lives]:
    """Three weeks of a small town; the clock stands a second after the last act."""
    left_out()
    told = Lives(random.Random(seed), MONDAY, timedelta(hours=2))
    for n in range(140):
        told.act()
        if n % 50 == 0:
            tally_keeping.fold(batch=20)
    told.at += timedelta(seconds=1)
    with time_machine.travel(told.at, tick=False):
        yield told


def left_out() -> None:
    """Answered and rated as any other, but excluded by two people: it counts for no rate."""
    demand = exclusion_asked()
    for hours, username in ((4, "zhou"), (5, "yan")):
        at = MONDAY + timedelta(hours=hours)
        decisions.grant(demand, by=member(username), at=at, version=None, ruling="同意")
    rated(accepted(replied(current(demand.case))))


def number(numerator: Any, denominator: Any, excluded: Any) -> Number:
    return Decimal(str(numerator)), int(denominator), int(excluded)


def of_ratio(ratio: Ratio) -> Number:
    return number(ratio.numerator, ratio.denominator, ratio.excluded)


def this_month(lives: Lives) -> dict[str, str]:
    """Up to this moment, as the address of the page says it."""
    return {"period": "custom", "first": "2026-03-01", "last": lives.at.date().isoformat()}


def page(lives: Lives, **more: str) -> Any:
    shown = client_of("jiang").get(reverse("oversight:overview"), this_month(lives) | more)
    assert shown.status_code == 200
    return shown.context


def panel(lives: Lives) -> Any:
    return client_of("jiang").get(reverse("oversight:overview_panel", args=["outcomes"]), this_month(lives)).context


def api(query: dict[str, str]) -> Any:
    return Api("jiang").get(f"figures/?{urlencode(query)}").body


# -- The ways to ask


def on_the_page(lives: Lives) -> dict[str, Number]:
    return {line.measure.key: of_ratio(line.now) for line in page(lives)["lines"]}


def in_its_panel(lives: Lives) -> dict[str, Number]:
    return {line.measure.key: of_ratio(line.now) for line in panel(lives)["lines"]}


def through_the_api(lives: Lives, **more: str) -> dict[str, Number]:
    return {line["key"]: of_rate(line["net"]) for line in api(this_month(lives) | more)["outcomes"]}


def of_rate(told: dict[str, Any]) -> Number:
    assert told["n"] == told["denominator"]
    assert told["value"] == (told["numerator"] / told["n"] if told["n"] else None)
    return number(told["numerator"], told["denominator"], told["excluded"])


def beside_on_the_page(lives: Lives) -> dict[str, tuple[Number, Number, int]]:
    """As if nothing had been left out by a ruling, the stretch before, and which version of the definition."""
    lines = page(lives)["lines"]
    assert any(line.now != line.gross for line in lines), "nothing was left out by a ruling"
    return {line.measure.key: (of_ratio(line.gross), of_ratio(line.before), line.measure.version) for line in lines}


def beside_through_the_api(lives: Lives) -> dict[str, tuple[Number, Number, int]]:
    told = api(this_month(lives))["outcomes"]
    return {line["key"]: (of_rate(line["gross"]), of_rate(line["before"]), line["version"]) for line in told}


def in_the_exported_table(lives: Lives, **more: str) -> dict[str, Number]:
    rows = exported("measures", this_month(lives) | more)
    with override("en"):
        keys = {str(MEASURES[key].name): key for key in OUTCOMES}
    return {keys[name]: number(*numbers) for name, unit, *numbers, _rate in rows if not unit}


def in_a_bulletin(lives: Lives) -> dict[str, Number]:
    return {section["measure"]: of_rate_told(section["total"]) for section in bulletin(lives, by="")}


def of_rate_told(told: dict[str, Any]) -> Number:
    return number(told["numerator"], told["denominator"], told["excluded"])


def recounted(lives: Lives) -> dict[str, Number]:
    """From the rows, without the tallies."""
    period = Period(local(START), lives.at)
    return {key: of_ratio(MEASURES[key].function(Case.objects.all(), period)) for key in OUTCOMES}


WAYS = (on_the_page, in_its_panel, through_the_api, in_the_exported_table, in_a_bulletin, recounted)


def exported(kind: str, given: dict[str, str]) -> list[list[Any]]:
    """The rows of a file that Jiang asked for, without mark and header."""
    return lines_of(fetched(built(asked("jiang", kind, given)), "jiang"))[2:]


def bulletin(lives: Lives, by: str, keys: tuple[str, ...] = OUTCOMES) -> list[dict[str, Any]]:
    sections = [{"measure": key, "by": by} for key in keys]
    template = publications.a_template(sections=sections, at=lives.at)
    made = bulletins.make(template, Period(local(START), lives.at), by=member("song"), at=lives.at)
    return list(made.content["sections"])


def plain(sql: str, lives: Lives) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {sql}", {"start": local(START), "end": lives.at})
        return int(cursor.fetchone()[0])


def listed(url: str) -> tuple[int, list[str]]:
    """How many cases a list says it has, and the numbers on all its pages."""
    client, numbers, more = client_of("jiang"), list[str](), url
    while more:
        shown = client.get(more)
        numbers += [case.number for case in shown.context["rows"]]
        more = shown.context["pager"]["next_url"] and reverse("cases:case_list") + shown.context["pager"]["next_url"]
    return int(shown.context["n"]), numbers


# -- Asked every way


def test_a_number_is_the_same_however_it_is_asked_for(lives: Lives) -> None:
    told = {way.__name__: way(lives) for way in WAYS}
    first = told["on_the_page"]
    assert list(first) == list(OUTCOMES)
    assert {way: found for way, found in told.items() if found != first} == {}
    for key, (above, below) in SQL.items():
        assert first[key] == number(plain(above, lives), plain(below, lives), first[key][2]), key
    assert beside_on_the_page(lives) == beside_through_the_api(lives)
    assert list(tally_keeping.differences()) == []
    tally_keeping.fold_all(60)
    assert {way.__name__: way(lives) for way in WAYS if way is not in_a_bulletin} == {
        way: found for way, found in told.items() if way != "in_a_bulletin"
    }


def test_a_number_is_the_length_of_its_list_and_of_the_list_taken_away(lives: Lives) -> None:
    for line in api(this_month(lives))["outcomes"]:
        for part in Part:
            if (line["key"], part) != (WEIGHTED, Part.NUMERATOR):
                url = line["lists"][part.value]
                n, numbers = listed(url)
                assert n == len(numbers) == line["net"][part.value], url
                assert sorted(row[0] for row in exported("cases", parameters(url))) == sorted(numbers), url


def test_what_needs_an_act_is_as_many_on_the_page_through_the_api_in_its_list_and_taken_away(lives: Lives) -> None:
    told, tiles = api({})["act_now"], page(lives)["tiles"]
    assert [(tile["key"], tile["n"], tile["units"]) for tile in told] == [(t.set.slug, t.n, t.units) for t in tiles]
    assert sum(tile["n"] > 0 for tile in told) > 2
    by, kind = member("jiang"), CasesKind()
    for tile in told:
        n, numbers = listed(tile["list"])
        assert n == len(numbers) == tile["n"], tile["key"]
        # a file is as of the database's clock, which does not stand still: its rows are asked for as of this moment
        rows = kind.lines(kind.clean(parameters(tile["list"]), by, lives.at), by, lives.at, personal=False)
        assert sorted(row.cells[0] for row in rows) == sorted(numbers), tile["key"]


def parameters(url: str) -> dict[str, str]:
    return {name: str(value) for name, value in QueryDict(url.partition("?")[2]).items()}


def test_a_units_number_is_the_same_on_the_page_in_the_exported_table_in_a_bulletin_and_through_the_api(
    lives: Lives,
) -> None:
    keys = {"on_time_closing": "due", "resolution_rate": "solved"}
    frozen = {section["measure"]: section["parts"] for section in bulletin(lives, "unit", tuple(keys))}
    names = {"on_time_closing": "Closed on time", "resolution_rate": "Solved"}
    rows = {(name, unit): number(*numbers) for name, unit, *numbers, _rate in exported("measures", this_month(lives))}
    lines = page(lives, units="all")["units"]
    assert len(lines) > 2
    for line in lines:
        through = through_the_api(lives, unit=line.unit.code)
        for key, name in keys.items():
            ratio = of_ratio(getattr(line, name))
            parts = {part["code"]: of_rate_told(part) for part in frozen[key]}
            assert through[key] == rows[names[key], line.unit.name_en] == ratio, (line.unit, key)
            assert parts.get(line.unit.code, number(0, 0, ratio[2])) == ratio, (line.unit, key)


def test_a_filtered_number_is_the_same_too_and_opens_its_list(lives: Lives) -> None:
    filtered = Board(member("jiang"), lives.at, unit=unit("SWJ"), region=lives.regions[0], channel=channel())
    by_subject = Board(member("jiang"), lives.at, category=lives.categories[0].parent or lives.categories[0])
    for board in (filtered, by_subject, replace(by_subject, contractor=unit("JIA"))):
        narrowed = {name: thing.code for name, thing in narrowed_to(board).items()}
        shown = page(lives, **narrowed)["lines"]
        told = {line.measure.key: of_ratio(line.now) for line in shown}
        assert through_the_api(lives, **narrowed) == told, narrowed
        assert in_the_exported_table(lives, **narrowed) == told, narrowed
        for line in shown:
            query = QueryDict(mutable=True)
            query.update(line.opens["denominator"].address())
            reached = selected(query).cases(Case.objects.visible_to(member("jiang")), lives.at)
            assert reached.count() == line.now.denominator, line.measure.key
