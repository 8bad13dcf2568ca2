"""One page of a list, told row by row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from rest_framework.response import Response

from hotline.api.pagination import Order, page_of

M = TypeVar("M", bound=Model)


def listed(
    rows: QuerySet[M],
    order: Order,
    given: Mapping[str, Any],
    tell: Callable[[M], Mapping[str, Any]],
    ways: Sequence[Q] = (),
) -> Response:
    found, cursor = page_of(rows, order, cursor=given["cursor"], limit=given["limit"], ways=ways)
    return Response({"results": [tell(row) for row in found], "next_cursor": cursor or None})
