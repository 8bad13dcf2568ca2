"""A real Chromium, started once a run. A page that breaks the content security policy or throws fails its test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.doors import client_of

CHROMIUM = os.environ.get("CHROMIUM", "")
BOTH_LOOKS = os.environ.get("BOTH_LOOKS") == "1"  # as ``bin/check at_length`` asks for
# as one types on, the request before is dropped, and htmx says so
SUPERSEDED = ("htmx:sendAbort", "htmx:afterRequest")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("REQUIRE_BROWSER is set and there is no Chromium")
        pytest.skip("no Chromium")
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": 1440, "height": 900}, reduced_motion="reduce"
    )
    context.set_default_timeout(30_000)
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    yield opened
    context.close()
    told = [fault for fault in faults if not fault.startswith(SUPERSEDED) and "status of 4" not in fault]
    assert not told, told


@pytest.fixture
def sit(page: Page, live_server: LiveServer) -> Callable[[str, str], Page]:
    """Somebody sits down at the browser, in English, at an address."""

    def seated(username: str, address: str) -> Page:
        session = client_of(username).cookies["sessionid"].value
        cookies = {"sessionid": session, "django_language": "en"}
        page.goto("about:blank")
        page.context.clear_cookies()
        page.context.add_cookies([{"name": n, "value": v, "url": live_server.url} for n, v in cookies.items()])
        page.goto(f"{live_server.url}{address}")
        return page

    return seated
