"""A caller works the blind sample with the keyboard alone: takes the next, sees the number, asks, records, goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Page, expect

from cases.models import Feedback, IndependentAttempt, IndependentCallback
from tests.independent import answered_by_phone, drawn, rules
from tests.people import local

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def ten() -> Iterator[datetime]:
    """Citizens are called by day, whenever the tests run."""
    at = local(f"{timezone.localdate()} 10:00")
    with time_machine.travel(at, tick=True):
        rules()
        yield at


def choose(page: Page, key: str, name: str, value: str) -> None:
    """Into the question by its key, to the answer by the arrows."""
    page.wait_for_load_state()  # keys are bound once the page is there as a whole
    page.keyboard.press(key)
    page.keyboard.press("Space")
    for _step in range(10):
        if page.locator(f"[name={name}]:checked").get_attribute("value") == value:
            return
        page.keyboard.press("ArrowRight")
    raise AssertionError(f"the arrows never come to {value}")


def test_the_sample_is_worked_by_keyboard(sit: Callable[[str, str], Page], ten: datetime) -> None:
    yesterday = ten - timedelta(days=1)
    for _n in range(2):
        answered_by_phone(yesterday)
    drawn(timezone.localdate(yesterday), at=ten)
    page = sit("yu", "/callbacks/independent/")
    expect(page.locator("main")).to_contain_text("2 to be called")
    page.keyboard.press("n")
    expect(page.locator("h1")).to_contain_text("D-")
    expect(page.locator("main")).to_contain_text("four short questions")
    page.wait_for_load_state()
    page.keyboard.press("Alt+v")
    expect(page.locator(".hl-mask")).to_contain_text("0593 600 0123")
    for key, name, value in (
        ("Alt+1", "result", "reached"),
        ("Alt+2", "contacted", "no"),
        ("Alt+3", "solved", "no"),
        ("Alt+4", "satisfaction", "2"),
        ("Alt+5", "agent_satisfaction", "4"),
    ):
        choose(page, key, name, value)
    page.keyboard.press("Alt+6")
    page.keyboard.insert_text("没人来看过。")
    page.keyboard.press("Control+Enter")
    expect(page.locator("main")).to_contain_text("1 to be called")
    said = Feedback.objects.independent().get()
    assert (said.solved, said.satisfaction, said.agent_satisfaction) == (False, 2, 4)
    assert said.comment == "没人来看过。"

    page.keyboard.press("n")
    expect(page.locator("h1")).to_contain_text("D-")
    choose(page, "Alt+1", "result", "no_answer")
    page.keyboard.press("Control+Enter")
    expect(page.locator("main")).to_contain_text("tried again later")
    assert IndependentAttempt.objects.filter(result="no_answer").count() == 1
    assert set(IndependentCallback.objects.values_list("state", flat=True)) == {"answered", "waiting"}


def test_half_an_answer_comes_back_with_the_questions_that_are_open(
    sit: Callable[[str, str], Page], ten: datetime
) -> None:
    yesterday = ten - timedelta(days=1)
    answered_by_phone(yesterday)
    drawn(timezone.localdate(yesterday), at=ten)
    page = sit("yu", "/callbacks/independent/")
    page.keyboard.press("n")
    expect(page.locator("h1")).to_contain_text("D-")
    choose(page, "Alt+1", "result", "reached")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[role=alert]").first).to_be_visible()
    assert page.locator("[name=result]:checked").get_attribute("value") == "reached"
    assert not IndependentAttempt.objects.exists()
