"""The citizens' pages on a telephone: readable, large enough to hit, and complete without any script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from cases.models import Case, Feedback
from hotline.models import Message
from hotline.privacy import retrieval_code
from tests.stories import accepted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SMALL = """() => [...document.querySelectorAll("main .btn, main .form-control, main .hl-choice label")]
    .filter(e => e.getBoundingClientRect().height < 48).map(e => e.outerHTML)"""


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def telephone(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(
        locale="zh-CN", viewport={"width": 390, "height": 844}, java_script_enabled=request.param
    )
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def answered() -> Case:
    return accepted(at=timezone.now())


def link(case: Case) -> str:
    body: str = Message.objects.get(about=case.number, template__key="survey").body
    return "/r/" + body.partition("/r/")[2]


def check(page: Page) -> None:
    """Nothing sticks out, everything can be hit with a thumb and read by everybody."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate(SMALL) == []
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []


def test_a_case_is_found_by_number_and_code(telephone: Page, live_server: LiveServer, answered: Case) -> None:
    telephone.goto(live_server.url + "/track/")
    telephone.fill("#id_number", answered.number)
    telephone.fill("#id_code", retrieval_code(answered.number))
    telephone.click("main .btn-primary")
    assert answered.title in telephone.inner_text("main")
    assert telephone.url == live_server.url + "/track/"


def test_the_survey_is_answered_with_the_thumb(telephone: Page, live_server: LiveServer, answered: Case) -> None:
    telephone.goto(live_server.url + link(answered))
    for question, answer in (("contacted", "yes"), ("solved", "no"), ("satisfaction", "2")):
        telephone.locator(f"label:has(input[name={question}][value='{answer}'])").click()
    telephone.click("main .btn-primary")
    assert "谢谢您" in telephone.inner_text("main")
    assert Feedback.objects.get().satisfaction == 2


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everybody_can_read_and_hit_it(browser: Browser, live_server: LiveServer, answered: Case, theme: str) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    for path in ("/", "/track/", "/sign-in/", link(answered), "/r/unknown/"):
        page.goto(live_server.url + path)
        check(page)
    page.goto(live_server.url + link(answered))
    page.click("main .btn-primary")  # the errors
    check(page)
    context.close()
