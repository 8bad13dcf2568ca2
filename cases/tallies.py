"""Reading the tallies: how many cases, of which sort, in which days; exact at every moment.

What is folded, less the old and plus the new share of every case that a note says has changed, is one statement and so
as of one moment. Cases kept from the reader are taken away the same way; a limit that ends later today is not due yet.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection

from cases.models import Category, TallyChange
from cases.models.recusal import KEPT
from cases.models.tally import GRAINS, Counted, grain_code
from cases.tally_facts import BY_LIMITS, acts, cases_as_they_are, limits, moves
from hotline.calendar import SHANGHAI, Period
from hotline.models import Membership, Organisation, Region
from hotline.roles import OFFICE, OVERSIGHT

MOST_NOTES = 3_000  # beyond that, counting the rows themselves is quicker
BEGINNING = date(1, 1, 1)
NOTES = -1  # the place of the row that counts the notes
_OF_SIGNING = {Counted.SIGN_DUE, Counted.SIGN_LATE}
_LASTING = (Counted.OPEN, Counted.SUSPENDED)


@dataclass(frozen=True)
class Among:
    """Which cases: by any of the dimensions; a category or a region stands for all beneath it."""

    contractor: Organisation | None = None
    unit: Organisation | None = None
    region: Region | None = None
    category: Category | None = None
    channel: int | None = None
    kind: str = ""

    def dimensions(self) -> set[str]:
        given = {
            "taken_by": self.contractor,
            "unit": self.unit,
            "region": self.region,
            "category": self.category,
            "channel": self.channel,
            "kind": self.kind,
        }
        return {name for name, value in given.items() if value}

    def condition(self, values: dict[str, Any]) -> str:
        """As SQL over the dimensions' columns; what it compares with is put into ``values``."""
        exactly = {
            "taken_by": self.contractor and self.contractor.pk,
            "unit": self.unit and self.unit.pk,
            "channel": self.channel,
            "kind": self.kind,
        }
        values |= {name: value for name, value in exactly.items() if value}
        parts = [f"{name} = %({name})s" for name, value in exactly.items() if value]
        for name, node, table in (
            ("region", self.region, "hotline_region"),
            ("category", self.category, "cases_category"),
        ):
            if node is not None:
                values[name] = node.path
                parts.append(f"{name} IN (SELECT id FROM {table} WHERE starts_with(path, %({name})s))")  # noqa: S608
        return " AND ".join(parts) or "true"


@dataclass
class Counts:
    """How many cases of each sort, by their standing."""

    of: dict[int, list[int]] = field(default_factory=dict)

    def add(self, what: int, standing: int, n: int) -> None:
        self.of.setdefault(what, [0, 0, 0, 0])[standing] += n

    def n(self, what: Counted, standings: Iterable[int] = range(4)) -> int:
        by_standing = self.of.get(what, [0, 0, 0, 0])
        return sum(by_standing[standing] for standing in standings)


def readable(by: Membership | None) -> bool:
    """May these tallies be read for this person (None: the system itself)? For those who see every case that is not
    kept from them; and only while few notes are unfolded."""
    if by is not None and by.role not in OFFICE | OVERSIGHT:
        return False
    return TallyChange.objects.values("case_id")[: MOST_NOTES + 1].count() <= MOST_NOTES


def days_of(period: Period, at: datetime) -> tuple[date, date] | None:
    """The whole local days a period lasts: its first, and the first after it. One that ends now lasts all today, as
    nothing happens later; None if it begins or ends within a day."""
    start = period.start.astimezone(SHANGHAI)
    end = (period.end or at).astimezone(SHANGHAI)
    if start.time() != time() or (end.time() != time() and end != at):
        return None
    return start.date(), end.date() + timedelta(days=end.time() != time())


def count(
    by: Membership | None,
    at: datetime,
    spans: Mapping[Any, tuple[date, date]],
    whats: Collection[Counted],
    among: Among = Among(),
    each: str = "",
) -> dict[tuple[Any, Any], Counts]:
    """The counts of each span of days, and within it of each value of the dimension ``each``, or of each ``day`` by
    itself (None without one).

    What lasts (open, suspended) is counted as it was at the end of the span. Spans end with today at the latest.
    """
    named = list(spans)
    values: dict[str, Any] = {"whats": list(whats), "at": at, "lasting": list(_LASTING), "limits": list(BY_LIMITS)}
    values["first"] = BEGINNING if set(whats) & set(_LASTING) else min(first for first, _end in spans.values())
    values["last"] = max(end for _first, end in spans.values())
    found: dict[tuple[Any, Any], Counts] = {}
    for place, value, what, standing, n in _rows(by, at, [spans[name] for name in named], among, each, values):
        found.setdefault((named[place], value), Counts()).add(what, standing, int(n))
    return found


