"""Personal data in the database: encrypted fields, blind indexes to find them by, retrieval codes, and masks.

What the database can learn: which rows hold the same telephone number (equal rows have equal indexes), nothing else.
Without BLIND_INDEX_KEY a dictionary of all mobile numbers tells nothing. Only the columns in ``_INDEXES`` may be
indexed: never a surname, an age, a sex, a flag.
"""

import base64
import hashlib
import hmac
import json
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import structlog
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

from hotline.field_codec import DecryptionError, derived_key, needs_rotation, seal, unseal
from hotline.masking import InvalidPhone, mask_address, mask_name, mask_own_name, mask_phone, mask_text, normalise_phone

__all__ = [
    "DecryptionError",
    "EncryptedJSONField",
    "EncryptedTextField",
    "InvalidPhone",
    "MaskedCharField",
    "MaskedTextField",
    "Sealed",
    "blind_index",
    "check_retrieval_code",
    "index_of",
    "mask_address",
    "mask_name",
    "mask_own_name",
    "mask_phone",
    "mask_text",
    "needs_rotation",
    "normalise_phone",
    "opened",
    "retrieval_code",
    "shown",
]


log = structlog.get_logger(__name__)


class Sealed(bytes):
    """A token as it lies in the database: what values() and values_list() give, and what the field writes."""


