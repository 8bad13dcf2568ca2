"""The console in a real browser: by keyboard alone, under an input method, with the server away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from cases.models import Case, CaseEvent, Draft, EventKind, Status
from tests.doors import client_of
from tests.stories import dispatched

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
QUESTION = "咨询：居住证快到期了，怎么续签？"
PHONE = "13800006021"


@pytest.fixture
def desk(page: Page, live_server: LiveServer) -> Page:
    """Wang's browser, signed in, in English."""
    session = client_of("wang").cookies["sessionid"].value
    cookies = {"sessionid": session, "django_language": "en"}
    page.context.add_cookies([{"name": n, "value": v, "url": live_server.url} for n, v in cookies.items()])
    return page


@pytest.fixture
def outage(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """Wang's browser on a day when the server fails, which the browser's console tells too."""
    context = browser.new_context(locale="zh-CN")
    cookies = {"sessionid": client_of("wang").cookies["sessionid"].value, "django_language": "en"}
    context.add_cookies([{"name": n, "value": v, "url": live_server.url} for n, v in cookies.items()])
    yield context.new_page()
    context.close()


def take_seat(desk: Page, live_server: LiveServer) -> None:
    desk.goto(f"{live_server.url}/console/")
    desk.wait_for_load_state("networkidle")


def leave(desk: Page) -> None:
    """Nothing is on its way any more, so that the database may go."""
    desk.evaluate("document.getElementById('console')?.dispatchEvent(new Event('submit', {cancelable: true}))")
    desk.wait_for_timeout(500)
    desk.locator("body:not(:has(.htmx-request))").wait_for()
    desk.goto("about:blank")


def test_a_direct_answer_needs_the_keyboard_only(desk: Page, live_server: LiveServer) -> None:
    call_command("place_call", PHONE, agent="wang")
    take_seat(desk, live_server)
    desk.keyboard.insert_text(QUESTION)  # the words have the focus from the start
    desk.locator("[data-quote]").first.wait_for()
    desk.locator("#categories input:checked").wait_for(state="attached")
    desk.keyboard.press("Alt+3")
    desk.keyboard.press("Space")  # consultation is the first kind
    desk.keyboard.press("Alt+q")
    desk.locator("[data-autosave-status].ok").wait_for()
    desk.keyboard.press("Control+Shift+Enter")
    desk.locator("#messages", has_text="Answered and closed").wait_for()
    case = Case.objects.get()
    assert (case.status, case.kind, case.number) == (Status.CLOSED, "consultation", case.number)
    assert CaseEvent.objects.of(case).get(kind=EventKind.ANSWERED).payload["article"] == "residence-permit"
    assert not Draft.objects.exists()
    leave(desk)


def test_a_place_entered_before_its_list_came_is_kept_when_one_goes_on(desk: Page, live_server: LiveServer) -> None:
    take_seat(desk, live_server)
    late: list[Route] = []
    desk.route("**/pick/region/**", lambda route: late.append(route))
    desk.focus("#region")
    desk.keyboard.type("jsjd", delay=15)
    desk.keyboard.press("Enter")
    desk.fill("#place", "建设街 18 号")
    desk.wait_for_timeout(400)  # longer than a left field waits before it is tidied
    for route in late:
        route.continue_()
    desk.locator("#region-code:not([value=''])").wait_for(state="attached")
    assert desk.input_value("#region") != "jsjd"
    assert desk.evaluate("document.activeElement.id") == "place"


def test_a_case_is_sent_on_by_the_keyboard_only(desk: Page, live_server: LiveServer) -> None:
    take_seat(desk, live_server)
    desk.keyboard.insert_text("建设街窨井盖缺失，夜间有人绊倒，要求尽快补盖。")
    desk.keyboard.press("Alt+2")
    desk.keyboard.type("jsjd", delay=15)
    desk.keyboard.press("Enter")  # the list need not have come yet
    desk.locator("#place:focus").wait_for()
    desk.keyboard.insert_text("18 号门前")
    desk.keyboard.press("Alt+3")
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("ArrowRight")
    desk.locator("#units input:checked").wait_for(state="attached")
    desk.locator("#send-note", has_text="closed by").wait_for()
    desk.keyboard.press("Control+Enter")
    desk.locator("#messages", has_text="Registered").wait_for()
    case = Case.objects.get()
    assert (case.place, case.region and case.region.name) == ("18 号门前", "建设街道")
    assert case.proposed_unit is not None
    assert case.title == "建设街窨井盖缺失，夜间有人绊倒，要求尽快补盖"
    leave(desk)


def test_another_unit_is_found_by_initials_and_stays_chosen(desk: Page, live_server: LiveServer) -> None:
    take_seat(desk, live_server)
    desk.keyboard.insert_text("工地夜间施工，混凝土浇筑噪声扰民")
    desk.locator("#units input:checked").wait_for(state="attached")
    desk.click("[data-reveal=unit-other]")
    desk.keyboard.type("sthj", delay=15)
    desk.locator("#unit-options [data-value=STJ]").wait_for()
    desk.keyboard.press("Enter")
    desk.locator("#unit_STJ:checked").wait_for(state="attached")
    desk.focus("#words")
    desk.keyboard.insert_text("，每晚都有")
    desk.wait_for_timeout(900)
    assert desk.locator("#unit_STJ").is_checked()
    leave(desk)


def test_keys_are_the_input_methods_while_it_composes(desk: Page, live_server: LiveServer) -> None:
    take_seat(desk, live_server)
    desk.fill("#words", "井盖")
    desk.evaluate("""() => {
        const words = document.getElementById("words");
        words.focus();
        for (const [code, held] of [["Enter", {ctrlKey: true}], ["KeyJ", {altKey: true}], ["KeyQ", {altKey: true}],
                ["Enter", {ctrlKey: true, shiftKey: true}], ["Enter", {}], ["KeyN", {altKey: true}]])
            words.dispatchEvent(new KeyboardEvent("keydown",
                {code, key: "Process", isComposing: true, bubbles: true, cancelable: true, ...held}));
    }""")
    assert desk.locator("#hand-over").is_hidden()
    assert desk.locator("#answer-box").is_hidden()
    assert desk.url.endswith(("/console/", "/")) or "/console/drafts/" in desk.url
    assert not Case.objects.exists()
    desk.focus("#region")
    desk.locator("#region-options [role=option]").first.wait_for()
    desk.evaluate("""() => document.getElementById("region").dispatchEvent(
        new KeyboardEvent("keydown", {key: "Enter", code: "Enter", isComposing: true, bubbles: true}))""")
    assert desk.input_value("#region-code") == "", "Enter chose the input method's word, not a place"
    leave(desk)


def test_enter_in_a_line_sends_nothing(desk: Page, live_server: LiveServer) -> None:
    take_seat(desk, live_server)
    desk.focus("#name")
    desk.keyboard.press("Enter")
    assert desk.locator("[aria-invalid]").count() == 0
    leave(desk)


def test_an_emergency_is_offered_to_its_line_in_two_keys(desk: Page, live_server: LiveServer) -> None:
    call_command("place_call", PHONE, agent="wang")
    take_seat(desk, live_server)
    desk.keyboard.press("Alt+j")
    desk.keyboard.press("Enter")  # 110 has the focus
    desk.wait_for_url("**/cases/*/")  # where what the line says is recorded
    case = Case.objects.get()
    assert (case.status, case.hand_overs.get().line) == (Status.REGISTERED, "110")
    leave(desk)


def test_a_call_that_comes_while_nothing_is_written_opens_its_record(desk: Page, live_server: LiveServer) -> None:
    take_seat(desk, live_server)
    assert desk.locator(".hl-live.off").count() == 1
    call_command("place_call", PHONE, agent="wang")
    desk.locator("#caller .hl-mask", has_text="138****6021").wait_for()
    leave(desk)


def test_words_typed_while_the_server_is_away_are_sent_when_it_is_back(outage: Page, live_server: LiveServer) -> None:
    take_seat(outage, live_server)
    away = True

    def answer(route: Route) -> None:
        if away:
            route.fulfill(status=503, body="")
        else:
            route.continue_()

    outage.route("**/console/drafts/**", answer)
    outage.keyboard.insert_text("井盖缺失")
    outage.locator("[data-autosave-status].soon").wait_for()
    assert outage.evaluate("Object.keys(localStorage).concat(Object.keys(sessionStorage)).length") > 0
    away = False
    outage.locator("[data-autosave-status].ok").wait_for()
    assert Draft.objects.get().fields["words"] == "井盖缺失"
    assert Draft.objects.get().number in outage.locator("[data-numbers]").inner_text()
    leave(outage)


def test_what_is_only_suggested_leaves_nothing_on_the_device(desk: Page, live_server: LiveServer) -> None:
    take_seat(desk, live_server)
    desk.keyboard.insert_text(QUESTION)
    expect(desk.locator("#console [name=number]")).not_to_have_value("")
    desk.locator("[data-autosave-status].ok").wait_for()
    number = desk.input_value("#console [name=number]")
    desk.goto(f"{live_server.url}/inbox/")
    desk.goto(f"{live_server.url}/console/")
    expect(desk.locator("#console [name=number]")).to_have_value(number)
    desk.locator("#categories input:checked").wait_for(state="attached")
    desk.wait_for_timeout(600)  # longer than what is typed waits to be kept
    kept = desk.evaluate("Object.keys({...localStorage}).filter(key => key.startsWith('draft:'))")
    assert kept == []
    leave(desk)


def test_what_the_caller_adds_goes_to_the_case_under_way(desk: Page, live_server: LiveServer) -> None:
    case = dispatched(at=timezone.now() - timedelta(days=1))
    call_command("place_call", PHONE, agent="wang")
    take_seat(desk, live_server)
    desk.keyboard.insert_text("建设街井盖还没补，今天又有人绊倒")
    desk.locator("[data-autosave-status].ok").wait_for()  # its record is there, and is to go
    desk.locator(f"[formaction*='{case.number}']").wait_for()
    desk.keyboard.press("Alt+r")
    desk.locator(f"[formaction*='{case.number}']").click()
    desk.locator("#messages", has_text=f"Added to {case.number}").wait_for()
    assert CaseEvent.objects.of(case).filter(kind=EventKind.URGED).exists()
    assert not Draft.objects.exists()
    leave(desk)


@pytest.mark.parametrize("width", [1440, 1366, 1024, 390])
def test_nothing_sticks_out_sideways(desk: Page, live_server: LiveServer, width: int) -> None:
    desk.set_viewport_size({"width": width, "height": 768})
    take_seat(desk, live_server)
    assert desk.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    leave(desk)
