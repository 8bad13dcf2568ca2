"""Showing where the words searched for stand in a text."""

from __future__ import annotations

import re
import unicodedata

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

AROUND = 24


def _pattern(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)), re.IGNORECASE)


def sought(text: str) -> list[str]:
    """The words of a query, as they are compared: full-width and half-width are one."""
    return [word for word in unicodedata.normalize("NFKC", text).split() if word]


def marked(text: str, words: list[str]) -> SafeString:
    """The text, escaped, with each occurrence of the words in ``<mark>``."""
    if not words:
        return format_html("{}", text)
    parts = re.split(f"({_pattern(words).pattern})", text, flags=re.IGNORECASE)
    pieces = ((format_html("<mark>{}</mark>", part) if n % 2 else part,) for n, part in enumerate(parts))
    return format_html_join("", "{}", pieces)


def snippet(text: str, words: list[str]) -> SafeString:
    """The stretch around the first word found, marked; nothing if none is in the text."""
    found = _pattern(words).search(text) if words else None
    if found is None:
        return SafeString("")
    start, end = max(found.start() - AROUND, 0), min(found.end() + 2 * AROUND, len(text))
    piece = " ".join(text[start:end].split())
    return format_html("{}{}{}", "…" if start else "", marked(piece, words), "…" if end < len(text) else "")
