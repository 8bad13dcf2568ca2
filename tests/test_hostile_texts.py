"""Words that would like to be code stay words: a few of those of ``bin/check hostile_text``, in a real browser."""

from __future__ import annotations

import random

import pytest
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from bench.checks.hostile_text import Watch
from bench.hostile.texts import ELEMENTS, LOOK, texts
from bench.hostile.village import rename, reported
from cases.models import Case
from tests.stories import signed


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_words_that_would_like_to_be_code_stay_words(browser: Browser, live_server: LiveServer) -> None:
    words, watch, at = texts(random.Random(7))[::8], Watch(live_server.url), timezone.now()
    rename(words)
    for word in words[:20]:
        reported(word, at)
    number = signed(at=at, words="\n".join(words), title=words[0], place=words[1], name=f"甲{words[2]}").number
    with watch.desk(browser, "zhou") as page:
        for path in (f"/cases/{number}/", "/dispatch/", "/search/", "/policies/"):
            watch.look(page, path)
    assert any("<script>" in title for title in Case.objects.values_list("title", flat=True))
    assert (watch.dialogs, watch.found, watch.broken) == ([], [], [])


@pytest.mark.browser
def test_the_watch_sees_what_would_be_there(browser: Browser) -> None:
    """Else all the silence would say nothing."""
    page = browser.new_page()
    seen = []
    for element in ELEMENTS:
        page.set_content(f"<main>{element.format('void 0')}</main>")
        seen += [element] if page.evaluate(LOOK) else []
    page.close()
    assert len(seen) > len(ELEMENTS) * 0.7
    plain = {"<script>{}</script>", "<img src=x onerror={}>", "<b data-bend>x</b>", "<a href=javascript:{}>x</a>"}
    assert plain <= set(seen)
