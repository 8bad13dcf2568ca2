"""The pieces pages are made of: words for times, marks, forms, and one page with all of them."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace as Thing

import pytest
from django.conf import settings
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone, translation
from django.utils.safestring import SafeString

from hotline import wording
from hotline.measures import Ratio
from hotline.templatetags import ui
from tests.hotline import gallery

HOUR = 3600
TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
NOON = datetime(2026, 3, 16, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "under a minute"),
        (59, "under a minute"),
        (12 * 60, "12 min"),
        (6 * HOUR, "6 h"),
        (HOUR + 6 * 60 + 59, "1 h 6 min"),
        (24 * HOUR, "1 d"),
        (29 * HOUR, "1 d 5 h"),
        (51 * HOUR + 40 * 60, "2 d 3 h"),
    ],
)
def test_a_span_is_told_in_its_two_largest_units(seconds: int, words: str) -> None:
    assert wording.duration_words(seconds) == words


def test_a_working_day_is_as_long_as_it_is_said_to_be() -> None:
    assert wording.duration_words(10 * HOUR, day=8 * HOUR) == "1 d 2 h"


def test_what_is_past_its_limit_is_late_from_the_first_second() -> None:
    assert wording.remaining_words(3960) == "1 h 6 min left"
    assert wording.remaining_words(0) == "under a minute late"
    assert wording.remaining_words(-5 * HOUR) == "5 h late"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "Today 12:00"),
        (-1, "Yesterday 12:00"),
        (1, "Tomorrow 12:00"),
        (-4, "12 Mar 12:00"),
        (-100, "2025-12-06 12:00"),
    ],
)
def test_a_moment_is_told_as_seen_from_now(days: int, words: str) -> None:
    assert wording.when_words(NOON + timedelta(days=days), now=NOON) == words


def test_the_day_changes_at_midnight_where_the_hotline_is() -> None:
    late = datetime(2026, 3, 16, 15, 30, tzinfo=UTC)  # 23:30; ten to one is already tomorrow
    assert wording.when_words(late + timedelta(minutes=80), now=late) == "Tomorrow 00:50"


def test_a_length_reads_like_a_clock() -> None:
    assert [wording.length_words(n) for n in (161, 3761)] == ["02:41", "1:02:41"]


def test_the_exact_time_is_behind_the_words() -> None:
    assert 'datetime="2026-03-16T12:00:00+08:00" title="2026-03-16 12:00:00"' in ui.when(NOON)
    assert ui.when(None) == "–"


def test_urgency_is_never_colour_alone() -> None:
    for level in ("ok", "soon", "late"):
        mark = ui.urgency(level, "5 h late")
        assert "<use" in mark
        assert "5 h late" in mark


def test_a_state_comes_from_a_thing_or_from_words() -> None:
    case = Thing(status_tone="act", get_status_display=lambda: "In progress")
    assert ui.state(case) == '<span class="hl-state act">In progress</span>'
    assert ui.state("Closed", "done") == '<span class="hl-state done">Closed</span>'


def test_text_in_a_mark_is_never_markup() -> None:
    assert "<script>" not in ui.flag("<script>") + ui.urgency("ok", "<script>") + ui.bar(0.5, label='"><script>')


def rendered(source: str, **given: object) -> str:
    return Template("{% load ui %}" + source).render(Context(given))


def test_a_rate_shows_its_fraction_and_what_was_left_out() -> None:
    rate = Ratio(18311, 18796, 212)
    assert "97.4%" in rendered("{% ratio r %}", r=rate)
    assert "18,311 / 18,796 · 212 excluded" in rendered("{% ratio r %}", r=rate)


def test_a_rate_of_too_few_shows_no_percentage() -> None:
    few = rendered("{% ratio r min_n=30 %}", r=Ratio(4, 5, 0))
    assert "4 / 5" in few
    assert "%" not in few


def test_a_rate_of_nothing_is_not_zero() -> None:
    none = rendered("{% ratio r %}", r=Ratio(0, 0, 0))
    assert "no cases" in none
    assert "0%" not in none


def test_a_weighted_numerator_is_shown_as_it_was_counted() -> None:
    weighted = rendered("{% ratio r places=2 %}", r=Ratio(Decimal("7881.7"), 8925, 149))
    assert "88.31%" in weighted
    assert "7,881.7 / 8,925" in weighted


def test_half_a_point_is_rounded_up() -> None:
    assert ui.percent(Decimal(1) / 16) == "6.3%"


def test_a_watermark_names_who_looks_and_when() -> None:
    assert "Handler 07 &lt;3&gt;" in ui.watermark("Handler 07 <3>")


def test_money_owed_back_has_a_true_minus() -> None:
    assert ui.figure(Decimal("-8569.8"), 2) == "−8,569.80"
    assert ui.figure(None) == "–"


def test_a_bar_stays_inside_its_track_and_carries_no_style() -> None:
    drawn = ui.bar(1.7, "late", target=0.96)
    assert 'x2="100%" y1="6"' in drawn
    assert 'x1="96%"' in drawn
    assert "style" not in drawn


def test_an_error_stands_at_its_field_and_at_the_top_as_a_link() -> None:
    form = gallery.ReplyForm({"until": "soon", "kind": "p", "choice": "3"})
    top, field = rendered("{% errors form %}", form=form), rendered("{% field form.until %}", form=form)
    assert 'role="alert"' in top
    assert 'href="#id_until"' in top
    assert 'aria-describedby="id_until_hint id_until_error"' in field
    assert 'id="id_until_error"' in field
    assert 'aria-invalid="true"' in field


def test_a_form_without_errors_has_no_alert() -> None:
    assert rendered("{% errors form %}", form=gallery.ReplyForm()).strip() == ""


def test_every_rendering_of_a_form_is_another_submission() -> None:
    assert ui.idempotency_key() != ui.idempotency_key()


def test_a_key_of_the_browser_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError, match=re.escape("Ctrl+W belongs to the browser")):
        ui.key("Ctrl+W", "close")


def test_words_for_scripts_cannot_end_their_block() -> None:
    assert "</script>" not in ui.client_words().removesuffix("</script>")


def visited(template: str) -> str:
    request: HttpRequest = RequestFactory().get("/")
    request.session = {}  # type: ignore[assignment]
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    return gallery.page(template)(request).content.decode()


@pytest.mark.parametrize("template", ["components/gallery.html", "components/gallery_public.html"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.urls("tests.hotline.gallery")
def test_every_component_renders(template: str, language: str) -> None:
    with translation.override(language):
        assert "</html>" in visited(template)


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "413", "500", "503"])
def test_an_error_page_needs_nothing_but_itself(name: str) -> None:
    assert "</html>" in render_to_string(f"{name}.html")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_form_that_tells_its_errors_leaves_none_to_the_browser(path: Path) -> None:
    """The browser would speak its own language."""
    for form in re.findall(r"<form\b.*?</form>", path.read_text(), re.DOTALL):
        assert "{% errors form %}" not in form or "novalidate" in form[: form.index(">")]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_breaks_the_content_security_policy(path: Path) -> None:
    source = path.read_text()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", source)
    for tag in re.findall(r"<script\b[^>]*>", source):
        assert "src=" in tag or 'type="application/json"' in tag


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_icon_named_in_a_template_is_in_the_sprite(path: Path) -> None:
    sprite = (settings.BASE_DIR / "static/vendor/icons/icons.svg").read_text()
    for name in re.findall(r"{% icon [\"']([a-z0-9-]+)", path.read_text()):
        assert f'id="{name}"' in sprite, f"{name}: add it to static/icons.txt and run bin/vendor icons"


def test_the_sprite_holds_exactly_the_list() -> None:
    listed = (settings.BASE_DIR / "static/icons.txt").read_text().splitlines()
    sprite = (settings.BASE_DIR / "static/vendor/icons/icons.svg").read_text()
    assert set(re.findall(r'<symbol id="([^"]+)"', sprite)) == {n for n in listed if n and not n.startswith("#")}
    icons = [*ui.LEVEL_ICONS.values(), *ui.NOTE_ICONS.values(), *ui.STEP_ICONS.values()]
    assert all(f'id="{name}"' in sprite for name in icons)


def test_a_note_keeps_its_markup_and_escapes_its_values() -> None:
    shown = rendered('{% note "soon" %}<b>Kept.</b> {{ words }}{% endnote %}', words="<i>")
    assert isinstance(shown, SafeString)
    assert "<b>Kept.</b> &lt;i&gt;" in shown


def test_a_running_clock_tells_the_page_until_when_it_runs() -> None:
    left = gallery.time_left(3960, "soon", NOON)
    assert f'data-until="{left.until.isoformat()}"' in ui.remaining(left)
    left.until = None
    assert 'data-until=""' in ui.remaining(left)


def test_what_is_left_tells_on_hover_when_it_is_over() -> None:
    assert 'title="2026-03-16 13:06:00"' in ui.remaining(gallery.time_left(3960, "soon", NOON))


def test_a_day_is_told_in_words_and_exactly_on_hover() -> None:
    assert ui.when(date(2025, 12, 31)) == '<time datetime="2025-12-31" title="2025-12-31">2025-12-31</time>'
    assert ">Today<" in ui.when(timezone.localdate())


@pytest.mark.parametrize(
    ("phone", "words"),
    [
        ("+865932345678", "0593 234 5678"),
        ("+8613800006021", "138 0000 6021"),
        ("+12125550123", "+1 212-555-0123"),
        ("110", "110"),
        ("withheld", "withheld"),
    ],
)
def test_a_number_is_shown_as_it_is_dialled(phone: str, words: str) -> None:
    assert wording.phone_words(phone) == words


def test_a_sentence_keeps_its_moments_and_escapes_its_words() -> None:
    said = wording.sentence("%(who)s & %(when)s", who="<i>", when=wording.moment(NOON))
    assert said.startswith("&lt;i&gt; &amp; <time")
