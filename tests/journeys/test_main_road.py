"""An agent logs a call, and it goes all the way to the citizen's verdict, twice."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import City, until
from tests.journeys.people import member, say, somebody
from tests.people import SHANGHAI

pytestmark = [pytest.mark.browser, pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("journeys")]

WORDS = "来电人反映：建设街 18 号门前窨井盖缺失，昨晚有老人绊倒，要求今天补装井盖并设置围挡，处理后电话告知。"


def log_a_call(page: Page, phone: str) -> str:
    """What Wang types while the caller speaks; returns the case number given at the first save."""
    page.goto("/console/?new")
    page.fill("#words", WORDS)
    page.fill("[data-combo=region] [role=combobox]", "jsjd")
    page.locator("#region-options li[data-value]").first.wait_for()
    page.press("[data-combo=region] [role=combobox]", "Enter")
    page.fill("#place", "建设街 18 号")
    say(page, "[name=kind]", "complaint")
    page.fill("[name=name]", "李女士")
    page.fill("[name=phone]", phone)
    page.locator("[name=category]:checked").wait_for(state="attached")
    page.locator("[name=unit]:checked").wait_for(state="attached")
    expect(page.locator("#console [name=number]")).not_to_have_value("")
    number = page.input_value("#console [name=number]")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#console [name=number]")).not_to_have_value(number)
    expect(page.locator("body")).to_contain_text(number)
    return number


def dispatch(page: Page, number: str) -> None:
    page.goto("/dispatch/")
    page.locator(f"#case-{number} form button[type=submit]").first.click()
    page.wait_for_load_state()
    expect(page.locator(f"#case-{number}")).to_have_count(0)


def sign(page: Page, number: str) -> None:
    page.goto(f"/cases/{number}/")
    page.locator("main form button.btn-primary[type=submit]").first.click()
    page.locator("form[data-reply]").wait_for()


def reply(page: Page, number: str, words: str) -> None:
    page.goto(f"/cases/{number}/")
    form = page.locator("form[data-reply]")
    say(page, "[name=claim]", "true")
    say(page, "[name=beyond_powers]", "no")
    say(page, "[name=solved]", "solved")
    say(page, "[name=contacted]", "yes")
    if page.locator("[name=contacted_at]").is_visible():
        page.fill("[name=contacted_at]", datetime.now(SHANGHAI).strftime("%Y-%m-%dT%H:%M"))
    form.locator("[name=public_reply]").fill(words)
    form.locator("[name=internal_note]").fill("巡查已列入重点路段，内部留存。")
    page.keyboard.press("Control+Enter")
    page.wait_for_load_state()
    expect(page.locator("form[data-reply]")).to_have_count(0)


def accept(page: Page, number: str) -> None:
    page.goto("/review/")
    page.locator(f"#reply-{number} button[value=accept]").click()
    page.wait_for_load_state()
    expect(page.locator(f"#reply-{number}")).to_have_count(0)


def rate(browser: Browser, city: City, number: str, language: str, *, solved: bool, before: str = "") -> str:
    """The citizen opens the link of the newest SMS on a telephone, and answers; returns the link."""
    city.send_now()

    def newest() -> str:
        found = re.search(r"https?://\S+/r/[\w-]+/", city.last_sms(number))
        return found.group() if found and found.group() != before else ""

    link = until(newest, "a link to rate by")
    with somebody(browser, city, language=language, phone=True) as page:
        page.goto(link)
        assert page.locator("input:checked").count() == 0, "no answer is given beforehand"
        say(page, "[name=contacted]", "yes")
        say(page, "[name=solved]", "yes" if solved else "no")
        say(page, "[name=satisfaction]", "5" if solved else "1")
        page.fill("[name=comment]", "井盖补好了，谢谢" if solved else "井盖还没有补")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390, f"the page is {width} px wide on a telephone of 390"
        page.locator("main form button[type=submit]").click()
        page.wait_for_load_state()
        expect(page.locator("main form[method=post] [name=solved]")).to_have_count(0)
        page.goto(link)
        expect(page.locator("[name=solved]")).to_have_count(0)
    return link


def status_of(city: City, number: str) -> str:
    return city.run(f"from cases.models import Case; c=Case.objects.get(number={number!r}); print(c.status, c.round)")


@pytest.mark.parametrize(("language", "phone"), [("zh-hans", "13900001001"), ("en", "13900001002")])
def test_a_case_goes_from_the_call_to_the_verdict_and_round_again(
    browser: Browser, city: City, language: str, phone: str
) -> None:
    with member(browser, city, "wang", language=language) as page:
        number = log_a_call(page, phone)
    assert status_of(city, number) == "registered 1"
    with member(browser, city, "zhou", language=language) as page:
        dispatch(page, number)
    with member(browser, city, "sun", language=language) as page:
        sign(page, number)
    with member(browser, city, "liu", language=language) as page:
        reply(page, number, "您反映的情况属实，我单位已安排人员到现场设置围挡，井盖已补装完毕。")
    with member(browser, city, "wu", language=language) as page:
        accept(page, number)
    first = rate(browser, city, number, language, solved=False)
    assert status_of(city, number) == "rehandling 2"
    with member(browser, city, "liu", language=language) as page:
        reply(page, number, "经复查，原补装井盖松动，今日已更换为防沉降井盖并验收，感谢监督。")
    with member(browser, city, "wu", language=language) as page:
        accept(page, number)
    rate(browser, city, number, language, solved=True, before=first)
    assert status_of(city, number) == "closed 2"
    with member(browser, city, "jiang", language=language) as page:
        page.goto(f"/cases/{number}/")
        expect(page.locator("body")).to_contain_text(number)
        expect(page.locator("body")).not_to_contain_text(phone)
