"""A dispute and a suspension at the desks of those who ask and those who rule."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import City, until
from tests.journeys.people import member
from tests.journeys.test_detours import LANGUAGES, a_dispatched_case, ask
from tests.journeys.test_main_road import sign, status_of
from tests.people import SHANGHAI

pytestmark = [pytest.mark.browser, pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("journeys")]
PHONES = {"zh-hans": "1390000400", "en": "1390000500"}
SAID = {
    "zh-hans": {"ahead": "如批准", "moves": "改为", "starts": "开始计时", "first": "一级审批"},
    "en": {"ahead": "If granted", "moves": "moves from", "starts": "starts, due", "first": "first approval"},
}


def rule_in_the_list(page: Page, number: str, act: str, *foretold: str, **fields: str) -> None:
    """Open the request in the list of rulings, fill in, read what would happen, and rule."""
    page.goto("/decisions/")
    page.locator("tr[data-row]", has_text=number).locator("[data-key=O]").click()
    form = page.locator("tr.sel form")
    for name, value in fields.items():
        form.locator(f"[name={name}]").fill(value)
    form.locator("[name=ruling]").press("Tab")
    expect(form.locator("#outlook")).not_to_be_empty()  # until then the buttons may still move
    for words in foretold:
        expect(form.locator("#outlook")).to_contain_text(words)
    form.locator(f"button[value={act}]").click()
    page.wait_for_load_state()
    expect(page.locator("tr[data-row]", has_text=number)).to_have_count(0)


@LANGUAGES
def test_what_two_units_return_is_ruled_on_by_the_arbiter(browser: Browser, city: City, language: str) -> None:
    number = a_dispatched_case(city, PHONES[language] + "1")
    words = SAID[language]
    with member(browser, city, "sun", language=language) as page:
        ask(page, number, "bounce", reason="overlapping", grounds="该井归供排水单位，见移交清单。")
    with member(browser, city, "zhou", language=language) as page:
        rule_in_the_list(page, number, "grant", words["starts"], unit="SWJ", ruling="改派水务。")
    with member(browser, city, "lin", language=language) as page:
        ask(page, number, "bounce", reason="not_our_duty", grounds="该井为道路附属设施。")
    with member(browser, city, "zhou", language=language) as page:
        rule_in_the_list(page, number, "grant", ruling="两家均不承接，提请裁定。")
    assert status_of(city, number) == "disputed 1"
    with member(browser, city, "han", language=language) as page:
        page.goto(f"/cases/{number}/")
        expect(page.locator("main")).to_contain_text("该井为道路附属设施。")
        rule_in_the_list(page, number, "grant", words["starts"], unit="CGJ", ruling="道路附属设施属城市管理职责。")
        page.goto(f"/cases/{number}/")
        expect(page.locator("main")).not_to_contain_text("该井为道路附属设施。")
    with member(browser, city, "sun", language=language) as page:
        page.goto(f"/cases/{number}/?move=bounce")
        expect(page.locator("#move-form form")).to_have_count(0)
        sign(page, number)
    assert status_of(city, number) == "handling 1"


@LANGUAGES
def test_what_cannot_be_solved_rests_with_two_approvals_and_comes_back(
    browser: Browser, city: City, language: str
) -> None:
    number = a_dispatched_case(city, PHONES[language] + "2")
    words, day = SAID[language], (datetime.now(SHANGHAI) + timedelta(days=40)).date()
    with member(browser, city, "liu", language=language) as page:
        sign(page, number)
        told = "该路段需整体改造，已列入明年计划，资金到位后即施工。"
        proof = {"grounds": "整体改造列入明年计划。", "proof": "云财建〔2026〕18 号"}
        ask(page, number, "suspend", reason="funding", review_on=day.isoformat(), told=told, **proof)
    with member(browser, city, "zhou", language=language) as page:
        rule_in_the_list(page, number, "grant", words["ahead"], words["moves"], ruling="情况属实，拟同意。")
    assert status_of(city, number) == "handling 1"
    with member(browser, city, "jiang", language=language) as page:
        page.goto("/decisions/")
        expect(page.locator("tr[data-row]", has_text=number)).to_contain_text(words["first"])
        rule_in_the_list(page, number, "grant", ruling="同意挂账。")
    assert status_of(city, number) == "suspended 1"
    city.send_now()
    assert day.isoformat() in until(lambda: _about(city, number, day.isoformat()), "an SMS with the review date")
    city.run(
        "from cases.models import Decision; from django.utils import timezone;"
        f"Decision.objects.filter(case__number={number!r}).update(review_at=timezone.now())"
    )
    assert until(lambda: _status_if(city, number, "handling 1"), "the case back in handling", 90) == "handling 1"


def _about(city: City, number: str, words: str) -> str:
    said = city.last_sms(number)
    return said if words in said else ""


def _status_if(city: City, number: str, wanted: str) -> str:
    status = status_of(city, number)
    return status if status == wanted else ""
