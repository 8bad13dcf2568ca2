"""No text runs as code: 300 that try, in every text field, on every page that shows it, in a real browser.

Cases, their whole lives, units, people, articles, time limits and files are named after them; then every role looks at
its pages, opens cases, searches for them and types them. Nothing may run, nothing may ask, nothing may stand on a page
that the page did not put there, and the content security policy may have nothing to stop.
"""

from __future__ import annotations

import logging
import os
import random
import re
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import quote

from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, Dialog, Page, sync_playwright

from bench.hostile import nothing_need_last
from bench.hostile.texts import LOOK, WATCH, texts
from bench.hostile.village import lived_through, rename, reported
from bench.report import Report
from bench.town import town
from cases.models import Case
from hotline.models import Message
from hotline.privacy import retrieval_code
from tests.browser import ARGUMENTS
from tests.doors import client_of

TOLD = 20
LISTS = {
    "zhou": ["/dispatch/", "/decisions/", "/search/", "/outbox/", "/inbox/", "/policies/", "/calendar/"],
    "sun": ["/worklist/", "/inbox/"],
    "wu": ["/review/"],
    "zheng": ["/callbacks/"],
    "wang": ["/console/", "/knowledge/", "/keys/", "/sign-in/role/"],
    "yan": ["/overview/", "/cases/?measure=intake"],
    "": ["/", "/sign-in/"],
}
OPENED = {
    "case": ["zhou", "sun", "yan"],
    "replied": ["wu"],
    "called": ["zheng"],
    "bounced": ["zhou", "sun"],
    "refused": ["wang"],
}


@dataclass
class Watch:
    """What was looked at, and what should not have been there."""

    address: str
    pages: int = 0
    dialogs: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    @contextmanager
    def desk(self, browser: Browser, username: str) -> Iterator[Page]:
        """Somebody's browser, watched."""
        context = browser.new_context(base_url=self.address, locale="en-GB", reduced_motion="reduce")
        context.set_default_timeout(60_000)
        if username:
            session = client_of(username).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": self.address}])
        context.add_init_script(f"({WATCH})()")
        page = context.new_page()
        page.on("dialog", self.asked)
        page.on(
            "request",
            lambda sent: None if sent.url.startswith(self.address) else self.found.append(f"asked {sent.url}"),
        )
        page.on("pageerror", lambda error: self.broken.append(f"{page.url} threw {error}"))
        yield page
        context.close()

    def asked(self, dialog: Dialog) -> None:
        self.dialogs.append(f"{dialog.page.url if dialog.page else ''}: {dialog.message}")
        dialog.dismiss()

    def look(self, page: Page, path: str) -> None:
        answer = page.goto(path)
        if answer is None or answer.status >= 500:
            self.broken.append(f"{path} answered {answer and answer.status}")
        self.judge(page)

    def judge(self, page: Page) -> None:
        self.pages += 1
        self.found += [f"{page.url} {fault}" for fault in page.evaluate(LOOK)]


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--n", type=int, default=300, help="texts")
    parser.add_argument("--rounds", type=int, default=12, help="times the town is renamed and looked at")
    parser.add_argument("--opened", type=int, default=4, help="cases named after one text opened in each round")


def run(options: Namespace, report: Report) -> None:
    logging.disable(logging.WARNING)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's driver keeps an event loop in this thread
    words = texts(random.Random(options.seed), options.n)
    with town() as here, sync_playwright() as driver:
        nothing_need_last()
        browser = driver.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        watch = Watch(here.web().address)
        normal_use(watch, browser)
        report.figure("pages looked at in normal use", watch.pages, at_least=1)
        report.figure("policy violations in normal use", len(watch.found), exactly=0)
        for share in (words[n :: options.rounds] for n in range(options.rounds)):
            one_round(watch, browser, share, options.opened)
        browser.close()
    tell(report, watch, len(words))


def chromium() -> str:
    found = subprocess.run(
        [sys.executable, "bin/find_browser.py"], cwd=settings.BASE_DIR, capture_output=True, text=True
    )
    return found.stdout.strip()


def normal_use(watch: Watch, browser: Browser) -> None:
    """Before anything hostile: the same pages with ordinary words."""
    cases = lived_through(["建设街窨井盖缺失", "夜间有人绊倒"], timezone.now() - timedelta(hours=10))
    everybody_looks(watch, browser, cases, "井盖")


def one_round(watch: Watch, browser: Browser, words: list[str], opened: int) -> None:
    at = timezone.now() - timedelta(hours=10)
    rename(words)
    numbers = [reported(word, at).number for word in words]
    everybody_looks(watch, browser, lived_through(words, at), words[-1])
    with watch.desk(browser, "zhou") as page:
        for number in numbers[:opened]:
            watch.look(page, f"/cases/{number}/")


def everybody_looks(watch: Watch, browser: Browser, cases: dict[str, Case], word: str) -> None:
    for username, paths in LISTS.items():
        with watch.desk(browser, username) as page:
            for path in paths:
                watch.look(page, path)
            for name in (name for name, people in OPENED.items() if username in people):
                watch.look(page, f"/cases/{cases[name].number}/")
            if username == "zhou":
                watch.look(page, f"/search/?q={quote(word)}")
            if username == "wang":
                watch.look(page, f"/knowledge/?q={quote(word)}")
                take_down(watch, page, word)
            if not username:
                follow(watch, page, cases)


def take_down(watch: Watch, page: Page, word: str) -> None:
    """The agent types it, and the console makes suggestions of it."""
    page.goto("/console/?new")
    page.fill("#words", f"{word} 建设街窨井盖缺失")
    page.locator("#categories [name=category]").first.wait_for(state="attached")
    watch.judge(page)


def follow(watch: Watch, page: Page, cases: dict[str, Case]) -> None:
    """The citizen looks the case up, and opens the link of the survey."""
    number = cases["case"].number
    page.goto("/track/")
    page.fill("[name=number]", number)
    page.fill("[name=code]", retrieval_code(number))
    page.locator("main .btn-primary").click()
    page.locator("main .hl-time").first.wait_for()
    watch.judge(page)
    told = Message.objects.filter(about=number, template__key="survey").latest("created_at").body
    watch.look(page, re.search(r"/r/[\w-]+/", told)[0])  # type: ignore[index]


def tell(report: Report, watch: Watch, n: int) -> None:
    for fault in [*watch.dialogs, *watch.found, *watch.broken][:TOLD]:
        report.fault(fault)
    report.figure("texts", n, at_least=300)
    report.figure("pages looked at", watch.pages)
    report.figure("dialogs", len(watch.dialogs), exactly=0)
    report.figure("executions, insertions and policy violations", len(watch.found), exactly=0)
    report.figure("pages that broke", len(watch.broken), exactly=0)
