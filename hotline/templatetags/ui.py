"""The small pieces every page is made of. Their look is in static/css, how to use them in docs/look.md."""

import json
import uuid
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Protocol

from django import template
from django.forms import BaseForm, BoundField
from django.forms.boundfield import BoundWidget
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hotline import wording
from hotline.icons import drawn

register = template.Library()

LEVEL_ICONS = {"ok": "circle-check", "soon": "clock-exclamation", "late": "alert-octagon", "paused": "player-pause"}
NOTE_ICONS = {
    "": "info-circle",
    "info": "info-circle",
    "ok": "circle-check",
    "soon": "alert-triangle",
    "late": "alert-octagon",
}
STEP_ICONS = {"done": "circle-check", "cur": "circle-dot", "": "circle"}
MESSAGE_KINDS = {"error": "late", "warning": "soon", "success": "ok"}
# The browser's own keys, which no page may take.
BROWSER_KEYS = {"Alt+D", "Alt+E", "Alt+F", "Ctrl+N", "Ctrl+T", "Ctrl+W"}


class Stated(Protocol):
    """Anything with a status: its words, and its tone ('', 'act' or 'done')."""

    status_tone: str

    def get_status_display(self) -> str: ...


class Left(Protocol):
    """What is left of a limit, as the server counts it, which alone decides what is late.

    ``until`` is when the clock stops running next (the end of the working block); without it nothing ticks.
    ``soon`` is the rest from which the level is "soon", ``day`` the length of the day that the words mean.
    """

    @property
    def level(self) -> str: ...
    @property
    def seconds(self) -> float: ...
    @property
    def soon(self) -> float: ...
    @property
    def until(self) -> datetime | None: ...
    @property
    def day(self) -> int: ...
    @property
    def due_at(self) -> datetime: ...


class Share(Protocol):
    """A rate with what it is made of; the value of an empty one is None."""

    numerator: Any
    denominator: Any
    value: Any


# -- Marks


@register.simple_tag
def icon(name: str, css: str = "", label: str = "") -> SafeString:
    """An icon of the sprite. It says nothing to a screen reader unless it stands alone and has a label."""
    return drawn(name, css, str(label))


@register.simple_tag
def urgency(level: str, words: str, icon_name: str = "") -> SafeString:
    """How near the limit is: always an icon and words, never colour alone. The server computes the level."""
    return format_html('<span class="hl-urg {}">{}{}</span>', level, icon(icon_name or LEVEL_ICONS[level]), words)


@register.simple_tag
def state(thing: Stated | str, tone: str = "", icon_name: str = "") -> SafeString:
    """Where a thing stands: '' waiting, 'act' in somebody's hands, 'done' finished."""
    words, tone = (thing, tone) if isinstance(thing, str) else (thing.get_status_display(), thing.status_tone)
    return format_html('<span class="hl-state {}">{}{}</span>', tone, icon(icon_name) if icon_name else "", words)


@register.simple_tag
def flag(text: str, kind: str = "", icon_name: str = "") -> SafeString:
    """An attribute beside the state: '', ok, soon, late or int (internal, confidential)."""
    return format_html('<span class="hl-flag {}">{}{}</span>', kind, icon(icon_name) if icon_name else "", text)


@register.simple_tag
def count(n: int | None, level: str = "", up_to: int | None = None) -> SafeString:
    """A number on a tab or a heading, "99+" past the end of the counting; nothing where nothing was counted."""
    if n is None:
        return SafeString("")
    words = f"{up_to:,}+" if up_to is not None and n > up_to else f"{n:,}"
    return format_html('<span class="hl-count {}">{}</span>', level, words)


@register.simple_tag
def kbd(keys: str) -> SafeString:
    """The key hint, "Ctrl+K" or "Ctrl K"; the script reads the first spelling from data-key."""
    return format_html("<kbd>{}</kbd>", keys.replace("+", " "))


