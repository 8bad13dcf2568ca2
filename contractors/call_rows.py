"""The rows behind the figures of the telephone, as clauses of contracts freeze and compare them: a row is one call."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, TextField
from django.db.models.functions import Cast

from cases import call_measures  # registers the measures of calls
from cases.call_counting import CALL_FIGURES, CallFigure, offered_in
from cases.models import Call
from contractors.figures import ONE, ZERO, Row, marks, source
from contractors.row_names import nameable
from hotline.calendar import Period
from hotline.measures import Unit
from hotline.models import Organisation

__all__ = ["call_measures"]


def _register(key: str, figure: CallFigure) -> None:
    @source(key)
    def rows(contractor: Organisation, period: Period, _net: bool) -> Iterator[Row]:
        parts = figure.parts()
        calls: Any = offered_in(Call.objects.filter(organisation=contractor), period).filter(parts.of).order_by()
        spent = figure.spent if figure.unit == Unit.TIME else F("hold_seconds")
        counted = calls.annotate(**marks(parts), spent=spent, key=Cast("pk", TextField()))
        read = counted.values_list("key", "platform_id", "is_good", "is_out", "spent")
        for key, name, good, out, spent in read.iterator(chunk_size=5000):
            yield Row(nameable(name) or key, _above(figure.unit, good, spent), ONE, out)


def _above(unit: Unit, good: bool, spent: timedelta | int | None) -> Decimal:
    """One call counts as one, or as the seconds spent in it."""
    if unit != Unit.TIME:
        return ONE if good else ZERO
    if isinstance(spent, timedelta):
        return Decimal(spent // timedelta(microseconds=1)).scaleb(-6)
    return Decimal(spent or 0)


for _key, _figure in CALL_FIGURES.items():
    _register(_key, _figure)
