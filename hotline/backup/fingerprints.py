"""By which keys a backup can be read: fingerprints that tell two keys apart and tell nothing about either."""

from __future__ import annotations

import base64

from django.conf import settings

from hotline.backup import BackupError
from hotline.field_codec import derived_key

SIZE = 8


def fingerprints() -> dict[str, str]:
    keys = {f"FIELD_KEYS {name}": value for name, value in settings.FIELD_KEYS.items()}
    keys["BLIND_INDEX_KEY"] = settings.BLIND_INDEX_KEY
    return {name: derived_key(base64.b64decode(value), "fingerprint", SIZE).hex() for name, value in keys.items()}


def require(kept: dict[str, str]) -> None:
    """Refuse unless every key that the backup was made with is here."""
    here = fingerprints()
    missing = [name for name in kept if name not in here]
    others = [name for name in kept if name in here and here[name] != kept[name]]
    if not (missing or others):
        return
    told = [f"{name} is missing" for name in missing] + [f"{name} is another key" for name in others]
    raise BackupError(
        f"The keys this backup was made with are not here: {', '.join(told)}. Without them nobody's name, number or "
        "words could be read, so nothing was changed. Put the keys back from where they are kept apart (the "
        "environment; keys.json for the demo), then repeat."
    )
