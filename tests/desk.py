"""The desk at which pages are looked at: a browser in one language and theme, and what is wrong with what it shows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import axe_playwright_python
from playwright.sync_api import Browser, Page, ViewportSize

if TYPE_CHECKING:
    from tests.every_page import City

LOOKS = {"zh-hans": ("zh-CN", "light"), "en": ("en-GB", "dark")}  # each page in both languages and in both themes
DESK, PHONE = ViewportSize(width=1366, height=768), ViewportSize(width=390, height=844)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js"))
PROBE = Path(__file__).with_name("probe.js")
# As one types on, the request before is dropped, and htmx says so; a page that refuses is meant to
EXPECTED = re.compile(r"^htmx:(sendAbort|afterRequest)|status of 4")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z]{3,}")
SAID_IN_CHINESE_TOO = re.compile(r"\b(API|APP|Ctrl|qsjd|CSV|XLSX|UTF|SHA)\b")


class Desk:
    """One browser in one language and theme, at which one person after another sits down; and what it complains of."""

    def __init__(self, browser: Browser, city: City, language: str) -> None:
        self.city, self.language = city, language
        locale, self.theme = LOOKS[language]
        self.context = browser.new_context(
            locale=locale,
            color_scheme="dark" if self.theme == "dark" else "light",
            viewport=DESK,
            base_url=city.url,
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(30_000)
        for script in (AXE, PROBE):
            self.context.add_init_script(path=script)
        self.page, self.heard = self.context.new_page(), list[str]()
        self.page.on("pageerror", lambda error: self.heard.append(f"threw {error}"))
        self.page.on("console", lambda said: self.heard.append(f"said {said.text}") if said.type == "error" else None)
        self.page.on(
            "request",
            lambda sent: None if sent.url.startswith((city.url, "about:")) else self.heard.append(f"asked {sent.url}"),
        )

    def sit(self, username: str) -> Page:
        """Somebody's page; nobody's if there is no name."""
        cookies = {"django_language": self.language} | ({"sessionid": self.city.sessions[username]} if username else {})
        self.page.goto("about:blank")  # nothing of the one before is asked for in this one's name
        self.context.clear_cookies()
        self.context.add_cookies([{"name": n, "value": v, "url": self.city.url} for n, v in cookies.items()])
        self.heard.clear()
        return self.page

    def faults(self, *, phone: bool) -> list[str]:
        """Everything wrong with the page as it stands, and with how it came to be."""
        seen = self.page.evaluate("rules => probe.desk(rules)", RULES)
        faults = [f"is in {seen['language']}"] if seen["language"].lower() != self.language else []
        faults += [f"is {seen['theme']}"] if seen["theme"] != self.theme else []
        faults += [] if seen["title"].strip(" ·") else ["has no title"]
        faults += [f"has {seen['headings']} headings"] if seen["headings"] != 1 else []
        faults += sorted(f"says {words}" for words in seen["words"] if self._foreign(words))
        faults += [f"{fault} at 1366" for fault in [*sticking_out(seen), *seen["faults"]]]
        if phone:
            self.page.set_viewport_size(PHONE)
            seen = self.page.evaluate("() => probe.phone()")
            faults += [f"{fault} at 390" for fault in [*sticking_out(seen), *seen["faults"]]]
            self.page.set_viewport_size(DESK)
        return faults + self.complaints()

    def complaints(self) -> list[str]:
        """What the browser complained of since it was asked last."""
        heard = [fault for fault in self.heard if not EXPECTED.search(fault.removeprefix("said "))]
        self.heard.clear()
        return heard

    def _foreign(self, words: str) -> bool:
        left = self.city.spoken(words)
        if self.language == "en":
            return bool(CHINESE.search(left))
        return bool(ENGLISH.search(SAID_IN_CHINESE_TOO.sub("", left)))


def sticking_out(seen: dict[str, Any]) -> list[str]:
    return [f"sticks out by {seen['sideways']}"] if seen["sideways"] > 0 else []
