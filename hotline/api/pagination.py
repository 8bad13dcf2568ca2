"""Long lists by key, not by offset: the cursor says after which row to go on, and costs the same on every page."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db.models import F, Model, Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail, ValidationError

from hotline.paging import first_of

M = TypeVar("M", bound=Model)
DEFAULT_LIMIT = 50
MAX_LIMIT = 200


@dataclass(frozen=True)
class Order:
    """By one column, then by the primary key, both the same way. Rows without a value come last."""

    column: str
    descending: bool = False

    def sort(self, rows: QuerySet[M]) -> QuerySet[M]:
        last = True if self._nullable(rows) else None
        by = F(self.column).desc(nulls_last=last) if self.descending else F(self.column).asc(nulls_last=last)
        return rows.order_by(by, "-pk" if self.descending else "pk")

    def after(self, rows: QuerySet[M], value: Any, pk: Any) -> QuerySet[M]:
        beyond = "lt" if self.descending else "gt"
        if value is None:
            return rows.filter(**{f"{self.column}__isnull": True, f"pk__{beyond}": pk})
        further = Q(**{f"{self.column}__{beyond}": value}) | Q(**{self.column: value, f"pk__{beyond}": pk})
        rest = Q(**{f"{self.column}__{beyond}e": value}) & further
        return rows.filter(rest | Q(**{f"{self.column}__isnull": True}) if self._nullable(rows) else rest)

    def _nullable(self, rows: QuerySet[M]) -> bool:
        return bool(rows.model._meta.get_field(self.column).null)


def page_of(
    rows: QuerySet[M], order: Order, *, cursor: str = "", limit: int = DEFAULT_LIMIT, ways: Sequence[Q] = ()
) -> tuple[list[M], str]:
    """Up to ``limit`` rows after the cursor, and the cursor of the next page, empty on the last. One query.

    Of rows that are meant in any of several ways each is asked by itself, as on pages.
    """
    if cursor:
        rows = order.after(rows, *_decode(cursor, order, rows.model))
    found = list(first_of(rows, ways, limit + 1, order.sort))
    return found[:limit], _encode(found[limit - 1], order) if len(found) > limit else ""


def _encode(row: Model, order: Order) -> str:
    value = getattr(row, order.column)
    plain = [value.isoformat() if isinstance(value, date) else value, str(row.pk)]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def _decode(cursor: str, order: Order, model: type[Model]) -> tuple[Any, Any]:
    try:
        value, pk = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(pk, str) or not isinstance(value, str | None) or "\0" in f"{value}{pk}":
            raise ValueError("not a cursor of ours")
        f"{value}{pk}".encode()  # half a surrogate pair is no text
        column: Any = model._meta.get_field(order.column)
        value = None if value is None else _past(column.to_python(value))
        return value, model._meta.pk.to_python(pk)
    except (ValueError, TypeError, RecursionError, binascii.Error, DjangoValidationError) as error:
        sentence = _("This is no cursor of this list. Begin again without one.")
        raise ValidationError({"cursor": ErrorDetail(sentence, code="bad_cursor")}) from error


def _past(value: Any) -> Any:
    if isinstance(value, datetime) and (value.tzinfo is None or not 1900 < value.year < 3000):
        raise ValueError("not a moment of ours")
    return value
