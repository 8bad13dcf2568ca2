"""The supervisor's morning: from a number that calls for an act to the act."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import City, until
from tests.journeys.people import member
from tests.journeys.test_detours import a_dispatched_case, ask
from tests.journeys.test_main_road import accept, reply, sign

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


BOARD = "/overview/?unit=CGJ&channel=phone"
KEPT_SECONDS = 80  # where counting took long its numbers are kept for a minute


def number_of(page: Page, words: str) -> int:
    tile = page.locator("#panel-act a", has_text=words).locator(".v")
    return int(tile.inner_text().split()[0].replace(",", ""))


def opened(page: Page, words: str) -> int:
    """The number on the board, once its list has exactly as many; the list is open then."""

    def agrees() -> str:
        page.goto(BOARD)
        shown = number_of(page, words)
        page.locator("#panel-act a", has_text=words).click()
        told = page.locator(".hl-head").first.inner_text()
        return str(shown) if re.search(rf"\b{shown} 件", told) else ""

    return int(until(agrees, f"list as long as the number of {words}", KEPT_SECONDS))


def listed(page: Page) -> list[str]:
    """The case numbers of the list on all of its pages, in its order; ends on the first page."""
    first, numbers = page.url, []
    while True:
        numbers += [(row.get_attribute("id") or "").removeprefix("case-") for row in page.locator("tr[data-row]").all()]
        following = page.locator("a[rel=next]")
        if not following.count():
            break
        following.click()
        page.wait_for_load_state()
    page.goto(first)
    return numbers


def behind(page: Page, words: str) -> list[str]:
    """The cases that the number counts, once there are exactly as many."""
    n = opened(page, words)
    numbers = listed(page)
    assert len(numbers) == len(set(numbers)) == n
    return numbers


def test_jiang_works_the_first_of_the_overdue_and_it_is_counted_no_more(browser: Browser, city: City) -> None:
    ours = a_dispatched_case(city, "13900006002", ago="days=100", urgency="emergency")
    with member(browser, city, "liu") as desk:
        sign(desk, ours)
    until(lambda: city.run(ACTED_ON.format(number=ours)), "rest after the clocks' own steps", seconds=60)
    with member(browser, city, "jiang") as page:
        overdue = behind(page, "已超期")
        assert overdue[0] == ours, "what was promised first stands first"
        page.locator("tr[data-row] a").first.click()
        expect(page).to_have_url(re.compile(ours))
        assert ours in behind(page, "督办"), "so long after the limit the ladder has put it under supervision by itself"
        with member(browser, city, "liu") as desk:
            reply(desk, ours, "您反映的情况属实，井盖已于今日补装并恢复路面，逾期原因已书面说明。")
        with member(browser, city, "wu") as desk:
            accept(desk, ours)
        until(lambda: "" if ours in behind(page, "已超期") else "yes", "board without the answered case", KEPT_SECONDS)
        # Others may have become overdue meanwhile; none that nobody answered is gone
        assert set(overdue[1:]) <= set(behind(page, "已超期"))
