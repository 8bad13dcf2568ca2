"""What is looked at on every page, and a city with something on each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page

from cases.models import Case, Category, DeadlinePolicy, KnowledgeArticle, Survey
from hotline.delivery import deliver_next
from hotline.models import CalendarYear, Message
from hotline.privacy import retrieval_code
from tests import stories
from tests.doors import client_of

LOCALES = {"zh-hans": "zh-CN", "en": "en-GB"}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# As one types on, the request before is dropped, and htmx says so; a page that refuses is meant to
EXPECTED = re.compile(r"^htmx:(sendAbort|afterRequest)|status of 4")
ENGLISH = re.compile(r"[A-Za-z]{2,}(?:[ ,'’]+[A-Za-z]{2,}){2,}")
COVERED = "partially obscured"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
WORDS = """() => {
    const found = [document.title];
    const skip = "script, style, template, code, pre, textarea, kbd, [lang]:not(html), [data-message], " +
        ".hl-hash, .front-secret, .hl-prose, .reply-words";
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) if (!walk.currentNode.parentElement.closest(skip)) found.push(walk.currentNode.data);
    for (const e of document.querySelectorAll("[aria-label], [placeholder], [title]"))
        if (!e.closest(skip)) for (const n of ["aria-label", "placeholder", "title"]) found.push(e.getAttribute(n));
    return found.filter(words => words && words.trim()).map(words => words.trim());
}"""
FRAME = """() => ({
    language: document.documentElement.lang, title: document.title, headings: document.querySelectorAll("h1").length,
    sideways: document.documentElement.scrollWidth - innerWidth,
    cut: [...document.querySelectorAll(".hl-nav")].some(nav => nav.scrollWidth > nav.clientWidth),
})"""


@dataclass
class City:
    """Where it is served, its cases by what they are there for, and the words that are nobody's interface."""

    url: str
    cases: dict[str, Case]
    survey: str
    used_survey: str
    code: str
    callback: str
    article: str
    data: list[str]
    sessions: dict[str, str]

    def spoken(self, words: str) -> str:
        """What is left of a text without the names and words of cases."""
        for known in self.data:
            words = words.replace(known, "")
        return words


def told(url: str, people: list[str]) -> City:
    """A case in every state, a request for a ruling of each kind, notices delivered, a citizen to be called."""
    at = timezone.now() - timedelta(hours=9)
    cases = {str(status): story(at=at) for status, story in stories.IN_STATUS.items()}
    cases["confidential"] = stories.signed(at=at, confidential=True)
    cases["late"] = stories.signed(at=at - timedelta(days=60))
    cases["bounce"] = stories.bounce_asked(at=at).case
    cases["extension"] = stories.extension_asked(at=at).case
    cases["callback"] = stories.accepted(at=at, phone="0593-2345678")
    while deliver_next(timezone.now()):
        pass
    return City(
        url=url,
        cases=cases,
        survey=_link(cases["verifying"]),
        used_survey=_link(cases["closed"]),
        code=retrieval_code(cases["handling"].number),
        callback=str(Survey.objects.get(case=cases["callback"]).pk),
        article=KnowledgeArticle.objects.order_by("key").values_list("key", flat=True)[0],
        data=_words_of_data(list(cases.values())),
        sessions={username: client_of(username).cookies["sessionid"].value for username in people},
    )


def _link(case: Case) -> str:
    body: str = Message.objects.filter(about=case.number, template__key="survey").latest("created_at").body
    return "/r/" + body.partition("/r/")[2].split("/")[0] + "/"


def _words_of_data(cases: list[Case]) -> list[str]:
    """Titles, places and replies; articles; names and words that have no English: longest first."""
    words = {stories.MANHOLE, "李女士", "李**", stories.a_reply().public_reply, stories.a_reply().internal_note}
    for case in cases:
        words |= {case.title, case.place, case.title[:18], case.place[:18]}
    words |= {"建设街", stories.MANHOLE[3:], cases[0].title[3:], "尽快补盖", "夜间"}  # marked where they were sought
    words |= {note for case in cases for note in case.decisions.values_list("grounds", flat=True)}
    words |= set(DeadlinePolicy.objects.values_list("source", flat=True))
    words |= set(CalendarYear.objects.values_list("source", flat=True))
    words |= {v for row in KnowledgeArticle.objects.values_list("title", "body") for v in row}
    words |= set(Category.objects.filter(name_en="").values_list("name", flat=True))
    return sorted(filter(None, words), key=len, reverse=True)


@contextmanager
def at_a_desk(browser: Browser, city: City, username: str, language: str) -> Iterator[tuple[Page, list[str]]]:
    """Somebody's browser, and what it complains of; nobody's if there is no name."""
    context = browser.new_context(
        locale=LOCALES[language], viewport={"width": 1366, "height": 768}, base_url=city.url, reduced_motion="reduce"
    )
    context.set_default_timeout(10_000)
    cookies = {"django_language": language}
    if username:
        cookies["sessionid"] = city.sessions[username]
    context.add_cookies([{"name": n, "value": v, "url": city.url} for n, v in cookies.items()])
    page, heard = context.new_page(), list[str]()
    page.on("pageerror", lambda error: heard.append(f"threw {error}"))
    page.on("console", lambda said: heard.append(f"said {said.text}") if said.type == "error" else None)
    page.on("request", lambda sent: None if sent.url.startswith(city.url) else heard.append(f"asked {sent.url}"))
    yield page, heard
    context.close()


def faults_of(page: Page, city: City, language: str, *, phone: bool) -> list[str]:
    """Everything wrong with the page as it stands."""
    frame = page.evaluate(FRAME)
    faults = [f"is in {frame['language']}"] if frame["language"].lower() != language else []
    faults += [] if frame["title"].strip(" ·") else ["has no title"]
    faults += [f"has {frame['headings']} headings"] if frame["headings"] != 1 else []
    faults += [f"sticks out by {frame['sideways']} at 1366"] if frame["sideways"] > 0 else []
    faults += ["cuts its navigation off"] if frame["cut"] else []
    foreign = ENGLISH if language == "zh-hans" else CHINESE
    faults += sorted({f"says {words}" for words in page.evaluate(WORDS) if foreign.search(city.spoken(words))})
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
    # A foot that stays in view covers what scrolls under it; that is not too small
    nodes = [(fault["id"], node) for fault in found for node in fault["nodes"] if COVERED not in node["failureSummary"]]
    faults += [f"{rule}: {node['html'][:200]}" for rule, node in nodes]
    if phone:
        page.set_viewport_size({"width": 390, "height": 844})
        sideways = page.evaluate(FRAME)["sideways"]
        faults += [f"sticks out by {sideways} at 390"] if sideways > 0 else []
        page.set_viewport_size({"width": 1366, "height": 768})
    return faults


def unexpected(heard: list[str]) -> list[str]:
    return [fault for fault in heard if not EXPECTED.search(fault.removeprefix("said "))]
