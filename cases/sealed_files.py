"""Files as they lie on disk, of cases and of answers: where each is, for what place it is sealed, sealing it anew."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from django.conf import settings

from hotline.field_codec import seal, unseal

HEADER = 64


def path_for(key: UUID) -> Path:
    return Path(settings.MEDIA_ROOT) / "attachments" / key.hex[-2:] / key.hex


def place_of(key: UUID) -> str:
    """What the content of that attachment is sealed for: elsewhere it does not open."""
    return f"attachment|content|{key}"


def keep(key: UUID, content: bytes) -> None:
    """Write a file for good, before the row that speaks of it: there is one whole file, or none."""
    path = path_for(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as file:
        file.write(seal(content, place_of(key)))
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path)


def content_of(key: UUID) -> bytes:
    """What was kept. Raises FileNotFoundError if the file is not in its place."""
    return unseal(path_for(key).read_bytes(), place_of(key))


class AttachmentFiles:
    """Each file by the key of its attachment."""

    def names(self) -> Iterator[str]:
        for path in sorted((Path(settings.MEDIA_ROOT) / "attachments").glob("*/*")):
            if not path.suffix:
                yield path.name

    def beginning(self, name: str) -> bytes:
        with path_for(UUID(name)).open("rb") as file:
            return file.read(HEADER)

    def seal_anew(self, name: str) -> None:
        """Beside the old one and then in its place, so that there is always one whole file."""
        path, where = path_for(UUID(name)), place_of(UUID(name))
        fresh = path.with_suffix(".anew")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "wb") as file:
            file.write(seal(unseal(path.read_bytes(), where), where))
            file.flush()
            os.fsync(file.fileno())
        fresh.rename(path)
