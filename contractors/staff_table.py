"""Staff as a table: what each column means, and what a file would put on record, row by row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import tables
from cases.tables import Problem, Table
from contractors.models import Contract, Employment
from hotline.models import Organisation, User
from hotline.people import USERNAME

# What may stand over a column. The first of each language is what an export writes.
COLUMNS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "name": (gettext_lazy("Name"), ("姓名", "员工姓名", "name")),
    "name_en": (gettext_lazy("English name"), ("英文名", "english name")),
    "staff_number": (gettext_lazy("Staff number"), ("工号", "员工编号", "staff number", "number")),
    "username": (gettext_lazy("User name"), ("用户名", "账号", "登录名", "user name", "username")),
    "position": (gettext_lazy("Position"), ("岗位", "职务", "position")),
    "qualification": (gettext_lazy("Qualification"), ("资质", "资格", "学历资质", "qualification")),
    "since": (gettext_lazy("First day"), ("入职日期", "上岗日期", "开始日期", "first day", "from")),
    "until": (gettext_lazy("Last day"), ("离职日期", "结束日期", "last day", "until")),
}
NEEDED = ("name", "staff_number")
LIMITS = {"name": 60, "name_en": 80, "staff_number": 20, "username": 60, "position": 40, "qualification": 80}
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00(?::00)?)?")
UNFIT = re.compile(r"[^a-z0-9._-]")
Mapping = dict[str, int]


class Person(NamedTuple):
    """Somebody to be employed; ``known`` has an account already."""

    row: int
    name: str
    name_en: str
    staff_number: str
    username: str
    position: str
    qualification: str
    since: datetime
    until: datetime | None
    known: User | None


@dataclass
class Judged:
    """What a file would put on record, and what keeps rows of it from that. ``there`` are on record as they are."""

    people: list[Person] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    there: int = 0

    @property
    def fresh(self) -> int:
        return sum(person.known is None for person in self.people)


def header() -> list[str]:
    return [str(label) for label, _words in COLUMNS.values()]


def guessed(heading: Sequence[str]) -> Mapping:
    return tables.guessed(heading, COLUMNS)


def judge(contract: Contract, table: Table, mapping: Mapping) -> Judged:
    """Try every row against what is on record; four questions however long the table is."""
    judged = Judged()
    if missing := [str(COLUMNS[name][0]) for name in NEEDED if name not in mapping]:
        judged.problems.append(
            Problem(1, "", _("The file has no column for: %(names)s.") % {"names": ", ".join(missing)})
        )
        return judged
    rows = [(n, {name: _cell(cells, place) for name, place in mapping.items()}) for n, cells in table.rows]
    known = _Known(contract, [said for _n, said in rows])
    seen: dict[str, int] = {}
    for n, said in rows:
        try:
            person = _person(contract, known, n, said)
            if first := seen.get(person.username):
                raise _Wrong("staff_number", _("This person stands in row %(n)s already.") % {"n": first})
            seen[person.username] = n
            if known.is_there(person):
                judged.there += 1
            else:
                known.check_free(person, contract)
                judged.people.append(person)
        except _Wrong as wrong:
            judged.problems.append(Problem(n, str(COLUMNS[wrong.column][0]), str(wrong)))
    return judged


class _Wrong(Exception):  # noqa: N818 - a row's fault, told in the list
    def __init__(self, column: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column = column


class _Known:
    """Accounts and employments that the rows may be about."""

    def __init__(self, contract: Contract, rows: Sequence[dict[str, str]]) -> None:
        numbers = {said.get("staff_number", "") for said in rows} - {""}
        names = {said.get("username", "").lower() for said in rows} - {""}
        made = {username_for(contract.organisation, number) for number in numbers}
        own = Employment.objects.filter(contract__organisation=contract.organisation_id).values("user")
        staff = User.objects.filter(staff_number__in=numbers, pk__in=own)
        staff |= User.objects.filter(staff_number__in=numbers, memberships__organisation=contract.organisation_id)
        self.by_number = {user.staff_number: user for user in staff.distinct()}
        self.by_name = {user.username: user for user in User.objects.filter(username__in=names | made)}
        people = [*self.by_number.values(), *self.by_name.values()]
        others = Organisation.objects.exclude(kind=Organisation.Kind.CONTRACTOR)
        not_theirs = User.objects.filter(pk__in=[user.pk for user in people], memberships__organisation__in=others)
        self.elsewhere = set(not_theirs.values_list("pk", flat=True))
        self.employed: dict[int, list[Employment]] = {}
        for row in Employment.objects.filter(user__in=people).select_related("contract").order_by("pk"):
            self.employed.setdefault(row.user_id, []).append(row)

    def is_there(self, person: Person) -> bool:
        rows = self.employed.get(person.known.pk, []) if person.known else []
        return any(row.period.lower == person.since for row in rows)

    def check_free(self, person: Person, contract: Contract) -> None:
        ends = person.until or contract.term.upper
        for row in self.employed.get(person.known.pk, []) if person.known else []:
            if row.period.lower < ends and person.since < row.period.upper:
                raise _Wrong("since", _("This person is employed already in that period."))


def username_for(organisation: Organisation, number: str) -> str:
    """The user name of somebody who brings none: the contractor's code and the staff number."""
    return UNFIT.sub("", f"{organisation.code}.{number}".lower())[:60]


