"""An open board follows what happens, and nothing moves under the hands of its reader. In a real Chromium."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from bench.town import until
from cases import handling
from cases.models import Case
from oversight.news import NEWS
from oversight.pages import live
from tests.people import member
from tests.stories import dispatched, lead

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
OVERDUE = "#panel-act a[href*='overdue']"
STATE = "() => ({scroll: Math.round(window.scrollY), focus: document.activeElement.id, mark: window.notReloaded})"


@pytest.fixture
def board(page: Page, sit: Callable[[str, str], Page], monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """Jiang's board, once it hears what happens; low enough to be scrolled."""
    monkeypatch.setattr(live, "APART_SECONDS", 0.2)
    dispatched(at=timezone.now() - timedelta(days=40))
    page.set_viewport_size({"width": 1366, "height": 500})
    with page.expect_response(re.compile("/overview/live/")) as heard:
        sit("jiang", "/overview/")
    assert heard.value.headers["content-type"] == "text/event-stream"
    expect(page.locator(OVERDUE).first).to_contain_text("1")
    page.evaluate("() => { window.notReloaded = true; }")
    yield page
    page.goto("about:blank")
    until(_nobody_listens, "end of the listeners", seconds=40)


def _nobody_listens() -> bool:
    """The server hears that a page is gone when it next writes to it; then nobody looks at this database any more."""
    NEWS.tell()
    return all(thread.name != "news" for thread in threading.enumerate())


def late() -> Case:
    """Another one that was promised long ago."""
    return dispatched(at=timezone.now() - timedelta(days=39))


def shown(page: Page) -> str:
    return page.locator(OVERDUE).first.locator(".v").inner_text().split()[0]


def test_what_is_done_meanwhile_changes_the_number_and_leaves_focus_and_scroll_where_they_were(board: Page) -> None:
    board.locator("#channel").focus()
    board.mouse.wheel(0, 180)
    board.wait_for_function("() => window.scrollY > 100")
    before = board.evaluate(STATE)
    assert before["focus"] == "channel"
    late()
    expect(board.locator(OVERDUE).first.locator(".v")).to_have_text(re.compile(r"^2\b"))
    expect(board.locator("#panel-trend svg a[aria-label$=': 0']")).to_have_count(30)
    assert board.evaluate(STATE) == before


def test_a_panel_under_the_readers_hands_waits_until_they_let_go(board: Page) -> None:
    """Its neighbours follow at once."""
    board.locator(OVERDUE).first.focus()
    case = late()
    handling.sign(lead(case), by=member("sun"), at=timezone.now(), version=case.version)
    expect(board.locator("#panel-units tbody tr td:last-child").first).to_contain_text("2")
    assert shown(board) == "1"
    board.locator("#channel").focus()
    expect(board.locator(OVERDUE).first.locator(".v")).to_have_text(re.compile(r"^2\b"))
    assert board.evaluate(STATE)["focus"] == "channel"
