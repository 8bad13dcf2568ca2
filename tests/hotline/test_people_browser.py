"""A person comes, loses the telephone, and is let in again: told in a real browser, from both sides."""

from __future__ import annotations

import pytest
from django_otp.oath import totp
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from hotline.models import Authenticator
from tests.doors import client_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
OWN = "云州-井盖-2026"


class Newcomer:
    """Tian, at a browser of her own, with an authenticator app."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site

    def sign_in(self, password: str) -> None:
        self.page.goto(f"{self.site}/sign-in/")
        self.page.fill("[name=username]", "tian")
        self.page.fill("[name=password]", password)
        self.page.keyboard.press("Enter")

    def choose_password(self) -> None:
        self.page.wait_for_url("**/sign-in/new-password/")
        self.page.fill("[name=new]", OWN)
        self.page.fill("[name=again]", OWN)
        self.page.keyboard.press("Enter")

    def set_up_second_factor(self) -> None:
        self.page.wait_for_url("**/sign-in/second-factor/set-up/")
        secret = self.page.locator(".front-secret").inner_text().replace(" ", "")
        device = Authenticator.objects.get(user__username="tian")
        assert device.secret == secret
        self.page.fill("[name=code]", f"{totp(device.key):06d}")
        self.page.keyboard.press("Enter")
        expect(self.page.locator(".front-codes li")).to_have_count(10)
        self.page.locator("main a.btn-primary").click()
        self.page.wait_for_url("**/sign-in/role/")
        self.page.locator("[name=membership]").click()
        self.page.wait_for_url("**/dispatch/")

    def is_in(self) -> bool:
        self.page.goto(f"{self.site}/inbox/")
        return "/sign-in/" not in self.page.url


class Administrator:
    """The security administrator, with nothing but what the pages offer."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site
        page.context.add_cookies(
            [{"name": "sessionid", "value": client_of("secadmin").cookies["sessionid"].value, "url": site}]
        )

    def adds(self) -> str:
        page = self.page
        page.goto(f"{self.site}/people/")
        page.keyboard.press("n")
        page.wait_for_url("**/people/add/")
        for name, words in (("username", "tian"), ("name", "田甜"), ("staff_number", "3031"), ("because", "12号函")):
            page.fill(f"[name={name}]", words)
        page.locator("main .btn-primary").click()
        raw = page.locator("[data-one-time]").inner_text()
        page.locator("main .btn-primary").click()
        return raw

    def gives(self, organisation: str, role: str) -> None:
        form = self.opened("grant")
        form.locator("[name=organisation]").select_option(organisation)
        form.locator("[name=role]").select_option(role)
        self.does(form)

    def does(self, form: Locator, because: str = "12号函") -> None:
        form.locator("[name=because]").fill(because)
        form.locator("button").click()
        expect(self.page.locator("#messages [role=status]")).to_be_visible()

    def opened(self, act: str) -> Locator:
        page = self.page
        page.goto(f"{self.site}/people/?q=tian")
        page.keyboard.press("Enter")
        page.wait_for_url("**/people/*/")
        page.locator(f"#do-{act} summary").click()
        return page.locator(f"#do-{act}")


def test_a_newcomer_signs_in_loses_the_telephone_and_is_let_in_again(
    page: Page, browser: Browser, live_server: LiveServer
) -> None:
    administrator = Administrator(page, live_server.url)
    context = browser.new_context(locale="zh-CN")
    tian = Newcomer(context.new_page(), live_server.url)
    raw = administrator.adds()
    administrator.gives("HOTLINE", "dispatcher")
    tian.sign_in(raw)
    tian.choose_password()
    tian.set_up_second_factor()
    assert tian.is_in()
    administrator.does(administrator.opened("second-factor"), "手机遗失，本人持证到场")
    assert not tian.is_in()
    tian.sign_in(OWN)
    tian.set_up_second_factor()
    assert tian.is_in()
    context.close()