def _person(contract: Contract, known: _Known, n: int, said: dict[str, str]) -> Person:
    for name in NEEDED:
        if not said[name]:
            raise _Wrong(name, _("This must be filled in."))
    for name, limit in LIMITS.items():
        if len(said.get(name, "")) > limit:
            raise _Wrong(name, _("At most %(n)s characters.") % {"n": limit})
    username = said.get("username", "").lower()
    user = known.by_name.get(username) if username else known.by_number.get(said["staff_number"])
    username = user.username if user else username or username_for(contract.organisation, said["staff_number"])
    user = user or known.by_name.get(username)
    if not USERNAME.fullmatch(username):
        raise _Wrong(
            "username", _("A user name begins with a letter; letters a to z, digits, dots and hyphens may follow.")
        )
    if user and (user.pk in known.elsewhere or not user.is_active):
        raise _Wrong("username", _("The account %(username)s is not a contractor's.") % {"username": username})
    if user and user.name != said["name"]:
        raise _Wrong(
            "name", _("The account %(username)s belongs to somebody of another name.") % {"username": username}
        )
    since, until = _since(contract, said.get("since", "")), _until(contract, said.get("until", ""))
    if until and until <= since:
        raise _Wrong("until", _("The last day lies before the first."))
    return Person(
        n,
        said["name"],
        said.get("name_en", ""),
        said["staff_number"],
        username,
        said.get("position", ""),
        said.get("qualification", ""),
        since,
        until,
        user,
    )


def _since(contract: Contract, text: str) -> datetime:
    return _moment(contract, _day("since", text), "since") if text else contract.term.lower


def _until(contract: Contract, text: str) -> datetime | None:
    """Work ends with the last day, so the moment is the midnight after it."""
    return _moment(contract, _day("until", text) + timedelta(days=1), "until") if text else None


def _day(column: str, text: str) -> date:
    match = DAY.fullmatch(text)
    try:
        if match is None:
            raise ValueError(text)
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        raise _Wrong(column, _("“%(text)s” is no day. Write it as 2026-03-09.") % {"text": text[:30]}) from None


def _moment(contract: Contract, on: date, column: str) -> datetime:
    at = datetime.combine(on, time(), ZoneInfo(settings.TIME_ZONE))
    if not contract.term.lower <= at <= contract.term.upper or (column == "since" and at == contract.term.upper):
        said = {"number": contract.number, "first": contract.first_day, "last": contract.last_day}
        raise _Wrong(column, _("Outside of contract %(number)s, which runs from %(first)s to %(last)s.") % said)
    return at


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place].strip() if place < len(cells) else ""
