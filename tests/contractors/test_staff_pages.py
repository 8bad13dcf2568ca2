"""The pages of contractors' staff: for whom they are, what each side sees, and that a long list asks as little."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cases import telephony
from cases.telephony import CallEvent
from contractors import staff_tables
from contractors.models import Contract, Employment
from hotline.models import Membership
from tests.contractors.staffing import accepted, contract_of, employed, left
from tests.contractors.test_staff_table import read
from tests.doors import client_of
from tests.people import local, member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def contract(db: None) -> Contract:
    return contract_of()


def names(answer: Any) -> set[str]:
    assert answer.status_code == 200
    return {row.user.username for row in answer.context["rows"]}


@pytest.mark.parametrize(
    ("username", "looks", "manages"),
    [
        *(("yan", 200, 422), ("luo", 200, 422), ("tang", 200, 422), ("song", 200, 403)),
        *(("jiang", 200, 403), ("shen", 200, 403)),
        *((u, 403, 403) for u in ("wang", "xu", "ma", "zhou", "wu", "liu", "han", "sysadmin", "secadmin")),
    ],
)
def test_who_looks_and_who_keeps_the_staff(username: str, looks: int, manages: int) -> None:
    client = client_of(username)
    for page in ("/staff/", "/staff/figures/", "/proofs/"):
        assert client.get(page).status_code == looks, page
    for page in ("/staff/employ/", "/staff/import/", "/proofs/bring/"):
        assert client.post(page, {"x": "1"}).status_code == manages, page


def test_a_contractors_manager_sees_the_own_people_the_office_everybody() -> None:
    contract_of("YI")
    employed("wang")
    employed("chen", Contract.objects.get(number="YZ-YI-2026"))
    seen = {u: names(client_of(u).get("/staff/")) for u in ("luo", "tang", "yan")}
    assert seen == {"luo": {"wang"}, "tang": {"chen"}, "yan": {"wang", "chen"}}
    chens = Employment.objects.get(user__username="chen")
    assert client_of("luo").get(f"/staff/{chens.pk}/").status_code == 404
    assert client_of("luo").post(f"/staff/{chens.pk}/leave/", {"leaving": "dismissed"}).status_code == 404
    assert client_of("luo").get("/staff/figures/?contractor=YI").context["chosen"].code == "JIA"


def test_the_tabs_tell_apart_who_is_there_who_comes_and_who_left() -> None:
    employed("wang")
    employed("li", since=local("2026-12-20 00:00"))
    left(employed("hu"))
    employed("zhao")
    accepted("confidentiality", text="1024")
    client = client_of("luo")
    tabs = {state: names(client.get("/staff/", {"state": state})) for state in ("", "coming", "over", "unbound", "odd")}
    assert tabs["coming"] == {"li"}
    assert tabs["over"] == {"hu"}
    assert tabs["unbound"] == {"zhao"}
    assert tabs[""] == tabs["odd"] == {"wang", "zhao"}
    assert names(client.get("/staff/", {"q": "102", "state": ""})) == {"wang", "zhao"}
    assert names(client.get("/staff/", {"q": "赵敏"})) == {"zhao"}


def test_a_long_list_asks_no_more_than_a_short_one(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    staff_tables.take_in(
        read([[f"新人{n}", f"8{n:03}", "", "", ""] for n in range(60)]), by=member("luo"), at=timezone.now()
    )
    client = client_of("luo")
    client.get("/staff/")
    with django_assert_max_num_queries(9):
        answer = client.get("/staff/")
    assert len(answer.context["rows"]) == 20


def test_somebody_is_put_on_record_and_leaves_on_the_pages() -> None:
    client, under = client_of("luo"), Contract.objects.get()
    given = {"contract": under.pk, "username": "hu", "since": "2026-03-09", "position": "话务员"}
    done = client.post("/staff/employ/", given)
    assert done.status_code == 303
    row = Employment.objects.get(user__username="hu")
    assert row.period.lower == local("2026-03-09 00:00")
    assert client.post(f"/staff/{row.pk}/leave/", {"leaving": "contract"}).status_code == 422
    assert client.post(f"/staff/{row.pk}/leave/", {"leaving": "resigned", "drafts_to": "zhou"}).status_code == 422
    assert client.post(f"/staff/{row.pk}/leave/", {"leaving": "resigned", "why": "个人原因"}).status_code == 303
    assert not Membership.objects.current(timezone.now()).filter(user__username="hu").exists()
    page = client.get(f"/staff/{row.pk}/").content.decode()
    assert "个人原因" in page
    assert "cut to contract and employment" in page


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"username": "zhou"}, "username"),
        ({"username": "chen"}, "username"),
        ({"since": "2099-01-01"}, "since"),
        ({"since": "gestern"}, "since"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(given: dict[str, str], field: str) -> None:
    plain = {"contract": str(Contract.objects.get().pk), "username": "hu", "since": "2026-03-09"}
    answer = client_of("luo").post("/staff/employ/", plain | given)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Employment.objects.exists()


def test_every_figure_opens_its_people() -> None:
    employed("wang")
    employed("li", until=local("2026-06-15 00:00"))
    client = client_of("yan")
    page = client.get("/staff/figures/", {"contractor": "JIA", "month": "2026-06"})
    assert [line["measure"].key for line in page.context["lines"]][:2] == ["headcount", "turnover"]
    for line in page.context["lines"]:
        rows = names(client.get(line["of"]))
        n = line["ratio"].denominator if line["ratio"] else line["n"]
        assert len(rows) == n, line["measure"].key
    assert client.get("/staff/figures/nothing/").status_code == 404


# -- Whoever answers calls sees the own work


def a_call(agent: str, n: int, at: Any) -> None:
    number = {"wang": "1024", "li": "1025"}[agent]
    for act, later in (("offered", 0), ("answered", 5), ("ended", 185)):
        event = CallEvent(f"c{n}", act, at + timedelta(seconds=later), caller="13859001234", agent=number)
        telephony.record_call(event, by=None, at=at)


def test_an_agent_sees_the_own_calls_and_load_only() -> None:
    now = timezone.now() - timedelta(minutes=10)
    a_call("wang", 1, now)
    a_call("wang", 2, now - timedelta(days=1))
    a_call("li", 3, now)
    answer = client_of("wang").get("/my-work/")
    assert [call.platform_id for call in answer.context["rows"]] == ["c1", "c2"]
    assert sum(day["answered"] for day in answer.context["days"]) == 2
    assert sum((day["talk"] or timedelta() for day in answer.context["days"]), timedelta()) == timedelta(seconds=360)
    assert b"13859001234" not in answer.content


@pytest.mark.parametrize(
    ("username", "status"), [("wang", 200), ("xu", 200), ("luo", 403), ("zhou", 403), ("liu", 403)]
)
def test_the_page_is_for_those_who_take_calls(username: str, status: int) -> None:
    assert client_of(username).get("/my-work/").status_code == status


def test_the_own_employment_stands_there() -> None:
    employed("wang")
    assert "YZ-JIA-2026" in client_of("wang").get("/my-work/").content.decode()
