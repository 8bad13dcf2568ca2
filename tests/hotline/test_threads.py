"""What belongs to a request stays in its thread."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from zoneinfo import ZoneInfo

import pytest
from django.urls import set_script_prefix
from django.urls.base import get_script_prefix
from django.utils import timezone, translation

from hotline.threads import keep_by_thread


def test_nobody_elses_language_zone_or_prefix_is_seen() -> None:
    def kept() -> tuple[str | None, str, str]:
        return translation.get_language(), timezone.get_current_timezone_name(), get_script_prefix()

    with ThreadPoolExecutor(1) as other:
        before = other.submit(kept).result()
        with translation.override("fr"), timezone.override(ZoneInfo("America/Lima")):
            set_script_prefix("/here/")
            try:
                assert kept() == ("fr", "America/Lima", "/here/")
                assert other.submit(kept).result() == before
            finally:
                set_script_prefix("/")


def test_it_refuses_to_replace_what_it_does_not_know(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.urls.base._prefixes", {})
    with pytest.raises(TypeError, match=r"base\._prefixes is not kept"):
        keep_by_thread()