@register.simple_tag
def key(keys: str, words: str = "", group: str = "") -> SafeString:
    """The attributes that give an element its key, and its line on the key sheet."""
    if keys in BROWSER_KEYS:
        raise template.TemplateSyntaxError(f"{keys} belongs to the browser")
    given = (("data-key", keys), ("data-key-words", words), ("data-key-group", group))
    return format_html_join(" ", '{}="{}"', [pair for pair in given if pair[1]])


# -- Times and figures


@register.simple_tag
def when(at: date | None, form: str = "") -> SafeString:
    """The moment or the day in words, exactly in the title; form "day" leaves out the clock."""
    return SafeString("–") if at is None else wording.moment(at, clock=form != "day")


for _words in (wording.remaining_words, wording.duration_words, wording.length_words, wording.phone_words):
    register.filter(_words.__name__, _words)


@register.simple_tag
def remaining(left: Left) -> SafeString:
    """What is left, counting down in the page while the clock runs; when it is over, on hover."""
    due = timezone.localtime(left.due_at)
    return format_html(
        '<time class="hl-urg {}" datetime="{}" title="{}" data-left="{}" data-soon="{}" data-day="{}" data-until="{}">'
        "{}<span>{}</span></time>",
        left.level,
        due.isoformat(timespec="seconds"),
        f"{due:%Y-%m-%d %H:%M:%S}",
        int(left.seconds),
        int(left.soon),
        left.day,
        left.until.isoformat() if left.until else "",
        icon(LEVEL_ICONS[left.level]),
        wording.remaining_words(left.seconds, day=left.day),
    )


@register.simple_tag
def figure(value: Decimal | float | int | None, places: int | None = None, sign: bool = False) -> str:
    """A number grouped by thousands with a true minus, as exact as it is given; a dash where there is none."""
    if value is None:
        return "–"
    words = f"{abs(value):,}" if places is None else f"{abs(value):,.{places}f}"
    return ("−" if value < 0 else "+" if sign and value > 0 else "") + words


@register.simple_tag
def percent(value: Decimal | float | None, places: int = 1) -> str:
    """A share as a percentage, rounded half up as on paper."""
    if value is None:
        return "–"
    return f"{(Decimal(value) * 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)}%"


@register.inclusion_tag("components/ratio.html")
def ratio(r: Share, min_n: int = 0, places: int = 1, level: str = "") -> dict[str, Any]:
    """A rate with its fraction; under the minimum n only the fraction and that the sample is too small."""
    enough = r.value is not None and r.denominator >= min_n
    return {"r": r, "enough": enough, "empty": not r.denominator, "places": places, "level": level}


@register.simple_tag
def bar(share: float, level: str = "", target: float | None = None, label: str = "") -> SafeString:
    """A share (0 to 1) as a bar, with the target as a stroke. Drawn by attributes: pages carry no style."""
    mark = format_html('<line class="mark" x1="{0}%" x2="{0}%" y1="0" y2="12"/>', _points(target)) if target else ""
    fill = format_html('<line class="fill" x1="0" x2="{}%" y1="6" y2="6"/>', _points(share)) if share > 0 else ""
    track = mark_safe('<line x1="0" x2="100%" y1="6" y2="6"/>')
    label = label or _("%(share)s used") % {"share": percent(min(share, 1), 0)}
    shape = '<svg class="hl-bar {}" role="img" aria-label="{}">{}{}{}</svg>'
    return format_html(shape, level, label, track, fill, mark)


def _points(share: float) -> str:
    return f"{max(0.0, min(float(share), 1.0)) * 100:.4g}"


# -- Forms


@register.simple_tag
def idempotency_key() -> SafeString:
    """A fresh name for this submission: sending the form twice does the act once."""
    return format_html('<input type="hidden" name="idempotency_key" value="{}">', uuid.uuid4())


