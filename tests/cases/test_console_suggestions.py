"""What the console offers while words are typed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cases import gist
from hotline.models import AuditEntry
from tests.doors import client_of
from tests.people import member
from tests.stories import a_registration, dispatched

pytestmark = pytest.mark.django_db
NIGHT = "工地夜间施工，混凝土浇筑噪声扰民"
PANEL = "/console/suggestions/"


@pytest.fixture
def wang() -> Client:
    return client_of("wang")


def shown(client: Client, panel: str, **given: str) -> str:
    response = client.post(f"{PANEL}{panel}/", given)
    assert response.status_code == 200
    return response.content.decode()


def test_the_likeliest_category_is_marked_until_somebody_chooses(wang: Client) -> None:
    page = shown(wang, "categories", words=NIGHT)
    assert 'value="CG0101" checked' in page
    page = shown(wang, "categories", words=NIGHT, category="SZ01", category_by="person")
    assert 'value="SZ01" checked' in page
    assert 'value="CG0101" checked' not in page


def test_a_weak_guess_is_not_marked(wang: Client) -> None:
    assert "checked" not in shown(wang, "categories", words="噪声")


def test_a_unit_is_named_with_its_reason(wang: Client) -> None:
    page = shown(wang, "units", category="CG0101")
    assert "Dispatch catalogue no." in page
    assert 'value="CGJ"' in page


def test_an_agent_may_leave_the_unit_to_the_dispatcher_who_may_not(wang: Client) -> None:
    assert 'id="unit_none"' in shown(wang, "units", category="CG0101")
    assert 'id="unit_none"' not in shown(client_of("zhou"), "units", category="CG0101")


def test_the_same_callers_case_under_way_is_offered_for_urging(wang: Client) -> None:
    case = dispatched(at=timezone.now() - timedelta(days=2))
    page = shown(wang, "likely", words="建设街井盖缺失，又有人绊倒", phone="13800006021")
    assert "same caller" in page
    assert f"/console/additions/{case.number}/" in page


@pytest.mark.parametrize("panel", ["likely", "history"])
def test_of_another_contractors_case_nothing_is_told(panel: str) -> None:
    said = {"words": "建设街井盖缺失，又有人绊倒", "phone": "13800006021"}
    without = shown(client_of("chen"), panel, **said)
    dispatched(at=timezone.now() - timedelta(days=2))
    assert shown(client_of("chen"), panel, **said) == without


def test_earlier_requests_are_shown_and_the_look_is_logged() -> None:
    dispatched(at=timezone.now() - timedelta(days=2))
    assert a_registration().title in shown(client_of("li"), "history", phone="138 0000 6021")
    entry = AuditEntry.objects.get(act="search.phone")
    assert entry.actor_id == member("li").user_id


@pytest.mark.parametrize("phone", ["", "12", "abc\x00"])
def test_no_number_has_no_history_and_logs_nothing(wang: Client, phone: str) -> None:
    shown(wang, "history", phone=phone)
    assert not AuditEntry.objects.filter(act="search.phone").exists()


def test_an_approved_answer_can_be_quoted(wang: Client) -> None:
    assert 'data-quote="night-construction@1"' in shown(wang, "knowledge", words=NIGHT)


def test_the_title_is_proposed_from_the_words(wang: Client) -> None:
    response = wang.post(f"{PANEL}summary/", {"words": f"来电人反映：{NIGHT}"})
    assert "console:title" in response["HX-Trigger"]
    assert gist.proposed_title(f"来电人反映：{NIGHT}") == NIGHT


@pytest.mark.parametrize("panel", ["summary", "categories", "units", "likely", "knowledge", "history"])
def test_a_megabyte_of_words_breaks_no_panel(wang: Client, panel: str) -> None:
    shown(wang, panel, words="噪声\x00扰民'\\& " * 150_000)


def test_the_limits_are_told_before_they_are_promised(wang: Client) -> None:
    page = wang.post("/console/limits/", {"kind": "complaint", "unit": "CGJ"}).content.decode()
    assert "sign-off within 1 working day, closed within 5 working days" in page
    urgent = wang.post("/console/limits/", {"kind": "complaint", "urgency": "urgent"}).content.decode()
    assert "sign-off within 30 minutes, closed within 24 hours" in urgent


@pytest.mark.parametrize(
    ("what", "q", "first"),
    [
        ("region", "qsjd", "350901001000"),
        ("region", "青山", "350901001000"),
        ("unit", "sthjj", "STJ"),
        ("category", "jg", "SZ01"),
        ("category", "施工", "CG0101"),
    ],
)
def test_everything_is_found_by_words_or_initials(wang: Client, what: str, q: str, first: str) -> None:
    assert f'data-value="{first}"' in wang.get(f"/console/pick/{what}/", {"q": q}).content.decode()


def test_a_retired_category_is_not_offered(wang: Client) -> None:
    from tests.people import category

    retired = category()
    retired.valid_until = timezone.localdate()
    retired.save()
    assert "SZ01" not in wang.get("/console/pick/category/", {"q": "井盖"}).content.decode()


def test_there_is_no_picker_of_people(wang: Client) -> None:
    assert wang.get("/console/pick/user/").status_code == 404


@pytest.mark.parametrize(
    ("panel", "most"),
    [("summary", 3), ("categories", 5), ("units", 9), ("likely", 8), ("knowledge", 4), ("history", 6)],
)
def test_a_panel_asks_little(
    wang: Client,
    panel: str,
    most: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for days in range(1, 5):
        dispatched(at=timezone.now() - timedelta(days=days))
    wanted = {
        "units": {"category": "CG0101", "region": "350902001000"},
        "likely": {"words": "建设街井盖缺失", "phone": "13800006021", "region": "350902001000"},
        "history": {"phone": "13800006021"},
    }
    with django_assert_max_num_queries(most):
        shown(wang, panel, **wanted.get(panel, {"words": NIGHT}))


def test_who_takes_no_requests_is_offered_nothing() -> None:
    assert client_of("liu").post(f"{PANEL}history/", {"phone": "13800006021"}).status_code == 403
