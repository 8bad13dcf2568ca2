"""Every page in both languages as each role sees it: sound, readable by everybody, and in one language."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.every_page import LOOKS, City, Desk, city

__all__ = ["city"]

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db, pytest.mark.xdist_group("every page")]

LISTS = ["/search/?q=建设街", "/search/?q=zzzz", "/knowledge/", "/policies/"]
OWN = ["/inbox/", "/keys/", "/calendar/", "/sign-in/role/", "/sign-in/second-factor/set-up/", "/nothing/"]
UNIT = ["sun", "liu", "peng"]  # they also work by telephone


def cases(*names: str) -> list[str]:
    return [f"/cases/{{{name}}}/" for name in names]


def move(name: str, *moves: str) -> list[str]:
    return [f"/cases/{{{name}}}/?move={one}" for one in moves]


PAGES: dict[str, list[str]] = {
    "": ["/", "/track/", "/sign-in/", "/r/unknown/", "{survey}", "{used_survey}", "/nothing/"],
    "wang": ["/console/", *LISTS, *OWN, "/knowledge/{article}/", *cases("registered", "refused", "handed_over")],
    "zhou": [
        *["/dispatch/", "/decisions/", "/outbox/"],
        *cases("registered", "dispatched", "bounce", "extension", "confidential", "withdrawn"),
        *move("handling", "urge", "note", "withdraw", "attach"),
    ],
    "wu": ["/review/", *cases("replied", "verifying", "rehandling")],
    "zheng": ["/callbacks/", "/callbacks/{callback}/", *cases("callback")],
    "he": ["/", "/knowledge/{article}/"],
    "yan": ["/overview/", "/dispatch/", "/review/", "/decisions/", "/inbox/", *cases("late", "closed")],
    "jiang": ["/overview/?period=today", "/overview/?period=custom", "/search/", "/console/"],
    "liu": [
        "/worklist/",
        *cases("handling", "rehandling", "extension", "late"),
        *move("handling", "extend", "contact"),
    ],
    "sun": [
        *["/worklist/", "/worklist/?set=late", "/inbox/"],
        *cases("dispatched", "confidential", "bounce", "replied", "verifying", "closed"),
        *move("dispatched", "bounce"),
    ],
    "luo": ["/", "/search/"],
    "sysadmin": ["/", "/keys/"],
}


@pytest.fixture(scope="module", params=LOOKS)
def desk(request: pytest.FixtureRequest, browser: Browser, city: City) -> Iterator[Desk]:
    opened = Desk(browser, city, request.param)
    yield opened
    opened.context.close()


@pytest.mark.parametrize("username", PAGES)
def test_every_page_is_sound(desk: Desk, username: str) -> None:
    city = desk.city
    names = {name: case.number for name, case in city.cases.items()} | vars(city)
    page, faults = desk.sit(username), []
    for address in [pattern.format(**names) for pattern in PAGES[username]]:
        page.goto(address)
        faults += [f"{address} {fault}" for fault in desk.faults(phone=not username or username in UNIT)]
    assert not faults, "\n".join(faults)


def take_down_a_request(page: Page, city: City) -> None:
    """The console with everything that is suggested, and all its outcomes open."""
    page.goto("/console/?new")
    page.fill("#words", "建设街 18 号门前窨井盖缺失，夜间有人绊倒，要求尽快补盖。")
    page.locator("#categories [name=category]").first.wait_for()
    page.locator("#knowledge button, #knowledge .t-2").first.wait_for()
    page.locator("#units [name=unit]").first.wait_for()
    page.evaluate("for (const part of document.querySelectorAll('.hl-outcome')) part.hidden = false")


def follow_a_case(page: Page, city: City) -> None:
    page.goto("/track/")
    page.fill("[name=number]", city.cases["handling"].number)
    page.fill("[name=code]", city.code)
    page.locator("main .btn-primary").click()
    page.locator("main .hl-time").wait_for()


def ask_for_too_little(page: Page, city: City) -> None:
    """An empty form comes back with what must be changed."""
    page.goto("/sign-in/")
    page.locator("main .btn-primary").click()
    page.locator("main [role=alert]").wait_for()


def open_everything_in_a_row(page: Page, city: City) -> None:
    page.goto("/worklist/")
    page.locator("[data-row] [data-key=B]").first.click()
    page.locator(".hl-row-form form").first.wait_for()


def look_at_the_person(page: Page, city: City) -> None:
    page.goto(f"/cases/{city.cases['handling'].number}/")
    if page.locator("#identity select").count():  # shown for some minutes, in the other language too
        page.select_option("#identity select", index=1)
        page.locator("#identity button").click()
    page.locator("#identity:not(:has(select))").wait_for()


def open_the_menus(page: Page, city: City) -> None:
    page.goto("/overview/")
    page.locator(".hl-me summary").click()
    page.locator("details:has(> table) > summary").click()


ACTS: list[tuple[str, Callable[[Page, City], None]]] = [
    ("wang", take_down_a_request),
    ("", follow_a_case),
    ("", ask_for_too_little),
    ("sun", open_everything_in_a_row),
    ("liu", look_at_the_person),
    ("yan", open_the_menus),
]


@pytest.mark.parametrize(("username", "act"), ACTS, ids=[act.__name__ for _user, act in ACTS])
def test_a_page_in_use_is_sound(desk: Desk, username: str, act: Callable[[Page, City], None]) -> None:
    act(desk.sit(username), desk.city)
    faults = desk.faults(phone=not username or username in UNIT)
    assert not faults, "\n".join(faults)
