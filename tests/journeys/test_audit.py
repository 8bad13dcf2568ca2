"""An auditor draws a sample, freezes it, opens the life of a case and settles it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import City
from tests.journeys.people import member
from tests.journeys.test_detours import LANGUAGES
from tests.people import SHANGHAI

pytestmark = [pytest.mark.browser, pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("journeys")]
SAID = {
    "zh-hans": {"same": "逐行一致", "first": "受理"},
    "en": {"same": "line for line", "first": "Taken in"},
}

CLOSED = """
from datetime import timedelta
from django.utils import timezone
from tests import stories
print(stories.closed(at=timezone.now() - timedelta(days=3)).number)
"""


@LANGUAGES
def test_an_auditor_freezes_a_sample_and_follows_the_life_of_a_case(
    browser: Browser, city: City, language: str
) -> None:
    city.run(CLOSED)
    with member(browser, city, "shen", language=language) as page:
        page.goto("/audit/samples/")
        page.locator(".hl-head .btn-primary").click()
        page.fill("[name=title]", "上月办结件抽查")
        page.fill("[name=first]", f"{datetime.now(SHANGHAI) - timedelta(days=120):%Y-%m-%d}")
        page.fill("[name=wanted]", "1")
        page.locator("main form .btn-primary").click()
        seed = page.locator("main [name=seed]")
        expect(seed).not_to_have_value("")
        expect(page.locator("tr[data-row]")).to_have_count(0)
        seed.fill("SSQ-2026028")
        page.locator("main form .btn-primary").click()
        expect(page.locator("tr[data-row]")).to_have_count(1)
        page.locator("button[name=again]").click()
        expect(page.locator("[role=status]", has_text=SAID[language]["same"])).to_be_visible()
        page.locator("tr[data-row] a").first.click()
        page.locator("[data-key=L]").click()
        expect(page.locator("main tr[data-row]", has_text=SAID[language]["first"]).first).to_be_visible()
        page.go_back()
        page.locator("[name=verdict][value=in_order]").check(force=True)
        page.locator("main form .btn-primary").click()
        expect(page.locator("main")).to_contain_text("1 / 1")
