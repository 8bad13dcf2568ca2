"""Every journey with nothing but the keyboard: each step is reached by Tab, is seen, and lets go of the focus again."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from bench.town import until
from cases.models import Assignment, AssignmentState, Case, Status, Survey
from oversight.demo.reference import PASSWORD
from tests.desk import Desk
from tests.every_page import City, city, desk
from tests.people import unit
from tests.stories import current

__all__ = ["city", "desk"]

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db, pytest.mark.xdist_group("keyboard")]
FURTHEST = 150


class Hands:
    """Somebody who has no mouse."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.page = desk, desk.page

    def open(self, address: str, username: str = "") -> None:
        self.desk.sit(username)
        self.page.goto(address)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def to(self, selector: str, *, back: bool = False) -> None:
        """By Tab, and what is reached shows it."""
        for _step in range(FURTHEST):
            self.press("Shift+Tab" if back else "Tab")
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                assert self.page.evaluate("() => probe.unseen()") is None
                return
        raise AssertionError(f"the keyboard never comes to {selector}")

    def write(self, selector: str, words: str) -> None:
        self.to(selector)
        self.page.keyboard.insert_text(words)

    def choose(self, name: str, value: str) -> None:
        """A radio of a group: into the group by Tab, within it by the arrows."""
        self.to(f"[name={name}]")
        self.press("Space")
        for _step in range(10):
            if self.page.locator(f"[name={name}]:checked").get_attribute("value") == value:
                return
            self.press("ArrowRight")
        raise AssertionError(f"the arrows never come to {value}")

    def go(self, selector: str) -> None:
        """Enter on what is reached, and wait for the page that answers."""
        self.to(selector)
        with self.page.expect_navigation():
            self.press("Enter")

    @property
    def focused(self) -> str:
        return str(self.page.evaluate("() => document.activeElement.outerHTML"))


@pytest.fixture
def hands(desk: Desk) -> Iterator[Hands]:
    yield Hands(desk)
    assert desk.complaints() == []


def status(city: City, name: str) -> str:
    return current(city.cases[name]).status


def test_signing_in(hands: Hands) -> None:
    hands.open("/sign-in/")
    hands.write("[name=username]", "wang")
    hands.write("[name=password]", PASSWORD)
    with hands.page.expect_navigation(url="**/console/"):
        hands.press("Enter")


def test_taking_a_request_down(hands: Hands) -> None:
    before = Case.objects.count()
    hands.open("/console/?new", "wang")
    expect(hands.page.locator("#words")).to_be_focused()
    hands.page.keyboard.insert_text("建设街 18 号门前窨井盖缺失，夜间有人绊倒，要求尽快补盖。")
    for suggested in ("category", "unit"):
        hands.page.locator(f"[name={suggested}]:checked").wait_for(state="attached")
    hands.write("#region", "jsjd")
    hands.page.locator("#region-options li[data-value]").first.wait_for()
    hands.press("Enter")
    expect(hands.page.locator("#region-code")).not_to_have_value("")
    hands.choose("kind", "complaint")
    hands.page.locator("body:not(:has(.htmx-request))").wait_for()
    hands.press("Control+Enter")
    until(lambda: Case.objects.count() == before + 1, "case")
    hands.page.wait_for_load_state("networkidle")


def test_dispatching(hands: Hands, city: City) -> None:
    case = city.cases["registered"]
    hands.open("/dispatch/", "zhou")
    hands.go(f"#case-{case.number} button[type=submit]")
    assert status(city, "registered") == Status.DISPATCHED


def test_keys_mean_the_first_row_until_another_is_chosen(hands: Hands) -> None:
    hands.open("/review/", "wu")
    rows = hands.page.locator("[data-list] [data-row]")
    expect(rows.first).to_have_class("cur")
    hands.press("b")
    focused = hands.page.evaluate("() => document.activeElement.closest('[data-row]').id")
    assert focused == rows.first.get_attribute("id")


