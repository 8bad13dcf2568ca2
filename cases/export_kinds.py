"""What can be exported: each kind says who may ask, what narrows it, and its rows as far as the asker may see them.

An app registers its kinds when it starts; asking, approving, building and fetching (``cases.exporting``) are the same
for all.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.functional import Promise

from hotline.models import Membership
from hotline.roles import Capability

MOST_ROWS = 20_000
Asked = dict[str, Any]  # as JSON keeps it
_kinds: dict[str, ExportKind] = {}


class Line(NamedTuple):
    """One row, and the case whose citizen it names in full, if it does."""

    cells: list[str]
    case: int | None = None


class ExportKind(ABC):
    """One kind of list. ``personal``: with names and numbers in full; it then takes a second person's approval."""

    key: str
    label: str | Promise
    may: Capability
    always_personal = False
    offers_personal = False

    def may_be_asked(self, by: Membership) -> bool:
        return by.can(self.may) and by.can(Capability.EXPORT_ASK)

    def may_be_personal(self, by: Membership) -> bool:
        return self.offers_personal and by.can(Capability.IDENTITY_REVEAL)

    @abstractmethod
    def clean(self, given: Mapping[str, str], by: Membership, at: datetime) -> Asked:
        """What narrows it, as it shall be kept. Raises Invalid, or Http404 for what does not exist."""

    @abstractmethod
    def title(self, asked: Asked, by: Membership) -> str:
        """What it is, in the reader's language; no more than 200 characters."""

    @abstractmethod
    def count(self, asked: Asked, by: Membership, at: datetime) -> int:
        """How many rows it has; of more than ``MOST_ROWS`` it need not say how many."""

    @abstractmethod
    def header(self, *, personal: bool) -> list[str]: ...

    @abstractmethod
    def lines(self, asked: Asked, by: Membership, at: datetime, *, personal: bool) -> Iterator[Line]:
        """The rows within the reach of ``by``, in an order of their own."""


def register(kind: ExportKind) -> None:
    _kinds[kind.key] = kind


def kind_of(key: str) -> ExportKind | None:
    return _kinds.get(key)
