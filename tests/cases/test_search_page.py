"""The search page: what each kind of question leads to, and what it never tells."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from cases.marking import marked, snippet
from cases.models import KnowledgeArticle
from cases.pages.case_list import count_words
from cases.search import COUNT_CAP
from hotline.models import AuditEntry
from tests.doors import client_of
from tests.people import category, region
from tests.stories import MONDAY, a_case, dispatched, signed

pytestmark = pytest.mark.django_db


def look_for(text: str, username: str = "zhou", **filters: str) -> list[str]:
    answer = client_of(username).get(reverse("cases:search"), {"q": text, **filters})
    assert answer.status_code == 200
    return [case.number for case in answer.context["rows"]]


def test_a_number_leads_straight_to_its_case() -> None:
    case = a_case()
    answer = client_of("zhou").get(reverse("cases:search"), {"q": f" {case.number} "})
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("cases:case", args=[case.number])


def test_a_number_out_of_reach_is_as_absent_as_one_never_given() -> None:
    case = a_case()
    page = client_of("liu").get(reverse("cases:search"), {"q": case.number})
    assert page.status_code == 200
    assert "is within your reach" in page.content.decode()


def test_words_are_found_and_marked() -> None:
    case, _other = a_case(), a_case(title="路灯不亮", words="环湖路的路灯三天不亮")
    page = client_of("zhou").get(reverse("cases:search"), {"q": "井盖 围挡"}).content.decode()
    assert case.number in page
    assert "<mark>井盖</mark>" in page
    assert "<mark>围挡</mark>" in page
    assert "路灯" not in page


def test_a_telephone_is_found_masked_and_noted() -> None:
    case = a_case()
    assert look_for("138 0000 6021") == [case.number]
    page = client_of("zhou").get(reverse("cases:search"), {"q": "13800006021"}).content.decode()
    assert "李女士" not in page
    assert AuditEntry.objects.filter(act="search.phone").count() == 2


def test_the_last_four_digits_are_for_those_with_the_right() -> None:
    case = a_case()
    assert look_for("6021") == [case.number]
    refused = client_of("wang").get(reverse("cases:search"), {"q": "6021"})
    assert refused.status_code == 403
    assert "not by its last four digits" in refused.content.decode()


def test_a_unit_does_not_learn_who_a_confidential_reporter_is() -> None:
    case = signed(confidential=True)
    assert look_for("13800006021", "liu") == []
    assert look_for("井盖", "liu") == [case.number]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"place": "350902000000"}, True),
        ({"place": "350901000000"}, False),
        ({"category": "SZ"}, True),
        ({"category": "CG"}, False),
        ({"status": "dispatched"}, True),
        ({"status": "closed"}, False),
        ({"kind": "complaint"}, True),
        ({"kind": "thanks"}, False),
        ({"unit": "cgj"}, True),
        ({"unit": "SWJ"}, False),
        ({"first": "2026-03-09", "last": "2026-03-09"}, True),
        ({"first": "2026-03-10"}, False),
        ({"last": "2026-03-08"}, False),
    ],
)
def test_filters_narrow_with_and_without_words(filters: dict[str, str], found: bool) -> None:
    case = dispatched(region=region(), category=category())
    assert look_for("井盖", **filters) == ([case.number] if found else [])
    assert look_for("", **filters) == ([case.number] if found else [])


def test_a_search_that_finds_nothing_names_its_filters() -> None:
    a_case()
    page = client_of("zhou").get(reverse("cases:search"), {"q": "井盖", "status": "closed"}).content.decode()
    assert "No case found" in page
    assert "Status: <strong>closed</strong>" in page
    assert "Clear the filters" in page


def test_a_filter_that_means_nothing_says_so() -> None:
    answer = client_of("zhou").get(reverse("cases:search"), {"q": "井盖", "unit": "不存在的单位"})
    assert answer.status_code == 422
    assert "No single unit is called" in answer.content.decode()


@pytest.mark.parametrize(("n", "words"), [(0, "0"), (COUNT_CAP, "1,000"), (COUNT_CAP + 1, "more than 1,000")])
def test_a_long_result_is_counted_to_a_limit_only(n: int, words: str) -> None:
    with override("en"):
        assert count_words(n) == words


def test_a_search_asks_the_database_little(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for n in range(5):
        dispatched(at=MONDAY + timedelta(minutes=n))
    client = client_of("zhou")
    client.get(reverse("cases:search"), {"q": "井盖"})
    with django_assert_max_num_queries(9):  # who asks, the choices of three filters, the count of candidates and rows
        client.get(reverse("cases:search"), {"q": "井盖"})


def test_marks_never_let_markup_through() -> None:
    assert marked("<b>井盖</b>", ["井盖"]) == "&lt;b&gt;<mark>井盖</mark>&lt;/b&gt;"
    assert marked("a&b", []) == "a&amp;b"
    assert snippet("没有", ["井盖"]) == ""


def test_limits_are_told_in_words() -> None:
    page = client_of("liu").get(reverse("cases:policies")).content.decode()
    for words in ("5 working days", "15 minutes", "yellow card 1 working day before it is due", "up to 2 times"):
        assert words in page


def test_an_answer_is_found_by_its_words_and_shows_its_version() -> None:
    client = client_of("wang")
    page = client.get(reverse("cases:knowledge"), {"q": "施工"})
    assert [a.key for a in page.context["rows"]] == ["night-construction"]
    answer = client.get(reverse("cases:knowledge_article", args=["night-construction"])).content.decode()
    assert "22:00" in answer
    assert "Urban Management Bureau" in answer
    assert client.get(reverse("cases:knowledge_article", args=["nothing"])).status_code == 404


def test_an_unapproved_or_replaced_answer_is_not_offered() -> None:
    KnowledgeArticle.objects.filter(key="heating-season").update(state="draft", approved_at=None, approved_by=None)
    client = client_of("wang")
    assert client.get(reverse("cases:knowledge"), {"q": "供暖"}).context["rows"] == []
    assert client.get(reverse("cases:knowledge_article", args=["heating-season"])).status_code == 404
