"""Somebody at a browser of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, ViewportSize

from oversight.demo.reference import PASSWORD
from tests.browser import SUPERSEDED
from tests.journeys.conftest import City

LOCALES = {"zh-hans": "zh-CN", "en": "en-GB"}
DESK, PHONE = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)


@contextmanager
def somebody(browser: Browser, city: City, *, language: str = "zh-hans", phone: bool = False) -> Iterator[Page]:
    """A browser in the language, on a desk or a telephone. What its console complains of fails the story."""
    context = browser.new_context(
        base_url=city.url,
        locale=LOCALES[language],
        timezone_id="Asia/Shanghai",
        viewport=PHONE if phone else DESK,
        is_mobile=phone,
        has_touch=phone,
        reduced_motion="reduce",
    )
    context.set_default_timeout(15_000)
    context.add_cookies([{"name": "django_language", "value": language, "url": city.url}])
    page = context.new_page()
    seen: list[str] = []
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("console", lambda said: seen.append(said.text) if said.type == "error" else None)
    page.on(
        "request", lambda request: None if request.url.startswith(city.url) else seen.append(f"left: {request.url}")
    )
    yield page
    context.close()
    faults = [fault for fault in seen if not fault.startswith(SUPERSEDED) and "status of 4" not in fault]
    assert not faults, faults


@contextmanager
def member(browser: Browser, city: City, username: str, *, language: str = "zh-hans") -> Iterator[Page]:
    """One of the city's people, signed in."""
    with somebody(browser, city, language=language) as page:
        page.goto("/sign-in/")
        page.fill("[name=username]", username)
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/sign-in/" not in url)
        yield page


def say(page: Page, selector: str, value: str) -> None:
    """Choose a radio by its value, as its visible label is clicked."""
    page.locator(f"label:has({selector}[value='{value}'])").first.click()
