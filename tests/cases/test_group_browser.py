"""A burst main and a complaint in confidence, in a real browser: from the calls to everybody's own answer."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from bench.town import until
from cases import bursts
from cases.models import Burst, Case, CaseGroup, Status
from cases.schedule import answer_groups
from tests.cases.test_worklist_keys import come_in, faults
from tests.people import member, region, unit
from tests.stories import MANHOLE, a_case, accepted, current, dispatched, replied, signed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("SHOTS", "")


def visit(page: Page, live_server: LiveServer, path: str, username: str, language: str = "en") -> None:
    come_in(page, live_server.url, username, language)
    page.goto(live_server.url + path)
    page.wait_for_load_state("networkidle")


def look(page: Page, live_server: LiveServer, name: str, path: str, username: str) -> None:
    """Sound in both languages; kept as a picture where somebody wants to see it."""
    for language in ("zh-hans", "en"):
        visit(page, live_server, path, username, language)
        assert faults(page) == []
        if SHOTS:
            page.screenshot(path=str(Path(SHOTS) / f"{name}-{language}.png"), full_page=True)


def test_calls_about_one_burst_main_become_one_matter_with_an_answer_for_each(
    page: Page, live_server: LiveServer, settings: pytest.FixtureRequest
) -> None:
    settings.BURST_CASES = 4  # type: ignore[attr-defined]
    now = timezone.now() - timedelta(minutes=20)
    cases = [a_case(now + timedelta(minutes=n), phone=f"138000055{n:02}") for n in range(5)]
    assert bursts.look(timezone.now()) == 1
    burst = Burst.objects.get()

    look(page, live_server, "burst", f"/bursts/{burst.pk}/", "xu")
    page.get_by_role("button", name="Make a group of them").click()
    page.wait_for_url("**/groups/*/")
    expect(page.locator("body")).to_contain_text("4 cases joined")
    group = CaseGroup.objects.get()
    assert group.main == cases[0]

    accepted(replied(signed(dispatched(current(cases[0]), at=now), at=now), at=now), at=now)
    look(page, live_server, "group", f"/groups/{group.pk}/", "wu")
    page.fill("#words", "建设街主管道已于今日修复，供水全部恢复，给您带来不便请谅解。")
    page.get_by_label(cases[4].number).check()
    page.get_by_role("button", name="Answer the 4 that wait").click()
    expect(page.locator("#progress")).to_contain_text("0 of 3 answered")
    assert answer_groups() == 3
    expect(page.locator("#progress")).to_contain_text("3 of 3 answered")  # it looks by itself
    assert [current(c).status for c in cases[1:]] == [Status.VERIFYING] * 3 + [Status.REGISTERED]

    visit(page, live_server, f"/cases/{cases[4].number}/?move=answer-apart", "wu")
    page.locator("#move-form textarea, #move-form input[type=text]").first.fill("您家表后阀门损坏，已另行更换。")
    page.locator("#move-form button[type=submit]").click()
    page.wait_for_url(f"**/cases/{cases[4].number}/")
    assert current(cases[4]).status == Status.VERIFYING
    look(page, live_server, "groups", "/groups/", "zhou")
    look(page, live_server, "member", f"/cases/{cases[1].number}/", "zhou")


def test_a_complaint_in_confidence_is_taken_in_and_never_seen_by_whom_it_is_about(
    page: Page, live_server: LiveServer
) -> None:
    visit(page, live_server, "/console/?new", "wang")
    page.fill("#words", f"{MANHOLE}举报城管局工作人员收受商户礼品而不作为，要求保密。")
    page.locator("#title").fill("举报工作人员收受礼品")
    expect(page.locator("#subject_unit")).to_be_hidden()
    page.locator("label:has(#confidential_1)").click()
    page.fill("#subject_unit", "市城市管理局")
    page.fill("[data-combo=region] [role=combobox]", "jsjd")
    page.locator("#region-options li[data-value]").first.wait_for()
    page.press("[data-combo=region] [role=combobox]", "Enter")
    page.locator("label:has(#kind_report)").click()
    page.locator("[name=category]:checked").wait_for(state="attached")
    page.locator("[name=unit]:checked").wait_for(state="attached")  # suggested: the very bureau, or one below it
    page.fill("[name=phone]", "13800006021")
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / "console-confidential.png"))
    page.locator("button[name=outcome][value=propose]").first.click()
    until(Case.objects.exists, "case")
    case = Case.objects.get()
    assert (case.confidential, case.subject_unit, case.proposed_unit) == (True, unit("CGJ"), None)
    assert case.region == region()
    visit(page, live_server, f"/cases/{case.number}/", "wang")
    expect(page.locator("body")).not_to_contain_text(case.title)

    dispatched(case, to=unit("SWJ"))
    look(page, live_server, "confidential", f"/cases/{case.number}/", "lin")
    expect(page.locator("body")).to_contain_text("The citizen asked for confidentiality")
    for username in ("sun", "su"):
        visit(page, live_server, f"/cases/{case.number}/", username)
        expect(page.locator("body")).not_to_contain_text(case.title)
    look(page, live_server, "seal", f"/cases/{case.number}/?move=seal", "zhou")
    assert Case.objects.visible_to(member("yan")).filter(pk=case.pk).exists()
