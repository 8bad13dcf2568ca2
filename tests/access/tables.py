"""Reading the two tables that say what is expected: the addresses, and who reaches what."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from hotline.models import Membership
from hotline.roles import OFFICE, OVERSIGHT, ROLES, UNIT, Capability, Role

HERE = Path(__file__).parent
ASKS_AGAIN = "/"  # cases:move/sign is the address cases:move with the name sign


class Address(NamedTuple):
    """One line of the table, for one method."""

    name: str
    method: str
    capability: Capability | None
    about: str
    then: Capability | None

    def __str__(self) -> str:
        return f"{self.method} {self.name}"

    @property
    def is_api(self) -> bool:
        return ":api:" in self.name

    def opens_to(self, role: str) -> bool:
        return self.capability is None or role in ROLES[self.capability]

    def goes_on_for(self, role: str) -> bool:
        return self.then is None or role in ROLES[self.then]


def lines(name: str) -> Iterator[str]:
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line


@cache
def addresses() -> list[Address]:
    return [address for line in lines("addresses.txt") for address in _addresses(line.split())]


def _addresses(words: list[str]) -> Iterator[Address]:
    name, words = words[0], words[1:]
    methods = [word for word in words if word.isupper()]
    capability, *rest = words[len(methods) :]
    about = " ".join(rest[:2]) if rest[0] == "own" else rest[0]
    then = rest[len(about.split()) :]
    for method in methods:
        yield Address(name, method, _right(capability), about, _right(*then))


def _right(word: str = "-") -> Capability | None:
    return None if word == "-" else Capability(word)


@cache
def reach(about: str) -> dict[str, dict[str, bool]]:
    """Of each thing of that kind: which sides reach it."""
    wanted, sides, found = f"[{about}]", list[str](), dict[str, dict[str, bool]]()
    for line in lines("reach.txt"):
        head, *cells = line.split()
        if head.startswith("["):
            sides = cells if head == wanted else []
        elif sides:
            marks = {"x": True, ".": False}
            found[head] = {side: marks[cell] for side, cell in zip(sides, cells, strict=True)}
    return found


def side_of(by: Membership) -> str:
    """Which column of the table a person stands in."""
    if by.role in OFFICE | OVERSIGHT:
        return "hotline"
    if by.role in UNIT or by.organisation.kind == "contractor":
        return by.organisation.code.lower()
    return {Role.INTEGRATION: "telephony", Role.ARBITER: "arbiter"}.get(Role(by.role), "platform")
