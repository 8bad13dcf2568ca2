"""Recordings are served to whoever may look at the contact, in parts, and every playback is kept."""

from __future__ import annotations

import math
import wave
from array import array
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from contractors import recordings
from contractors.models import SampledContact
from hotline.models import AuditEntry
from tests.doors import client_of
from tests.people import local
from tests.quality import a_call, drawn

pytestmark = pytest.mark.django_db
RATE = 8000
VTT = """WEBVTT

00:00.000 --> 00:02.000
<v 座席>您好，12345，请问有什么可以帮您？

2
01:02:03.500 --> 01:02:05.000
<v 市民>我家没水。</v>

NOTE nothing is said here
"""


def a_tone(path: Path, seconds: int = 2) -> Path:
    """A generated tone that grows louder: nobody's voice."""
    samples = array("h", (int(32_000 * n / (RATE * seconds) * math.sin(n / 3)) for n in range(RATE * seconds)))
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return path


@pytest.fixture
def contact(settings: object, tmp_path: Path) -> SampledContact:
    settings.RECORDINGS_ROOT = tmp_path  # type: ignore[attr-defined]
    a_tone(tmp_path / "2026" / "call.wav")
    a_call(local("2026-03-10 09:00"), recording="2026/call.wav")
    return drawn(calls=0).contacts.select_related("call").get()


def ask(client: Client, contact: SampledContact, part: str = "") -> object:
    headers = {"Range": part} if part else {}
    return client.get(reverse("contractors:quality_recording", args=[contact.pk]), headers=headers)


def body(answer: object) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_the_whole_recording_is_sent_and_that_it_was_played_is_kept(contact: SampledContact, tmp_path: Path) -> None:
    answer = ask(client_of("song"), contact)
    whole = (tmp_path / "2026" / "call.wav").read_bytes()
    assert body(answer) == whole
    assert (answer["Content-Type"], answer["Accept-Ranges"]) == ("audio/wav", "bytes")  # type: ignore[index]
    entry = AuditEntry.objects.get(act="recording.play")
    assert (entry.actor and entry.actor.username, entry.object_id) == ("song", str(contact.pk))
    assert entry.details == {"part": f"0-{len(whole) - 1}/{len(whole)}"}


@pytest.mark.parametrize(
    ("part", "first", "last"), [("bytes=0-99", 0, 99), ("bytes=100-", 100, None), ("bytes=-44", -44, None)]
)
def test_a_player_gets_the_part_it_asks_for(
    contact: SampledContact, tmp_path: Path, part: str, first: int, last: int | None
) -> None:
    whole = (tmp_path / "2026" / "call.wav").read_bytes()
    answer = ask(client_of("song"), contact, part)
    assert answer.status_code == 206  # type: ignore[attr-defined]
    assert body(answer) == whole[first : last + 1 if last is not None else None]
    assert answer["Content-Range"].endswith(f"/{len(whole)}")  # type: ignore[index]


@pytest.mark.parametrize("part", ["bytes=99999999-", "bytes=50-20", "bytes=-0", "bytes=-"])
def test_a_part_that_is_not_there_is_said_to_be_none(contact: SampledContact, part: str) -> None:
    answer = ask(client_of("song"), contact, part)
    assert answer.status_code == 416  # type: ignore[attr-defined]
    assert not AuditEntry.objects.filter(act="recording.play").exists()


@pytest.mark.parametrize("part", ["bytes=0-1,5-6", "lines=1-2", "bytes=a-b"])
def test_what_is_no_single_part_gets_the_whole(contact: SampledContact, part: str) -> None:
    assert ask(client_of("song"), contact, part).status_code == 200  # type: ignore[attr-defined]


@pytest.mark.parametrize("username", ["wang", "ma", "luo", "ye"])
def test_a_recheck_is_heard_by_nobody_of_the_contractor_before_it_is_published(
    contact: SampledContact, username: str
) -> None:
    assert ask(client_of(username), contact).status_code in (403, 404)  # type: ignore[attr-defined]
    assert not AuditEntry.objects.filter(act="recording.play").exists()


@pytest.mark.parametrize("reference", ["../../etc/passwd", "/etc/hostname", "2026", "2026/call.txt", "gone.wav", ""])
def test_a_reference_never_leads_out_of_the_folder_nor_to_what_is_no_recording(
    contact: SampledContact, tmp_path: Path, reference: str
) -> None:
    (tmp_path / "2026" / "call.txt").write_text("x")
    assert contact.call is not None
    contact.call.recording = reference
    contact.call.save()
    assert ask(client_of("song"), contact).status_code == 404  # type: ignore[attr-defined]


def test_a_link_out_of_the_folder_is_no_recording(contact: SampledContact, tmp_path: Path) -> None:
    outside = a_tone(tmp_path.parent / "outside.wav")
    (tmp_path / "link.wav").symlink_to(outside)
    assert contact.call is not None
    contact.call.recording = "link.wav"
    assert recordings.recording_of(contact) is None


def test_how_loud_it_is_grows_with_the_tone(contact: SampledContact) -> None:
    found = recordings.recording_of(contact)
    assert found is not None
    loud = recordings.loudness(found)
    assert len(loud) == recordings.BARS
    assert loud[0] < loud[60] < loud[-1] == 100


def test_a_transcript_beside_it_is_read_as_lines_with_their_places(contact: SampledContact, tmp_path: Path) -> None:
    found = recordings.recording_of(contact)
    assert found is not None
    assert recordings.transcript_of(found) == []
    (tmp_path / "2026" / "call.vtt").write_text(VTT, encoding="utf-8")
    lines = recordings.transcript_of(found)
    assert [(line.second, line.speaker, line.words) for line in lines] == [
        (0, "座席", "您好，12345，请问有什么可以帮您？"),
        (3723, "市民", "我家没水。"),
    ]
    (tmp_path / "2026" / "call.vtt").write_bytes(b"\xff\xfe nothing")
    assert recordings.transcript_of(found) == []
