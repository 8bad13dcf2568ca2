"""Seeded people: names, numbers and addresses that exist nowhere else, and finding them again in whatever was taken.

A name begins with a surname nobody else here has, an address with a compound nobody else lives in: so each of a hundred
thousand is found by one look at its beginning, and which one it is by a set.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

SURNAME, COMPOUND = "睢", "朱鹮苑"
GIVEN = [chr(0x4E00 + n) for n in range(400)]
CHUNK = 16 * 1024 * 1024
OVERLAP = 256
_NUMBER = re.compile(rb"(?:(?<!\d)|(?<=86))(1[3-9]\d)[ -]?(\d{4})[ -]?(\d{4})(?!\d)")
_SPELLINGS: dict[str, Callable[[str], bytes]] = {  # how the same characters lie in UTF-8, in JSON, in an address
    "utf-8": lambda text: text.encode(),
    "escaped": lambda text: text.encode("unicode_escape"),
    "quoted": lambda text: "".join(f"%{byte:02X}" for byte in text.encode()).encode(),
}
_BASE64 = re.compile(rb"[A-Za-z0-9+/]{40,}={0,2}")


class Seeded(NamedTuple):
    name: str
    phone: str
    address: str


def person(n: int, seed: int) -> Seeded:
    """The n-th of a seed, below a hundred and sixty thousand."""
    name = SURNAME + GIVEN[n // 400 % 400] + GIVEN[n % 400]
    mobile = 30_000_000 + (n * 7919 + seed * 104_729) % 60_000_000
    return Seeded(name, f"199{mobile:08d}", f"{COMPOUND}{n}栋{seed % 97}室")


@dataclass
class Search:
    """What is looked for, and what was found where."""

    seeded: list[Seeded]
    found: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    looked_at: int = 0

    def __post_init__(self) -> None:
        self.numbers = {person.phone.encode() for person in self.seeded}
        self.beginnings = {}
        for kind in ("name", "address"):
            words = [getattr(person, kind) for person in self.seeded]
            beginning = SURNAME if kind == "name" else COMPOUND
            for spelling, spell in _SPELLINGS.items():
                known = {spell(word) for word in words}
                self.beginnings[kind, spelling] = (spell(beginning), known, {len(word) for word in known})

    def text(self, text: str | bytes, where: str) -> None:
        data = text.encode() if isinstance(text, str) else text
        self.looked_at += len(data)
        for number in _NUMBER.finditer(data):
            if b"".join(number.groups()) in self.numbers:
                self._note("number", where, data, number.start())
        for (kind, _spelling), (beginning, known, lengths) in self.beginnings.items():
            at = data.find(beginning)
            while at >= 0:
                if any(data[at : at + length] in known for length in lengths):
                    self._note(kind, where, data, at)
                at = data.find(beginning, at + 1)

    def file(self, path: Path, where: str, *, unpack: bool = False) -> None:
        """A file of any size; ``unpack`` also looks into what is wrapped in base64, as Celery's messages are."""
        with path.open("rb") as file:
            tail = b""
            while chunk := file.read(CHUNK):
                data = tail + chunk
                self.text(data, where)
                if unpack:
                    for wrapped in _BASE64.finditer(data):
                        self.text(_unwrapped(wrapped[0]), f"{where} (base64)")
                tail = data[-OVERLAP:]

    def _note(self, kind: str, where: str, data: bytes, at: int) -> None:
        self.found[f"{kind} in {where}"] += 1
        around = data[max(0, at - 60) : at + 60].decode(errors="replace")
        self.examples.setdefault(f"{kind} in {where}", around)

    @property
    def hits(self) -> int:
        return sum(self.found.values())


def _unwrapped(text: bytes) -> bytes:
    try:
        return base64.b64decode(text + b"=" * (-len(text) % 4))
    except binascii.Error:
        return b""


def files_under(*roots: Path) -> Iterator[Path]:
    for root in roots:
        yield from (path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink())


def crowd(n: int, seed: int) -> list[Seeded]:
    return [person(number, seed) for number in range(n)]
