"""A plan of shifts as a table: what each column means, and what is wrong with which row."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import tables
from cases.tables import Problem, Table
from contractors.shift_plan import Planned, check_planned
from hotline.acts import Refusal
from hotline.calendar import SHANGHAI
from hotline.models import Membership, User

# What may stand over a column. The first of each language is what an export writes.
COLUMNS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "user": (gettext_lazy("Staff number"), ("工号", "员工编号", "staff number", "agent")),
    "day": (gettext_lazy("Day"), ("日期", "day", "date")),
    "start": (gettext_lazy("Begins"), ("上班", "开始", "begins", "from", "start")),
    "end": (gettext_lazy("Ends"), ("下班", "结束", "ends", "to", "end")),
    "break_minutes": (gettext_lazy("Break, minutes"), ("休息分钟", "休息（分钟）", "小休", "break, minutes", "break")),
    "seat": (gettext_lazy("Seat"), ("席位", "座席", "坐席", "seat")),
}
NEEDED = ("user", "day", "start", "end")
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00(?::00)?)?", re.ASCII)
CLOCK = re.compile(r"(?:1899-12-3[01] )?(\d{1,2})[:：](\d{2})(?::00)?", re.ASCII)


@dataclass
class Judged:
    """What a table would plan, and what keeps it from doing so."""

    lines: list[Planned] = field(default_factory=list)
    rests: set[tuple[User, date]] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


class _Wrong(Exception):  # noqa: N818
    def __init__(self, column: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column = column


def judge(table: Table, *, by: Membership, at: datetime) -> Judged:
    """Try every row; a person's shifts may not overlap within the table either."""
    judged, columns = Judged(), tables.guessed(table.header, COLUMNS)
    if missing := [str(COLUMNS[name][0]) for name in NEEDED if name not in columns]:
        sentence = _("The table has no column: %(names)s.") % {"names": ", ".join(missing)}
        judged.problems.append(Problem(1, "", sentence))
        return judged
    people = _people(table, columns, by)
    taken: dict[int, list[tuple[datetime, datetime, int]]] = {}
    for n, cells in table.rows:
        try:
            planned = _line(cells, columns, people)
            if isinstance(planned, tuple):
                judged.rests.add(planned)
                continue
            check_planned(planned, by=by, at=at)
            for start, end, row in taken.setdefault(planned.user.pk, []):
                if planned.start < end and start < planned.end:
                    raise _Wrong("start", _("Row %(n)s plans the same person at that time.") % {"n": row})
        except _Wrong as wrong:
            judged.problems.append(Problem(n, str(COLUMNS[wrong.column][0]), str(wrong)))
            continue
        except Refusal as refusal:
            name = COLUMNS[refusal.field][0] if refusal.field in COLUMNS else ""
            judged.problems.append(Problem(n, str(name), str(refusal)))
            continue
        taken[planned.user.pk].append((planned.start, planned.end, n))
        judged.lines.append(planned)
    return judged


def _people(table: Table, columns: dict[str, int], by: Membership) -> dict[str, User]:
    """The organisation's people whom the table names, by staff number or username; by one query."""
    named = {_cell(cells, columns, "user") for _n, cells in table.rows}
    found = User.objects.filter(
        Q(staff_number__in=named) | Q(username__in=named), memberships__organisation=by.organisation_id
    ).distinct()
    return {user.username: user for user in found} | {user.staff_number: user for user in found if user.staff_number}


def _cell(cells: list[str], columns: dict[str, int], name: str) -> str:
    place = columns.get(name)
    return cells[place].strip() if place is not None and place < len(cells) else ""


def _line(cells: list[str], columns: dict[str, int], people: dict[str, User]) -> Planned | tuple[User, date]:
    """A shift; a day on which somebody is not to come, where neither its beginning nor its end is given."""
    given = {name: _cell(cells, columns, name) for name in COLUMNS}
    user = people.get(given["user"])
    if user is None:
        raise _Wrong("user", _("Nobody here has the number “%(number)s”.") % {"number": given["user"][:40]})
    day, minutes = _day(given["day"]), given["break_minutes"] or "0"
    if not given["start"] and not given["end"]:
        return user, day
    start, end = _clock(given["start"], "start"), _clock(given["end"], "end")
    if not (minutes.isascii() and minutes.isdecimal() and len(minutes) <= 3):
        raise _Wrong("break_minutes", _("“%(words)s” is no number of minutes.") % {"words": minutes[:40]})
    begins = datetime.combine(day, start, SHANGHAI)
    ends = datetime.combine(day if end > start else day + timedelta(1), end, SHANGHAI)  # over midnight
    return Planned(user, begins, ends, int(minutes), given["seat"][:20])


def _day(words: str) -> date:
    found = DAY.fullmatch(words)
    try:
        if found:
            return date(*map(int, found.groups()))
    except ValueError:
        pass
    raise _Wrong("day", _("“%(words)s” is no day.") % {"words": words[:40]})


def _clock(words: str, column: str) -> time:
    found = CLOCK.fullmatch(words)
    try:
        if found:
            return time(int(found[1]), int(found[2]))
    except ValueError:
        pass
    raise _Wrong(column, _("“%(words)s” is no time of day.") % {"words": words[:40]})
