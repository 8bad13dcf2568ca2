"""The interface's strings: found in code and templates, held against the Chinese catalogue."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
APPS = ("hotline", "cases", "contractors", "oversight")
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
Key = tuple[str | None, str]


def sources() -> Iterator[tuple[Path, str]]:
    """Every file that may hold strings, as Python text; Django turns a template into such."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "templates").rglob("*.html")):
        yield path, templatize(path.read_text(encoding="utf-8"), origin=str(path))


def strings() -> dict[Key, str | None]:
    """Context and string of each, with its plural if it has one."""
    found: dict[Key, str | None] = {}
    for _path, text in sources():
        file = io.BytesIO(text.encode())
        for _line, function, message, _comments in extract_python(file, KEYWORDS, [], {"encoding": "utf-8"}):
            name = str(function)
            said: Any = message
            if said is None:  # what is translated stands elsewhere, marked by gettext_noop
                continue
            parts: list[Any] = [said] if isinstance(said, str) else list(said)
            context = parts.pop(0) if "pgettext" in name else None
            plural = parts[1] if name.startswith("n") and len(parts) > 1 else None
            if parts and isinstance(parts[0], str) and parts[0]:
                key = (context, parts[0])
                found[key] = found.get(key) or plural
    return found


def catalogue() -> polib.POFile:
    return polib.pofile(str(PO))


def updated(before: polib.POFile) -> polib.POFile:
    """The catalogue with exactly the strings that are used, and the Chinese they had."""
    known: dict[Key, polib.POEntry] = {(entry.msgctxt, entry.msgid): entry for entry in before}
    after = polib.POFile()
    after.metadata = before.metadata
    for (context, text), plural in sorted(strings().items(), key=lambda item: (item[0][1], item[0][0] or "")):
        old = known.get((context, text))
        entry = polib.POEntry(msgctxt=context, msgid=text)
        if plural:
            entry.msgid_plural = plural
            entry.msgstr_plural = {0: (old.msgstr_plural.get(0) or old.msgstr) if old else ""}
        else:
            entry.msgstr = (old.msgstr or old.msgstr_plural.get(0, "")) if old else ""
        if "%(" in text or "%s" in text:
            entry.flags = ["python-format"]
        after.append(entry)
    return after


def missing(words: polib.POFile) -> list[polib.POEntry]:
    return [entry for entry in words if not (entry.msgstr_plural.get(0) if entry.msgid_plural else entry.msgstr)]


def save(words: polib.POFile) -> None:
    PO.parent.mkdir(parents=True, exist_ok=True)
    words.save(str(PO))
    words.save_as_mofile(str(PO.with_suffix(".mo")))
