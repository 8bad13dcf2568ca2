"""Sealing the journals: every few seconds what was committed since becomes a seal, signed and kept outside as well.

Writers do nothing for it. An entry carries the number of its transaction, and a seal takes the entries of all
transactions that had ended when it was made and that no earlier seal took: those still running are remembered in the
seal and taken later, so nothing is waited for, nothing comes too late and nothing is taken twice.
"""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from hotline import audit
from hotline.audit_chain import GENESIS, SIGNATURE, Seal, leaf_hash, listed, root_hash
from hotline.journals import JOURNALS, line_of
from hotline.models import AuditSeal, Heartbeat
from hotline.seal_files import Disagreement, SealFiles

SEALED = "audit_sealed"  # the sign of life
ALONE = 2_028  # advisory lock: one sealer at a time, on any machine
ENTRIES_AT_ONCE = 10_000
SEALS_AT_ONCE = 1_000

# The transaction up to which at most so many entries wait, and the first one that may still be running.
ENOUGH = "SELECT min(xid), pg_snapshot_xmin(pg_current_snapshot())::text::bigint FROM ({}) enough"
ENOUGH_OF = "(SELECT xid FROM {} WHERE xid >= %(end)s ORDER BY xid, id OFFSET %(most)s LIMIT 1)"
# The snapshot and the entries that it sees, by one statement, or they would not be of one moment.
UNSEALED = "SELECT 0, '', 0, pg_current_snapshot()::text UNION ALL {}"
UNSEALED_OF = "SELECT xid, '{}', id, {} FROM {} WHERE (xid >= %(end)s OR xid = ANY(%(running)s)) AND xid < %(before)s"
NEVER = 2**63 - 1


class Moment(NamedTuple):
    """Which transactions had ended: all before ``end`` but those ``running``."""

    end: int
    running: tuple[int, ...] = ()


class Unsealed(NamedTuple):
    transaction: int
    journal: str
    id: int
    leaf: bytes


def seal_new(*, seconds: float = 20.0) -> int:
    """Seal what is new, at most so long; returns how many entries. Any number of sealers may run.

    Raises Disagreement, and seals nothing, where the seals outside and in the database contradict each other: whoever
    went on would sign what somebody has changed.
    """
    files, sealed, until = SealFiles(settings.AUDIT_SEALS_DIR), 0, time.monotonic() + seconds
    with files.held():
        is_new = not files.end().line
        if (brought := carry_out(files)) and is_new:
            audit.record("seals.begin_outside", by=None, at=timezone.now(), details={"seals": brought})
        while (n := _seal_some(timezone.now())) and time.monotonic() < until:
            sealed += n
            carry_out(files)
        sealed += n
        carry_out(files)
    Heartbeat.objects.update_or_create(name=SEALED, defaults={"at": timezone.now()})
    return sealed


def known_keys() -> list[str]:
    """The public key in force and those before it."""
    return [public_key(), *settings.AUDIT_KEYS_BEFORE]


def public_key() -> str:
    return private_key().public_key().public_bytes_raw().hex()


def private_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(settings.AUDIT_KEY))


def carry_out(files: SealFiles) -> int:
    """Write outside what only the database has, as after a kill; returns how many seals. Raises Disagreement."""
    end = files.end()
    last = Seal.read(end.line) if end.line else None
    if end.line and last is None:
        raise Disagreement(f"the last line in {files.directory} is no seal")
    begun, written = end.begun, 0
    while True:
        after = AuditSeal.objects.filter(number__gte=last.number if last else 1).order_by("number")
        rows = [row.line.encode() for row in after[: SEALS_AT_ONCE + 1]]
        if last and rows[:1] != [last.line]:
            has = "another" if rows and (first := Seal.read(rows[0])) and first.number == last.number else "none"
            raise Disagreement(f"seal {last.number} lies in {files.directory}, and the database has {has}")
        fresh = _continued(last, rows[1:] if last else rows)
        if not fresh:
            return written
        files.append(((seal.at[:10], seal.line) for seal in fresh), begun)
        last, begun, written = fresh[-1], b"", written + len(fresh)


