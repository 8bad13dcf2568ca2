"""In a browser: a contract is written, tried and signed; a month is run, objected to, ruled on, locked and printed."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from contractors.models import Assessment, Contract, Terms
from tests.every_page import City, Desk, city, desk
from tests.people import unit

__all__ = ["city", "desk"]

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db, pytest.mark.xdist_group("every page")]


def fill(page: Page, **fields: str) -> None:
    for name, value in fields.items():
        control = page.locator(f"main [name={name}]")
        if control.evaluate("e => e.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)


def test_a_contract_is_written_tried_on_a_month_and_signed_by_somebody_else(desk: Desk) -> None:
    page = desk.sit("song")
    page.goto("/contracts/draft/")
    fill(page, organisation=str(unit("YI").pk), number="YZ-HW-2027-01", lots="三标段", seats="60")
    fill(page, first_day="2027-01-01", last_day="2027-12-31", amount="8280000", performance_share="30")
    page.locator("main .btn-primary").click()
    page.wait_for_url(re.compile(r"/terms/\d+/$"))
    terms = page.url
    page.get_by_role("link", name="Add a clause").click()
    fill(page, number="4.1", name="直接答复率", name_en="Direct answers", measure="direct_answer_rate")
    fill(page, target="40", weight="20", kind="linear", slope="1")
    page.locator("main .btn-primary").click()
    page.wait_for_url(terms)
    expect(page.locator("main table")).to_contain_text("Full marks at the target, 1 less for every unit short of it.")
    fill(page, month="2026-02")
    page.get_by_role("button", name="Try it").click()
    expect(page.locator("main")).to_contain_text("A trial: it binds nobody")
    page.goto(terms)
    page.get_by_role("button", name="Propose it").click()
    expect(page.locator(".hl-head .hl-state")).to_have_text("awaiting approval")
    assert not desk.faults(phone=False)

    page = desk.sit("yan")
    page.goto(terms)
    page.get_by_role("button", name="Sign for the office").click()
    expect(page.locator(".hl-head .hl-state")).to_have_text("approved")
    assert Contract.objects.get(number="YZ-HW-2027-01").signed_at
    assert Terms.objects.get(contract__number="YZ-HW-2027-01").clauses.get().scoring == {"kind": "linear", "slope": "1"}
    assert not desk.faults(phone=False)


def test_a_month_is_run_objected_to_ruled_on_signed_by_both_sides_and_printed(desk: Desk, city: City) -> None:
    month = Assessment.objects.get(pk=city.month.pk)
    page = desk.sit("jiang")
    page.goto(f"/assessments/{month.pk}/")
    page.get_by_role("link", name="Rule on 1 objection").click()
    page.locator("main").get_by_text("reject", exact=True).click()
    fill(page, ruling="口径无误。")
    page.locator("main .btn-primary").click()
    page.wait_for_url(re.compile(rf"/assessments/{month.pk}/#objection-"))
    expect(page.locator("main")).to_contain_text("rejected")

    page = desk.sit("luo")
    page.goto(f"/assessments/{month.pk}/")
    page.get_by_role("button", name="Sign:").click()
    expect(page.locator("main")).to_be_visible()
    page = desk.sit("yan")
    page.goto(f"/assessments/{month.pk}/")
    page.get_by_role("button", name="Sign:").click()
    expect(page.locator(".hl-steps")).to_contain_text("Signed and locked")
    month.refresh_from_db()
    assert (month.is_locked, month.due) == (True, Decimal("1375000.00"))
    page.get_by_role("link", name="Count again").click()
    expect(page.locator("main")).to_contain_text("The same rows and the same cents: 1,375,000.00 yuan.")
    page.goto(f"/assessments/{month.pk}/")
    with page.expect_download() as printed:
        page.get_by_role("link", name="Print").click()
    assert Path(printed.value.path()).read_bytes().startswith(b"%PDF")
    assert not desk.faults(phone=False)
