"""The catalogue's pages: what holds, a version from draft to approval, and the cases its preview opens."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cases.catalogue_preview import last_month
from cases.models import Assignment, CaseEvent, CatalogueEntry, CatalogueVersion, EventKind
from cases.routing import kept, suggest_units
from tests.catalogue import a_line, a_version, approved, proposed
from tests.doors import client_of
from tests.people import category, region, unit
from tests.stories import a_case

pytestmark = pytest.mark.django_db
LIST, VERSIONS = "/catalogue/", "/catalogue/versions/"


@pytest.fixture
def zhou() -> Client:
    return client_of("zhou")


def line(**given: Any) -> dict[str, Any]:
    return {"category": "SZ01", "region": "西城区 / 建设街道", "unit": "建设街道办事处", **given}


def of(version: CatalogueVersion, act: str = "") -> str:
    return f"{VERSIONS}{version.pk}/{act}"


def a_draft() -> CatalogueVersion:
    return a_version(at=timezone.now())


def test_everybody_reads_whose_what_is(zhou: Client) -> None:
    approved(a_draft())
    for client in (zhou, client_of("wang"), client_of("lin")):
        shown = client.get(LIST, {"q": "建设街道"}).content.decode()
        assert "Jianshe Street Office" in shown
    assert client_of("sysadmin").get(LIST).status_code == 403


@pytest.mark.parametrize(
    ("q", "found"), [("建设街道", 1), ("jsjd", 1), ("Jianshe", 1), ("没有的词", 0), ("%", 0), ("99999", 0)]
)
def test_lines_are_found_by_words(zhou: Client, q: str, found: int) -> None:
    approved(a_draft())
    rows = zhou.get(LIST, {"q": q}).context["rows"]
    assert [row.unit.code for row in rows] == ["JSJD"] * found


def test_past_lines_are_shown_when_asked_for(zhou: Client) -> None:
    before = CatalogueEntry.objects.count()
    approved(a_version(a_line(region=None), at=timezone.now()))
    assert len(zhou.get(LIST).context["rows"]) == before
    assert len(zhou.get(LIST, {"all": "1"}).context["rows"]) == before + 1


def test_a_version_is_begun_filled_proposed_and_approved_by_another(zhou: Client) -> None:
    today = timezone.localdate().isoformat()
    begun = zhou.post(f"{VERSIONS}begin/", {"note": "窨井盖按属地", "valid_from": today})
    version = CatalogueVersion.objects.latest("pk")
    assert begun["Location"] == of(version)
    zhou.post(of(version, "lines/"), line(co_organisers="市城市管理局", copy_to="西城区政府"))
    zhou.post(of(version, "propose/"))
    assert zhou.post(of(version, "approve/")).status_code == 403
    assert client_of("yan").post(of(version, "approve/"))["Location"] == of(version)
    entry = CatalogueEntry.objects.get(version=version)
    assert (entry.unit, entry.copy_to, list(entry.co_organisers.all())) == (unit("JSJD"), unit("XCQ"), [unit("CGJ")])


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"category": ""}, "category"),
        ({"category": "没有的分类"}, "category"),
        ({"region": "没有的街道"}, "region"),
        ({"unit": ""}, "unit"),
        ({"unit": "没有的单位"}, "unit"),
        ({"unit": "市"}, "unit"),
        ({"co_organisers": "建设街道办事处"}, "co_organisers"),
        ({"copy_to": "建设街道办事处"}, "copy_to"),
        ({"kind": "poetry"}, "kind"),
        ({"channel": "pigeon"}, "channel"),
        ({"unit": "", "ends": "1", "region": "青山街道"}, "category"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_at_its_field_and_nothing_is_lost(
    zhou: Client, given: dict[str, str], field: str
) -> None:
    version = a_draft()
    response = zhou.post(of(version, "lines/"), line(source="云府办〔2026〕12 号", **given))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert "云府办〔2026〕12 号" in response.content.decode()
    assert [change.unit for change in version.changes.all()] == [unit("JSJD")]


@pytest.mark.parametrize(("note", "day"), [("", "2030-01-01"), ("目录", "2020-01-01"), ("目录", "soon"), ("目录", "")])
def test_a_version_without_name_or_day_is_refused(zhou: Client, note: str, day: str) -> None:
    assert zhou.post(f"{VERSIONS}begin/", {"note": note, "valid_from": day}).status_code == 422
    assert not CatalogueVersion.objects.exists()


def test_sending_back_says_why(zhou: Client) -> None:
    version, yan = proposed(a_draft(), at=timezone.now()), client_of("yan")
    assert yan.post(of(version, "send-back/"), {"why": ""}).status_code == 422
    yan.post(of(version, "send-back/"), {"why": "请附三定方案"})
    assert "请附三定方案" in zhou.get(of(version)).content.decode()


def test_the_preview_says_how_many_and_opens_their_list(zhou: Client) -> None:
    there = last_month(timezone.localdate()).start
    for n in range(3):
        a_case(at=there, phone=f"1390000111{n}")
    a_case(at=there, region=region("青山街道"), phone="13900002222")
    version = a_draft()
    page = zhou.get(of(version))
    assert "It would have routed 3 of 4 cases of last month differently." in page.content.decode()
    listed = zhou.get(reverse("cases:catalogue_moved", args=[version.pk]))
    assert len(listed.context["rows"]) == 3
    assert {case.after.code for case in listed.context["rows"]} == {"JSJD"}


def test_drafts_are_no_business_of_units_and_contractors() -> None:
    version = a_draft()
    assert client_of("wang").get(of(version)).status_code == 404
    assert client_of("sun").get(of(version)).status_code == 404
    assert client_of("jiang").get(of(version)).status_code == 200


def test_the_list_asks_as_much_for_many_lines_as_for_few(
    zhou: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    approved(a_version(*(a_line(region=region(name)) for name in ("建设街道", "老城街道")), at=timezone.now()))
    zhou.get(LIST)
    with django_assert_max_num_queries(6):
        zhou.get(LIST)


def test_a_version_asks_as_much_for_many_lines_as_for_few(
    zhou: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    version = a_version(
        *(a_line(region=region(name)) for name in ("建设街道", "老城街道", "解放街道")), at=timezone.now()
    )
    zhou.get(of(version))
    with django_assert_max_num_queries(14):
        zhou.get(of(version))


def test_what_the_catalogue_says_beside_the_unit_is_done_with_one_key(zhou: Client) -> None:
    line = a_line(co_organisers=[unit("CGJ")], copy_to=unit("XCQ"))
    approved(a_version(line, at=timezone.now()))
    (offered, *_rest) = suggest_units(category(), region(), timezone.now())
    case = a_case(at=timezone.now(), proposed_unit=unit("JSJD"), routing={"units": [kept(offered)]})
    page = zhou.get("/dispatch/").content.decode()
    assert 'name="copies" value="Xicheng District Government"' in page
    assert 'name="co_organisers" value="Urban Management Bureau"' in page
    said = {"unit": "建设街道办事处", "co_organisers": "市城市管理局", "copies": "西城区政府", "version": case.version}
    zhou.post(f"/dispatch/{case.number}/", said)
    parts = set(Assignment.objects.filter(case=case).values_list("unit__code", "role"))
    assert parts == {("JSJD", "lead"), ("CGJ", "co_organiser"), ("XCQ", "copy")}
    event = CaseEvent.objects.of(case).get(kind=EventKind.DISPATCHED)
    assert event.payload["suggested"]["entry"] == CatalogueEntry.objects.get(unit=unit("JSJD")).pk
