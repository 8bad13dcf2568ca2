"""What a file is, told by its first bytes and never by its name; and the names fit to be kept."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile

from hotline.plain_text import clean_text

NAME_LIMIT = 120
ENTRIES_LIMIT = 4_000  # parts of a document; each costs far more memory than its entry in the table of contents
UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
OFFICE = "application/vnd.openxmlformats-officedocument."
ENDINGS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "application/pdf": ".pdf",
    OFFICE + "wordprocessingml.document": ".docx",
    OFFICE + "spreadsheetml.sheet": ".xlsx",
    "text/plain": ".txt",
    "audio/mpeg": ".mp3",
    "audio/wav": ".wav",
    "audio/amr": ".amr",
}
ACCEPT = ",".join(ENDINGS.values()) + ",.jpeg"
_BEGINNINGS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"%PDF-", "application/pdf"),
    (b"#!AMR", "audio/amr"),
    (b"ID3", "audio/mpeg"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav"}
_MPEG_FRAMES = (0xFB, 0xF3, 0xF2, 0xFA)


def content_type(content: bytes) -> str | None:
    """One of the types we keep, or None. A document with macros is none of them."""
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    if content.startswith(b"RIFF"):
        return _RIFF.get(content[8:12])
    if len(content) > 3 and content[0] == 0xFF and content[1] in _MPEG_FRAMES:
        return "audio/mpeg"
    if content.startswith(b"PK\x03\x04"):
        return _office_document(content)
    return "text/plain" if _is_text(content) else None


def _office_document(content: bytes) -> str | None:
    """Only the table of contents is read: nothing is unpacked."""
    if content.count(b"PK\x01\x02") > ENTRIES_LIMIT:
        return None
    try:
        names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if "[Content_Types].xml" not in names or any(name.lower().endswith("vbaproject.bin") for name in names):
        return None
    if "word/document.xml" in names:
        return OFFICE + "wordprocessingml.document"
    return OFFICE + "spreadsheetml.sheet" if "xl/workbook.xml" in names else None


def _is_text(content: bytes) -> bool:
    """Readable text in UTF-8 or GB 18030, without a page's or a script's beginning."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not UNREADABLE.search(text) and not text.lstrip().startswith(("<", "#!"))
    return False


def clean_name(name: str, kind: str) -> str:
    """The name without its path and without what cannot be seen, ending as its content does."""
    last = name.replace("\\", "/").rpartition("/")[2]
    visible = "".join(c for c in clean_text(last) if not unicodedata.category(c).startswith("C"))
    stem = visible.strip(" .")
    ending = ENDINGS[kind]
    stem = stem[: -len(ending)] if stem.lower().endswith(ending) else stem
    return (stem[: NAME_LIMIT - len(ending)].strip(" .") or "file") + ending