def _rows(
    by: Membership | None,
    at: datetime,
    spans: Sequence[tuple[date, date]],
    among: Among,
    each: str,
    values: dict[str, Any],
) -> list[tuple[Any, ...]]:
    """First as if no note were unfolded, which says as of the same moment whether one is; only then with the notes:
    planning that takes longer than all the rest."""
    with connection.cursor() as cursor:
        cursor.execute(_statement(by, at, spans, among, each, values, noted=False), values)
        rows = cursor.fetchall()
        if any(row[-1] for row in rows if row[0] == NOTES):
            cursor.execute(_statement(by, at, spans, among, each, values, noted=True), values)
            rows = cursor.fetchall()
    return [row for row in rows if row[0] != NOTES]


def _statement(
    by: Membership | None,
    at: datetime,
    spans: Sequence[tuple[date, date]],
    among: Among,
    each: str,
    values: dict[str, Any],
    *,
    noted: bool,
) -> str:
    """One row more says how many cases are noted."""
    wanted = among.dimensions() | ({each} - {"", "day"})
    values["grain"] = grain_code(next(grain for grain in GRAINS if wanted <= set(grain)))
    condition = among.condition(values)
    value = each or "NULL::bigint"
    column = f"{each}, " if each not in ("", "day") else ""
    counts_once = "true" if each == "day" else "until >= ending"
    rows = []
    for place, (first, end) in enumerate(spans):
        values |= {f"first{place}": first, f"end{place}": end}
        rows.append(f"({place}, %(first{place})s::date, %(end{place})s::date)")
    tomorrow = datetime.combine(at.astimezone(SHANGHAI).date() + timedelta(1), time(), SHANGHAI)
    values |= {"tomorrow": tomorrow, "person": by.user_id if by else None}
    not_yet = "AND NOT (k.due_at >= %(at)s AND k.due_at < %(tomorrow)s)"
    hidden = "SELECT NULL::bigint AS case_id WHERE false"
    if by is not None:
        hidden = KEPT.format(named_by="about.id AS case_id", or_below="").replace("%s", "%(person)s")
    asked = set(values["whats"]) & set(BY_LIMITS) if tomorrow.date() <= values["last"] else set()
    values["clocks"] = (["promise"] if asked - _OF_SIGNING else []) + (["sign"] if asked & _OF_SIGNING else [])
    later = """
    SELECT case_id FROM cases_clock WHERE kind = ANY(%(clocks)s) AND due_at >= %(at)s AND due_at < %(tomorrow)s"""
    share = "CROSS JOIN LATERAL unnest(whats, days, untils) AS f (what, day, until)"
    nobody = "SELECT NULL::bigint AS case_id WHERE false"
    fresh = f"""
    UNION ALL
    SELECT {column}what, day, until, standing, 1 FROM ({limits("shown", not_yet)} UNION ALL {acts("shown")}) AS fact
    JOIN ({cases_as_they_are("shown")}) AS being USING (case_id) WHERE {condition}"""  # noqa: S608 - as below
    return f"""
WITH hidden AS MATERIALIZED ({hidden}),
noted AS MATERIALIZED ({"SELECT DISTINCT case_id FROM cases_tallychange" if noted else nobody}),
moved AS MATERIALIZED (SELECT case_id FROM noted UNION SELECT case_id FROM hidden),
shown AS MATERIALIZED (SELECT case_id FROM noted EXCEPT SELECT case_id FROM hidden),
moves AS MATERIALIZED ({moves("shown") if noted else nobody}),
later AS MATERIALIZED ({later} EXCEPT SELECT case_id FROM moved),
found AS (
    SELECT {column}what, day, until, standing, n FROM cases_tally
    WHERE grain = %(grain)s AND what = ANY(%(whats)s) AND day >= %(first)s AND day < %(last)s AND {condition}
    UNION ALL
    SELECT {column}f.what, f.day, f.until, standing, -1 FROM moved JOIN cases_tallyshare USING (case_id) {share}
    WHERE {condition}
    {fresh if noted else ""}
    UNION ALL
    SELECT {column}f.what, f.day, f.until, standing, -1 FROM later JOIN cases_tallyshare USING (case_id) {share}
    WHERE f.what = ANY(%(limits)s) AND {condition}
    UNION ALL
    SELECT {column}what, day, until, standing, 1 FROM ({limits("later", not_yet)}) AS due
    JOIN cases_tallyshare USING (case_id) WHERE {condition})
SELECT place, {value}, what, standing, sum(n) FROM (VALUES {", ".join(rows)}) AS span (place, first, ending)
JOIN found ON (day >= first OR what = ANY(%(lasting)s)) AND day < ending AND {counts_once}
WHERE what = ANY(%(whats)s) GROUP BY place, {value}, what, standing
UNION ALL SELECT {NOTES}, NULL, NULL, NULL, (SELECT count(*) FROM cases_tallychange)
"""  # noqa: S608 - what is filled in are names of ours
