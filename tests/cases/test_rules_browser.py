"""In a browser: a limit is tried out, proposed and approved by somebody else; a supervisor climbs the ladder."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from cases.models import DeadlinePolicy, LadderStep
from hotline.models import Proposal
from tests.desk import Desk
from tests.every_page import City, city, desk
from tests.rules import WHY, limit

__all__ = ["city", "desk"]

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db, pytest.mark.xdist_group("every page")]


def move(page: Page, number: str, name: str, **fields: str) -> None:
    """One move's form on the case page, filled in and sent."""
    page.goto(f"/cases/{number}/?move={name}")
    form = page.locator("#move-form form")
    for field, value in fields.items():
        if field == "rung":
            form.locator("[name=rung]").select_option(value)
        else:
            form.locator(f"[name={field}]").fill(value)
    form.locator("button[type=submit]").click()
    expect(page.locator("#move-form form")).to_have_count(0)


def test_a_limit_is_tried_out_proposed_and_approved_by_somebody_else(desk: Desk) -> None:
    review = limit("review")
    page = desk.sit("song")
    page.goto("/policies/")
    page.locator(f"a[href$='from={review.pk}']").click()
    page.fill("[name=amount]", "4")
    page.select_option("[name=unit]", "hour")
    page.fill("[name=why]", WHY)
    page.locator("button[value=try]").click()
    expect(page.locator("#tried")).to_contain_text("4 hours")
    expect(page.locator("#tried")).to_contain_text("Changes nothing for")
    assert not Proposal.objects.filter(target=str(review.pk)).exists()
    page.locator("button[value=propose]").click()
    page.wait_for_url(re.compile(r"/approvals/\d+/"))
    expect(page.locator("main")).to_contain_text("somebody else decides")
    address = page.url
    assert not desk.faults(phone=False)

    page = desk.sit("yan")
    page.goto(address)
    expect(page.locator("main del")).to_have_text("1 working day")
    page.locator("button[value=approve]").click()
    page.wait_for_url(re.compile(r"/approvals/$"))
    assert DeadlinePolicy.objects.get(pk=review.pk).valid_until is not None
    assert (limit("review").amount, limit("review").unit) == (4, "hour")
    assert not desk.faults(phone=False)


def test_a_supervisor_climbs_the_ladder_on_an_overdue_case(desk: Desk, city: City) -> None:
    late = city.cases["late"]
    page = desk.sit("jiang")
    page.goto("/overview/")
    page.get_by_role("link", name="Urging and supervision").first.click()
    page.locator(f"a[href='/cases/{late.number}/']").first.click()
    expect(page.locator("#ladder")).to_contain_text("supervision 2026 no. 1")

    peng = desk.sit("peng")
    move(peng, late.number, "answer-step", words="已更换井盖，三日内完成周边排查。")
    expect(peng.locator("#ladder")).to_contain_text("已更换井盖")

    jiang = desk.sit("jiang")
    move(jiang, late.number, "supervise", rung="summons", words="答复未说明超期原因，请主要负责人到场说明。")
    states = dict(LadderStep.objects.filter(case=late).values_list("rung", "state"))
    assert (states["supervise"], states["summons"]) == ("climbed", "open")

    move(desk.sit("peng"), late.number, "answer-step", words="因配件缺货延误，已建立备件库。")
    move(desk.sit("jiang"), late.number, "settle-step", finding="同意销号。")
    assert LadderStep.objects.get(case=late, rung="summons").state == "accepted"
    page = desk.sit("jiang")
    page.goto("/supervision/?list=all&rung=summons")
    expect(page.locator("main tbody tr")).to_contain_text(["answer accepted"])
    assert not desk.faults(phone=False)
