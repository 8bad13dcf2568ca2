"""The supervisor's morning: from a number that calls for an act to the act."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import City, until
from tests.journeys.people import member
from tests.journeys.test_detours import a_dispatched_case, ask

pytestmark = [pytest.mark.browser, pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("journeys")]
ACTED_ON = """
from django.utils import timezone
from cases.models import Clock
due = Clock.objects.due_to_act(timezone.now()).filter(case__number={number!r})
print("" if due.exists() else "yes")
"""
WORDS = "已超出承诺时限，请今日内办结并书面说明原因。"


def test_jiang_opens_the_overdue_from_their_number_and_puts_one_under_supervision(browser: Browser, city: City) -> None:
    number = a_dispatched_case(city, "13900006001", ago="days=9", urgency="emergency")
    until(lambda: city.run(ACTED_ON.format(number=number)), "rest after the clocks' own steps", seconds=60)
    with member(browser, city, "jiang") as page:
        page.goto("/overview/?unit=CGJ")
        tile = page.locator("#panel-act a", has_text="已超期")
        shown = re.search(r"[\d,]+", tile.locator(".v").inner_text())
        assert shown
        tile.click()
        expect(page.locator(".hl-head").first).to_contain_text(f"{shown[0]} 件")
        expect(page.locator("tr[data-row]").first).to_be_visible()
        page.locator("tr[data-row]", has_text=number).locator("a").first.click()
        expect(page).to_have_url(re.compile(number))
        ask(page, number, "supervise", words=WORDS)
        expect(page.locator("main")).to_contain_text(WORDS)
        page.goto("/overview/?unit=CGJ")
        page.locator("#panel-act a", has_text="督办").click()
        expect(page.locator("tr[data-row]", has_text=number)).to_be_visible()
