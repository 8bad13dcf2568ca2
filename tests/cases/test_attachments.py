"""Files of a case: what is taken in, how it is kept, who gets it back."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pytest_django import Settings

from bench.hostile.pictures import CANARY, exif, photograph
from cases import attachments
from cases.attachments import Upload
from cases.file_types import clean_name, content_type
from cases.models import Attachment, Case, Decision, Reply
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.field_codec import DecryptionError
from tests.doors import client_of
from tests.people import member
from tests.stories import MONDAY, dispatched, lead, rated, replied, signed

pytestmark = pytest.mark.django_db
NOON = MONDAY + timedelta(hours=2)
PNG = photograph("PNG")


@pytest.fixture(autouse=True)
def _kept_apart(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(NOON, tick=False):
        yield


def document(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in ("[Content_Types].xml", *names):
            archive.writestr(name, "<x/>")
    return buffer.getvalue()


def attached(case: Case, content: bytes = PNG, name: str = "围挡.png", by: str = "liu", **given: Any) -> Attachment:
    return attachments.attach(
        case, Upload(name, content), by=member(by), at=NOON, **{"kind": "handling_proof", **given}
    )


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\xff\xd8\xff\xe0" + bytes(20), "image/jpeg"),
        (PNG, "image/png"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"ID3\x04" + bytes(20), "audio/mpeg"),
        (b"\xff\xfb\x90\x00" + bytes(20), "audio/mpeg"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"#!AMR\n" + bytes(8), "audio/amr"),
        ("现场说明".encode(), "text/plain"),
        ("现场说明".encode("gb18030"), "text/plain"),
        (b"MZ\x90\x00" + bytes(60), None),
        (b"<html><script>", None),
        (b"<svg xmlns=", None),
        (b"#!/bin/sh\n", None),
        (b"PK\x03\x04 broken", None),
        (b"RIFF\x00\x00\x00\x00AVI ", None),
        (b"\x00\x01\x02", None),
    ],
)
def test_the_content_tells_the_kind(content: bytes, kind: str | None) -> None:
    assert content_type(content) == kind


def test_office_documents_are_told_apart_and_macros_are_not_taken() -> None:
    assert (content_type(document("word/document.xml")) or "").endswith("wordprocessingml.document")
    assert (content_type(document("xl/workbook.xml")) or "").endswith("spreadsheetml.sheet")
    assert content_type(document("word/document.xml", "word/vbaProject.bin")) is None
    assert content_type(document("something.xml")) is None


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.png"),
        ("C:\\Users\\liu\\围挡.PNG", "围挡.png"),
        ("gpj.\u202egnp.exe", "gpj.gnp.exe.png"),
        ("a\u200bb\x00c.png", "abc.png"),
        ("", "file.png"),
        ("...", "file.png"),
        ("长" * 300 + ".png", "长" * 116 + ".png"),
    ],
)
def test_a_name_is_cleaned_and_ends_as_the_content_does(given: str, kept: str) -> None:
    assert clean_name(given, "image/png") == kept


def test_what_lies_on_the_disk_is_unreadable_and_bound_to_its_entry() -> None:
    case = signed()
    first, second = attached(case, "现场说明一".encode(), "a.txt"), attached(case, "现场说明二".encode(), "b.txt")
    on_disk = attachments.path_of(first)
    assert "现场说明".encode() not in on_disk.read_bytes()
    assert on_disk.stat().st_mode & 0o077 == 0
    assert bytes(first.digest) == hashlib.sha256("现场说明一".encode()).digest()
    on_disk.write_bytes(attachments.path_of(second).read_bytes())
    with pytest.raises(DecryptionError):
        attachments.content_of(first, by=member("liu"), at=NOON)


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")])
def test_a_photograph_is_kept_upright_and_without_its_place(kind: str, name: str) -> None:
    """The tag says: turned by a quarter."""
    kept = attached(signed(), photograph(kind, size=(40, 20), exif=exif()) + CANARY, name)
    content = attachments.content_of(kept, by=member("liu"), at=NOON)
    with Image.open(io.BytesIO(content)) as shown:
        assert (shown.size, dict(shown.getexif()), shown.format) == ((20, 40), {}, kind)
    assert CANARY not in content
    assert (kept.size, bytes(kept.digest)) == (len(content), hashlib.sha256(content).digest())


def test_a_large_photograph_is_kept_as_large_as_a_reader_needs() -> None:
    kept = attached(signed(), photograph(size=(9_000, 300)), "a.jpg")
    with Image.open(io.BytesIO(attachments.content_of(kept, by=member("liu"), at=NOON))) as shown:
        assert max(shown.size) <= 4096


@pytest.mark.parametrize("content", [PNG[:200], b"\x89PNG\r\n\x1a\n" + bytes(40), b"\xff\xd8\xff\xe0<script>"])
def test_what_only_begins_like_a_picture_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(Invalid, match="cannot be opened as a picture") as refused:
        attached(signed(), content)
    assert refused.value.field == "file"


def test_a_document_of_either_kind_is_kept() -> None:
    case = signed()
    for main, ending in (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx")):
        assert attached(case, document(main), f"说明.{ending}").name == f"说明.{ending}"


def test_the_same_content_is_kept_once() -> None:
    case = signed()
    assert attached(case, name="一.png") == attached(case, name="二.png")
    assert Attachment.objects.count() == 1


def test_a_case_takes_a_limited_number_of_files_and_none_after_its_end() -> None:
    case = signed()
    for n in range(attachments.PER_CASE):
        attached(case, f"第 {n} 份说明".encode(), "a.txt")
    with pytest.raises(NotNow):
        attached(case)
    with pytest.raises(NotNow):
        attached(rated())


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00" + bytes(60), bytes(attachments.SIZE_LIMIT + 1)])
def test_empty_unknown_and_large_files_are_refused(content: bytes) -> None:
    with pytest.raises(Invalid):
        attached(signed(), content)
    assert not Attachment.objects.exists()


def test_another_unit_can_neither_add_nor_open() -> None:
    case = signed()
    kept = attached(case)
    with pytest.raises(NotAllowed):
        attached(case, by="lin")
    assert client_of("lin").get(f"/cases/{case.number}/files/{kept.pk}/").status_code == 404
    other = signed()
    assert client_of("liu").get(f"/cases/{other.number}/files/{kept.pk}/").status_code == 404


def test_a_download_is_a_download_and_nothing_else() -> None:
    case = signed()
    kept = attached(case, name="围挡 现场.png")
    answer = client_of("zhou").get(f"/cases/{case.number}/files/{kept.pk}/")
    assert Image.open(io.BytesIO(answer.content)).size == Image.open(io.BytesIO(PNG)).size
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Type"] == "application/octet-stream"


def test_a_file_is_added_on_the_page_without_making_others_forms_stale() -> None:
    case, client = signed(), client_of("liu")
    given = {"kind": "handling_proof", "file": SimpleUploadedFile("x.exe", PNG), "idempotency_key": "f"}
    assert client.post(f"/cases/{case.number}/moves/attach/", given).status_code == 303
    assert Attachment.objects.get().name == "x.exe.png"
    assert Case.objects.get(pk=case.pk).version == case.version
    assert "x.exe.png" in client.get(f"/cases/{case.number}/").content.decode()
    wrong = {"kind": "handling_proof", "file": SimpleUploadedFile("photo.png", b"MZ\x90\x00" + bytes(60))}
    assert client.post(f"/cases/{case.number}/moves/attach/", wrong).status_code == 422


def test_evidence_goes_with_the_request_to_return() -> None:
    case = dispatched()
    given = {
        "version": case.version,
        "idempotency_key": "b",
        "reason": "not_our_duty",
        "grounds": "该工地由市住建局监管",
        "evidence": SimpleUploadedFile("三定.pdf", b"%PDF-1.7\n"),
    }
    client = client_of("sun")
    url = f"/cases/{case.number}/moves/bounce/"
    assert [
        client.post(url, {**given, "evidence": SimpleUploadedFile("三定.pdf", b"%PDF-1.7\n")}).status_code for _ in "12"
    ] == [303, 303]
    assert Attachment.objects.get().kind == "grounds"
    assert Decision.objects.count() == 1


def test_proofs_belong_to_the_reply_they_were_given_for() -> None:
    case = signed()
    kept = attached(case)
    replied(case)
    kept.refresh_from_db()
    assert kept.reply == Reply.objects.get(case=case)
    assert kept.reply.assignment == lead(case)


def test_another_file_of_the_same_name_and_size_is_another_request() -> None:
    """The page's key is the same; what was sent is not, so it is refused and not taken for the first."""
    case, sun = dispatched(), client_of("sun")
    answers = [
        sun.post(
            f"/cases/{case.number}/moves/attach/",
            {"kind": "handling_proof", "idempotency_key": "once", "file": SimpleUploadedFile("a.txt", content)},
        ).status_code
        for content in (b"first", b"first", b"other")
    ]
    assert answers == [303, 303, 422]
    assert case.attachments.count() == 1
