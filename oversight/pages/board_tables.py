"""Each panel of the supervisor's page as a plain table: the numbers that the panel counted, what each is by definition
and in which version, and the list behind it. Nothing is counted here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cases.call_sets import CallSelection, calls_url
from cases.case_sets import Selection
from cases.counting import Part
from cases.paired_gap import Gap
from cases.selected_cases import list_url
from hotline.calendar import Period
from hotline.measures import MEASURES, Ratio
from hotline.templatetags.ui import figure, percent
from hotline.wording import moment
from oversight.board import Board
from oversight.boards import Day, Line, Tile, UnitLine
from oversight.detector import Detector
from oversight.models import Finding
from oversight.pages.panel_table import (
    NONE,
    Cell,
    Column,
    Definition,
    Table,
    asks,
    number,
    of_measures,
    of_set,
    per_cent,
    rate,
    seconds,
)
from oversight.service_level import Level, Service
from oversight.templatetags.gaps import interval, points
from oversight.trend import OF_CALLS, OF_CASES, Target, Trend

Builder = Callable[[Mapping[str, Any], Board], Table]


def act(shown: Mapping[str, Any], _board: Board) -> Table:
    tiles: list[Tile] = shown["tiles"]
    return Table(
        _("Needs an act now"),
        [Column(_("Measure"), False), Column(_("Cases")), Column(_("Units"))],
        [[Cell(str(t.set.title)), number(t.n, t.opens), Cell(figure(t.units))] for t in tiles],
        [of_set(tile.set) for tile in tiles],
    )


def service(shown: Mapping[str, Any], _board: Board) -> Table:
    services: list[Service] = shown["services"]
    rows = [row for one in services for row in [_waiting(one), *(_level(one, level) for level in one.levels)]]
    texts = [_("Contractor"), _("Measure")]
    numbers = [_("Value"), _("Counts"), _("of"), _("The contract asks")]
    return Table(
        _("Service level today and contract"),
        [*(Column(words, False) for words in texts), *map(Column, numbers)],
        rows,
        [
            Definition(_("Calls waiting"), _("Ringing now, past the voice menu, and for no longer than an hour.")),
            *of_measures(level.measure for level in (services[0].levels if services else [])),
        ],
    )


def _waiting(one: Service) -> list[Cell]:
    words = figure(one.waiting)
    if one.longest:
        words += " · " + _("longest %(n)s s") % {"n": f"{one.longest.total_seconds():.0f}"}
    return [Cell(one.contractor.label), Cell(_("Calls waiting")), Cell(words), Cell(NONE), Cell(NONE), Cell(NONE)]


def _level(one: Service, level: Level) -> list[Cell]:
    head = [Cell(one.contractor.label), Cell(str(level.measure.name))]
    asked = Cell(asks(level.at_least, level.target, seconds if level.is_time else per_cent))
    behind = level.opens["denominator"]
    if not isinstance(level.figure, Ratio):
        return [*head, Cell(seconds(level.value)), Cell(NONE), Cell(figure(level.figure.n), behind), asked]
    share = _("sample too small") if level.few and level.value is not None else percent(level.figure.value)
    counts = Cell(figure(level.figure.numerator), level.opens["numerator"])
    return [*head, Cell(share), counts, Cell(figure(level.figure.denominator), behind), asked]


def outcomes(shown: Mapping[str, Any], _board: Board) -> Table:
    lines: list[Line] = shown["lines"]
    against = _("Against %(before)s") % {"before": shown["lines_span"].before_name}
    numbers = [pgettext("column", "Rate"), _("Counts"), _("of"), _("Left out"), pgettext("rate", "Gross"), against]
    return Table(
        _("Outcomes"),
        [Column(_("Measure"), False), *map(Column, numbers)],
        [_line(line) for line in lines],
        of_measures(line.measure for line in lines),
    )


def _line(line: Line) -> list[Cell]:
    few = line.few and line.now.value is not None
    return [
        Cell(str(line.measure.name)),
        Cell(_("sample too small") if few else percent(line.now.value, 2)),
        number(line.now.numerator, line.opens["numerator"]),
        number(line.now.denominator, line.opens["denominator"]),
        number(line.now.excluded, line.opens["excluded"]),
        Cell(NONE if line.few else percent(line.gross.value, 2)),
        Cell(figure(line.change, 2, sign=True)),
    ]


def two_sources(shown: Mapping[str, Any], _board: Board) -> Table:
    pair = shown["pair"]
    numbers = [_("the system's own asking"), _("independent callback"), _("Pairs"), _("gap, 95 % interval")]
    sides = [("independent_gap", pair.solved), ("independent_satisfaction_gap", pair.satisfied)]
    names, opens = [_("Resolution rate"), _("Satisfaction rate")], shown["pairs"].values()
    return Table(
        _("Two sources"),
        [Column(_("Measure"), False), *map(Column, numbers)],
        [_gap(name, gap, of, few=pair.few) for name, (_key, gap), of in zip(names, sides, opens, strict=True)],
        of_measures(MEASURES[key] for key, _gap in sides),
    )


def _gap(name: str, gap: Gap, opens: Selection, *, few: bool) -> list[Cell]:
    if few:
        sides = [f"{figure(n, 0)} / {figure(gap.n)}" for n in (gap.ordinary, gap.independent)] if gap.n else [NONE] * 2
        told = _("sample too small") if gap.n else NONE
    else:
        sides = [percent(gap.ordinary_rate), percent(gap.independent_rate)]
        told = f"{points(gap)} ({interval(gap)})" if interval(gap) else points(gap)
    return [Cell(name), *map(Cell, sides), number(gap.n, opens), Cell(told)]


def trend(shown: Mapping[str, Any], board: Board) -> Table:
    told: Trend = shown["trend"]
    numbers = [_("Cases"), _("Due"), _("On time"), _("Calls"), _("Answered in time")]
    columns = [Column(_("Day"), False), *map(Column, numbers), Column(_("Working day"), False)]
    caption, asked = _("Last 30 days"), ", ".join(_short(target) for target in told.targets)
    if asked:
        columns.append(Column(_("The contract asks")))
        words = _("the contract asks: %(asked)s") % {"asked": target_words(told.targets)}
        caption += f" · {told.measure.name}: {words}"
    return Table(
        caption,
        columns,
        [[*_day(day, board, shown["at"]), *([Cell(asked)] if asked else [])] for day in told.days],
        of_measures(MEASURES[key] for key in ("intake", OF_CASES, OF_CALLS)),
    )


def target_words(targets: Iterable[Target]) -> str:
    """``at least 90% (Jia)``, one after the other."""
    told = [
        f"{asks(target.at_least, target.rate * 100, per_cent)} ({', '.join(body.label for body in target.contractors)})"
        for target in targets
    ]
    return "; ".join(told)


def _short(target: Target) -> str:
    return f"{'≥' if target.at_least else '≤'} {per_cent(target.rate * 100)}"


def _day(day: Day, board: Board, at: datetime) -> list[Cell]:
    whole = Period.days(day.date, day.date)
    so_far = Period(whole.start, min(whole.end or at, at))
    due = replace(board.everything, measure=OF_CASES, period=so_far)
    calls = CallSelection(whole, measure=OF_CALLS, contractor=board.contractor)
    return [
        Cell(moment(day.date)),
        number(day.n, day.opens),
        number(day.on_time.denominator, due),
        rate(day.on_time, list_url(replace(due, part=Part.NUMERATOR))),
        Cell(figure(day.quick.denominator), calls_url(calls) if day.quick.denominator else ""),
        rate(day.quick, calls_url(replace(calls, part=Part.NUMERATOR))),
        Cell(_("yes") if day.works else _("no")),
    ]


def units(shown: Mapping[str, Any], _board: Board) -> Table:
    lines: list[UnitLine] = shown["units"]
    numbers = [_("Due"), _("On time"), _("Resolution rate"), _("Rated"), _("Returns"), _("Overdue in hand")]
    returned, late = Selection(returned=True), Selection(plight="overdue")
    return Table(
        _("Handling units"),
        [Column(_("Unit"), False), *map(Column, numbers)],
        [_unit(line) for line in lines],
        [
            *of_measures(MEASURES[key] for key in (OF_CASES, "resolution_rate")),
            *(Definition(one.title, one.sentence) for one in (returned, late)),
        ],
    )


def _unit(line: UnitLine) -> list[Cell]:
    return [
        Cell(line.unit.label),
        number(line.due.denominator, line.opens["due"]),
        rate(line.due, list_url(line.opens["on_time"])),
        rate(line.solved, ""),
        number(line.solved.denominator, line.opens["solved"]),
        number(line.returns, line.opens["returns"]),
        number(line.overdue, line.opens["overdue"]),
    ]


def findings(shown: Mapping[str, Any], _board: Board) -> Table:
    rows: list[Any] = shown["findings"]
    texts = [pgettext("page", "Findings"), _("Whom it is about")]
    rules: dict[str, Detector] = {one.detector: one.rule for one in rows if one.rule}
    return Table(
        _waits(shown["findings_total"]),
        [*(Column(words, False) for words in texts), Column(_("Counts")), Column(_("of")), Column(_("State"), False)],
        [_finding(one, rules.get(one.detector)) for one in rows],
        [Definition(rule.name, rule.looks_for, rule.version) for rule in rules.values()],
    )


def _waits(n: int) -> str:
    if not n:
        return _("Nothing was noticed")
    words = ngettext("%(n)s finding waits for a person's word", "%(n)s findings wait for a person's word", n)
    return words % {"n": figure(n)}


def _finding(one: Finding, rule: Detector | None) -> list[Cell]:
    behind = reverse("oversight:finding", args=[one.pk])
    whom = one.organisation.label + (f" · {one.person.label}" if one.person else "")
    name = str(rule.name) if rule else one.detector
    return [Cell(name), Cell(whom), Cell(figure(one.n), behind), Cell(figure(one.of)), Cell(one.get_state_display())]


TABLES: dict[str, Builder] = {
    "act": act,
    "service": service,
    "outcomes": outcomes,
    "two_sources": two_sources,
    "trend": trend,
    "units": units,
    "findings": findings,
}
