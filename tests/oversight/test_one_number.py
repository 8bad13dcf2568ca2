"""One number, however it is asked for: on the page, in its list, from the tallies, recounted, in plain SQL."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from bench.lives import Lives
from cases import tally_keeping
from cases.models import Case
from cases.selected_cases import selected
from oversight.board import Board
from oversight.boards import Line, outcome_lines, span
from tests.doors import client_of
from tests.people import channel, member, unit
from tests.stories import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
START = "2026-03-01 00:00+08"
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
    told = Lives(random.Random(seed), MONDAY, timedelta(hours=2))
    for n in range(140):
        told.act()
        if n % 50 == 0:
            tally_keeping.fold(batch=20)
    told.at += timedelta(seconds=1)
    with time_machine.travel(told.at, tick=False):
        yield told


def plain(sql: str, lives: Lives) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {sql}", {"start": START, "end": lives.at})
        return int(cursor.fetchone()[0])


def listed(line: Line, part: str, client: Client) -> int:
    shown = client.get(reverse("cases:case_list"), line.opens[part].address())
    assert shown.status_code == 200
    return int(shown.context["n"])


def test_a_number_is_the_same_however_it_is_asked_for(lives: Lives) -> None:
    client, query = client_of("jiang"), {"period": "custom", "first": "2026-03-01", "last": lives.at.date().isoformat()}
    shown = client.get(reverse("oversight:overview"), query)
    lines = {line.measure.key: line for line in shown.context["lines"]}
    for key, (above, below) in SQL.items():
        line = lines[key]
        assert (line.now.numerator, line.now.denominator) == (plain(above, lives), plain(below, lives)), key
    for line in lines.values():
        assert listed(line, "denominator", client) == line.now.denominator, line.measure.key
        assert listed(line, "excluded", client) == line.now.excluded, line.measure.key
    panel = client.get(reverse("oversight:overview_panel", args=["outcomes"]), query)
    assert [line.now for line in panel.context["lines"]] == [line.now for line in lines.values()]
    assert list(tally_keeping.differences()) == []
    tally_keeping.fold_all(60)
    again = client.get(reverse("oversight:overview"), query)
    assert [line.now for line in again.context["lines"]] == [line.now for line in lines.values()]


def test_a_filtered_number_opens_its_list(lives: Lives) -> None:
    filtered = Board(member("jiang"), lives.at, unit=unit("SWJ"), region=lives.regions[0], channel=channel())
    by_subject = Board(member("jiang"), lives.at, category=lives.categories[0].parent or lives.categories[0])
    chosen = span("month", lives.at)
    for board in (filtered, by_subject, replace(by_subject, contractor=unit("JIA"))):
        for line in outcome_lines(board, chosen):
            query = QueryDict(mutable=True)
            query.update(line.opens["denominator"].address())
            reached = selected(query).cases(Case.objects.visible_to(member("jiang")), lives.at)
            assert reached.count() == line.now.denominator, line.measure.key
