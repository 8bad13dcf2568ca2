"""Two detours at a real browser: down to a street and back up for review, and an emergency handed to another line."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import City
from tests.journeys.people import member
from tests.journeys.test_detours import LANGUAGES, STORY
from tests.journeys.test_main_road import accept, reply, sign, status_of

pytestmark = [pytest.mark.browser, pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("journeys")]
PHONES = {"zh-hans": "1390000400", "en": "1390000500"}
PARTS = """
from cases.models import Assignment
parts = Assignment.objects.filter(case__number={number!r}).order_by("pk")
print(" ".join(f"{{p.unit.code}}:{{p.state}}" for p in parts))"""


def at_the_district(city: City, phone: str) -> str:
    """Registered by Wang and sent to Donghu District."""
    story = STORY.replace('unit("CGJ")', 'unit("DHQ")')
    return city.run(story.format(phone=phone, ago="minutes=20", urgency="ordinary"))


@LANGUAGES
def test_a_district_hands_a_case_down_sends_the_reply_back_and_adopts_the_next(
    browser: Browser, city: City, language: str
) -> None:
    number = at_the_district(city, PHONES[language] + "1")
    parts = PARTS.format(number=number)
    with member(browser, city, "deng", language=language) as page:
        page.goto(f"/cases/{number}/")
        page.keyboard.press("d")
        form = page.locator("#move-form form")
        form.locator("[name=unit]").fill("QSJD")
        form.locator("[name=note]").fill("请街道先行处置。")
        form.locator("button[type=submit]").click()
        expect(page.locator("#move-form form")).to_have_count(0)
        expect(page.locator(".hl-tree")).to_contain_text("青山街道" if language == "zh-hans" else "Qingshan Street")
    assert city.run(parts) == "DHQ:handling QSJD:dispatched"
    with member(browser, city, "yuan", language=language) as page:
        sign(page, number)
        reply(page, number, "街道已到场处置完毕。现报区政府。")
    with member(browser, city, "deng", language=language) as page:
        page.goto("/worklist/?list=to-review")
        expect(page.locator("table")).to_contain_text(number)
        page.goto(f"/cases/{number}/")
        page.select_option("form:has([value=send_back]) [name=reason]", "no_evidence")
        page.fill("form:has([value=send_back]) [name=note]", "缺现场照片")
        page.click("button[value=send_back]")
        page.wait_for_load_state()
    assert city.run(parts) == "DHQ:handling QSJD:handling"
    with member(browser, city, "yuan", language=language) as page:
        page.goto(f"/cases/{number}/")
        expect(page.locator("main")).to_contain_text("缺现场照片")
        reply(page, number, "街道已补充现场照片，井盖已更换，路面恢复通行。")
    with member(browser, city, "deng", language=language) as page:
        page.goto(f"/cases/{number}/")
        page.click("button[value=accept]")
        page.wait_for_load_state()
        page.click("a[href*='adopt=']")
        expect(page.locator("[name=public_reply]")).to_have_value("街道已补充现场照片，井盖已更换，路面恢复通行。")
        page.wait_for_load_state()  # before that the page knows no keys
        page.keyboard.press("Control+Enter")
        expect(page.locator("form[data-reply]")).to_have_count(0)
    assert status_of(city, number) == "replied 1"
    with member(browser, city, "wu", language=language) as page:
        accept(page, number)
    assert city.run(parts) == "DHQ:done QSJD:done"


@LANGUAGES
def test_an_emergency_goes_over_at_two_keys_and_is_ours_until_the_line_takes_it(
    browser: Browser, city: City, language: str
) -> None:
    with member(browser, city, "wang", language=language) as page:
        page.goto("/console/?new")
        page.keyboard.press("Alt+Digit1")
        page.keyboard.insert_text("来电人称学府街道一栋居民楼三楼冒烟，楼道有人呼救。")
        expect(page.locator("#console [name=number]")).not_to_have_value("")
        number = page.input_value("#console [name=number]")
        page.keyboard.press("Alt+KeyJ")
        page.keyboard.press("Digit2")
        page.wait_for_url(f"**/cases/{number}/")
        assert status_of(city, number) == "registered 1"
        form = page.locator("form:has([name=answered_by])")
        form.locator("[name=answered_by]").fill("119 指挥中心 7 席")
        form.locator("[name=answer]").fill("认为属燃气泄漏，不出警。")
        form.locator("button[value=refuse]").click()
        page.wait_for_load_state()
        expect(page.locator("main")).to_contain_text("119 指挥中心 7 席")
        assert status_of(city, number) == "registered 1"
        page.goto(f"/cases/{number}/?move=hand-over")
        page.locator("#move-form label:has([value='110'])").click()
        page.locator("#move-form [name=accepted_by]").fill("110 指挥中心")
        page.locator("#move-form button[type=submit]").click()
        page.wait_for_load_state()
        expect(page.locator("#move-form form")).to_have_count(0)
    assert status_of(city, number) == "handed_over 1"
