"""One of many: which rows are among those another question finds."""

from __future__ import annotations

from django.db.models import BooleanField, Func


class AnyOf(Func):
    """Whether a column has one of the values a subquery finds: ``AnyOf(F("pk"), Subquery(...))``.

    The values are found once, before anything else, as an array. Of ``IN`` and above all ``NOT IN`` PostgreSQL expects
    that half of all rows have one, and counts the subquery's start again for every row: it then reads the whole table.
    Meant for a few thousand values at most.
    """

    template = "(%(expressions)s))"
    arg_joiner = " = ANY (ARRAY"
    output_field = BooleanField()
