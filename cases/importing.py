"""Taking in history from another system. It keeps its own times; what is known of it arrives as events."""

from __future__ import annotations

import hashlib
import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Model

from cases import verbatim
from cases.deadlines import local_date
from cases.import_mapping import ImportedRow, Mapping
from cases.models import (
    Case,
    CaseEvent,
    CaseText,
    Category,
    Channel,
    Citizen,
    EventKind,
    ImportRun,
    Outcome,
    Status,
)
from cases.permissions import check
from cases.search import text_of, vector_literal
from hotline.acts import Invalid, verb
from hotline.identifiers import case_number
from hotline.models import Membership, Organisation, Region
from hotline.privacy import blind_index
from hotline.roles import Capability
from hotline.rows import insert

# What exists only in imported history was never open to choose here.
BEGAN, RETIRED = date(2000, 1, 1), date(2000, 1, 2)

# A day's own numbers stay below: the largest city has 61,500 requests a day (Beijing)
BEFORE_IMPORTED = 500_000
SERIALS = """
INSERT INTO cases_serial_past AS past SELECT day, %(before)s + count(*) FROM unnest(%(days)s::date[]) AS day
GROUP BY day ORDER BY day ON CONFLICT (day) DO UPDATE SET last = past.last + EXCLUDED.last - %(before)s
RETURNING day, last
"""


@dataclass
class Known:
    """The reference rows met so far, by name. What is missing is made only where the mapping says so."""

    mapping: Mapping
    categories: dict[tuple[str, ...], Category] = field(default_factory=dict)
    regions: dict[tuple[str, ...], Region] = field(default_factory=dict)
    units: dict[str, Organisation] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)

    def channel(self, code: str) -> Channel:
        if code not in self.channels:
            found = Channel.objects.filter(code=code).first() or Channel.objects.filter(name=code).first()
            if found is None:
                raise Invalid(f"channel “{code}” is not known here; translate it under [values.channel]")
            self.channels[code] = found
        return self.channels[code]

    def category(self, names: tuple[str, ...]) -> Category | None:
        if not names:
            return None
        if names not in self.categories:
            self.categories[names] = self._category(names)
        return self.categories[names]

    def _category(self, names: tuple[str, ...]) -> Category:
        if "category" not in self.mapping.create:
            if found := Category.objects.filter(code=names[-1]).first():
                return found
            raise Invalid(f"category “{names[-1]}” is not known here; translate it under [values.category]")
        parent = self.category(names[:-1]) or self._root()
        code = _code("I", self.mapping.source, *names)
        made, _new = Category.objects.get_or_create(
            code=code, defaults={"name": names[-1][:120], "parent": parent, "valid_from": BEGAN, "valid_until": RETIRED}
        )
        return made

    def _root(self) -> Category:
        """Imported categories hang below one of their source's, retired, so that nobody chooses them for a new case."""
        code = _code("I", self.mapping.source)
        defaults = {"name": self.mapping.source, "valid_from": BEGAN, "valid_until": RETIRED}
        return Category.objects.get_or_create(code=code, defaults=defaults)[0]

    def region(self, names: tuple[str, ...]) -> Region | None:
        if not names:
            return None
        if names not in self.regions:
            found = Region.objects.filter(code=names[-1]).first() or Region.objects.filter(name=names[-1]).first()
            if found is None and "region" not in self.mapping.create:
                raise Invalid(f"region “{names[-1]}” is not known here; translate it under [values.region]")
            self.regions[names] = found or self._region(names)
        return self.regions[names]

    def _region(self, names: tuple[str, ...]) -> Region:
        levels = (Region.Level.CITY, Region.Level.DISTRICT, Region.Level.STREET, Region.Level.COMMUNITY)
        parent = self.region(names[:-1])
        code = _code("I", self.mapping.source, *names)
        made, _new = Region.objects.get_or_create(
            code=code, defaults={"name": names[-1][:120], "parent": parent, "level": levels[min(len(names), 4) - 1]}
        )
        return made

    def unit(self, name: str) -> Organisation | None:
        if not name:
            return None
        if name not in self.units:
            found = Organisation.objects.units().filter(code=name[:20]).first()
            found = found or Organisation.objects.units().filter(name=name).order_by("pk").first()
            if found is None and "unit" not in self.mapping.create:
                raise Invalid(f"unit “{name}” is not known here; translate it under [values.unit]")
            self.units[name] = found or self._unit(name)
        return self.units[name]

    def _unit(self, name: str) -> Organisation:
        """A unit of another place and time: known by name, no longer active, so nothing is sent to it."""
        defaults = {"kind": Organisation.Kind.UNIT, "name": name, "active_from": BEGAN, "active_until": RETIRED}
        return Organisation.objects.get_or_create(code=_code("I", self.mapping.source, name), defaults=defaults)[0]


def _code(letter: str, *names: str) -> str:
    return letter + hashlib.sha256("\0".join(names).encode()).hexdigest()[:11]


