"""One row of the life of a case: when, what, who, for which organisation, in which membership."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from hotline.models import Membership, Organisation, User
from hotline.roles import Role


class Sort(StrEnum):
    """What a row is about; the page shows some of them or all."""

    ACT = "act"
    LOOK = "look"
    LIMIT = "limit"
    CALL = "call"
    MESSAGE = "message"
    QUALITY = "quality"
    WHOSE = "whose"
    MONEY = "money"


SORTS: dict[Sort, tuple[str | Promise, str]] = {
    Sort.ACT: (gettext_lazy("Acts"), "circle-check"),
    Sort.LOOK: (gettext_lazy("Looks"), "eye"),
    Sort.LIMIT: (gettext_lazy("Time limits"), "clock"),
    Sort.CALL: (pgettext_lazy("page", "Calls"), "phone"),
    Sort.MESSAGE: (gettext_lazy("Messages"), "message-circle"),
    Sort.QUALITY: (gettext_lazy("Quality marks"), "clipboard-check"),
    Sort.WHOSE: (gettext_lazy("Whose it was"), "scale"),
    Sort.MONEY: (gettext_lazy("Money"), "file-text"),
}


@dataclass(frozen=True)
class LifeRow:
    """One thing that happened. ``who`` is None where the system or the citizen did it."""

    at: datetime
    sort: Sort
    what: str
    detail: str = ""
    why: str = ""
    who: User | None = None
    organisation: Organisation | None = None
    role: str = ""
    membership: Membership | None = None
    url: str = ""

    @property
    def role_label(self) -> str:
        return str(Role(self.role).label) if self.role in Role.values else ""

    @property
    def icon(self) -> str:
        return SORTS[self.sort][1]

    @property
    def sort_label(self) -> str:
        return str(SORTS[self.sort][0])


def in_force(rows: Iterable[LifeRow]) -> list[LifeRow]:
    """Each row with the membership in which its author acted then, where the row itself does not name it."""
    rows = list(rows)
    people = {row.who.pk for row in rows if row.who and not row.membership}
    held: dict[int, list[Membership]] = {}
    for membership in Membership.objects.filter(user__in=people).select_related("organisation").order_by("valid"):
        held.setdefault(membership.user_id, []).append(membership)
    return [_with_membership(row, held) for row in rows]


def _with_membership(row: LifeRow, held: dict[int, list[Membership]]) -> LifeRow:
    if row.who is None or row.membership is not None:
        return row
    for one in held.get(row.who.pk, []):
        fits = not row.role or one.role == row.role
        same = row.organisation is None or one.organisation_id == row.organisation.pk
        if fits and same and _within(one, row.at):
            return replace(row, membership=one, role=one.role, organisation=row.organisation or one.organisation)
    return row


def _within(membership: Membership, at: datetime) -> bool:
    valid: Any = membership.valid
    return bool(valid.lower <= at and (valid.upper is None or at < valid.upper))
