"""Somebody changes a row behind the product's back, and the auditor sees which one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import City, until
from tests.journeys.people import member
from tests.journeys.test_audit import CLOSED
from tests.journeys.test_detours import LANGUAGES
from tests.people import SHANGHAI

pytestmark = [pytest.mark.browser, pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("journeys")]
SAID = {
    "zh-hans": {"first": "受理", "changed": "封存后被改动", "event": "工单动态第", "whole": "完整"},
    "en": {"first": "Taken in", "changed": "was changed after it was sealed", "event": "Case event", "whole": "Whole"},
}
CHECKED = 600_000  # milliseconds: it is made by a process of its own, beside whatever else the machine does
# Which seal covers the first event of a case, once one does.
COVERED = """
from cases.models import CaseEvent
from hotline.audit_chain import Seal
from hotline.models import AuditSeal
event = CaseEvent.objects.filter(case__number={number!r}).order_by("pk").first().pk
for line in AuditSeal.objects.order_by("number").values_list("line", flat=True):
    said = Seal.read(line.encode()).journals.get("cases_caseevent", (0, "", ""))[2]
    if str(event) in (one.partition(":")[0] for one in said.split()):
        print(event, Seal.read(line.encode()).number)
        break
"""
# By somebody who may do everything in the database; afterwards the trigger is on again and nothing shows.
BEHIND_OUR_BACK = """
from django.db import connection, transaction
with transaction.atomic(), connection.cursor() as cursor:
    cursor.execute("SELECT at::text FROM cases_caseevent WHERE id = %s", [{event}])
    print(cursor.fetchone()[0])
    cursor.execute("ALTER TABLE cases_caseevent DISABLE TRIGGER refuse_change")
    cursor.execute("UPDATE cases_caseevent SET at = {at} WHERE id = %s", [{event}])
    assert cursor.rowcount == 1
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("ALTER TABLE cases_caseevent ENABLE TRIGGER refuse_change")
"""


@contextmanager
def changed(city: City, event: str) -> Iterator[None]:
    """The event is dated two hours later, and put right again, so that the other stories find a sound city."""
    was = city.run(BEHIND_OUR_BACK.format(event=event, at="at + interval '2 hours'"))
    try:
        yield
    finally:
        city.run(BEHIND_OUR_BACK.format(event=event, at=f"timestamptz '{was}'"))


def a_frozen_sample(page: Page, words: dict[str, str]) -> str:
    """Shen draws one case, freezes it and reads its life; returns the case's number."""
    page.goto("/audit/samples/")
    page.locator(".hl-head .btn-primary").click()
    page.fill("[name=title]", "受理时间抽查")
    page.fill("[name=first]", f"{datetime.now(SHANGHAI) - timedelta(days=120):%Y-%m-%d}")
    page.fill("[name=wanted]", "1")
    page.locator("main form .btn-primary").click()
    expect(page.locator("main [name=seed]")).not_to_have_value("")
    page.locator("main form .btn-primary").click()
    expect(page.locator("tr[data-row]")).to_have_count(1)
    number = page.locator("tr[data-row] a").first.inner_text().strip()
    page.locator("tr[data-row] a").first.click()
    page.locator("[data-key=L]").click()
    expect(page.locator("main tr[data-row]", has_text=words["first"]).first).to_be_visible()
    return number


def verify(page: Page) -> None:
    """The button; then whatever the newest check says, once it is over."""
    page.goto("/audit/chain/")
    before = page.locator("[id^=check-]").first.get_attribute("id") if page.locator("[id^=check-]").count() else ""
    button = page.locator("#chain form button[type=submit]")
    expect(button).to_be_enabled(timeout=CHECKED)
    button.click()
    expect(page.locator("[id^=check-]").first).not_to_have_id(before or "", timeout=60_000)
    expect(page.locator("#chain form button[type=submit]")).to_be_enabled(timeout=CHECKED)


@LANGUAGES
def test_the_auditor_sees_which_row_somebody_changed_in_the_database(
    browser: Browser, city: City, language: str
) -> None:
    words = SAID[language]
    city.run(CLOSED)
    with member(browser, city, "shen", language=language) as page:
        number = a_frozen_sample(page, words)
        event, seal = until(lambda: city.run(COVERED.format(number=number)), "seal over the case", 60).split()
        with changed(city, event):
            verify(page)
            wrong = page.locator("#wrong tbody tr")
            expect(wrong).to_have_count(1)
            expect(wrong).to_contain_text(re.compile(rf"{words['event']} {event}\b.*\b{seal}\b"))
            expect(wrong).to_contain_text(words["changed"])
        verify(page)
        expect(page.locator("#wrong")).to_have_count(0)
        expect(page.locator("#chain")).to_contain_text(words["whole"])
