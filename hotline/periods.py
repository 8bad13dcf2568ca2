"""Periods of days kept as two dates, seen by the database as one half-open range: so that it can keep them apart."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db.models import Func


class DateRange(Func):
    """``DateRange("valid_from", "valid_until", RangeBoundary())``, for exclusion constraints."""

    function = "daterange"
    output_field = DateRangeField()
