"""Keeping the tallies: counting changed cases anew, in batches; and the recount that must find nothing.

Acts only leave a note that a case changed. One at a time folds the notes: takes the share each case had in the tallies
away, puts the share it has now in its place, and forgets the note, all in one statement and so as of one moment.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import connection, transaction

from cases.models.tally import DIMENSIONS, GRAINS, Counted
from cases.tally_facts import cases_as_they_are, facts

BATCH = 2_000
_FOLDING = 1_233_400_033  # whose turn it is, among all who would fold
_DIMS = ", ".join(DIMENSIONS)
_KEY = f"what, day, until, standing, {_DIMS}"
_SETS = ", ".join(f"(what, day, until, standing, {', '.join(grain)})" for grain in GRAINS)
_SUMMED = ", ".join(f"coalesce({name}, {empty!r}) AS {name}" for name, empty in
                    ((name, "" if name == "kind" else 0) for name in DIMENSIONS))  # fmt: skip
# A change of what is counted, by whole keys, summed to every grain.
_BY_GRAIN = f"""
    SELECT GROUPING({_DIMS})::smallint AS grain, what::smallint, day, until, standing, {_SUMMED}, sum(n)::int AS n
    FROM whole GROUP BY GROUPING SETS ({_SETS}) HAVING sum(n) <> 0"""  # noqa: S608 - names of ours

FOLD = f"""
WITH gone AS MATERIALIZED (
    DELETE FROM cases_tallychange WHERE (case_id, act) IN (
        SELECT case_id, act FROM cases_tallychange ORDER BY act LIMIT %(batch)s) RETURNING case_id),
changed AS MATERIALIZED (SELECT DISTINCT case_id FROM gone),
being AS MATERIALIZED ({cases_as_they_are("changed")}),
fact AS MATERIALIZED ({facts("changed")}),
whole AS MATERIALIZED (
    SELECT {_KEY}, sum(n) AS n FROM (
        SELECT {_KEY}, 1 AS n FROM fact JOIN being USING (case_id)
        UNION ALL
        SELECT f.what, f.day, f.until, standing, {_DIMS}, -1 FROM changed JOIN cases_tallyshare USING (case_id)
        CROSS JOIN unnest(whats, days, untils) AS f (what, day, until)) AS both_shares
    GROUP BY {_KEY} HAVING sum(n) <> 0),
kept AS (
    INSERT INTO cases_tallyshare (case_id, standing, {_DIMS}, whats, days, untils)
    SELECT case_id, standing, {_DIMS}, array_agg(what::smallint), array_agg(day), array_agg(until)
    FROM being JOIN fact USING (case_id) GROUP BY case_id, standing, {_DIMS}
    ON CONFLICT (case_id) DO UPDATE SET (standing, {_DIMS}, whats, days, untils) = (
        excluded.standing, {", ".join(f"excluded.{name}" for name in DIMENSIONS)},
        excluded.whats, excluded.days, excluded.untils)),
summed AS (
    INSERT INTO cases_tally (grain, {_KEY}, n) SELECT grain, {_KEY}, n FROM ({_BY_GRAIN}) AS by_grain
    ORDER BY grain, {_KEY}
    ON CONFLICT (grain, {_KEY}) DO UPDATE SET n = cases_tally.n + excluded.n
    RETURNING ctid, n)
SELECT (SELECT count(*) FROM gone), (SELECT array_agg(ctid) FROM summed WHERE n = 0)
"""  # noqa: S608 - names of ours

_EVERY = "(SELECT id AS case_id FROM cases_case)"
# What every key has, and what a recount of all cases says it should have. Unfolded notes are counted with the kept.
RECOUNT = f"""
WITH pending AS MATERIALIZED (SELECT DISTINCT case_id FROM cases_tallychange),
being AS ({cases_as_they_are(_EVERY)}),
fact AS ({facts(_EVERY)}),
counted AS MATERIALIZED (SELECT * FROM fact JOIN being USING (case_id)),
whole AS (SELECT {_KEY}, count(*) AS n FROM counted GROUP BY {_KEY}),
moved AS (
    SELECT {_KEY}, sum(n) AS n FROM (
        SELECT {_KEY}, 1 AS n FROM counted JOIN pending USING (case_id)
        UNION ALL
        SELECT f.what, f.day, f.until, standing, {_DIMS}, -1 FROM pending JOIN cases_tallyshare USING (case_id)
        CROSS JOIN unnest(whats, days, untils) AS f (what, day, until)) AS both_shares GROUP BY {_KEY}),
should AS ({_BY_GRAIN}),
have AS (
    SELECT grain, {_KEY}, sum(n) AS n FROM (
        SELECT grain, {_KEY}, n FROM cases_tally
        UNION ALL
        ({_BY_GRAIN.replace("FROM whole", "FROM moved")})) AS kept_and_moved GROUP BY grain, {_KEY})
SELECT grain, {_KEY}, coalesce(have.n, 0), coalesce(should.n, 0)
FROM have FULL JOIN should USING (grain, {_KEY}) WHERE coalesce(have.n, 0) <> coalesce(should.n, 0)
ORDER BY grain, {_KEY}
"""  # noqa: S608 - names of ours


class Difference(NamedTuple):
    """A tally that says something else than the recount."""

    key: dict[str, Any]
    kept: int
    counted: int

    def __str__(self) -> str:
        told = {**self.key, "what": Counted(self.key["what"]).name}
        return (
            f"{' '.join(f'{name}={value}' for name, value in told.items())}: kept {self.kept}, counted {self.counted}"
        )


def fold(batch: int = BATCH) -> int:
    """Count the cases of so many notes anew. Returns how many notes there were; None waits for another who folds."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_FOLDING])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute("SELECT set_config('enable_mergejoin', 'off', true), set_config('jit', 'off', true)")
        cursor.execute(FOLD, {"batch": batch})
        notes, emptied = cursor.fetchone()
        if emptied:
            cursor.execute("DELETE FROM cases_tally WHERE ctid = ANY(%s::tid[]) AND n = 0", [emptied])
    return int(notes)


def fold_all(seconds: float) -> int:
    """Fold until no note is left or so many seconds have passed; returns how many."""
    began, done = time.monotonic(), 0
    while (notes := fold()) and time.monotonic() - began < seconds:
        done += notes
    return done + notes


def count_anew() -> int:
    """Forget every tally and count all cases, while others go on reading what was; returns how many cases."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', '0', true), pg_advisory_xact_lock(%s)", [_FOLDING])
        cursor.execute("DELETE FROM cases_tally; DELETE FROM cases_tallyshare")
        cursor.execute("INSERT INTO cases_tallychange SELECT id, 0 FROM cases_case ON CONFLICT DO NOTHING")
        cursor.execute(FOLD, {"batch": None})
        cursor.execute("SELECT count(*) FROM cases_tallyshare")
        return int(cursor.fetchone()[0])


def differences() -> Iterator[Difference]:
    """Every tally, of every grain, that a recount of all cases as of the same moment does not confirm."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', '0', true)")
        cursor.execute(RECOUNT)
        names = ["grain", *_KEY.split(", ")]
        for *key, kept, counted in cursor:
            yield Difference(dict(zip(names, key, strict=True)), int(kept), int(counted))
