"""The two sources side by side: what overseers read, of whom, and what stays closed while somebody is to be called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from cases import sealing
from cases.independent_calls import Answers
from cases.models import Case, IndependentDraw
from oversight import independent as board
from oversight.independent import Look
from tests.doors import client_of
from tests.independent import (
    MORNING,
    SOLVED,
    UNSOLVED,
    answered_by_phone,
    called,
    drawn,
    rules,
    taken,
)
from tests.people import local, member, unit

pytestmark = pytest.mark.django_db
PAGE, PAIRS = "/independent/", "/independent/pairs/"
NOW = local("2026-03-20 10:00")


@pytest.fixture(autouse=True)
def _friday() -> Iterator[None]:
    with time_machine.travel(local("2026-03-01 09:00"), tick=False):
        rules(hold_minutes=240)
    with time_machine.travel(NOW, tick=False):
        yield


def a_sample(*said: Answers | str | None) -> IndependentDraw:
    """So many cases solved by the contractor's word; of each what the citizen says, why not, or that one is just being
    called."""
    cases = [answered_by_phone() for _one in said]
    made, at, callers = drawn(), MORNING, ["song", "jiang", "shen"]
    wanted = dict(zip([case.pk for case in cases], said, strict=True))
    for _turn in said:
        callback = taken(callers[0], at)
        answer = wanted[callback.case_id]
        if answer is None:
            callers.pop(0)
        elif isinstance(answer, str):
            called(callback, None, by=callers[0], at=at, result=answer)
        else:
            called(callback, answer, by=callers[0], at=at)
        at += timedelta(minutes=1)
    return made


def page(username: str = "jiang", path: str = PAGE) -> str:
    return re.sub(r"\s+", " ", unescape(client_of(username).get(path).content.decode()))


def look(username: str = "jiang", **given: object) -> Look:
    return Look(member(username), NOW, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("username", ["jiang", "shen", "yan", "song"])
@pytest.mark.parametrize("path", [PAGE, PAIRS])
def test_overseers_read_it(username: str, path: str) -> None:
    assert client_of(username).get(path).status_code == 200


@pytest.mark.parametrize("username", ["zhou", "wu", "zheng", "he", "wang", "luo", "liu", "han", "sysadmin"])
@pytest.mark.parametrize("path", [PAGE, PAIRS, "/independent/draws/1/", "/independent/draws/1/frame/"])
def test_nobody_else_does(username: str, path: str) -> None:
    assert client_of(username).get(path).status_code == 403


def test_the_progress_tells_how_each_ended() -> None:
    a_sample(SOLVED, UNSOLVED, "declined", "wrong_number")
    found = board.progress(look())
    assert (found.answered, found.refused, found.not_reached, found.expired) == (2, 1, 1, 0)
    assert (found.called, found.drawn, found.waiting) == (4, 4, 0)
    assert str(found.valid.percent()) == "50.0"


def test_those_still_to_be_called_are_one_number_and_of_no_contractor_or_unit() -> None:
    made = a_sample(None, None, None)
    assert board.progress(look()).waiting == 3
    assert board.progress(look(contractor=unit("JIA"))).waiting is None
    whole = page("yan")
    assert "3 are still to be called" in whole
    for row in made.callbacks.all():
        assert row.case.number not in whole
    assert board.by_unit(look()) == board.by_contractor(look()) == []
    assert not board.pairs(look()).exists()


def test_under_the_minimum_n_there_is_no_gap_to_read(settings: object) -> None:
    a_sample(SOLVED, UNSOLVED)
    assert "Under 30 pairs nothing is to be read" in page()
    assert "sample too small" in page()
    settings.MINIMUM_N = 2  # type: ignore[attr-defined]
    assert "differ by more than 5 points" in page()
    assert "+50.0 points" in page()


def test_beyond_the_limit_of_the_rules_it_warns_and_says_whether_it_may_be_chance(settings: object) -> None:
    settings.MINIMUM_N = 2  # type: ignore[attr-defined]
    a_sample(SOLVED, UNSOLVED)
    assert "it may be an accident of the sample" in page()
    with time_machine.travel(NOW - timedelta(hours=1), tick=False):
        rules(warning_points=60)
    assert "lie within 60 points" in page()


def test_every_number_of_pairs_is_the_length_of_its_list(settings: object) -> None:
    settings.MINIMUM_N = 2  # type: ignore[attr-defined]
    a_sample(SOLVED, UNSOLVED, UNSOLVED)
    [by_unit], [by_contractor] = board.by_unit(look()), board.by_contractor(look())
    assert (by_unit.organisation, by_contractor.organisation) == (unit(), unit("JIA"))
    chosen: list[dict[str, Any]] = [{}, {"unit": unit()}, {"contractor": unit("JIA")}]
    for given in chosen:
        assert board.pairs(look(**given)).count() == board.whole(look(**given)).solved.n == 3
        assert board.pairs(look(**given), "worse").count() == board.pairs(look(**given), "differ").count() == 2
    assert board.pairs(look(unit=unit("SWJ"))).count() == 0


def test_each_pair_says_what_either_source_says_and_opens_the_case() -> None:
    a_sample(UNSOLVED)
    case = Case.objects.get()
    shown = page(path=PAIRS)
    assert f"/cases/{case.number}/" in shown
    assert "contractor's callback" in shown
    assert "Very satisfied" in shown
    assert "Very dissatisfied" in shown


def test_a_case_out_of_reach_is_in_no_list_and_no_number() -> None:
    """Song stands aside from it."""
    a_sample(SOLVED, SOLVED)
    aside = Case.objects.latest("pk")
    sealing.recuse(aside, by=member("song"), at=NOW, version=None, why="同住一院。")
    assert board.whole(look("song")).solved.n == board.pairs(look("song")).count() == 1
    assert board.progress(look("song")).answered == 1
    assert board.whole(look()).solved.n == 2


def test_other_days_are_left_out() -> None:
    a_sample(SOLVED)
    with time_machine.travel(NOW + timedelta(days=60), tick=False):
        assert "No pair of answers yet" in page(path=f"{PAGE}?days=30")
        assert "1 pair" in page(path=f"{PAGE}?days=90")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"{PAGE}?days=7", 200),
        (f"{PAGE}?days=-1&contractor=", 200),
        (f"{PAGE}?contractor=NOBODY", 404),
        (f"{PAIRS}?which=nonsense", 404),
        (f"{PAIRS}?unit=%00", 200),
        (f"{PAIRS}?page=n2026~x", 200),
        (f"{PAIRS}?days=99999999999999999999", 200),
        ("/independent/draws/999999/", 404),
        ("/independent/draws/999999/frame/", 404),
    ],
)
def test_a_strange_address_is_answered_calmly(path: str, status: int) -> None:
    assert client_of("jiang").get(path).status_code == status


# -- The draw


def test_seed_and_frame_stay_closed_until_everybody_was_called() -> None:
    made = a_sample(SOLVED, None)
    path = f"/independent/draws/{made.pk}/"
    for username in ("yan", "shen", "song"):
        shown = page(username, path)
        assert made.seed not in shown
        assert made.frame_hash in shown
        assert client_of(username).get(f"{path}frame/").status_code == 404
    left = made.callbacks.get(ended_at__isnull=True)
    caller = next(who for who in ("song", "jiang") if member(who).user_id == left.given_to_id)
    called(left, by=caller, at=MORNING + timedelta(hours=3))
    assert made.seed in page("yan", path)
    assert "The same, line for line" in page("yan", f"{path}?again=1")
    answer = client_of("yan").get(f"{path}frame/")
    assert answer.content.decode() == made.frame
    assert answer.headers["Content-Disposition"] == 'attachment; filename="independent-2026-03-09.txt"'


# -- Cost


def test_the_pages_ask_little_of_the_database(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    a_sample(*[SOLVED] * 12, *[UNSOLVED] * 13)
    client = client_of("jiang")
    client.get(PAGE), client.get(PAIRS)
    with django_assert_num_queries(12):
        client.get(PAGE)
    with django_assert_num_queries(5):
        client.get(PAIRS)


def test_pairs_are_paged_by_the_last_seen() -> None:
    a_sample(*[SOLVED] * 25)
    client = client_of("jiang")
    first = client.get(PAIRS).content.decode()
    onward = re.search(r'href="([^"]+)" rel="next"', first)
    assert onward
    second = client.get(PAIRS + unescape(onward[1])).content.decode()
    rows = [re.findall(r'id="case-(\S+)"', shown) for shown in (first, second)]
    assert (len(rows[0]), len(rows[1])) == (20, 5)
    assert not set(rows[0]) & set(rows[1])
