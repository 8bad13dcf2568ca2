"""Numbers of the supervision ladder's papers: per rung and year, without gaps, whoever issues at the same time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.db import connection

from cases.deadlines import local_date
from cases.models import LadderStep

TAKE = """
INSERT INTO cases_ladderserial AS kept (rung, year, last) SELECT * FROM unnest(%s::text[], %s::smallint[], %s::int[])
ON CONFLICT (rung, year) DO UPDATE SET last = kept.last + EXCLUDED.last
RETURNING rung, year, last
"""


def number(steps: Sequence[LadderStep]) -> None:
    """Give each step its number, in their order, by one statement, within the act that writes them.

    The counters are locked until the act ends, always in the same order, and nothing else is locked after them.
    """
    for step in steps:
        step.year = local_date(step.issued_at).year
    wanted = sorted(Counter((step.rung, step.year) for step in steps).items())
    if not wanted:
        return
    rungs, years, numbers = zip(*((rung, year, n) for (rung, year), n in wanted), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [list(rungs), list(years), list(numbers)])
        last = {(rung, year): top for rung, year, top in cursor.fetchall()}
    following = {key: last[key] - n + 1 for key, n in wanted}
    for step in steps:
        key = (step.rung, step.year)
        step.serial = following[key]
        following[key] += 1
