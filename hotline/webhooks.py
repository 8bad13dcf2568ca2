"""Signed messages between programs: by whom, when, and unaltered (Standard Webhooks, HMAC-SHA256). Pure.

The signature is ``v1,base64(HMAC-SHA256(secret, "{id}.{timestamp}.{body}"))`` in the header ``webhook-signature``,
which may carry several, apart by spaces; the timestamp is in seconds since 1970. Source: standardwebhooks.com, 1.0.0.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

PREFIX = "whsec_"
SECRET_BYTES = 32
WINDOW = timedelta(minutes=5)  # the tolerance that the standard recommends
LONGEST_ID = 80


class NotSigned(Exception):  # noqa: N818 - says what is wrong with the message, in a word
    """The message is not known to come from who it says; ``str()`` is one of missing, malformed, outdated, wrong."""


@dataclass(frozen=True)
class Signed:
    """The three headers a message is signed with."""

    id: str
    timestamp: str
    signature: str

    @property
    def headers(self) -> dict[str, str]:
        return {"webhook-id": self.id, "webhook-timestamp": self.timestamp, "webhook-signature": self.signature}


def new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def sign(body: bytes, *, key: str, at: datetime, secret: str) -> Signed:
    """The headers that go with the body; ``key`` is the message's own id."""
    timestamp = str(int(at.timestamp()))
    return Signed(key, timestamp, f"v1,{_mac(body, key, timestamp, secret)}")


def verify(body: bytes, signed: Signed, *, at: datetime, secrets: Iterable[str]) -> None:
    """Raise NotSigned unless one of the secrets signed it, within the window around ``at``."""
    if not (signed.id and signed.timestamp and signed.signature):
        raise NotSigned("missing")
    if len(signed.id) > LONGEST_ID or not signed.timestamp.isascii() or not signed.timestamp.isdecimal():
        raise NotSigned("malformed")
    if len(signed.timestamp) > 12 or abs(at.timestamp() - int(signed.timestamp)) > WINDOW.total_seconds():
        raise NotSigned("outdated")
    given = [mark.removeprefix("v1,").encode() for mark in signed.signature.split(" ") if mark.startswith("v1,")]
    wanted = [_mac(body, signed.id, signed.timestamp, secret).encode() for secret in secrets]
    if not any(hmac.compare_digest(one, other) for one in given for other in wanted):
        raise NotSigned("wrong")


def _mac(body: bytes, key: str, timestamp: str, secret: str) -> str:
    message = f"{key}.{timestamp}.".encode(errors="surrogateescape") + body
    return base64.b64encode(hmac.digest(_key(secret), message, hashlib.sha256)).decode()


def _key(secret: str) -> bytes:
    """The bytes behind ``whsec_…``. Raises ValueError for what is no secret."""
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("a secret is whsec_ and base64") from error