def test_signing_off(hands: Hands, city: City) -> None:
    hands.open(f"/cases/{city.cases['dispatched'].number}/", "sun")
    hands.go("main .btn-primary")
    assert status(city, "dispatched") == Status.HANDLING


def test_replying(hands: Hands, city: City) -> None:
    hands.open(f"/cases/{city.cases['handling'].number}/", "liu")
    for name, answer in (("claim", "true"), ("beyond_powers", "no"), ("solved", "solved"), ("contacted", "no")):
        hands.choose(name, answer)
    hands.write("[name=public_reply]", "您反映的情况属实，井盖已补装完毕，现可正常通行。")
    hands.go("[data-reply] .btn-primary")
    assert status(city, "handling") == Status.REPLIED


def test_reviewing(hands: Hands, city: City) -> None:
    hands.open("/review/", "wu")
    hands.go(f"#reply-{city.cases['replied'].number} button[value=accept]")
    assert status(city, "replied") == Status.VERIFYING


def test_ruling_on_a_return(hands: Hands, city: City) -> None:
    case = city.cases["bounce"]
    hands.open("/decisions/", "zhou")
    hands.go(f"tr:has(a[href*='{case.number}']) [data-key=O]")
    expect(hands.page.locator("[name=unit]")).to_be_focused()
    hands.press("Control+a")
    hands.page.keyboard.insert_text(unit("SWJ").label)
    hands.go("button[value=grant]")
    now = Assignment.objects.get(case=case, state=AssignmentState.DISPATCHED)
    assert now.unit == unit("SWJ")


def test_ruling_on_an_extension(hands: Hands, city: City) -> None:
    case = city.cases["extension"]
    hands.open(f"/cases/{case.number}/", "zhou")
    hands.write("[name=ruling]", "同意延期，请告知诉求人。")
    hands.go("button[value=grant]")
    assert not case.decisions.open().exists()


def test_calling_back(hands: Hands, city: City) -> None:
    hands.open("/callbacks/", "zheng")
    hands.go(f"a[data-key][href*='{city.callback}']")
    hands.go("form[action*=reveal] button")
    assert "0593 234 5678" in hands.page.locator(".hl-mask").inner_text()
    for name, answer in (("result", "reached"), ("contacted", "yes"), ("solved", "yes"), ("satisfaction", "5")):
        hands.choose(name, answer)
    hands.go("main .btn-primary")
    assert status(city, "callback") == Status.CLOSED


def test_searching(hands: Hands, city: City) -> None:
    hands.open("/inbox/", "yan")
    hands.press("Control+k")
    hands.page.keyboard.insert_text("建设街 窨井盖")
    with hands.page.expect_navigation():
        hands.press("Enter")
    hands.go("[data-list] a[href]")
    assert "/cases/20" in hands.page.url


def test_looking_at_an_identity(hands: Hands, city: City) -> None:
    hands.open(f"/cases/{city.cases['late'].number}/", "liu")
    hands.to("#identity select")
    hands.press("ArrowDown")
    hands.go("#identity button")
    assert "李女士" in hands.page.locator("#identity").inner_text()


def test_answering_the_survey(hands: Hands, city: City) -> None:
    hands.open(city.survey)
    for name, answer in (("contacted", "yes"), ("solved", "no"), ("satisfaction", "1")):
        hands.choose(name, answer)
    hands.go("main .btn-primary")
    assert Survey.objects.get(case=city.cases["verifying"], round=1).state == "answered"


def test_following_a_case(hands: Hands, city: City) -> None:
    hands.open("/track/")
    hands.write("[name=number]", city.cases["handling"].number)
    hands.write("[name=code]", city.code)
    with hands.page.expect_navigation():
        hands.press("Enter")
    assert hands.page.locator("main .hl-time").count() == 1


# -- The focus