def _continued(last: Seal | None, rows: Iterable[bytes]) -> list[Seal]:
    """The seals of these lines, each of which continues the one before it; the last one's signature vouches for all."""
    seals = []
    for row in rows:
        seal = Seal.read(row)
        if seal is None or (seal.number, seal.before) != (
            last.number + 1 if last else 1,
            last.hash if last else GENESIS,
        ):
            raise Disagreement(f"what follows seal {last.number if last else 0} in the database does not continue it")
        seals.append(seal)
        last = seal
    if seals:
        _believe(seals[-1])
    return seals


def _believe(seal: Seal) -> None:
    if seal.key not in known_keys() or not seal.holds():
        raise Disagreement(f"seal {seal.number} in the database is not signed with a key of ours")


@transaction.atomic(durable=True)
def _seal_some(at: datetime) -> int:
    """One seal over the entries that are waiting; none where there are none or another sealer is at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ALONE])
        if not cursor.fetchone()[0]:
            return 0
        row = AuditSeal.objects.order_by("-number").first()
        last = Seal.read(row.line.encode()) if row else None
        if row and last is None:
            raise Disagreement(f"seal {row.number} in the database is no seal")
        if last:
            _believe(last)
        moment, entries = _unsealed(cursor, Moment(last.end, tuple(sorted(last.running))) if last else Moment(0))
        if not entries:
            return 0
        number, before = (last.number + 1, last.hash) if last else (1, GENESIS)
        line = seal_line(number, at, moment, entries, before, private_key())
        AuditSeal.objects.create(number=number, line=line)
        return len(entries)


def _unsealed(cursor: Any, last: Moment) -> tuple[Moment, list[Unsealed]]:
    """What the moment now sees and the last one did not; of a long backlog the part that surely is complete."""
    cut = None if last.running else _cut(cursor, last)
    parts = [UNSEALED_OF.format(journal, line_of(journal), journal) for journal in JOURNALS]
    given = {"end": last.end, "running": list(last.running), "before": cut or NEVER}
    cursor.execute(UNSEALED.format(" UNION ALL ".join(parts)), given)
    (_none, _nothing, _zero, snapshot), *rows = cursor.fetchall()
    _first, end, running = snapshot.split(":")
    if int(end) < last.end:
        raise Disagreement("the database counts its transactions anew: it was moved without its transaction counter")
    moment = Moment(cut) if cut else Moment(int(end), tuple(int(one) for one in running.split(",") if one))
    seen = [row for row in rows if row[0] < moment.end and row[0] not in moment.running]  # not what claims to be later
    return moment, sorted(Unsealed(xid, journal, entry, leaf_hash(line.encode())) for xid, journal, entry, line in seen)


def _cut(cursor: Any, last: Moment) -> int | None:
    """Where a long backlog is cut: after a transaction before which all have ended. None if it is short."""
    enough = " UNION ALL ".join(ENOUGH_OF.format(journal) for journal in JOURNALS)
    cursor.execute(ENOUGH.format(enough), {"end": last.end, "most": ENTRIES_AT_ONCE})
    reached, still_running = cursor.fetchone()
    return reached + 1 if reached is not None and reached < still_running else None


def seal_line(
    number: int, at: datetime, moment: Moment, entries: list[Unsealed], before: str, key: Ed25519PrivateKey
) -> str:
    """The seal as it is kept: one JSON object whose last member signs all that stands before it."""
    parts = {}
    for journal in sorted({entry.journal for entry in entries}):
        found = [(entry.id, entry.leaf) for entry in entries if entry.journal == journal]
        root = root_hash([leaf for _id, leaf in found])
        parts[journal] = {"count": len(found), "root": root, "entries": listed(found)}
    seal = {
        "seal": number,
        "at": timezone.localtime(at).isoformat(),
        "snapshot": f"{moment.end}:{','.join(str(one) for one in moment.running)}",
        "journals": parts,
        "before": before,
        "key": key.public_key().public_bytes_raw().hex(),
    }
    body = json.dumps(seal, separators=(",", ":"))
    return f'{body[:-1]}{SIGNATURE.decode()}{key.sign(body.encode()).hex()}"}}'
