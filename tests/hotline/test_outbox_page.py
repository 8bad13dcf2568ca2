"""The outbox and the calendar as pages: what is shown, to whom, and what stays hidden."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from hotline.models import Calendar, Message
from hotline.pages.reference import hidden
from hotline.privacy import retrieval_code
from tests.doors import client_of
from tests.stories import a_case, accepted

pytestmark = pytest.mark.django_db


def outbox(username: str = "yan", **query: str) -> str:
    answer = client_of(username).get(reverse("hotline:outbox"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_citizens_number_link_and_code_are_hidden() -> None:
    case = accepted()
    link = re.search(r"/r/([\w-]+)/", "".join(m.body for m in Message.objects.filter(about=case.number)))
    assert link, "the citizen was sent a link"
    page = outbox()
    assert case.number in page
    for secret in (link[1], retrieval_code(case.number), "13800006021", "李女士"):
        assert secret not in page
    assert "138****6021" in page


def test_hiding_leaves_the_rest_of_the_words() -> None:
    case = a_case()
    message = Message.objects.filter(about=case.number, channel="sms").get()
    assert "******" in hidden(message)
    assert case.number in hidden(message)


def test_messages_are_found_by_state_channel_and_case() -> None:
    case, other = accepted(), a_case()
    client = client_of("yan")
    by_case = client.get(reverse("hotline:outbox"), {"about": case.number}).context["rows"]
    assert {m.about for m in by_case} == {case.number}
    notices = client.get(reverse("hotline:outbox"), {"channel": "in_app"}).context["rows"]
    assert {m.channel for m in notices} == {"in_app"}
    assert client.get(reverse("hotline:outbox"), {"state": "failed"}).context["rows"] == []
    assert other.number in outbox(state="waiting")


def test_a_failed_message_says_how_often_and_why() -> None:
    a_case()
    Message.objects.filter(channel="sms").update(
        state="failed", next_attempt_at=None, attempts=5, last_error="gateway: 502"
    )
    page = outbox(state="failed")
    assert "5 attempts" in page
    assert "gateway: 502" in page


def test_an_empty_outbox_says_what_would_fill_it() -> None:
    assert "Messages appear here" in outbox()
    assert "No message fits the filters" in outbox(state="failed")


def test_the_outbox_asks_the_database_little(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for _turn in range(6):
        accepted()
    client = client_of("yan")
    client.get(reverse("hotline:outbox"))
    with django_assert_max_num_queries(6):
        client.get(reverse("hotline:outbox"))


@pytest.mark.parametrize(
    ("username", "status"), [("zhou", 200), ("jiang", 200), ("wang", 403), ("liu", 403), ("sysadmin", 403)]
)
def test_only_the_office_and_oversight_read_the_outbox(username: str, status: int) -> None:
    assert client_of(username).get(reverse("hotline:outbox")).status_code == status


def test_the_year_shows_holidays_and_make_up_days() -> None:
    page = client_of("liu").get(reverse("hotline:calendar"), {"year": "2026"})
    days = {c["day"].isoformat(): c for m in page.context["months"] for w in m["weeks"] for c in w if c}
    assert len(days) == 365
    assert [days[d]["kind"] for d in ("2026-02-17", "2026-02-28", "2026-03-14", "2026-03-16")] == [
        "holiday",
        "makeup",
        "off",
        "",
    ]


def test_a_year_without_an_approved_notice_is_flagged() -> None:
    city = Calendar.objects.get(code="city")
    city.years.filter(year=2027).delete()
    page = client_of("liu").get(reverse("hotline:calendar"), {"year": "2027"}).content.decode()
    assert "2027 is provisional" in page


@pytest.mark.parametrize("year", ["", "0", "99999", "abc", "-1"])
def test_a_strange_year_is_this_year(year: str) -> None:
    assert client_of("liu").get(reverse("hotline:calendar"), {"year": year}).status_code == 200
