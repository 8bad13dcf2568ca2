"""Checking the whole audit trail of the living database: what ``bin/verify_audit`` does with an export, and guards."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection

from hotline import journals
from hotline.audit_chain import Check, Seal, report
from hotline.journal_guards import WeakSpot, weak_spots
from hotline.journals import JOURNALS
from hotline.seal_files import SealFiles
from hotline.seals import known_keys

ALL = 2**63 - 1
TOLD_EVERY = 20_000
KEPT_FAULTS = 50
SPOTS = {
    "hidden": "row-level security hides rows of it",
    "trigger_gone": "its trigger {name} is gone",
    "trigger_off": "its trigger {name} is switched off or changed",
    "trigger_more": "it has a trigger that is not ours: {name}",
    "function": "the function {name} was changed",
    "granted": "somebody may change it: {name}",
    "rule": "it has a rule: {name}",
    "replica": "triggers are switched off for {name}",
    "default": "its transaction number is not given by the database: {name}",
    "numbering": "its numbering {name} was set back",
    "future": "{name} entries claim to be of transactions that there were none of",
    "nothing_outside": "nothing lies outside of the database to compare with",
}


class Found(NamedTuple):
    """What one check of the living database found."""

    check: Check
    spots: list[WeakSpot]
    seconds: float

    @property
    def whole(self) -> bool:
        return not self.check.faults_in_all and not self.spots

    def sentences(self) -> Iterator[str]:
        yield from report(self.check)
        for spot in self.spots:
            yield f"NOT AS SET UP: {spot.table} {SPOTS[spot.what].format(name=spot.name)}".replace("  ", " ")

    def as_json(self) -> dict[str, Any]:
        """Figures and the first faults, as the page shows them."""
        check, last = self.check, self.check.last
        return {
            "seconds": round(self.seconds, 1),
            "entries": dict(check.entries),
            "unsealed": check.unsealed,
            "seals": check.seals,
            "agreeing": check.agreeing,
            "days": len(check.days),
            "days_agreeing": sum(check.days.values()),
            "first_at": check.first_at,
            "last_at": check.last_at,
            "last_seal": last.number if last else 0,
            "last_hash": last.hash if last else "",
            "faults": [list(fault) for fault in check.faults[:KEPT_FAULTS]],
            "faults_in_all": check.faults_in_all,
            "spots": [list(spot) for spot in self.spots[:KEPT_FAULTS]],
            "spots_in_all": len(self.spots),
        }


def outside_until(files: SealFiles) -> int:
    """The last seal outside. To be asked before the trail is read: a seal is in the database before it is outside."""
    end = files.end().line
    last = Seal.read(end) if end else None
    return last.number if last else ALL if end else 0


def check_now(tell: Callable[[float], None] = lambda _share: None) -> Found:
    """Check everything, as it stands at this moment; ``tell`` hears now and then which share is done."""
    files, began = SealFiles(settings.AUDIT_SEALS_DIR), time.monotonic()
    until = outside_until(files)
    check = Check(known_keys(), until)
    with journals.as_of_now():
        spots = weak_spots()
        counted = _counted(_in_all(), tell)
        check.run({journal: counted(journals.lines(journal)) for journal in JOURNALS}, journals.seals(), files.lines())
    if check.seals and not until:
        spots.append(WeakSpot("nothing_outside"))
    return Found(check, spots, time.monotonic() - began)


def _in_all() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + " + ".join(f"(SELECT count(*) FROM {journal})" for journal in JOURNALS))  # noqa: S608
        return int(cursor.fetchone()[0])


def _counted(in_all: int, tell: Callable[[float], None]) -> Callable[[Iterator[bytes]], Iterator[bytes]]:
    """Lets lines through and counts them, of all journals together."""
    done = 0

    def through(lines: Iterator[bytes]) -> Iterator[bytes]:
        nonlocal done
        for line in lines:
            done += 1
            if done % TOLD_EVERY == 0:
                tell(min(1.0, done / in_all))
            yield line

    return through
