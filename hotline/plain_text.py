"""Text as people see it."""

from __future__ import annotations

INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF, 0xAD])


def clean_text(text: str) -> str:
    """The text without what cannot be seen: control, zero-width and direction characters. Line breaks stay."""
    visible = text.replace("\r\n", "\n").translate(INVISIBLE)
    return "".join(c for c in visible if c >= " " or c in "\n\t").strip()
