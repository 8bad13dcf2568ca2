"""The installation's secrets: from the environment in production, from a file of its own in the demo."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import secrets
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32


@dataclass(frozen=True)
class Keyring:
    """`field_keys` maps a key's id to its 32 bytes in base64; old ids stay so that old rows can be read.

    `audit_key` signs the seals of the audit trail; without one of its own the installation has one derived.
    """

    secret_key: str
    field_keys: dict[str, str]
    field_key_current: str
    blind_index_key: str
    audit_key: str = ""

    def __post_init__(self) -> None:
        for name, value in {**self.field_keys, "BLIND_INDEX_KEY": self.blind_index_key}.items():
            _check_key(name, value)
        if self.audit_key:
            _check_key("AUDIT_KEY", self.audit_key)
        if self.field_key_current not in self.field_keys:
            raise ImproperlyConfigured(f"FIELD_KEY_CURRENT names {self.field_key_current!r}, which FIELD_KEYS lacks")

    @property
    def signing_key(self) -> str:
        """What signs the seals of the audit trail; 32 bytes in base64."""
        secret = base64.b64decode(self.blind_index_key)
        derived = HKDF(SHA256(), KEY_BYTES, salt=None, info=b"hotline seals of the audit trail").derive(secret)
        return self.audit_key or base64.b64encode(derived).decode()

    @classmethod
    def fresh(cls) -> Keyring:
        return cls(secrets.token_urlsafe(48), {"1": _random_key()}, "1", _random_key())

    @classmethod
    def for_tests(cls) -> Keyring:
        """The same in every process of a run."""
        return cls("tests-only-" + "t" * 40, {"1": _fixed_key(b"f"), "2": _fixed_key(b"g")}, "1", _fixed_key(b"b"))

    @classmethod
    def kept_in(cls, path: Path) -> Keyring:
        """Read the file; make it at first use, readable by nobody else, whoever else is making it now."""
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft = path.with_suffix(f".{os.getpid()}")
            draft.touch(mode=0o600)
            draft.write_text(cls.fresh()._written())
            with contextlib.suppress(FileExistsError):
                os.link(draft, path)
            draft.unlink()
        if path.stat().st_uid != os.geteuid():
            raise ImproperlyConfigured(f"{path} belongs to another user; set APP_VAR_DIR to a directory of your own")
        return cls(**json.loads(path.read_text()))

    def _written(self) -> str:
        """As the file holds it. What is not set is left out: the release before knows nothing of it, and reads on."""
        return json.dumps({name: value for name, value in asdict(self).items() if value})

    def turned(self, key: str) -> Keyring:
        """With that key in force under the next free id; the old ones still open what they sealed."""
        key_id = str(max((int(known) for known in self.field_keys if known.isdecimal()), default=0) + 1)
        return replace(self, field_keys={**self.field_keys, key_id: key}, field_key_current=key_id)

    def without(self, key_id: str) -> Keyring:
        return replace(self, field_keys={known: key for known, key in self.field_keys.items() if known != key_id})

    def keep(self, path: Path) -> Keyring:
        """In place of what the file held, in one step."""
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(self._written())
        draft.rename(path)
        return self


def parse_field_keys(text: str) -> dict[str, str]:
    """`id:base64,id:base64` as a mapping."""
    pairs = [item.strip().partition(":") for item in text.split(",") if item.strip()]
    if not pairs or not all(key_id and value for key_id, _, value in pairs):
        raise ImproperlyConfigured("FIELD_KEYS must look like 1:BASE64 or 1:BASE64,2:BASE64")
    return {key_id: value for key_id, _, value in pairs}


def _check_key(name: str, value: str) -> None:
    try:
        size = len(base64.b64decode(value, validate=True))
    except ValueError:
        size = 0
    if size != KEY_BYTES:
        raise ImproperlyConfigured(f"Key {name} must be {KEY_BYTES} bytes in base64: openssl rand -base64 32")


def _random_key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _fixed_key(byte: bytes) -> str:
    return base64.b64encode(byte * KEY_BYTES).decode()
