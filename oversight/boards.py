"""What the supervisor's page shows: which numbers, in what order, for which period, beside which others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.call_counting import figures
from cases.case_sets import ACT_NOW, CaseSet, Selection
from cases.deadlines import calendar_of, local_date
from cases.measures import Part
from cases.models import Assignment, AssignmentRole, AssignmentState, Call
from hotline.calendar import Period
from hotline.measures import MEASURES, Measure, Ratio
from hotline.models import Organisation
from oversight import tallied
from oversight.board import Board

OUTCOMES = (
    "on_time_closing",
    "sign_on_time",
    "contact_rate",
    "resolution_rate",
    "satisfaction_rate",
    "rating_participation",
    "valid_callback_rate",
    "rehandling_rate",
    "bounce_rate",
    "extension_rate",
    "direct_answer_rate",
)
DAYS = 30


@dataclass(frozen=True)
class Span:
    """A period as the page names it, and the one it is compared with."""

    slug: str
    period: Period
    before: Period
    before_name: str | Promise


def span(slug: str, at: datetime, first: date | None = None, last: date | None = None) -> Span:
    """Today, this week, this month so far, or days of one's choice; never beyond now, when nothing has fallen due."""
    today, yesterday = local_date(at), local_date(at) - timedelta(1)
    if slug == "custom" and first and last and first <= last and first <= today:
        chosen = Period.days(first, min(last, today))
        days = last - first + timedelta(1)
        return Span(slug, _until(chosen, at), Period.days(first - days, first - timedelta(1)), _("stretch before"))
    if slug == "today":
        return Span(slug, _until(Period.days(today, today), at), Period.days(yesterday, yesterday), _("yesterday"))
    if slug == "week":
        monday = today - timedelta(today.weekday())
        before = Period.days(monday - timedelta(7), monday - timedelta(1))
        return Span(slug, _until(Period.days(monday, today), at), before, _("last week"))
    start = today.replace(day=1)
    before = Period.days((start - timedelta(1)).replace(day=1), start - timedelta(1))
    return Span("month", _until(Period.days(start, today), at), before, _("last month"))


def _until(period: Period, at: datetime) -> Period:
    return Period(period.start, min(period.end or at, at))


@dataclass(frozen=True)
class Tile:
    """A number that calls for an act."""

    set: CaseSet
    n: int
    units: int
    opens: Selection


def act_now(board: Board) -> list[Tile]:
    """Each number with what it opens: counted by the very selection behind its list."""
    tiles = []
    for plight in ACT_NOW:
        opens = replace(board.everything, plight=plight.slug)
        row = opens.cases(board.reach, board.at).order_by().aggregate(n=Count("pk"), units=Count("unit", distinct=True))
        tiles.append(Tile(plight, row["n"], row["units"], opens))
    return tiles


@dataclass(frozen=True)
class Line:
    """One measure: now, before, and the lists behind its three numbers."""

    measure: Measure
    now: Ratio
    gross: Ratio
    before: Ratio
    opens: dict[str, Selection]

    @property
    def few(self) -> bool:
        return self.now.below(settings.MINIMUM_N)

    @property
    def change(self) -> Any:
        """The difference in points; None if one side is missing or too small to compare."""
        if self.now.value is None or self.before.value is None:
            return None
        if self.few or self.before.below(settings.MINIMUM_N):
            return None
        return (self.now.value - self.before.value) * 100


def outcome_lines(board: Board, chosen: Span) -> list[Line]:
    """The outcome table."""
    lines = []
    rates = tallied.rates(board, {"now": chosen.period, "before": chosen.before}, OUTCOMES)
    for key in OUTCOMES:
        of = replace(board.everything, measure=key, period=chosen.period)
        opens = {part.value: replace(of, part=part) for part in Part}
        now, before = rates["now"][key], rates["before"][key]
        lines.append(Line(MEASURES[key], now.net, now.gross, before.net, opens))
    return lines


