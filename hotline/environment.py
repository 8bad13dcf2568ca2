"""Reading the environment strictly: what is missing or misspelt explains itself."""

from __future__ import annotations

import os
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from hotline.keyring import Keyring, parse_field_keys

env = environ.Env()


def required(name: str, why: str) -> str:
    """Read a variable a real installation cannot do without."""
    if value := os.environ.get(name, "").strip():
        return value
    raise ImproperlyConfigured(f"Set the environment variable {name}: {why} See .env.example.")


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = os.environ.get(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name}={value!r} is not one of {', '.join(allowed)}")
    return value


def keys(*, testing: bool, kept_in: Path | None) -> Keyring:
    """The installation's secrets: fixed ones for tests, the demo's own file, else named one by one."""
    if testing:
        return Keyring.for_tests()
    if kept_in and not os.environ.get("SECRET_KEY"):
        return Keyring.kept_in(kept_in)
    field_keys = parse_field_keys(required("FIELD_KEYS", "personal data are encrypted with it (1:BASE64)."))
    return Keyring(
        secret_key=required("SECRET_KEY", "sessions and links are signed with it (50 random characters)."),
        field_keys=field_keys,
        field_key_current=os.environ.get("FIELD_KEY_CURRENT") or list(field_keys)[-1],
        blind_index_key=required("BLIND_INDEX_KEY", "telephone numbers are found by it (32 bytes in base64)."),
        audit_key=os.environ.get("AUDIT_KEY", "").strip(),
    )
