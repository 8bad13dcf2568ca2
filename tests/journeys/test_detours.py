"""The detours of an ordinary day: answered at once, returned, extended, and late."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import City, until
from tests.journeys.people import member
from tests.journeys.test_main_road import sign, status_of

pytestmark = [pytest.mark.browser, pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("journeys")]

LANGUAGES = pytest.mark.parametrize("language", ["zh-hans", "en"])
PHONES = {"zh-hans": "1390000200", "en": "1390000300"}
STORY = """
from datetime import timedelta
from django.utils import timezone
from tests import stories
from tests.people import member, unit
at = timezone.now() - timedelta({ago})
case = stories.a_case(at, phone={phone!r}, urgency={urgency!r})
case = stories.dispatched(case, at=at, to=unit("CGJ"))
print(case.number)
"""


def a_dispatched_case(city: City, phone: str, *, ago: str = "minutes=20", urgency: str = "ordinary") -> str:
    """Registered by Wang some time ago and sent to urban management ten minutes later."""
    return city.run(STORY.format(phone=phone, ago=ago, urgency=urgency))


def move_on(city: City, number: str, *, minutes: int, seconds: int) -> None:
    """So much of the time to sign off is over."""
    city.run(
        f"from datetime import timedelta; by = timedelta(minutes={minutes}, seconds={seconds});"
        f"from cases.models import Clock; c = Clock.objects.get(case__number={number!r}, kind='sign');"
        "c.started_at -= by; c.due_at -= by; c.next_action_at -= by; c.save()"
    )


@LANGUAGES
def test_wang_answers_a_question_without_touching_the_mouse(browser: Browser, city: City, language: str) -> None:
    with member(browser, city, "wang", language=language) as page:
        page.goto("/console/?new")
        page.keyboard.press("Alt+Digit1")
        page.keyboard.insert_text("咨询：居住证快到期了，续签要带什么材料，在哪里办，要不要交钱？")
        expect(page.locator("#console [name=number]")).not_to_have_value("")
        number = page.input_value("#console [name=number]")
        page.keyboard.press("Alt+Digit3")
        page.keyboard.press("Space")
        page.locator("[name=kind]:checked").wait_for(state="attached")
        page.locator("[name=category]:checked").wait_for(state="attached")
        page.keyboard.press("Alt+KeyQ")
        expect(page.locator("#answer")).to_have_value(until(lambda: page.input_value("#answer"), "a quoted answer"))
        page.keyboard.press("Control+Shift+Enter")
        expect(page.locator("#console [name=number]")).not_to_have_value(number)
    assert status_of(city, number) == "closed 1"
    said = city.run(
        "from cases.models import Case, CaseEvent;"
        f"e=CaseEvent.objects.get(case__number={number!r}, kind='answered'); print(e.payload, len(e.why) > 20)"
    )
    assert "residence-permit" in said
    assert said.endswith("True")


def ask(page: Page, number: str, move: str, **fields: str) -> None:
    """Open a move's form beside the case, fill it in and send it."""
    page.goto(f"/cases/{number}/?move={move}")
    form = page.locator("#move-form form")
    for name, value in fields.items():
        field = form.locator(f"[name={name}]")
        if field.first.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    form.locator("button[type=submit]").click()
    expect(page.locator("#move-form form")).to_have_count(0)


def rule(page: Page, number: str, act: str, **fields: str) -> None:
    page.goto(f"/cases/{number}/")
    form = page.locator("form", has=page.locator("[name=ruling]")).first
    for name, value in fields.items():
        form.locator(f"[name={name}]").fill(value)
    form.locator(f"button[value={act}]").click()
    page.wait_for_load_state()


@LANGUAGES
def test_a_case_sent_to_the_wrong_unit_is_returned_and_reaches_the_right_one(
    browser: Browser, city: City, language: str
) -> None:
    number = a_dispatched_case(city, PHONES[language] + "1")
    with member(browser, city, "sun", language=language) as page:
        ask(page, number, "bounce", reason="not_our_duty", grounds="该路段窨井由供排水单位管养，见三定方案第 3 条。")
    with member(browser, city, "zhou", language=language) as page:
        rule(page, number, "grant", unit="SWJ", ruling="排水窨井由水务局管养。")
    assert status_of(city, number) == "dispatched 1"
    with member(browser, city, "sun", language=language) as page:
        page.goto("/worklist/")
        expect(page.locator("body")).not_to_contain_text(number)
    with member(browser, city, "lin", language=language) as page:
        sign(page, number)
    assert status_of(city, number) == "handling 1"


@LANGUAGES
def test_an_extension_moves_the_limit_and_the_citizen_is_told(browser: Browser, city: City, language: str) -> None:
    number = a_dispatched_case(city, PHONES[language] + "2")
    due = f"from cases.models import Case; print(Case.objects.get(number={number!r}).promise_due_at.isoformat())"
    with member(browser, city, "liu", language=language) as page:
        sign(page, number)
        before = city.run(due)
        ask(page, number, "extend", reason="engineering", grounds="需开挖更换井座，连日降雨无法施工。", amount="3")
    with member(browser, city, "zhou", language=language) as page:
        rule(page, number, "grant", ruling="同意延期，请告知诉求人。")
    assert city.run(due) > before
    city.send_now()
    assert "延" in until(lambda: city.last_sms(number) if "延" in city.last_sms(number) else "", "the SMS")


@LANGUAGES
def test_a_limit_that_runs_out_shows_its_yellow_and_its_red_card(browser: Browser, city: City, language: str) -> None:
    """Urgent: 30 minutes to sign off, yellow ten minutes before. Sent five minutes ago; then its time is moved on."""
    number = a_dispatched_case(city, PHONES[language] + "3", ago="minutes=15", urgency="urgent")
    cards = (
        "from cases.models import CaseEvent; print(' '.join(CaseEvent.objects.filter("
        f"case__number={number!r}, payload__leg='sign').order_by('at').values_list('kind', flat=True)))"
    )
    assert city.run(cards) == ""
    move_on(city, number, minutes=14, seconds=55)
    assert until(lambda: city.run(cards), "a yellow card", 40) == "yellow"
    move_on(city, number, minutes=9, seconds=55)
    until(lambda: city.run(cards).replace("yellow", "").strip(), "a red card", 40)
    assert city.run(cards) == "yellow red"
    with member(browser, city, "peng", language=language) as page:
        page.goto("/inbox/")
        expect(page.locator("body")).to_contain_text(number)
        page.goto(f"/cases/{number}/")
        expect(page.locator("body")).to_contain_text("红牌" if language == "zh-hans" else "Red card")
