"""What a unit has in hand, a page at a time.

A row is an assignment. All counts of a page are one query, and the rows another, however many they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, FilteredRelation, Max, Min, OuterRef, Q, Subquery, Window
from django.db.models.functions import JSONObject, Lag, Lead, RowNumber

from cases.in_hand import WORKLISTS, Worklist, below, decided, in_hand, worklists_for
from cases.models import (
    Assignment,
    AssignmentState,
    CaseEvent,
    DecisionState,
    EventKind,
)
from cases.models.assignment import AssignmentQuerySet
from cases.worklist_filters import Filters
from hotline.models import Membership

PAGE_SIZE = 25
FAR = datetime(9999, 1, 1, tzinfo=UTC)  # a leg without a limit stands last


@dataclass(frozen=True)
class Page:
    """A stretch of a list: rows in order of what is left of their leg, and every list's count."""

    worklist: Worklist
    rows: list[Assignment]
    counts: dict[str, int]
    first: int
    before: str
    after: str

    @property
    def total(self) -> int:
        return self.counts[self.worklist.slug]

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1


def read(
    by: Membership,
    *,
    at: datetime,
    slug: str,
    filters: Filters,
    after: str = "",
    before: str = "",
    size: int = PAGE_SIZE,
) -> Page:
    """One page, by keyset on (leg_due_at, id): the rows after one cursor or those before another."""
    lists = worklists_for(by)
    chosen = next((w for w in lists if w.slug == slug), lists[0])
    base = filters.apply(in_hand(by))
    edge = parse_cursor(after) or parse_cursor(before)
    backwards = bool(edge and not parse_cursor(after))
    counted = _counts(base, lists, chosen, at, edge, backwards)
    passed, since = counted.pop("passed"), counted.pop("since") or at
    rows = list(_stretch(base.filter(chosen.holds(at)), edge, backwards, (since, at), size + 1))
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    first = max(passed - len(rows), 0) + 1 if backwards else passed + 1
    return Page(
        worklist=chosen,
        rows=rows,
        counts=counted,
        first=first,
        before=cursor(rows[0]) if rows and first > 1 else "",
        after=cursor(rows[-1]) if rows and (more or backwards) and passed < counted[chosen.slug] else "",
    )


def _counts(
    base: AssignmentQuerySet,
    lists: Sequence[Worklist],
    chosen: Worklist,
    at: datetime,
    edge: tuple[datetime, int] | None,
    backwards: bool,
) -> dict[str, Any]:
    """All the counts, how many rows of the chosen list stand before the page's edge, and since when any row is with
    its unit, in one query."""
    counts: dict[str, Any] = {w.slug: Count("pk", filter=w.holds(at) or None) for w in lists}
    counts["since"] = Min("dispatched_at")
    if edge is None:
        return {**base.aggregate(**counts), "passed": 0}
    over = ~_from(edge) if backwards else _up_to(edge)
    return base.aggregate(**counts, passed=Count("pk", filter=chosen.holds(at) & over))


def _after(edge: tuple[datetime, int]) -> Q:
    due, pk = edge
    if due >= FAR:
        return Q(leg_due_at__isnull=True, pk__gt=pk)
    return Q(leg_due_at__gt=due) | Q(leg_due_at=due, pk__gt=pk) | Q(leg_due_at__isnull=True)


def _up_to(edge: tuple[datetime, int]) -> Q:
    due, pk = edge
    if due >= FAR:
        return Q(leg_due_at__isnull=False) | Q(leg_due_at__isnull=True, pk__lte=pk)
    return Q(leg_due_at__lt=due) | Q(leg_due_at=due, pk__lte=pk)


def _from(edge: tuple[datetime, int]) -> Q:
    due, pk = edge
    return _after((due, pk - 1))


def _before(edge: tuple[datetime, int]) -> Q:
    due, pk = edge
    return _up_to((due, pk - 1))


