"""The page with every component in a real browser: policy, contrast, widths, keys, drafts, failures."""

from collections.abc import Iterator
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, Page, Route

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.hotline.gallery")]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGES = ["/", "/public/", "/403/", "/403_csrf/", "/500/", "/503/"]


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def address() -> Iterator[str]:
    """The gallery, served without a database: the look needs none."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(get_wsgi_application())
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def broken(browser: Browser) -> Iterator[Page]:
    """A page whose requests are meant to fail, which the console tells too."""
    context = browser.new_context(locale="zh-CN")
    yield context.new_page()
    context.close()


def visit(page: Page, address: str, **screen: object) -> Page:
    if screen:
        page.set_viewport_size({"width": screen.get("width", 1440), "height": 900})  # type: ignore[typeddict-item]
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.activeElement.blur()")
    return page


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_everybody_can_read_it(page: Page, address: str, path: str, theme: str) -> None:
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    visit(page, address + path)
    assert page.locator("html").get_attribute("data-bs-theme") == theme
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []


@pytest.mark.parametrize("width", [1920, 1366, 1024, 390])
@pytest.mark.parametrize("path", ["/", "/public/"])
def test_nothing_sticks_out_sideways(page: Page, address: str, path: str, width: int) -> None:
    visit(page, address + path, width=width)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0


def test_keys_move_select_and_focus(page: Page, address: str) -> None:
    visit(page, address)
    page.keyboard.press("j")
    assert page.locator("[data-row].cur").get_attribute("id") == "case-3"
    page.keyboard.press("x")
    assert page.locator("[data-selected-count]").inner_text() == "1"
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("jx")
    assert page.locator("[data-row].cur").get_attribute("id") == "case-3", "letters typed in a field are text"


def test_keys_are_left_to_the_input_method_while_it_composes(page: Page, address: str) -> None:
    visit(page, address)
    page.evaluate("""document.body.dispatchEvent(
        new KeyboardEvent("keydown", {code: "KeyJ", key: "j", isComposing: true, bubbles: true}))""")
    assert page.locator("[data-row].cur").get_attribute("id") == "case-2"


def test_the_key_sheet_lists_what_the_page_binds(page: Page, address: str) -> None:
    visit(page, address)
    page.keyboard.press("Control+/")
    sheet = page.locator("#hl-keys").inner_text()
    for key in ("Ctrl K", "Alt 2", "Shift S", "J"):
        assert key in sheet


def test_single_letters_can_be_switched_off(page: Page, address: str) -> None:
    visit(page, address)
    page.keyboard.press("Control+/")
    page.locator("[data-letters]").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.locator("[data-row].cur").get_attribute("id") == "case-2"


def drafting(page: Page, address: str) -> None:
    """The gallery's form as a draft: saved a tenth of a second after a change."""
    visit(page, address)
    page.evaluate("""() => {
        const form = document.querySelector("#id_until").form;
        form.dataset.autosave = "/draft/";
        form.dataset.autosaveEvery = "0.1";
        document.body.dispatchEvent(new CustomEvent("htmx:load", {bubbles: true}));
    }""")


def test_a_draft_is_saved_and_leaves_nothing_on_the_device(page: Page, address: str) -> None:
    page.route("**/draft/", lambda route: route.fulfill(json={"saved_at": "10:24:06"}))
    drafting(page, address)
    page.fill("#id_until", "2026-03-27")
    page.locator("[data-autosave-status]", has_text="10:24:06").wait_for()
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft:'))") == []


def test_a_draft_stays_on_the_device_unreadable_while_the_network_is_down(broken: Page, address: str) -> None:
    broken.route("**/draft/", lambda route: route.fulfill(status=503))
    drafting(broken, address)
    broken.fill("#id_until", "after the rain")
    broken.locator("[data-autosave-status].soon").wait_for()
    kept = broken.evaluate("Object.entries(localStorage).filter(([key]) => key.startsWith('draft:'))[0][1]")
    assert kept
    assert "rain" not in kept


def test_signing_out_takes_the_drafts_along(page: Page, address: str) -> None:
    visit(page, address)
    page.evaluate("localStorage.setItem('draft:1:/draft/', 'x')")
    page.route("**/sign-out/", lambda route: route.fulfill(status=204))
    page.locator(".hl-me summary").click()
    page.locator("[data-sign-out] button").click()
    page.wait_for_function("!localStorage.getItem('draft:1:/draft/')")


def test_a_double_click_sends_one_form(page: Page, address: str) -> None:
    sent = []

    def answer(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        sent.append(route.request.post_data)
        route.fulfill(status=204)

    page.route("**/*", answer)
    visit(page, address + "/public/")
    page.locator(".btn-primary").dblclick()
    page.wait_for_timeout(200)
    assert len(sent) == 1


def test_a_failed_part_is_told_in_its_place_and_tried_again(broken: Page, address: str) -> None:
    visit(broken, address)
    answers = iter([503, 200])
    fulfil = {503: {"status": 503, "headers": {"X-Request-ID": "E-7C41"}}, 200: {"status": 200, "body": "<b>rows</b>"}}
    broken.route("**/rows/", lambda route: route.fulfill(**fulfil[next(answers)]))
    broken.evaluate("""() => {
        const part = document.createElement("div");
        part.id = "part";
        document.querySelector("main").prepend(part);
        htmx.ajax("get", "/rows/", {target: "#part", source: "#part"});
    }""")
    note = broken.locator("[data-failed='503']")
    note.wait_for()
    assert "E-7C41" in note.inner_text()
    note.locator("[data-retry]").click()
    broken.locator("#part b").wait_for()
    assert note.count() == 0
