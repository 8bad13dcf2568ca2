"""Digests: what was held back for one recipient, told in one notice, each step in exactly one of them."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from django.db import transaction
from django.utils.translation import override

from cases.models import OPEN, EscalationAct, HeldNotice
from cases.notifications import digest, local_time
from hotline import outbox

AT_ONCE = 2000
LISTED = 20


@transaction.atomic
def send_due(at: datetime) -> int:
    """Write the digests that are due; returns how many. What concerns a case ended meanwhile is left out."""
    rows = HeldNotice.objects.due(at).select_for_update(skip_locked=True, of=("self",)).select_related("case")
    held = list(rows.order_by("unit_id", "to_role", "release_at", "id")[:AT_ONCE])
    HeldNotice.objects.filter(pk__in=[row.pk for row in held if row.case.status not in OPEN]).delete()
    sent = 0
    for (unit_id, role), group in groupby(held, key=lambda row: (row.unit_id, row.to_role)):
        told = [row for row in group if row.case.status in OPEN]
        if not told:
            continue
        with override("zh-hans"):
            lines = [_line(row) for row in told[:LISTED]]
        message = digest(lines, len(told), at=at, unit_id=unit_id, to_role=role)
        outbox.post(message)
        HeldNotice.objects.filter(pk__in=[row.pk for row in told]).update(message=message)
        sent += 1
    return sent


def _line(row: HeldNotice) -> str:
    return f"{EscalationAct(row.act).label} {row.case.number} {row.case.title}（{local_time(row.limit_due_at)}）"
