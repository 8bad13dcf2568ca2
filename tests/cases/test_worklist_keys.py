"""The worklist and the case page in a real browser, by keyboard."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from cases import handling
from cases.models import Case, Decision, ReplyDraft, Status
from tests.doors import client_of
from tests.people import member, unit
from tests.stories import a_reply, dispatched, lead, signed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def come_in(page: Page, address: str, username: str, language: str = "en") -> None:
    """With the session that person has after signing in."""
    session = client_of(username).cookies["sessionid"].value
    page.context.add_cookies(
        [
            {"name": "sessionid", "value": session, "url": address},
            {"name": "django_language", "value": language, "url": address},
        ]
    )


def visit(page: Page, live_server: LiveServer, path: str, username: str = "sun") -> None:
    come_in(page, live_server.url, username)
    page.goto(live_server.url + path)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.activeElement.blur()")


RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def faults(page: Page) -> list[tuple[str, list[str]]]:
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found]


def three() -> list[Case]:
    """Sent today, the first two opened by Liu."""
    now = timezone.now() - timedelta(hours=1)
    cases = [dispatched(at=now + timedelta(minutes=n)) for n in range(3)]
    for case in cases[:2]:
        handling.mark_opened(lead(case), by=member("liu"), at=now + timedelta(minutes=30))
    return cases


def test_rows_are_walked_and_signed_off_by_keys(page: Page, live_server: LiveServer) -> None:
    cases = three()
    visit(page, live_server, "/worklist/")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("j")
    page.keyboard.press("s")
    page.locator("#messages", has_text=cases[1].number).wait_for()
    assert [Case.objects.get(pk=c.pk).status for c in cases] == [
        Status.DISPATCHED,
        Status.HANDLING,
        Status.DISPATCHED,
    ]


def test_a_return_is_asked_for_without_leaving_the_list(page: Page, live_server: LiveServer) -> None:
    cases = three()
    visit(page, live_server, "/worklist/")
    page.keyboard.press("b")
    page.locator("[data-row-form]").wait_for()
    page.keyboard.type("Not")
    page.locator("[data-row-form] [name=grounds]").fill("该工地由市住建局监管，见三定方案第 3 条")
    page.locator("[data-row-form] [name=proposed_unit]").fill("zfhcxjsj")
    page.keyboard.press("Control+Enter")
    page.locator("[data-row-form] [type=submit]").click()
    page.locator("#messages", has_text="Return asked for").wait_for()
    assert Decision.objects.get().proposed_unit in (unit("ZJJ"), None)
    assert Decision.objects.get().case == cases[0]


def test_bulk_names_what_nobody_opened_before_it_is_sent(page: Page, live_server: LiveServer) -> None:
    cases = three()
    visit(page, live_server, "/worklist/")
    for _row in cases:
        page.keyboard.press("x")
        page.keyboard.press("j")
    assert page.locator("[data-bulk-count]").inner_text() == "2"
    assert cases[2].number in page.locator("[data-unopened]").inner_text()
    page.keyboard.press("Shift+S")
    page.locator("#messages", has_text="nobody has opened it yet").wait_for()
    assert Case.objects.filter(status=Status.HANDLING).count() == 2


def test_a_reply_is_kept_as_it_is_typed_and_asks_only_what_matters(page: Page, live_server: LiveServer) -> None:
    case = signed(at=timezone.now() - timedelta(hours=2))
    visit(page, live_server, f"/cases/{case.number}/", "liu")
    assert not page.locator("[name=measures]").is_visible()
    page.locator("label", has_text="Partly solved").click()
    assert page.locator("[name=measures]").is_visible()
    page.locator("[name=public_reply]").fill(a_reply().public_reply)
    page.locator("[data-autosave-status].ok", has_text="Saved").wait_for()
    assert ReplyDraft.objects.get().fields["public_reply"] == a_reply().public_reply
    page.get_by_role("button", name="Preview").click()
    page.locator("#preview", has_text=a_reply().public_reply).wait_for()


def test_a_move_opens_beside_the_case_by_its_key(page: Page, live_server: LiveServer) -> None:
    case = signed(at=timezone.now() - timedelta(hours=2))
    visit(page, live_server, f"/cases/{case.number}/", "liu")
    page.keyboard.press("y")
    page.locator("#move-form [name=amount]").fill("2")
    page.locator("#move-form [name=reason]").select_option("weather")
    page.locator("#move-form [name=grounds]").fill("连日大雨，无法施工")
    page.locator("#move-form [type=submit]").click()
    page.locator("#messages", has_text="Extension asked for").wait_for()
    assert Decision.objects.get().amount == 2


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_everybody_can_read_and_nothing_sticks_out(page: Page, live_server: LiveServer, language: str) -> None:
    cases = three()
    signed(cases[0], at=timezone.now() - timedelta(hours=1))
    for path, username in ((f"/cases/{cases[0].number}/", "liu"), ("/worklist/", "sun"), ("/worklist/", "zhou")):
        come_in(page, live_server.url, username, language)
        for width, height in ((1440, 900), (1366, 768), (390, 844)):
            page.set_viewport_size({"width": width, "height": height})
            page.goto(live_server.url + path)
            page.wait_for_load_state("networkidle")
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0, (path, width)
        assert faults(page) == []
