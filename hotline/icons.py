"""Icons of the sprite. A page has dozens, most of them the same few, so each is written once."""

from __future__ import annotations

from functools import lru_cache

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString


@lru_cache(maxsize=1_000, typed=True)  # typed: words that are safe already and words that are not
def drawn(name: str, css: str = "", label: str = "") -> SafeString:
    """An icon. It says nothing to a screen reader unless it stands alone and has a label."""
    href = f"{static('vendor/icons/icons.svg')}#{name}"
    if label:
        shape = '<svg class="ti {}" role="img" aria-label="{}"><use href="{}"></use></svg>'
        return format_html(shape, css, label, href)
    return format_html('<svg class="ti {}" aria-hidden="true"><use href="{}"></use></svg>', css, href)
