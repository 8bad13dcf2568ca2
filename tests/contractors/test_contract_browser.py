"""In a browser: a contract is written, tried and signed; a month is run, objected to, ruled on, locked and printed."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, Page, expect

from contractors.models import Assessment, Contract, Terms
from tests.contractors.stories import result
from tests.desk import Desk
from tests.every_page import City, city, desk
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
    page, year = desk.sit("song"), timezone.localdate().year + 2  # the contract before is over by then
    page.goto("/contracts/draft/")
    fill(page, organisation=str(unit("YI").pk), number="YZ-HW-NEXT", lots="三标段", seats="60")
    fill(page, first_day=f"{year}-01-01", last_day=f"{year}-12-31", amount="8280000", performance_share="30")
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
    assert Contract.objects.get(number="YZ-HW-NEXT").signed_at
    assert Terms.objects.get(contract__number="YZ-HW-NEXT").clauses.get().scoring == {"kind": "linear", "slope": "1"}
    assert not desk.faults(phone=False)


def press(page: Page, address: str, name: str) -> None:
    page.goto(address)
    page.get_by_role("button", name=name).click()


def test_a_month_is_run_objected_to_ruled_on_signed_by_both_sides_and_printed(desk: Desk, city: City) -> None:
    """March: one case of three answered directly, where 40 % were agreed; one of the others is left out by a ruling."""
    page = desk.sit("song")
    page.goto(f"/contracts/{city.month.contract}/")
    fill(page, month="2026-03")
    page.get_by_role("button", name="Run it").click()
    page.wait_for_url(re.compile(r"/assessments/\d+/$"))
    address = page.url
    expect(page.locator("main")).to_contain_text("The contractor has not seen it yet.")
    page.get_by_role("button", name="Put before the contractor").click()
    expect(page.locator(".hl-steps [aria-current]")).to_contain_text("Objections until")
    assert not desk.faults(phone=False)
    month = Assessment.objects.get(month="2026-03-01")
    assert month.due == Decimal("1241931.00")

    page = desk.sit("luo")
    page.goto(address)
    page.get_by_role("link", name="Object").first.click()
    missed = next(line.split("\t")[0] for line in result(month).canonical.splitlines() if "\t0\t" in line)
    fill(page, words="系统故障，应予剔除。", claimed=missed)
    proof = FilePayload(name="故障单.txt", mimeType="text/plain", buffer="故障 31 分钟".encode())
    page.locator("main [name=proofs]").set_input_files([proof])
    page.locator("main .btn-primary").click()
    page.wait_for_url(re.compile(r"#objection-"))
    expect(page.locator("main")).to_contain_text("If all waiting objections were upheld: 1,380,000.00 yuan")
    assert not desk.faults(phone=False)

    page = desk.sit("jiang")
    page.goto(address)
    page.get_by_role("link", name="Rule on 1 objection").click()
    expect(page.locator("main")).to_contain_text("The system recomputed: 50.00%, marks 20.00; +138,069.00 yuan")
    with page.expect_download() as opened:
        page.get_by_role("link", name="故障单.txt").click()
    assert Path(opened.value.path()).read_text() == "故障 31 分钟"
    page.get_by_role("radio", name="uphold", exact=True).check()
    fill(page, ruling="故障属实。")
    page.locator("main .btn-primary").click()
    page.wait_for_url(re.compile(r"#objection-"))
    expect(page.locator("main")).to_contain_text("upheld")

    press(desk.sit("luo"), address, "Sign: 1,380,000.00 yuan")
    expect(page.locator(".hl-steps [aria-current]")).to_contain_text("Sign and lock")
    press(desk.sit("yan"), address, "Sign: 1,380,000.00 yuan")
    expect(page.locator(".hl-steps")).to_contain_text("Signed and locked")
    month.refresh_from_db()
    assert (month.is_locked, month.due) == (True, Decimal("1380000.00"))
    page.get_by_role("link", name="Count again").click()
    expect(page.locator("main")).to_contain_text("The same rows and the same cents: 1,380,000.00 yuan.")
    page.goto(address)
    with page.expect_download() as printed:
        page.get_by_role("link", name="Print").click()
    assert Path(printed.value.path()).read_bytes().startswith(b"%PDF")
    assert not desk.faults(phone=False)
