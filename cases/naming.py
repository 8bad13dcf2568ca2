"""Rows of small tables named in words: as people write them, and as they read them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hotline.models import Region
from hotline.shelf import REGIONS
from hotline.wording import in_language


def named(rows: Iterable[Any], text: str) -> list[Any]:
    """The rows a text means: one by its code or its whole name with all above it, else all of that name."""
    everything = list(rows)
    exact = [row for row in everything if text in (row.code, *full_names(row))]
    return exact or [row for row in everything if text in (row.name, row.name_en)]


def full_names(row: Any) -> tuple[str, ...]:
    """城市管理 › 噪声; 西城区 / 建设街道: the name with what is above it, in Chinese and in English."""
    if isinstance(row, Region):
        above = REGIONS.get(row.parent_id) if row.parent_id else None
        if above is None or above.level == Region.Level.CITY:
            return (row.name, row.name_en or row.name)
        english = f"{above.name_en or above.name} / {row.name_en or row.name}"
        return (f"{above.name} / {row.name}", english)
    return (getattr(row, "full_name", row.name), getattr(row, "full_name_en", "") or row.name_en or row.name)


def full_label(row: Any) -> str:
    """The name with what is above it, in the reader's language."""
    return in_language(*full_names(row))
