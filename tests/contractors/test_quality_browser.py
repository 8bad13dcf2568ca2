"""One contact from the draw to the second review, as its people do it in the browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from contractors import sampling
from contractors.models import Appeal, Mark, Purpose, SampledContact
from tests.access.ground_quality import a_tone
from tests.people import local, unit
from tests.quality import a_call_about
from tests.stories import a_case

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def contact() -> SampledContact:
    """The one contact of last week's re-check, with a recording; two people mark it."""
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday() + 7)
    at = local(f"{monday} 10:00")
    a_call_about(a_case(at), at=at, recording=a_tone())
    sample = sampling.draw(unit("JIA"), monday, Purpose.RECHECK, at=timezone.now(), by=None)
    sample.contacts.update(double=True)
    return sample.contacts.get()


def mark(page: Page, *, read_back: str) -> None:
    """With the number keys alone: everything met but what is read back."""
    page.get_by_role("button", name="Mark the next").click()
    page.locator("[data-list] [data-row].cur").wait_for()
    for row in page.locator("[data-weight]").all():
        name = row.get_attribute("id")
        page.keyboard.press(read_back if name == "row-read_back" else "1")
    expect(page.locator("tfoot [data-total]")).to_have_text("90" if read_back == "3" else "95")


def test_a_contact_is_marked_blind_twice_published_appealed_and_reviewed_at_both_levels(
    sit: Callable[[str, str], Page], contact: SampledContact
) -> None:
    song = sit("song", "/quality/")
    mark(song, read_back="3")
    expect(song.locator("[data-time]")).to_contain_text("/ 00:01")
    song.locator("[name=evidence_read_back]").fill("全程未复述")
    song.locator("[data-autosave-status]").filter(has_text="Saved").wait_for()
    assert "Wang Jing" not in song.content()
    song.keyboard.press("Control+Enter")
    song.wait_for_url("**/quality/")

    ruan = sit("ruan", "/quality/")
    mark(ruan, read_back="2")
    expect(ruan.locator("main")).not_to_contain_text("Song Ping")
    ruan.keyboard.press("Control+Enter")
    ruan.wait_for_url("**/quality/")
    assert list(Mark.objects.order_by("pk").values_list("seat", "total")) == [
        ("first", Decimal(90)),
        ("second", Decimal(95)),
    ]

    yan = sit("yan", f"/quality/samples/{contact.sample_id}/")
    yan.get_by_role("button", name="Publish what is ready").click()
    expect(yan.locator("[data-list]")).to_contain_text("open to appeal")

    wang = sit("wang", "/my-marks/")
    wang.locator("[data-list] a").first.click()
    wang.get_by_label("Read back and confirmed").fill("00:01 已复述")
    wang.locator("[name=words]").fill("录音中已复述并获确认。")
    wang.get_by_role("button", name="Appeal").click()
    expect(wang.locator("main")).to_contain_text("First review")

    yu = sit("yu", "/quality/")
    yu.locator(".hl-list a").first.click()
    yu.locator("[name=verdict_read_back][value=partly]").check(force=True)
    yu.locator("[name=ruling]").fill("复听有复述，未获确认。")
    yu.keyboard.press("Control+Enter")
    expect(yu.locator("h1")).to_contain_text("95")

    wang = sit("wang", f"/my-marks/{contact.pk}/")
    wang.get_by_label("Read back and confirmed").fill("00:01 已复述")
    wang.locator("[name=words]").fill("请再听 00:01 处。")
    wang.get_by_role("button", name="Appeal").click()
    expect(wang.locator("main")).to_contain_text("Second review")

    jiang = sit("jiang", f"/quality/contacts/{contact.pk}/")
    jiang.locator("[name=verdict_read_back][value=full]").check(force=True)
    jiang.locator("[name=ruling]").fill("复听属实，改判。")
    jiang.get_by_role("button", name="Rule").click()
    expect(jiang.locator("h1")).to_contain_text("100")
    assert list(Appeal.objects.order_by("level").values_list("level", "outcome")) == [(1, "raised"), (2, "raised")]
