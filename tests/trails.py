"""Checks of the audit trail as they stand on the auditor's page, reached by the acts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from hotline import audit_checks
from hotline.models import AuditCheck
from tests.people import member

HASH = "c41d90be7a35" + "0" * 48 + "1f08"
FAULTS = [["changed", 3_012, "hotline_auditentry", 41_872], ["removed", 3_012, "cases_caseevent", 90_117]]
FAULTS += [["differs", 3_012, "", 0], ["cut", 3_977, "", 0]]
SPOTS = [
    ["trigger_off", "hotline_auditentry_2026_03", "refuse_change"],
    ["granted", "cases_caseevent", "clerk: UPDATE"],
]


def found(*, whole: bool) -> dict[str, Any]:
    """What a check of a city's eight months keeps."""
    return {
        "seconds": 41.0,
        "entries": {"hotline_auditentry": 1_802_377, "cases_caseevent": 614_528},
        "unsealed": 2,
        "seals": 3_976,
        "agreeing": 3_976 if whole else 3_975,
        "days": 258,
        "days_agreeing": 258 if whole else 256,
        "first_at": "2025-07-01T00:00:12.004512Z",
        "last_at": "2026-03-16T02:00:05.772000Z",
        "last_seal": 3_976,
        "last_hash": HASH,
        "faults": [] if whole else FAULTS,
        "faults_in_all": 0 if whole else 61,
        "spots": [] if whole else SPOTS,
        "spots_in_all": 0 if whole else len(SPOTS),
    }


def asked(at: datetime | None = None) -> AuditCheck:
    """Shen has asked for it, nobody has taken it up."""
    return audit_checks.ask(by=member("shen"), at=at or timezone.now())


def begun(at: datetime | None = None) -> AuditCheck:
    at = at or timezone.now()
    return audit_checks.begin(asked(at), by=None, at=at)


def checked(*, whole: bool, at: datetime | None = None) -> AuditCheck:
    """It took 41 seconds."""
    at = at or timezone.now() - timedelta(minutes=5)
    check = begun(at)
    return audit_checks.finish(check, by=None, at=at + timedelta(seconds=41), whole=whole, found=found(whole=whole))