def _stretch(
    rows: AssignmentQuerySet,
    edge: tuple[datetime, int] | None,
    backwards: bool,
    between: tuple[datetime, datetime],
    size: int,
) -> AssignmentQuerySet:
    """So many rows from the edge on. They are chosen first and then looked up with all that is shown of them: a unit
    may have thousands in hand."""
    due = F("leg_due_at")
    order = (due.desc(nulls_first=True), F("id").desc()) if backwards else (due.asc(nulls_last=True), F("id").asc())
    if edge is not None:
        rows = rows.filter(_before(edge) if backwards else _after(edge))
    chosen = with_leg(Assignment.objects.filter(pk__in=rows.order_by(*order).values("pk")[:size]))
    chosen = chosen.annotate(
        asked=decided(state=DecisionState.ASKED),
        unread=Q(Exists(below(AssignmentState.REPLIED))),
        last_event=_last_event(*between),
    )
    return chosen.select_related("case", "parent").order_by(*order)


def with_leg(rows: AssignmentQuerySet) -> AssignmentQuerySet:
    """Each row with the running clock of its present leg: sign-off until it is signed, then handling."""
    leg = Q(clocks__kind="sign", state=AssignmentState.DISPATCHED) | Q(
        clocks__kind="handle", state=AssignmentState.HANDLING
    )
    return rows.annotate(
        leg=FilteredRelation("clocks", condition=Q(clocks__stopped_at__isnull=True) & leg),
        leg_unit=F("leg__unit"),
        leg_card=F("leg__card"),
        leg_started_at=F("leg__started_at"),
    )


def _last_event(since: datetime, until: datetime) -> Subquery:
    """The latest thing that happened since the unit has the case, reads left out.

    All happened between the two: by a beginning that stands in the rows only, every month would be looked into.
    """
    events = (
        CaseEvent.objects.filter(case=OuterRef("case_id"), at__gte=OuterRef("dispatched_at"))
        .filter(at__gte=since, at__lte=until)
        .exclude(kind__in=[EventKind.OPENED, EventKind.REVEALED])
        .latest_first()
    )
    return Subquery(events.values(data=JSONObject(kind="kind", at="at"))[:1])


def cursor(row: Assignment) -> str:
    due = row.leg_due_at or FAR
    return f"{int(due.timestamp() * 1_000_000)}.{row.pk}"


def parse_cursor(text: str) -> tuple[datetime, int] | None:
    """The row a cursor names, or None for what is no cursor of ours."""
    due, _dot, pk = text.partition(".")
    if not (due.isdecimal() and pk.isdecimal() and len(due) < 18 and len(pk) < 18):
        return None
    return datetime.fromtimestamp(0, UTC) + timedelta(microseconds=int(due)), int(pk)


@dataclass(frozen=True)
class Neighbours:
    """Where a case stands in the list it was opened from."""

    position: int
    total: int
    previous: str | None
    next: str | None


def neighbours(case_id: int, by: Membership, *, at: datetime, slug: str, filters: Filters) -> Neighbours | None:
    """The case's place in the filtered list and the numbers beside it; None if it is not in there (any more)."""
    chosen = next((w for w in worklists_for(by) if w.slug == slug), WORKLISTS[0])
    order = [F("leg_due_at").asc(nulls_last=True), F("pk").asc()]
    placed = (
        filters.apply(in_hand(by))
        .filter(chosen.holds(at))
        .annotate(
            position=Window(RowNumber(), order_by=order),
            total=Window(Count("pk")),
            previous=Window(Lag("case__number"), order_by=order),
            next=Window(Lead("case__number"), order_by=order),
            here=Window(Max("case_id"), partition_by=F("pk")),  # a window, so that it is asked after the others
        )
        .filter(here=case_id)
        .values("position", "total", "previous", "next")
    )
    found = placed.first()
    return Neighbours(**found) if found else None
