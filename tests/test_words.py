"""Both languages are complete: every string has its Chinese, and what is compiled is what is written."""

from __future__ import annotations

import re

import polib

from tests.words import PO, catalogue, missing, strings

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


def test_the_catalogue_holds_exactly_the_strings_in_use() -> None:
    written = {(entry.msgctxt, entry.msgid) for entry in catalogue()}
    used = set(strings())
    assert used - written == set(), "run bin/words and translate"
    assert written - used == set(), "run bin/words: these strings are gone"


def test_every_string_has_its_chinese() -> None:
    assert [entry.msgid for entry in missing(catalogue())] == []


def test_a_translation_keeps_its_placeholders() -> None:
    wrong = [
        entry.msgid
        for entry in catalogue()
        if not entry.msgid_plural and set(PLACEHOLDER.findall(entry.msgid)) != set(PLACEHOLDER.findall(entry.msgstr))
    ]
    assert wrong == []


def test_the_compiled_catalogue_is_the_written_one() -> None:
    compiled = {
        (e.msgctxt, e.msgid): e.msgstr or e.msgstr_plural.get(0) for e in polib.mofile(str(PO.with_suffix(".mo")))
    }
    assert compiled == {(e.msgctxt, e.msgid): e.msgstr or e.msgstr_plural.get(0) for e in catalogue()}
