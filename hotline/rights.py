"""The published list of rights, written from the table of roles so that the two cannot drift apart."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.utils.translation import override

from hotline.roles import CONTRACTOR, OFFICE, OVERSIGHT, PLATFORM, ROLES, UNIT, Capability, Role

SIDES = {
    "contractor": CONTRACTOR,
    "office": OFFICE,
    "units": UNIT,
    "oversight": OVERSIGHT,
    "arbiter": frozenset({Role.ARBITER}),
    "platform": PLATFORM,
    "connected systems": frozenset({Role.INTEGRATION}),
}
HEAD = """# Rights

Written by `manage.py write_rights` from the table in `hotline/roles.py`; a test compares them. A right says what a role
may do. Which cases it may do it to is the scope of the person's organisation, the same for pages, lists, search,
exports and the API: a contractor and a connected system reach the cases they took; a unit those that are or were with
it or a unit below it; the office and oversight all; the arbiter and the platform's administrators none. What is out of
reach answers as if it were not there. Whoever administers the platform holds one of its three roles and no other.

"""


def document() -> str:
    with override("en"):
        heads = ["right", *SIDES]
        return HEAD + _row(heads) + _row(["---"] * len(heads)) + "".join(_line(right) for right in sorted(ROLES))


def _line(right: Capability) -> str:
    return _row([f"`{right}`", *(_who(roles, ROLES[right]) for roles in SIDES.values())])


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |\n"


def _who(side: frozenset[Role], holders: frozenset[Role]) -> str:
    """``all`` of a side, those of it who hold the right, or nobody."""
    named = [str(role.label).lower() for role in Role if role in side & holders]
    if len(named) < len(side):
        return ", ".join(named)
    return "all" if len(side) > 1 else "yes"


def place() -> Path:
    root: Path = settings.BASE_DIR
    return root / "docs" / "rights.md"
