"""Taking in call records (CDR). A call known before is left as it is, or completed by what the file knows besides."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from cases.call_mapping import CallMapping, ImportedCall
from cases.call_merging import CALLER
from cases.import_mapping import BadRow
from cases.models import Call, Case, Citizen, ImportRun
from cases.permissions import check
from hotline.acts import verb
from hotline.identifiers import uuid7
from hotline.models import Membership, Organisation, User
from hotline.privacy import InvalidPhone, index_of, normalise_phone
from hotline.roles import ROLES, Capability

SEALED = Call._meta.get_field("caller")
COLUMNS = (
    "id", "platform_id", "direction", "caller", "caller_index", "citizen_id", "queue", "language", "agent_id",
    "organisation_id", "offered_at", "answered_at", "ended_at", "abandoned", "in_menu", "agent_since", "hold_seconds",
    "wrap_up_seconds", "recording", "case_id",
)  # fmt: skip
NAMES = ", ".join(COLUMNS)
ARRIVE = f"CREATE TEMPORARY TABLE arriving AS SELECT {NAMES} FROM cases_call WITH NO DATA"  # noqa: S608 - our names
TEXTS = "platform_id, direction, queue, language, recording"  # empty is a text to them, to the others nothing known
ARRIVING = f"COPY arriving ({NAMES}) FROM STDIN (FORMAT csv, FORCE_NOT_NULL ({TEXTS}))"
KNOWN = "SELECT platform_id, id::text FROM cases_call WHERE platform_id = ANY(%s)"
# What is known stays; what was not known is added where it does not contradict the times that are.
TAKE = f"""
INSERT INTO cases_call AS c ({NAMES}, held)
SELECT {NAMES}, '[]' FROM arriving
ON CONFLICT (platform_id) DO UPDATE SET
    caller = CASE WHEN c.caller IS NULL AND c.id = excluded.id THEN excluded.caller ELSE c.caller END,
    caller_index = coalesce(c.caller_index, excluded.caller_index),
    citizen_id = coalesce(c.citizen_id, excluded.citizen_id),
    agent_id = coalesce(c.agent_id, excluded.agent_id),
    agent_since = coalesce(c.agent_since, excluded.agent_since),
    organisation_id = CASE WHEN c.agent_id IS NULL THEN coalesce(excluded.organisation_id, c.organisation_id)
        ELSE c.organisation_id END,
    answered_at = coalesce(c.answered_at, excluded.answered_at),
    ended_at = coalesce(c.ended_at, excluded.ended_at),
    abandoned = coalesce(c.answered_at, excluded.answered_at) IS NULL AND (c.abandoned OR excluded.abandoned),
    in_menu = coalesce(c.answered_at, excluded.answered_at) IS NULL AND (c.in_menu OR excluded.in_menu),
    hold_seconds = CASE WHEN c.held = '[]' THEN greatest(c.hold_seconds, excluded.hold_seconds)
        ELSE c.hold_seconds END,
    wrap_up_seconds = coalesce(c.wrap_up_seconds, excluded.wrap_up_seconds),
    queue = coalesce(nullif(c.queue, ''), excluded.queue),
    language = coalesce(nullif(c.language, ''), excluded.language),
    recording = coalesce(nullif(c.recording, ''), excluded.recording),
    case_id = coalesce(c.case_id, excluded.case_id)
WHERE least(coalesce(c.ended_at, excluded.ended_at), 'infinity')
        >= greatest(c.offered_at, coalesce(c.answered_at, excluded.answered_at))
    AND coalesce(c.answered_at, excluded.answered_at, c.offered_at) >= c.offered_at
    AND ((c.caller_index IS NULL AND excluded.caller_index IS NOT NULL)
        OR (c.agent_id IS NULL AND excluded.agent_id IS NOT NULL)
        OR (c.organisation_id IS NULL AND excluded.organisation_id IS NOT NULL)
        OR (c.answered_at IS NULL AND excluded.answered_at IS NOT NULL)
        OR (c.ended_at IS NULL AND excluded.ended_at IS NOT NULL)
        OR (c.wrap_up_seconds IS NULL AND excluded.wrap_up_seconds IS NOT NULL)
        OR (c.held = '[]' AND excluded.hold_seconds > c.hold_seconds)
        OR (c.queue = '' AND excluded.queue <> '')
        OR (c.recording = '' AND excluded.recording <> '')
        OR (c.case_id IS NULL AND excluded.case_id IS NOT NULL))
