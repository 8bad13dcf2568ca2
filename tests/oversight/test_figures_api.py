"""The figures for programs: what is on the supervisor's page, for those who see it, of the cases asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.http import Http404
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cases import intake, sealing
from oversight.boards import OUTCOMES
from tests.cases.api.client import Api
from tests.doors import client_of
from tests.exports import asked, built, fetched, lines_of
from tests.people import local, member, unit
from tests.stories import a_case, a_registration, dispatched, rated

pytestmark = pytest.mark.django_db
NOW = local("2026-03-20 10:24")  # the Friday of the second week


@pytest.fixture(autouse=True)
def _friday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def outcomes(body: dict[str, Any]) -> dict[str, Any]:
    return {line["key"]: line for line in body["outcomes"]}


def test_it_tells_every_measure_of_the_page_with_its_numbers_and_the_list_behind_them() -> None:
    rated(), rated(solved=False, satisfaction=3), dispatched()
    body, client = Api("jiang", **{"Accept-Language": "en"}).get("figures/").body, client_of("jiang")
    assert [line["key"] for line in body["outcomes"]] == list(OUTCOMES)
    solved = outcomes(body)["resolution_rate"]
    assert solved["net"] == {"numerator": 1, "denominator": 2, "excluded": 0, "n": 2, "value": 0.5}
    assert solved["net"] == solved["gross"]
    assert (solved["title"], solved["unit"], solved["version"], solved["few"]) == (
        "Resolution rate",
        "percent",
        2,
        True,
    )
    assert solved["before"]["value"] is None
    assert solved["change"] is None
    assert outcomes(body)["satisfaction_rate"]["net"]["numerator"] == 1.9
    for part, n in (("numerator", 1), ("denominator", 2), ("excluded", 0)):
        assert client.get(solved["lists"][part]).context["n"] == n
    [overdue] = [tile for tile in body["act_now"] if tile["key"] == "overdue"]
    assert (overdue["n"], overdue["units"]) == (2, 1), "the one that is to be done again, and the one nobody signed"
    assert client.get(overdue["list"]).context["n"] == 2


def test_what_is_basically_satisfied_counts_in_part() -> None:
    rated(satisfaction=3)
    said = outcomes(Api("jiang").get("figures/").body)["satisfaction_rate"]["net"]
    assert (said["numerator"], said["n"], said["value"]) == (0.9, 1, 0.9)


def test_it_says_of_which_stretch_and_which_before() -> None:
    body = Api("jiang").get("figures/?period=custom&first=2026-03-02&last=2026-03-08").body
    assert body["stretch"] == {"begins_at": "2026-03-02T00:00:00+08:00", "ends_at": "2026-03-09T00:00:00+08:00"}
    assert body["before"] == {"begins_at": "2026-02-23T00:00:00+08:00", "ends_at": "2026-03-02T00:00:00+08:00"}
    assert body["counted_at"] == NOW.isoformat()
    assert Api("jiang").get("figures/").body["stretch"]["ends_at"] == NOW.isoformat()


@pytest.mark.parametrize(
    ("query", "n"),
    [
        ("", 3),
        ("contractor=JIA", 2),
        ("contractor=YI", 1),
        ("unit=CGJ", 1),
        ("unit=SWJ", 0),
        ("channel=phone", 3),
        ("channel=web", 0),
        ("category=SZ", 3),
        ("region=350902000000", 3),
        ("period=custom&first=2026-03-01&last=2026-03-08", 0),
        ("period=today", 1),
    ],
)
def test_it_is_narrowed_as_the_page_is(query: str, n: int) -> None:
    a_case(), dispatched(), intake.register(a_registration(), by=member("chen"), at=NOW)
    told = outcomes(Api("jiang").get(f"figures/?{query}").body)["direct_answer_rate"]
    shown = client_of("jiang").get(f"{reverse('oversight:overview')}?{query}").context["lines"]
    [line] = [line for line in shown if line.measure.key == "direct_answer_rate"]
    assert (told["net"]["n"], line.now.denominator) == (n, n)


def test_the_exported_table_is_narrowed_and_named_as_the_page_is() -> None:
    dispatched(to=unit("SWJ")), dispatched()
    narrowed = {"unit": "SWJ", "channel": "phone", "category": "SZ", "region": "350902000000", "contractor": "JIA"}
    for given, n in (({}, 2), (narrowed, 1), (narrowed | {"channel": "web"}, 0)):
        export = built(asked("jiang", "measures", given))
        rows = lines_of(fetched(export, "jiang"))[2:]
        assert [row[3] for row in rows if row[:2] == ["Direct-answer rate", ""]] == [str(n)], given
        assert (unit("SWJ").label in export.title) is bool(given)
    with pytest.raises(Http404):
        asked("jiang", "measures", {"unit": "NONE"})


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ("period=year", "period", "invalid_choice"),
        ("periods=today", "periods", "unknown_field"),
        ("first=2026-03-02", "first", "invalid"),
        ("period=custom&first=2026-03-02", "last", "invalid"),
        ("period=custom&first=2026-03-08&last=2026-03-02", "last", "invalid"),
        ("period=custom&first=2026-03-21&last=2026-03-22", "first", "invalid"),
        ("period=custom&first=yesterday&last=2026-03-02", "first", "invalid"),
        ("unit=NONE", "unit", "does_not_exist"),
        ("contractor=CGJ", "contractor", "does_not_exist"),
        ("unit=JIA", "unit", "does_not_exist"),
    ],
)
def test_what_is_misspelt_is_refused_and_not_taken_for_all(query: str, field: str, code: str) -> None:
    answer = Api("jiang").get(f"figures/?{query}")
    assert (answer.status, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert [(error["field"], error["code"]) for error in answer.body["errors"]] == [(field, code)]


@pytest.mark.parametrize("username", ["wang", "luo", "zhou", "liu", "han", "sysadmin", "telephony"])
def test_only_those_who_oversee_are_told(username: str) -> None:
    assert Api(username).get("figures/").status == 403


def test_a_case_somebody_stands_aside_from_is_in_none_of_that_persons_numbers() -> None:
    kept, jiang = a_case(), member("jiang")
    a_case()
    sealing.recuse(kept, person=jiang.user, by=member("zhou"), at=NOW, version=None, why="被反映人")
    found = {who: outcomes(Api(who).get("figures/").body)["direct_answer_rate"] for who in ("yan", "jiang")}
    assert {who: line["net"]["n"] for who, line in found.items()} == {"yan": 2, "jiang": 1}
    assert client_of("jiang").get(found["jiang"]["lists"]["denominator"]).context["n"] == 1


def test_labels_follow_the_reader_and_codes_do_not() -> None:
    a_case()
    chinese, english = (
        Api("jiang", **{"Accept-Language": language}).get("figures/?unit=CGJ").body for language in ("zh-hans", "en")
    )
    assert (chinese["outcomes"][3]["title"], english["outcomes"][3]["title"]) == ("解决率", "Resolution rate")
    assert chinese["unit"]["code"] == english["unit"]["code"] == "CGJ"
    assert chinese["outcomes"][3]["lists"] == english["outcomes"][3]["lists"]


def test_the_number_of_questions_to_the_database_is_bounded(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    rated(), dispatched()
    jiang = Api("jiang")
    jiang.get("figures/")
    with django_assert_max_num_queries(18):
        jiang.get("figures/")