class _Unsealing(DeferredAttribute):
    """Opens the token when the attribute is first read: only then is the row's key known, and few rows are read."""

    field: "EncryptedTextField"

    def __get__(self, instance: models.Model | None, cls: type | None = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is not None and isinstance(value, Sealed):
            value = instance.__dict__[self.field.attname] = self.field.unseal(value, instance.pk)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


if TYPE_CHECKING:
    _Bytes = models.BinaryField[Any, Any]
    _Text = models.TextField[str, str]
    _Line = models.CharField[str, str]
else:
    _Bytes, _Text, _Line = models.BinaryField, models.TextField, models.CharField


class EncryptedTextField(_Bytes):
    """Text encrypted for its own row. The model makes its primary key itself (uuid7), before it is first saved.

    Only ``isnull`` can be asked of it in a query, only None can be given to ``update()``; ``values()`` give the token,
    which ``field.unseal(token, pk)`` opens.
    """

    descriptor_class = _Unsealing

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, kwargs

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        problems = super().check(**kwargs)
        if isinstance(self.model._meta.pk, models.AutoField):
            hint = "Give the model a primary key with default=uuid7."
            problems.append(checks.Error("An encrypted field needs the row's key before it is saved.", hint, self))
        return problems

    def _check_str_default_value(self) -> list[checks.CheckMessage]:
        return []  # bytes in the database, but text in a program

    def seal(self, value: Any, pk: Any) -> Sealed:
        return Sealed(seal(self._to_bytes(value), self._place(pk)))

    def unseal(self, token: bytes, pk: Any) -> Any:
        return self._from_bytes(unseal(bytes(token), self._place(pk)))

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        value = getattr(model_instance, self.attname)
        return None if value is None else self.seal(value, model_instance.pk)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not isinstance(value, Sealed):
            raise TypeError(f"{self} is encrypted for its row: set it on the object and save() the object.")
        return super().get_db_prep_value(value, connection, prepared)

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def to_python(self, value: Any) -> Any:
        return value

    def get_default(self) -> Any:
        if self.has_default():
            return super().get_default()
        return None if self.null else self.empty_value()

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError(f"{self} is personal: it does not leave the database in a dump of plain text.")

    def empty_value(self) -> Any:
        return ""

    def _place(self, pk: Any) -> str:
        if pk is None:
            raise ImproperlyConfigured(f"{self} needs the row's key before it is saved: default=uuid7.")
        meta = self.model._meta
        return f"{meta.db_table}|{self.column}|{meta.pk.to_python(pk)}"

    def _to_bytes(self, value: Any) -> bytes:
        if not isinstance(value, str):
            raise TypeError(f"{self} holds text, not {type(value).__name__}.")
        return value.encode()

    def _from_bytes(self, plaintext: bytes) -> Any:
        return plaintext.decode()


class EncryptedJSONField(EncryptedTextField):
    """Any JSON value encrypted for its own row."""

    def empty_value(self) -> Any:
        return {}

    def _to_bytes(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    def _from_bytes(self, plaintext: bytes) -> Any:
        return json.loads(plaintext)


UNREADABLE = _("Cannot be opened: it was changed, or its key is missing. Tell the system administrator.")


def opened(row: models.Model, column: str) -> Any:
    """The value, or None if it cannot be opened: the work goes on, and a line in the log says so."""
    try:
        return getattr(row, column)
    except DecryptionError:
        log.error("sealed_value_unreadable", table=row._meta.db_table, row=str(row.pk), column=column)
        return None


def shown(row: models.Model, column: str, present: Callable[[Any], str] = str) -> str:
    """The value made presentable; where one cannot be opened a sentence stands, and the rest of the list beside it."""
    if row.__dict__.get(column, "") is None:
        return ""
    value = opened(row, column)
    if value is None:
        return str(UNREADABLE)
    return present(value) if value else ""


class MaskedTextField(_Text):
    """Free text that takes no number of a person into the database, whatever way it goes in: a mask goes instead."""

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return mask_text(prepared) if isinstance(prepared, str) else prepared


class MaskedCharField(_Line):
    """A line of text, likewise."""

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return mask_text(prepared) if isinstance(prepared, str) else prepared


class _Index(NamedTuple):
    normalise: Callable[[str], str]
    bits: int


def _last_four(text: str) -> str:
    digits = "".join(character for character in unicodedata.normalize("NFKC", text) if character.isdecimal())
    if len(digits) < 4:
        raise InvalidPhone(_("Give at least the last four digits of the number."))
    return digits[-4:]


def _identity_number(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


# The last four digits have only 10,000 values. Cut to 12 bits, about two or three of them share an index, so that an
# index never proves a guess (CipherSweet: among R rows let 2 <= R / 2^bits < sqrt(R) coincide). The reader must
# therefore compare the opened numbers again; nothing is ever missed.
_INDEXES = {
    "phone": _Index(normalise_phone, 128),
    "phone_last4": _Index(_last_four, 12),
    "identity_number": _Index(_identity_number, 128),
}


def blind_index(column: str, value: str) -> bytes:
    """What equal values have in common, by the last part of the column's name: "phone" or "cases_citizen.phone".

    The whole name goes into the index: the same number in two differently named columns cannot be joined.
    """
    return index_of(column, _index(column).normalise(value))


def index_of(column: str, normal: str) -> bytes:
    """The blind index of a value that is in its normal form already, where many are indexed at once."""
    bits = _index(column).bits
    digest = hmac.digest(_key(f"blind index {column}"), normal.encode(), hashlib.sha256)
    size = -(-bits // 8)
    return (int.from_bytes(digest[:size]) >> size * 8 - bits).to_bytes(size)


def _index(column: str) -> _Index:
    kind = column.rpartition(".")[2]
    if kind not in _INDEXES:
        raise ImproperlyConfigured(f"{column} may not be indexed; only {', '.join(_INDEXES)} may.")
    return _INDEXES[kind]


def retrieval_code(number: str) -> str:
    """The six digits a citizen types beside the case number. Guessing is held off by a limit on attempts."""
    digest = hmac.digest(_key("retrieval code"), number.encode(), hashlib.sha256)
    return f"{int.from_bytes(digest[:8]) % 1_000_000:06d}"


def check_retrieval_code(number: str, code: str) -> bool:
    typed = "".join(unicodedata.normalize("NFKC", code).split())
    return hmac.compare_digest(retrieval_code(number).encode(), typed.encode())


@cache
def _key(purpose: str) -> bytes:
    return derived_key(base64.b64decode(settings.BLIND_INDEX_KEY, validate=True), purpose)


def _forget(*, setting: str, **_kwargs: object) -> None:
    if setting == "BLIND_INDEX_KEY":
        _key.cache_clear()


setting_changed.connect(_forget)
