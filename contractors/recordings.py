"""Recordings: where a call's reference leads to, who may listen, and every playback kept in the audit trail.

A reference is a file's place below the storage folder (RECORDINGS_ROOT). Beside a recording there may be a transcript
of the same name in WebVTT, its speakers in voice spans: it helps to find a place, and is no evidence.
"""

from __future__ import annotations

import re
import wave
from array import array
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from contractors.models import SampledContact
from hotline import audit
from hotline.models import Membership

TYPES = {".wav": "audio/wav", ".mp3": "audio/mpeg", ".ogg": "audio/ogg", ".opus": "audio/ogg", ".m4a": "audio/mp4"}
BARS = 120
TRANSCRIPT_LIMIT = 512 * 1024
STAMP = re.compile(r"^(?:(\d+):)?(\d{2}):(\d{2})\.\d{3}\s+-->")
VOICE = re.compile(r"^<v(?:\.[^ >]*)?\s+([^>]{1,40})>\s*(.*?)(?:</v>)?$", re.DOTALL)


@dataclass(frozen=True)
class Recording:
    """A file that is there."""

    path: Path
    content_type: str

    @property
    def size(self) -> int:
        return self.path.stat().st_size


@dataclass(frozen=True)
class Line:
    """One line of a transcript, and the second at which it begins."""

    second: int
    speaker: str
    words: str


def recording_of(contact: SampledContact) -> Recording | None:
    """The recording of the contact's call, if there is one in its place. A reference never leads out of the folder."""
    reference = contact.call.recording if contact.call else ""
    if not reference or not settings.RECORDINGS_ROOT:
        return None
    root = Path(settings.RECORDINGS_ROOT).resolve()
    path = (root / reference).resolve()
    kind = TYPES.get(path.suffix.lower())
    if kind is None or not path.is_relative_to(root) or not path.is_file():
        return None
    return Recording(path, kind)


def played(contact: SampledContact, *, by: Membership, at: datetime, part: str) -> None:
    """Somebody is about to be sent a part of the recording; if this cannot be written, nothing is."""
    audit.record("recording.play", by=by, at=at, thing=contact, details={"part": part})


def transcript_of(recording: Recording) -> list[Line]:
    """The lines beside it; none if there is no transcript, or none that can be read."""
    path = recording.path.with_suffix(".vtt")
    if not path.is_file() or path.stat().st_size > TRANSCRIPT_LIMIT:
        return []
    try:
        cues = path.read_text(encoding="utf-8").replace("\r\n", "\n").split("\n\n")
    except UnicodeDecodeError:
        return []
    return [line for cue in cues if (line := _line(cue)) is not None]


def _line(cue: str) -> Line | None:
    rows = cue.strip().split("\n")
    start = next((n for n, row in enumerate(rows) if STAMP.match(row)), None)
    if start is None or not (said := " ".join(rows[start + 1 :]).strip()):
        return None
    hours, minutes, seconds = (int(part or 0) for part in STAMP.match(rows[start]).groups())  # type: ignore[union-attr]
    voice = VOICE.match(said)
    speaker, words = voice.groups() if voice else ("", said)
    return Line(hours * 3600 + minutes * 60 + seconds, speaker, words)


def loudness(recording: Recording) -> list[int]:
    """How loud each stretch is, from 0 to 100, for the picture; nothing for what is no plain 16-bit WAV."""
    if recording.content_type != "audio/wav":
        return []
    try:
        with wave.open(str(recording.path), "rb") as file:
            if file.getsampwidth() != 2:
                return []
            samples = array("h", file.readframes(min(file.getnframes(), 60_000_000)))
    except (wave.Error, EOFError):
        return []
    step = max(1, len(samples) // BARS)
    parts = [samples[n : n + step] for n in range(0, step * BARS, step)]
    peaks = [max(max(part), -min(part)) if part else 0 for part in parts]
    loudest = max(peaks, default=0) or 1
    return [100 * peak // loudest for peak in peaks]
