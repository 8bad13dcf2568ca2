"""The sealed form of one personal value: ``v1 | cipher | key id | nonce | ciphertext + tag``, bound to its place.

Place is "table|column|pk" and is authenticated together with the header: a token copied to another row, column or
table, or read with another key, is an error and never garbage. Keys are derived from settings.FIELD_KEYS for each
cipher; a token names the key and the cipher it was sealed with, so both can be changed while old rows stay readable.
Nonces are 96 random bits: change the key before four billion values (2^32) have been sealed with it.
"""

import base64
import os
from functools import cache
from typing import Protocol

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed

_VERSION = 1
_NONCE = 12
_TAG = 16


class DecryptionError(Exception):
    """A sealed value cannot be trusted: changed, moved, sealed with a key we don't have, or not ours at all."""


class Aead(Protocol):
    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes: ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes: ...


class Sm4Gcm:
    """SM4-GCM (GB/T 32907, RFC 8998) with a 16-byte key, in the shape of cryptography's AESGCM."""

    def __init__(self, key: bytes) -> None:
        self._algorithm = algorithms.SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        encryptor = Cipher(self._algorithm, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated_data)
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        if len(data) < _TAG:
            raise InvalidTag
        decryptor = Cipher(self._algorithm, modes.GCM(nonce, data[-_TAG:])).decryptor()
        decryptor.authenticate_additional_data(associated_data)
        return decryptor.update(data[:-_TAG]) + decryptor.finalize()


_CIPHERS: dict[str, tuple[int, int, type[AESGCM] | type[Sm4Gcm]]] = {  # setting → number in the token, key size, class
    "AES-256-GCM": (1, 32, AESGCM),
    "SM4-GCM": (2, 16, Sm4Gcm),
}
_NAMES = {number: name for name, (number, _size, _cls) in _CIPHERS.items()}


def seal(plaintext: bytes, place: str) -> bytes:
    header, aead = _current()
    nonce = os.urandom(_NONCE)
    return header + nonce + aead.encrypt(nonce, plaintext, header + place.encode())


def unseal(token: bytes, place: str) -> bytes:
    number, key_id, start = _parse(token)
    aead = _aead(_NAMES[number], key_id)
    nonce, sealed = token[start : start + _NONCE], token[start + _NONCE :]
    try:
        return aead.decrypt(nonce, sealed, token[:start] + place.encode())
    except (InvalidTag, ValueError) as error:
        raise DecryptionError(f"The sealed value at {place} was changed or moved.") from error


def needs_rotation(token: bytes) -> bool:
    """Was it sealed with another key or cipher than new values are?"""
    return not bytes(token).startswith(current_header())


def current_header() -> bytes:
    """How everything sealed now begins: version, cipher, key id."""
    return _current()[0]


def key_mark(key_id: str) -> bytes:
    """What stands from the third byte on in whatever was sealed with the key, in either cipher."""
    return bytes((len(key_id.encode()),)) + key_id.encode()


def cipher_and_key(token: bytes) -> str:
    """What it was sealed with, in words: "AES-256-GCM, key 1"."""
    number, key_id, _start = _parse(token)
    return f"{_NAMES[number]}, key {key_id}"


def derived_key(secret: bytes, purpose: str, size: int = 32) -> bytes:
    return HKDF(SHA256(), size, salt=None, info=f"hotline {purpose}".encode()).derive(secret)


def _header(cipher: str, key_id: str) -> bytes:
    return bytes((_VERSION, _CIPHERS[cipher][0])) + key_mark(key_id)


def _parse(token: bytes) -> tuple[int, str, int]:
    """The number of the cipher, the key id, and where the nonce starts."""
    if len(token) < 3 or token[0] != _VERSION or token[1] not in _NAMES:
        raise DecryptionError("This is no sealed value of a version we know.")
    start = 3 + token[2]
    if len(token) < start + _NONCE + _TAG:
        raise DecryptionError("The sealed value was cut short.")
    return token[1], token[3:start].decode(errors="replace"), start


@cache
def _current() -> tuple[bytes, Aead]:
    cipher, key_id = settings.FIELD_CIPHER, settings.FIELD_KEY_CURRENT
    if cipher not in _CIPHERS:
        raise ImproperlyConfigured(f"FIELD_CIPHER is {cipher!r}; choose {' or '.join(_CIPHERS)}.")
    if key_id not in settings.FIELD_KEYS:
        raise ImproperlyConfigured(f"FIELD_KEY_CURRENT names {key_id!r}, which FIELD_KEYS lacks.")
    return _header(cipher, key_id), _aead(cipher, key_id)


@cache
def _aead(cipher: str, key_id: str) -> Aead:
    if key_id not in settings.FIELD_KEYS:
        raise DecryptionError(f"No key {key_id!r} in FIELD_KEYS: keep old keys until every row was sealed anew.")
    _number, size, make = _CIPHERS[cipher]
    aead = make(derived_key(base64.b64decode(settings.FIELD_KEYS[key_id], validate=True), cipher, size))
    try:  # fail closed, and now: a provider without SM4 tells only when asked to work
        aead.encrypt(bytes(_NONCE), b"", b"")
    except UnsupportedAlgorithm as error:
        raise ImproperlyConfigured(f"This OpenSSL has no {cipher}; nothing is stored in another cipher.") from error
    return aead


def _forget(*, setting: str, **_kwargs: object) -> None:
    if setting in {"FIELD_KEYS", "FIELD_KEY_CURRENT", "FIELD_CIPHER"}:
        _current.cache_clear()
        _aead.cache_clear()


setting_changed.connect(_forget)


@register(Tags.security)
def check_field_encryption(**_kwargs: object) -> list[CheckMessage]:
    """Every key is 32 bytes of its own, and the chosen cipher works here."""
    problems = []
    secrets = dict(settings.FIELD_KEYS) | {"BLIND_INDEX_KEY": settings.BLIND_INDEX_KEY}
    for name, value in secrets.items():
        try:
            sound = len(base64.b64decode(value, validate=True)) == 32
        except ValueError:
            sound = False
        if not sound:
            problems.append(Error(f"Key {name} must be 32 bytes in base64.", id="hotline.E001"))
    if len(set(secrets.values())) < len(secrets):
        problems.append(Error("Field keys and BLIND_INDEX_KEY must all differ.", id="hotline.E002"))
    if not problems:
        try:
            unseal(seal(b"", "check"), "check")
        except (ImproperlyConfigured, DecryptionError) as error:
            problems.append(Error(str(error), id="hotline.E003"))
    return list(problems)
