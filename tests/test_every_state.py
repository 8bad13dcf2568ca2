"""Every state of the design, reached in the product itself: each says what happened, what is safe and what is next.

Empty, filtered to nothing, loading, failed, refused at a field, not permitted, offline, changed by another, done in
part, signed out, too often, not there, out of order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.desk import Desk
from tests.every_page import City, city, desk

__all__ = ["city", "desk"]

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db, pytest.mark.xdist_group("keyboard")]


@pytest.fixture
def see(desk: Desk) -> Iterator[Callable[..., Page]]:
    """Opens a page as somebody; in the end whatever state it is in must be sound, and nothing stays out of order."""

    def opened(username: str, address: str) -> Page:
        page = desk.sit(username)
        page.goto(address.format(**{name: case.number for name, case in desk.city.cases.items()}))
        return page

    yield opened
    desk.page.unroute_all(behavior="ignoreErrors")
    desk.context.set_offline(False)
    assert [fault for fault in desk.faults(phone=False) if not MEANT.search(fault)] == []


MEANT = re.compile(r"status of 5\d\d|ERR_INTERNET|^said (htmx:sendError|Response Status Error Code)")
SAID = "已约诉求人周三上午现场复核。"
See = Callable[..., Page]


def says(page: Page, *words: str) -> None:
    for part in words:
        expect(page.locator("body")).to_contain_text(part)


@contextmanager
def at_another_desk(browser: Browser, city: City, username: str) -> Iterator[Page]:
    other = Desk(browser, city, "en")
    yield other.sit(username)
    other.context.close()


# -- Empty


@pytest.mark.parametrize(
    ("username", "address", "words"),
    [
        ("lin", "/worklist/", "Nothing in this list"),
        ("lin", "/inbox/", "No notices"),
        ("zhou", "/dispatch/?tab=returned", "None under this heading"),
        ("wang", "/search/", "What are you looking for?"),
        ("wang", "/keys/", "You have no keys"),
    ],
)
def test_an_empty_list_says_what_would_fill_it(see: See, username: str, address: str, words: str) -> None:
    page = see(username, address)
    assert words in page.locator(".hl-empty").inner_text()
    assert page.locator(".hl-empty").inner_text().replace(words, "").strip()


@pytest.mark.parametrize(
    ("username", "address"), [("sun", "/worklist/?q=zzzz"), ("wang", "/search/?q=zzzz&status=closed")]
)
def test_filters_that_leave_nothing_are_named_and_can_be_cleared(see: See, username: str, address: str) -> None:
    page = see(username, address)
    assert "zzzz" in page.locator(".hl-empty").inner_text()
    page.locator(".hl-empty .btn").click()
    expect(page.locator(".hl-empty .btn")).to_have_count(0)


# -- Loading and failing


def test_what_takes_longer_than_a_moment_shows_that_it_is_read(see: See) -> None:
    page, waiting = see("liu", "/cases/{late}/"), list[Route]()
    page.route("**/moves/contact/", lambda route: waiting.append(route))
    page.locator("[data-key=C]").click()
    expect(page.locator("#move-form[aria-busy=true] .hl-skel").first).to_be_visible()
    says(page, "Reading, usually under a second")
    waiting[0].continue_()
    expect(page.locator("#move-form form")).to_be_visible()
    expect(page.locator(".hl-skel")).to_have_count(0)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (500, "The server could not do this."),
        (503, "The service is being restarted."),
        (429, "Too many requests in a short time."),
    ],
)
def test_a_part_that_cannot_be_read_says_so_in_its_place(see: See, status: int, words: str) -> None:
    page = see("liu", "/cases/{late}/")
    answer = {"status": status, "headers": {"X-Request-ID": "E-7C41"}}
    page.route("**/moves/contact/", lambda route: route.fulfill(**answer))
    page.locator("[data-key=C]").click()
    says(page, words, "What you filled in is not lost.", "E-7C41")
    page.unroute_all()
    page.locator("[data-retry]").click()
    expect(page.locator("#move-form form")).to_be_visible()
    expect(page.locator("[data-failed]")).to_have_count(0)


def test_without_a_network_the_draft_stays_on_the_device_and_goes_out_afterwards(see: See, desk: Desk) -> None:
    page = see("wang", "/console/?new")
    page.fill("#words", "建设街路灯不亮。")
    page.locator("[data-autosave-status].ok").wait_for()
    desk.context.set_offline(True)
    page.fill("#words", "建设街路灯不亮，已有三天。")
    says(page, "The network is down. The draft is kept on this device and will be sent by itself.")
    desk.context.set_offline(False)
    page.locator("[data-autosave-status].ok").wait_for()


@pytest.mark.parametrize("address", ["/nothing/", "/cases/20260101-999999/", "/cases/{bounce}/"])
def test_what_is_not_there_and_what_is_not_ones_own_look_alike(see: See, address: str) -> None:
    page = see("lin", address)
    says(page, "There is nothing here", "The address is wrong, or what it names is not yours to see.")


# -- Refused


def test_a_form_names_what_must_be_changed_and_leads_there(see: See) -> None:
    page = see("liu", "/cases/{late}/?move=contact")
    form = page.locator("#move-form form")
    form.locator("button[type=submit]").click()
    form.locator("[role=alert] a").first.click()
    assert page.evaluate("() => document.querySelector('#move-form').contains(document.activeElement)")
    expect(form.locator(".hl-error").first).to_be_visible()


def test_a_role_without_the_right_is_told_which(see: See) -> None:
    page = see("sun", "/overview/")
    says(page, "Your role may not see this", "This visit has been logged.", "Missing right: overview.read")


def test_who_was_slower_sees_what_the_other_did_and_loses_nothing(see: See, browser: Browser, city: City) -> None:
    case = city.cases["rehandling"]
    page = see("liu", "/cases/{rehandling}/")
    for name, answer in (("claim", "true"), ("beyond_powers", "no"), ("solved", "solved"), ("contacted", "no")):
        page.locator(f"label:has([name={name}][value={answer}])").click()
    page.fill("[name=public_reply]", "井盖已重新加固，验收合格。")
    with at_another_desk(browser, city, "zhou") as other:
        other.goto(f"/cases/{case.number}/?move=note")
        other.fill("#move-form textarea", SAID)
        other.locator("#move-form button[type=submit]").click()
        other.locator("#messages .hl-note").wait_for()
    page.locator("[data-reply] .btn-primary").click()
    says(page, "Somebody else changed this case meanwhile.", f"Zhou Ming: note · {SAID}")
    expect(page.locator("[data-autosave-restore]")).to_be_hidden()
    expect(page.locator("[name=public_reply]")).to_have_value("井盖已重新加固，验收合格。")


def test_a_bulk_act_says_what_was_done_and_what_not(see: See, city: City) -> None:
    page = see("sun", "/worklist/?list=to-sign")
    page.locator("[data-select-all]").check()
    expect(page.locator("[data-unopened]")).to_be_visible()
    says(page, "Never opened, so not in bulk:")
    page.locator("[data-unopened-links] a").first.click()
    page.go_back()
    page.locator("[data-select-all]").check()
    page.locator("[form=bulk].btn-primary").click()
    page.locator("#messages .hl-note").first.wait_for()


# -- Signed out, too often, out of order


def test_whoever_was_signed_out_comes_back_to_the_page_after_signing_in(see: See) -> None:
    page = see("", "/inbox/")
    says(page, "Please sign in; the page you asked for opens then.")


def test_what_is_sent_after_the_session_ended_is_said_not_to_be_done(see: See, desk: Desk) -> None:
    page = see("zhou", "/dispatch/")
    desk.context.clear_cookies(name="sessionid")
    page.locator("[data-row] button[type=submit]").first.click()
    says(page, "You are signed out, and what you just sent was not carried out.")
    assert "next=%2Fdispatch%2F" in page.url


def test_a_part_asked_for_after_the_session_ended_leads_to_the_sign_in_and_keeps_the_page(see: See, desk: Desk) -> None:
    page = see("liu", "/cases/{late}/")
    desk.context.clear_cookies(name="sessionid")
    page.locator("[data-key=C]").click()
    says(page, "You are signed out.")
    assert "/sign-in/?next=%2Fcases%2F" in str(page.locator("[data-sign-in]").get_attribute("href"))


def test_a_page_from_before_another_sign_in_says_so(see: See, desk: Desk) -> None:
    page = see("zhou", "/dispatch/")
    token = next(c for c in desk.context.cookies() if c["name"] == "csrftoken")
    desk.context.add_cookies([{"name": "csrftoken", "value": "x" * len(token["value"]), "url": desk.city.url}])
    page.locator("[data-row] button[type=submit]").first.click()
    says(page, "This page is out of date", "Nothing was sent.")


def test_guessing_codes_is_stopped_and_told_for_how_long(see: See, city: City) -> None:
    page = see("", "/track/")
    for _try in range(12):
        page.fill("[name=number]", city.cases["handling"].number)
        page.fill("[name=code]", "000000")
        page.locator("main .btn-primary").click()
        if page.get_by_text("Too many tries.").count():
            break
    says(page, "Too many tries. Try again in", "or dial 12345")


def test_guessing_passwords_is_stopped_and_told_until_when(see: See) -> None:
    page = see("", "/sign-in/")
    for _try in range(6):
        if not page.locator("[name=username]").count() or page.get_by_text("Signing in is locked").count():
            break
        page.fill("[name=username]", "luo")
        page.fill("[name=password]", "wrong")
        page.locator("main .btn-primary").click()
    says(page, "Signing in is locked until", "Your work is safe.")


def test_a_fault_of_ours_is_admitted_with_a_reference(see: See, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise ArithmeticError

    monkeypatch.setattr("hotline.pages.notices.pager", broken)
    page = see("sun", "/inbox/")
    says(page, "The server could not do this", "Nothing was half done", "Reference: ")