@register.inclusion_tag("components/errors.html")
def errors(form: BaseForm) -> dict[str, Any]:
    """What must be changed, at the top of the form, each a link to its field."""
    fields = [field for field in form if field.errors]
    return {"fields": fields, "general": form.non_field_errors(), "n": len(fields) + len(form.non_field_errors())}


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, hint: str = "", key: str = "", shape: str = "", css: str = "") -> dict[str, Any]:
    """A field with its label, its key and its error. Radios take a shape: "seg", "choice" or "pick"."""
    kind = getattr(bound.field.widget, "input_type", "")
    described = [f"{bound.auto_id}_hint"] * bool(bound.help_text) + [f"{bound.auto_id}_error"] * bool(bound.errors)
    attrs: dict[str, Any] = {"class": f"{_control_class(kind)} {'is-invalid' if bound.errors else ''} {css}".strip()}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if key:
        attrs |= {"data-key": key, "data-key-words": bound.label}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    grouped = kind in ("radio", "checkbox") and hasattr(bound.field, "choices")
    return {
        "bound": bound,
        "hint": hint,
        "key": key,
        "shape": shape or ("seg" if kind == "radio" else ""),
        "grouped": grouped,
        "single_check": kind == "checkbox" and not grouped,
        "options": [_option(choice, attrs["class"]) for choice in bound.subwidgets] if grouped else [],
        "control": bound.as_widget(attrs=attrs) if not grouped else "",
    }


def _option(choice: BoundWidget, css: str) -> dict[str, Any]:
    choice.data["attrs"]["class"] = css
    return {"id": choice.id_for_label, "tag": choice.tag(), "words": choice.choice_label}


def _control_class(kind: str) -> str:
    boxes = {"checkbox": "form-check-input", "radio": "form-check-input"}
    return {"select": "form-select", **boxes}.get(kind, "form-control")


@register.simple_tag
def watermark(words: str) -> SafeString:
    """Who is looking and when, faint over the whole page, on screen and on paper: for pages with personal data."""
    shape = (
        '<svg class="hl-mark" aria-hidden="true"><defs><pattern id="wm" width="340" height="170" '
        'patternUnits="userSpaceOnUse" patternTransform="rotate(-24)"><text y="90">{}</text></pattern></defs>'
        '<rect width="100%" height="100%" fill="url(#wm)"/></svg>'
    )
    return format_html(shape, words)


# -- Blocks


def _body(content: SafeString) -> SafeString:
    """What stood between the tags, escaped when it was rendered."""
    return mark_safe(content.strip())  # noqa: S308


@register.simple_block_tag
def note(content: SafeString, kind: str = "", icon_name: str = "", role: str = "") -> SafeString:
    """A sentence in the place it is about: '', info, ok, soon, late. Only an error (role="alert") interrupts."""
    given, mark = format_html(' role="{}"', role) if role else "", icon(icon_name or NOTE_ICONS[kind])
    return format_html('<div class="hl-note {}"{}>{}<div>{}</div></div>', kind, given, mark, _body(content))


@register.simple_block_tag
def empty_state(content: SafeString, title: str, icon_name: str = "inbox") -> SafeString:
    """Which list is empty, what would fill it, and the way on."""
    return format_html('<div class="hl-empty">{}<b>{}</b>{}</div>', icon(icon_name), title, _body(content))


@register.simple_tag
def steps(items: list[dict[str, str]], label: str) -> SafeString:
    """Stages of a longer affair: each has words and a state ('done', 'cur' or '')."""
    rows = (
        (item["state"], mark_safe(' aria-current="step"') if item["state"] == "cur" else "", item) for item in items
    )
    row = '<li class="{}"{}>{}{}</li>'
    shown = format_html_join("", row, ((s, a, icon(STEP_ICONS[s]), item["words"]) for s, a, item in rows))
    return format_html('<ol class="hl-steps" aria-label="{}">{}</ol>', label, shown)


@register.filter
def message_kind(level_tag: str) -> str:
    return MESSAGE_KINDS.get(level_tag, "info")


@register.simple_tag
def client_words() -> SafeString:
    """The words scripts show, in the page's language."""
    encoded = json.dumps(wording.script_words(), ensure_ascii=False).replace("<", "\\u003c")
    return format_html('<script type="application/json" id="hl-words">{}</script>', mark_safe(encoded))  # noqa: S308