@pytest.mark.parametrize(
    ("username", "address"),
    [
        ("", "/sign-in/"),
        ("wang", "/console/?new"),
        ("zhou", "/dispatch/"),
        ("liu", "/cases/{late}/"),
        ("sun", "/worklist/"),
        ("wu", "/review/"),
        ("yan", "/overview/"),
    ],
)
def test_tab_goes_through_the_page_and_out_again(hands: Hands, city: City, username: str, address: str) -> None:
    hands.open(address.format(late=city.cases["late"].number), username)
    hands.page.evaluate("() => document.activeElement.blur()")
    hands.to("a.hl-skip", back=username == "wang")  # the console begins in the words
    hands.press("Enter")
    expect(hands.page).to_have_url(re.compile("#main$"))
    expect(hands.page.locator("#main")).to_be_focused()
    hands.press("Tab")
    hands.page.wait_for_function("() => document.querySelector('#main').contains(document.activeElement)")
    hands.to("a.hl-skip")
    hands.press("Tab")
    hands.to("a.hl-skip", back=True)


def test_a_folded_form_gives_the_focus_back(hands: Hands, city: City) -> None:
    hands.open(f"/cases/{city.cases['late'].number}/", "liu")
    hands.to("[hx-target='#move-form'][data-key]")
    opener = hands.focused
    hands.press("Enter")
    hands.page.locator("#move-form form").wait_for()
    hands.to("#move-form [data-fold]")
    hands.press("Enter")
    assert hands.focused == opener


def test_a_form_below_a_row_gives_the_focus_back(hands: Hands, city: City) -> None:
    hands.open("/worklist/", "liu")
    hands.to("[data-row] [data-key=Y]")
    opener = hands.focused
    hands.press("Enter")
    hands.page.locator("[data-row-form]").wait_for()
    hands.to("[data-row-form] [data-fold]")
    hands.press("Enter")
    assert hands.focused == opener


@pytest.mark.parametrize(("opener", "closer"), [(".hl-keys-button", "[data-close]"), (".hl-me summary", "")])
def test_what_opens_over_the_page_gives_the_focus_back(hands: Hands, opener: str, closer: str) -> None:
    hands.open("/inbox/", "sun")
    hands.to(opener)
    hands.press("Enter")
    if closer:
        hands.to(closer)
    hands.press("Escape")
    assert hands.page.evaluate("selector => document.activeElement.matches(selector)", opener)
    assert hands.page.locator("dialog[open], details[open]").count() == 0


def test_the_call_bar_does_not_take_the_focus_when_it_asks_again(hands: Hands) -> None:
    hands.open("/console/?new", "wang")
    hands.to("#call [data-key='Alt+J']", back=True)
    with hands.page.expect_response("**/console/call/**"):
        hands.page.evaluate("() => htmx.ajax('get', '/console/call/', {target: '#call', swap: 'outerHTML'})")
    hands.page.locator("body:not(:has(.htmx-request))").wait_for()
    expect(hands.page.locator("#call [data-key='Alt+J']")).to_be_focused()


def test_what_is_refused_gets_the_focus(hands: Hands) -> None:
    hands.open("/track/")
    hands.go("main .btn-primary")
    expect(hands.page.locator("[name=number]")).to_be_focused()


def test_trying_a_failed_part_again_keeps_the_focus(hands: Hands, city: City, page: Page) -> None:
    hands.open(f"/cases/{city.cases['late'].number}/", "liu")
    hands.page.route("**/moves/**", lambda route: route.fulfill(status=503))
    hands.to("[hx-target='#move-form'][data-key]")
    hands.press("Enter")
    hands.page.locator("[data-failed]").wait_for()
    hands.page.unroute("**/moves/**")
    hands.to("[data-retry]", back=True)
    hands.press("Enter")
    hands.page.locator("#move-form form").wait_for()
    assert hands.page.evaluate("() => document.querySelector('#move-form').contains(document.activeElement)")
    hands.desk.heard.clear()
