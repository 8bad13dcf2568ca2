"""Bringing staff in as a table: it is read and tried out; the rows in order are taken, the others given back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from cases.tables import Table, read_table
from contractors.employing import check_contract
from contractors.models import Contract, Employment, Leaving, StaffTable
from contractors.staff_table import Judged, Mapping, Person, guessed, judge
from hotline import people
from hotline.acts import NotNow, verb
from hotline.models import Membership, User
from hotline.plain_text import clean_text

NAME_LIMIT = 200


@verb
def upload(contract: Contract, name: str, content: bytes, *, by: Membership, at: datetime) -> StaffTable:
    """Read a table and keep it for trying out. Raises Invalid if it is none."""
    check_contract(contract, by)
    name = clean_text(name.replace("\\", "/").rpartition("/")[2])[-NAME_LIMIT:]
    table = read_table(name, content)
    kept = StaffTable(contract=contract, file_name=name, uploaded_by_id=by.user_id, uploaded_at=at)
    kept.content = {"header": table.header, "rows": table.rows}
    kept.save(force_insert=True)
    return kept


def table_of(kept: StaffTable) -> Table:
    return Table(kept.content["header"], [(n, cells) for n, cells in kept.content["rows"]])


def mapping_of(kept: StaffTable) -> Mapping:
    return guessed(kept.content["header"])


def tried(kept: StaffTable) -> Judged:
    """What the table would put on record, without changing anything."""
    return judge(kept.contract, table_of(kept), mapping_of(kept))


@verb
def take_in(kept: StaffTable, *, by: Membership, at: datetime) -> StaffTable:
    """Put the rows in order on record. Whoever has no account gets one that opens nothing.

    Read again, the same file changes nothing. Raises NotNow if it was taken in, or if no row can be taken.
    """
    row = StaffTable.objects.select_for_update(of=("self",)).select_related("contract__organisation").get(pk=kept.pk)
    check_contract(row.contract, by)
    if row.taken_at is not None:
        raise NotNow(_("This table was taken in before."))
    judged = tried(row)
    if not judged.people:
        raise NotNow(_("There is no row in it that could be taken."))
    _employ(row.contract, judged.people, by=by, at=at)
    row.taken_at, row.taken = at, len(judged.people)
    row.save(update_fields=["taken_at", "taken"])
    return row


def _employ(contract: Contract, rows: Sequence[Person], *, by: Membership, at: datetime) -> None:
    """Each row was tried a moment ago. Raises NotNow if somebody else put one of them on record meanwhile."""
    fresh = [person for person in rows if person.known is None]
    try:
        with transaction.atomic():
            accounts = people.enrolled((p.username, p.name, p.name_en, p.staff_number) for p in fresh)
            users = {user.username: user for user in accounts}
            Employment.objects.bulk_create(
                [_employment(contract, p, p.known or users[p.username], by=by, at=at) for p in rows]
            )
    except IntegrityError:
        raise NotNow(_("Somebody else put one of these people on record meanwhile. Look at it again.")) from None


def _employment(contract: Contract, person: Person, user: User, *, by: Membership, at: datetime) -> Employment:
    ends = person.until or contract.term.upper
    return Employment(
        contract=contract,
        user=user,
        position=person.position,
        qualification=person.qualification,
        period=DateTimeTZRange(person.since, ends),
        leaving=Leaving.CONTRACT if ends == contract.term.upper else Leaving.OTHER,
        recorded_by_id=by.user_id,
        recorded_at=at,
    )
