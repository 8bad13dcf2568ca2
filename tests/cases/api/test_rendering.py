"""Answers are written as Django REST framework writes them."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.renderers import JSONRenderer

from cases.models import Status
from hotline.api.rendering import Json

SHANGHAI = ZoneInfo("Asia/Shanghai")
VALUES: list[Any] = [
    None,
    {},
    {"at": datetime(2026, 3, 12, 10, 0, tzinfo=SHANGHAI)},
    {"at": datetime(2026, 3, 12, 10, 0, 0, 123456, tzinfo=UTC)},
    {"day": date(2026, 3, 12), "clock": time(9, 30), "took": timedelta(minutes=3)},
    {"share": Decimal("0.25"), "ratio": 0.1, "key": uuid.UUID(int=7)},
    {"words": gettext_lazy("Today"), "marked": SafeString("<b>井盖</b>"), "state": Status.CLOSED},
    {Status.CLOSED: 1, "quoted": 'a "b" \\ \n', "signs": "电话 🙂"},
    [(1, 2), [True, False]],
]


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_it_writes_what_the_framework_writes(value: Any) -> None:
    assert Json().render(value) == JSONRenderer().render(value)


# Since 1970: RFC 3339 has no seconds in an offset, and none had any since.
moments = st.floats(0, 4e9).map(lambda n: datetime.fromtimestamp(n, UTC)) | st.floats(0, 4e9).map(
    lambda n: datetime.fromtimestamp(n, SHANGHAI)
)
plain = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | moments
words = st.text(st.characters(exclude_categories=["Cs"]))
anything = st.recursive(plain | words, lambda inner: st.lists(inner) | st.dictionaries(words, inner), max_leaves=20)


@given(anything)
def test_whatever_is_told_is_read_as_the_same(value: Any) -> None:
    assert json.loads(Json().render([value])) == json.loads(JSONRenderer().render([value]))
