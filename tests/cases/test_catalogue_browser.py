"""In a real browser: the catalogue changed by two people, and an answer from its unit's desk to a caller's ear."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from cases.catalogue_preview import last_month
from cases.models import Case, CaseEvent, CatalogueEntry, EventKind, KnowledgeArticle
from tests.people import unit
from tests.stories import a_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
QUESTION = "共享单车乱停放找谁管？小区门口堵住了。"


def test_the_catalogue_is_changed_looked_at_on_last_months_cases_and_approved(sit: Callable[[str, str], Page]) -> None:
    there = last_month(timezone.localdate()).start
    for n in range(2):
        a_case(at=there, phone=f"1390000555{n}")
    desk = sit("zhou", "/catalogue/versions/")
    desk.get_by_label("What it is about").fill("窨井盖按属地划分")
    desk.get_by_role("button", name="Begin the draft").click()
    desk.get_by_label("Category").fill("SZ01")
    desk.get_by_label("Place").fill("建设街道")
    desk.get_by_label("Lead unit").fill("jsjd")
    desk.get_by_label("Copy to").fill("西城区政府")
    desk.get_by_role("button", name="Put it into the draft").click()
    desk.get_by_role("link", name="It would have routed 2 of 2 cases of last month differently.").click()
    expect(desk.locator("[data-row]")).to_have_count(2)
    desk.get_by_role("link", name="The version").click()
    desk.get_by_role("button", name="Propose it").click()
    desk.locator("#messages", has_text="Proposed").wait_for()
    address = desk.evaluate("location.pathname")
    desk = sit("yan", address)
    desk.get_by_role("button", name="Approve").click()
    desk.locator("#messages", has_text="Approved").wait_for()
    entry = CatalogueEntry.objects.get(unit=unit("JSJD"))
    assert (entry.copy_to, entry.valid_from) == (unit("XCQ"), timezone.localdate())


def test_an_answer_goes_from_its_units_desk_to_the_callers_ear(sit: Callable[[str, str], Page]) -> None:
    desk = sit("sun", "/knowledge/write/")
    desk.get_by_label("Question or matter").fill("共享单车乱停放找谁管")
    desk.get_by_label("Answer to read out").fill("请说明具体位置，2 小时内清理。")
    desk.get_by_role("button", name="Keep the draft").click()
    desk.get_by_role("button", name="Propose it").click()
    desk.locator("#messages", has_text="Proposed").wait_for()
    desk = sit("he", "/knowledge/work/?list=approve")
    desk.get_by_role("link", name="共享单车乱停放找谁管").click()
    desk.get_by_role("button", name="Approve").click()
    desk.locator("#messages", has_text="Approved").wait_for()
    desk = sit("wang", "/console/")
    desk.wait_for_load_state("networkidle")
    desk.keyboard.insert_text(QUESTION)
    desk.locator("[data-quote]", has_text="Quote").first.wait_for()
    desk.locator("#categories input:checked").wait_for(state="attached")
    desk.keyboard.press("Alt+3")
    desk.keyboard.press("Space")
    desk.keyboard.press("Alt+q")
    assert desk.input_value("#answer") == "请说明具体位置，2 小时内清理。"
    desk.locator("[data-autosave-status].ok").wait_for()
    desk.keyboard.press("Control+Shift+Enter")
    desk.locator("#messages", has_text="Answered and closed").wait_for()
    article = KnowledgeArticle.objects.get(title="共享单车乱停放找谁管")
    event = CaseEvent.objects.of(Case.objects.get()).get(kind=EventKind.ANSWERED)
    assert event.payload == {"article": article.key, "version": 1}
    desk.goto("about:blank")
