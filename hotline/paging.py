"""Long lists a page at a time by the last row seen: no OFFSET, and no row twice while others are added."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import CharField, Model, Q, QuerySet
from django.http import QueryDict

M = TypeVar("M", bound=Model)
PAGE_SIZE = 20
PARAMETER = "page"


@dataclass(frozen=True)
class Slice(Generic[M]):
    """One page of a list, and the tokens of its neighbours ('' where there is none)."""

    rows: list[M]
    previous: str
    next: str


def page_of(
    rows: QuerySet[M, M],
    key: str,
    token: str = "",
    *,
    descending: bool = False,
    size: int = PAGE_SIZE,
    ways: Sequence[Q] = (),
) -> Slice[M]:
    """The page a token stands for, ordered by ``key``, a moment or a text, and then by id.

    A strange token gives the first page. Of rows that are meant in any of several ways each way is asked by itself: an
    index puts the rows of one in order, of all together none does.
    """
    place = _place(rows, key, token)
    backwards = place is not None and place[0] == "p"
    falling = descending != backwards
    sign = "-" if falling else ""
    if place is not None:
        rows = rows.filter(_beyond(key, place[1], place[2], falling))
    found = list(first_of(rows, ways, size + 1, lambda rows: rows.order_by(f"{sign}{key}", f"{sign}pk")))
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    before = more if backwards else place is not None
    after = True if backwards else more
    return Slice(
        found,
        _token("p", found[0], key) if found and before else "",
        _token("n", found[-1], key) if found and after else "",
    )


def first_of(
    rows: QuerySet[M, M], ways: Sequence[Q], n: int, sort: Callable[[QuerySet[M, M]], QuerySet[M, M]]
) -> QuerySet[M, M]:
    """The first rows in that order that are meant in any of the ways; of all, if there are none."""
    if not ways:
        return sort(rows)[:n]
    one, *others = (sort(rows.filter(way))[:n] for way in ways)
    return sort(one.union(*others))[:n]


def _beyond(key: str, moment: datetime | str, pk: Any, falling: bool) -> Q:
    """Rows after the place. The first, plain condition is what an index can use."""
    side = "lt" if falling else "gt"
    return Q(**{f"{key}__{side}e": moment}) & (Q(**{f"{key}__{side}": moment}) | Q(**{f"pk__{side}": pk}))


def _token(side: str, row: Model, key: str) -> str:
    value = getattr(row, key)
    return f"{side}{value if isinstance(value, str) else value.isoformat()}~{row.pk}"


def _place(rows: QuerySet[M, M], key: str, token: str) -> tuple[str, datetime | str, Any] | None:
    given, _tilde, pk = token[1:].rpartition("~")
    try:
        place = given if _is_text(rows, key) else _moment(given)
        return (token[0], place, rows.model._meta.pk.to_python(pk)) if token[0] in "np" else None
    except (ValueError, ValidationError, IndexError):
        return None


def _is_text(rows: QuerySet[M, M], key: str) -> bool:
    return any(field.name == key and isinstance(field, CharField) for field in rows.model._meta.concrete_fields)


def _moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(text)
    return at


def address(params: QueryDict, *, base: str = "", **changed: str) -> str:
    """The page's address (``base``: of another page) with some parameters changed; an empty one is left out."""
    given = {key: value for key, value in params.items() if value} | changed
    return f"{base}?{urlencode({key: value for key, value in given.items() if value})}"


def pager(params: QueryDict, found: Slice[M], words: str, *, base: str = "") -> dict[str, str]:
    """What ``components/pager.html`` shows below the list."""
    return {
        "words": words,
        "previous_url": address(params, base=base, **{PARAMETER: found.previous}) if found.previous else "",
        "next_url": address(params, base=base, **{PARAMETER: found.next}) if found.next else "",
    }