@verb
def take_in(
    run: ImportRun, rows: Sequence[ImportedRow], known: Known, *, by: Membership, at: datetime, upto: int, refused: int
) -> tuple[int, int]:
    """Take a batch of rows, and note how far the file is read, in one transaction; returns (taken, known before).

    A number that was taken before is left as it is, so a file can be read again.
    """
    check(by, Capability.CASE_IMPORT)
    fresh = _not_known(rows, known.mapping.source)
    numbers = _numbers([local_date(row.registered_at) for row in fresh])
    cases = [_case(row, number, known) for row, number in zip(fresh, numbers, strict=True)]
    _citizens(cases, fresh, at)
    insert(cases)
    _read_keys(cases)
    beside: list[Model] = []
    for case, row in zip(cases, fresh, strict=True):
        beside += verbatim.sealed(case, [row.title, row.place, row.words], at=row.registered_at, name=row.name)
        beside.append(
            CaseText(case_id=case.pk, bigrams=vector_literal(text_of(case)), registered_at=case.registered_at)
        )
        beside += _events(case, row, run)
    insert(beside)
    run.rows_done, run.taken = upto, run.taken + len(fresh)
    run.known, run.refused = run.known + len(rows) - len(fresh), run.refused + refused
    run.save()
    return len(fresh), len(rows) - len(fresh)


def _read_keys(cases: Sequence[Case]) -> None:
    """The keys that the database gave them."""
    keys = dict(Case.objects.filter(number__in=[case.number for case in cases]).values_list("number", "pk"))
    for case in cases:
        case.pk = keys[case.number]


def _not_known(rows: Sequence[ImportedRow], source: str) -> list[ImportedRow]:
    """The rows not here yet, each number once."""
    by_number = {row.number: row for row in reversed(rows)}
    there = Case.objects.filter(upstream_platform=source, upstream_number__in=list(by_number))
    before = set(there.values_list("upstream_number", flat=True))
    return [row for row in rows if row.number not in before and by_number[row.number] is row]


def _numbers(days: Sequence[date]) -> list[str]:
    """Numbers of those days behind all that are given to whoever calls. Two imports wait for each other's days."""
    with connection.cursor() as cursor:
        cursor.execute(SERIALS, {"days": list(days), "before": BEFORE_IMPORTED})
        last = dict(cursor.fetchall())
    serials = {day: itertools.count(last[day] - n + 1) for day, n in Counter(days).items()}
    return [case_number(day, next(serials[day])) for day in days]


def _case(row: ImportedRow, number: str, known: Known) -> Case:
    ended_at = row.closed_at or row.replied_at or row.registered_at
    return Case(
        number=number,
        kind=row.kind,
        channel=known.channel(row.channel),
        upstream_platform=known.mapping.source,
        upstream_number=row.number,
        category=known.category(row.category),
        region=known.region(row.region),
        unit=known.unit(row.unit),
        place=verbatim.hidden(row.place, row.name),
        latitude=row.latitude,
        longitude=row.longitude,
        title=verbatim.hidden(row.title, row.name),
        words=verbatim.hidden(row.words, row.name),
        status=Status.CLOSED,
        outcome=Outcome.IMPORTED,
        hops=row.transfers or 0,
        version=3 if row.reply else 2,
        promise_due_at=row.due_at,
        registered_at=row.registered_at,
        changed_at=ended_at,
        first_closed_at=ended_at,
        last_closed_at=ended_at,
    )


def _citizens(cases: Sequence[Case], rows: Sequence[ImportedRow], at: datetime) -> None:
    """Join rows with a telephone to the citizens known by it."""
    indexes = {row.phone: blind_index("citizen.phone", row.phone) for row in rows if row.phone}
    there = {bytes(c.phone_index or b""): c for c in Citizen.objects.filter(phone_index__in=list(indexes.values()))}
    made = []
    for case, row in zip(cases, rows, strict=True):
        if not row.phone:
            continue
        index = indexes[row.phone]
        if index not in there:
            last4 = blind_index("citizen.phone_last4", row.phone)
            there[index] = Citizen(
                name=row.name or None, phone=row.phone, phone_index=index, last4_index=last4, created_at=at
            )
            made.append(there[index])
        case.citizen = there[index]
    insert(made)


def _events(case: Case, row: ImportedRow, run: ImportRun) -> list[CaseEvent]:
    """The case's history as far as the file tells it, at the file's own times; the run says where it came from."""
    facts: dict[str, Any] = {"import": run.pk}
    end = case.last_closed_at or case.registered_at
    events = [
        CaseEvent(case=case, kind=EventKind.IMPORTED, at=row.registered_at, to_status=Status.REGISTERED, payload=facts)
    ]
    if row.reply:
        reply = {**facts, "public_reply": row.reply}
        events.append(CaseEvent(case=case, kind=EventKind.REPLIED, at=row.replied_at or end, payload=reply))
    closing = {**facts, "on_time": row.on_time, "transfers": row.transfers}
    events.append(
        CaseEvent(
            case=case,
            kind=EventKind.CLOSED,
            at=end,
            from_status=Status.REGISTERED,
            to_status=Status.CLOSED,
            payload=closing,
        )
    )
    for version, event in enumerate(events, start=1):
        event.version = version
    return events