"""  # noqa: S608 - our names
# A call is about the case that its agent took down for this citizen while it lasted or right after, if there is one.
LINK = """
UPDATE cases_call c SET case_id = found.case_id FROM (
    SELECT c.id, min(k.id) AS case_id
    FROM cases_call c JOIN cases_case k ON k.citizen_id = c.citizen_id AND k.taken_by_id = c.agent_id
        AND k.registered_at >= c.answered_at AND k.registered_at <= c.ended_at + interval '10 minutes'
    WHERE c.platform_id = ANY(%s) AND c.case_id IS NULL AND c.citizen_id IS NOT NULL
        AND NOT EXISTS (SELECT FROM cases_call other WHERE other.case_id = k.id)
    GROUP BY c.id HAVING count(*) = 1
) found WHERE c.id = found.id
"""


class Agent(NamedTuple):
    """Whose call it was, and for whom they answered."""

    user: int
    organisation: int


@dataclass
class KnownPeople:
    """The agents, contractors and cases met so far. An agent is made only where the mapping says so: no longer here."""

    mapping: CallMapping
    terms: dict[str, list[tuple[datetime | None, datetime | None, Agent]]] = field(default_factory=dict)
    organisations: dict[str, int] = field(default_factory=dict)
    cases: dict[str, int] = field(default_factory=dict)

    def look_up(self, call: ImportedCall, *, make: bool) -> None:
        """Raises BadRow for a name that is not known here; afterwards everything the row names is."""
        if call.organisation:
            self.organisation(call.organisation)
        if call.agent and (make or "agent" not in self.mapping.create):
            self.agent(call)
        if call.case:
            self.case(call.case)

    def agent(self, call: ImportedCall) -> Agent:
        if call.agent not in self.terms:
            self.terms[call.agent] = self._terms(call)
        for since, until, agent in self.terms[call.agent]:
            if (since is None or since <= call.offered_at) and (until is None or call.offered_at < until):
                return agent
        raise BadRow(f"agent “{call.agent}” took no calls at that time")

    def _terms(self, call: ImportedCall) -> list[tuple[datetime | None, datetime | None, Agent]]:
        memberships = Membership.objects.filter(role__in=ROLES[Capability.CASE_REGISTER]).order_by("valid")
        for named in ("staff_number", "username"):
            if found := list(memberships.filter(**{f"user__{named}": call.agent})):
                return [(m.valid.lower, m.valid.upper, Agent(m.user_id, m.organisation_id)) for m in found]
        if "agent" not in self.mapping.create:
            raise BadRow(f"agent “{call.agent}” is not known here; translate it under [values.agent]")
        if not call.organisation:
            raise BadRow(f"agent “{call.agent}” is of no organisation; name one under [columns] or [defaults]")
        username = f"{self.mapping.source}:{call.agent}"[:60]
        defaults = {"name": call.agent, "is_active": False, "password": "!"}
        user, _new = User.objects.get_or_create(username=username, defaults=defaults)
        return [(None, None, Agent(user.pk, self.organisation(call.organisation)))]

    def organisation(self, code: str) -> int:
        if code not in self.organisations:
            found = Organisation.objects.filter(kind=Organisation.Kind.CONTRACTOR, code=code).first()
            if found is None:
                raise BadRow(f"contractor “{code}” is not known here; translate it under [values.organisation]")
            self.organisations[code] = found.pk
        return self.organisations[code]

    def case(self, number: str) -> int:
        if number not in self.cases:
            found = Case.objects.filter(number=number).values_list("pk", flat=True).first()
            if found is None:
                raise BadRow(f"case “{number}” is not known here")
            self.cases[number] = found
        return self.cases[number]


@verb
def take_in_calls(
    run: ImportRun, rows: Sequence[ImportedCall], known: KnownPeople, *, by: Membership, at: datetime, upto: int,
    refused: int,
) -> tuple[int, int]:  # fmt: skip
    """Take a batch of calls, and note how far the file is read, in one transaction; returns (taken, known before).

    A call known before counts as such whether it was completed or not, so a file can be read again.
    """
    check(by, Capability.CASE_IMPORT)
    calls = list({row.platform_id: row for row in reversed(rows)}.values())
    names = [call.platform_id for call in calls]
    callers = Callers(calls)
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [names])
        keys: dict[str, str] = dict(cursor.fetchall())
        _copy(cursor, (_values(call, keys.get(call.platform_id) or str(uuid7()), known, callers) for call in calls))
        if callers.citizens:
            cursor.execute(LINK, [names])
    taken = len(calls) - len(keys)
    run.rows_done, run.taken = upto, run.taken + taken
    run.known, run.refused = run.known + len(rows) - taken, run.refused + refused
    run.save()
    return taken, len(rows) - taken


def _copy(cursor: Any, rows: Iterable[tuple[Any, ...]]) -> None:
    arriving = io.StringIO()
    csv.writer(arriving).writerows(rows)
    arriving.seek(0)
    cursor.execute(ARRIVE)
    cursor.copy_expert(ARRIVING, arriving)
    cursor.execute(TAKE)
    cursor.execute("DROP TABLE arriving")


def _values(call: ImportedCall, key: str, known: KnownPeople, callers: Callers) -> tuple[Any, ...]:
    """One row in the order of COLUMNS."""
    caller, index, citizen = callers.cells(call.caller, key)
    agent = known.agent(call) if call.agent else None
    organisation = agent.organisation if agent else known.organisations.get(call.organisation)
    return (
        key, call.platform_id, call.direction, caller, index, citizen, call.queue, call.language,
        agent.user if agent else None, organisation, call.offered_at, call.answered_at, call.ended_at, call.abandoned,
        call.in_menu, call.offered_at if agent else None, call.hold_seconds, call.wrap_up_seconds, call.recording,
        known.cases.get(call.case),
    )  # fmt: skip


class Callers:
    """The numbers of a batch: their indexes, and who is known by them, by one query."""

    def __init__(self, calls: Iterable[ImportedCall]) -> None:
        self.phones: dict[str, str] = {}
        for number in {call.caller for call in calls if call.caller}:
            with suppress(InvalidPhone):
                self.phones[number] = normalise_phone(number)
        indexes = {index_of("citizen.phone", phone): phone for phone in self.phones.values()}
        known = Citizen.objects.filter(phone_index__in=list(indexes)).values_list("phone_index", "pk")
        self.citizens: dict[str, Any] = {indexes[bytes(index or b"")]: key for index, key in known} if indexes else {}

    def cells(self, number: str, key: str) -> tuple[str | None, str | None, Any]:
        """Sealed for its row, the index, and the citizen; what is no number is kept as the platform gave it."""
        if not number:
            return None, None, None
        phone = self.phones.get(number)
        sealed = _bytes(SEALED.seal(phone or number[:40], key))
        return sealed, _bytes(index_of(CALLER, phone)) if phone else None, self.citizens.get(phone or "")


def _bytes(value: bytes) -> str:
    """As PostgreSQL reads them."""
    return f"\\x{value.hex()}"