@dataclass(frozen=True)
class Day:
    """Cases registered on one local day, and how punctual those due on it were."""

    date: date
    n: int
    works: bool
    opens: Selection
    on_time: Ratio
    quick: Ratio  # calls answered in time


def intake_by_day(board: Board) -> list[Day]:
    """The last thirty days, today included; a day without cases is there with none."""
    last = days_before(board.at, DAYS)
    counted = tallied.by_day(board, last)
    calls = Call.objects.visible_to(board.by)
    calls = calls.filter(organisation=board.contractor) if board.contractor else calls
    quick: dict[Any, dict[str, Any]] = figures(
        calls, Period.days(last[0], last[-1]), by="day", keys=["answered_in_time"]
    )
    calendar = calendar_of()
    return [
        Day(
            day,
            found.registered,
            calendar.is_working_day(day),
            replace(board.everything, measure="intake", period=Period.days(day, day)),
            found.on_time,
            quick.get(day, {}).get("answered_in_time", Ratio(0, 0)),
        )
        for day, found in counted.items()
    ]


def days_before(at: datetime, n: int) -> list[date]:
    """So many local days, the moment's own the last."""
    today = local_date(at)
    return [today - timedelta(back) for back in range(n - 1, -1, -1)]


@dataclass(frozen=True)
class UnitLine:
    """One unit's period."""

    unit: Organisation
    due: Ratio
    solved: Ratio
    returns: int
    overdue: int
    opens: dict[str, Selection]

    @property
    def few(self) -> bool:
        return self.due.below(settings.MINIMUM_N)


def unit_lines(board: Board, chosen: Span, *, ranked: bool = False) -> list[UnitLine]:
    """Units with anything to show, in the order of the register; or ranked: those with enough cases by their
    punctuality, the worst first, then the others."""
    rates = tallied.by_unit(board, chosen.period, ("on_time_closing", "resolution_rate"))
    due, solved = rates["on_time_closing"], rates["resolution_rate"]
    overdue = _overdue_by_unit(board)
    returns = _returns_by_unit(board, chosen.period)
    units = Organisation.objects.in_bulk([pk for pk in {*due, *solved, *overdue, *returns} if pk])
    lines = [
        UnitLine(
            unit,
            due.get(pk, Ratio(0, 0)),
            solved.get(pk, Ratio(0, 0)),
            returns.get(pk, 0),
            overdue.get(pk, 0),
            _unit_opens(board, unit, chosen.period),
        )
        for pk, unit in units.items()
    ]
    if not ranked:
        return sorted(lines, key=lambda line: line.unit.path)
    return sorted(
        lines, key=lambda line: (line.few, line.due.value if not line.few else 0, -line.overdue, line.unit.path)
    )


def _overdue_by_unit(board: Board) -> dict[int, int]:
    late = replace(board.everything, plight="overdue").cases(board.reach, board.at)
    rows = late.order_by().values("unit").annotate(n=Count("pk"))
    return {row["unit"]: row["n"] for row in rows}


def _returns_by_unit(board: Board, period: Period) -> dict[int, int]:
    gone = Assignment.objects.filter(
        case__in=board.cases,
        role=AssignmentRole.LEAD,
        state=AssignmentState.RETURNED,
        ended_at__gte=period.start,
        ended_at__lt=period.end,
    )
    rows = gone.order_by().values("unit").annotate(n=Count("case", distinct=True))
    return {row["unit"]: row["n"] for row in rows}


def _unit_opens(board: Board, unit: Organisation, period: Period) -> dict[str, Selection]:
    own = replace(board.everything, unit=unit)
    in_period = replace(own, period=period)
    return {
        "due": replace(in_period, measure="on_time_closing"),
        "on_time": replace(in_period, measure="on_time_closing", part=Part.NUMERATOR),
        "solved": replace(in_period, measure="resolution_rate"),
        "returns": replace(in_period, returned=True),
        "overdue": replace(own, plight="overdue"),
    }
