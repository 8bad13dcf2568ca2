"""Having the audit trail checked: by somebody who asks for it, and by the clock once a day. One check at a time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hotline.acts import NotAllowed, NotNow, verb
from hotline.models import AuditCheck, CheckState, Membership
from hotline.roles import Capability

EVERY = timedelta(hours=24)
LONGEST = timedelta(minutes=28)  # a little less than a task may take
SILENT = timedelta(minutes=5)  # a check says every second how far it is: after so long it is gone
GONE = gettext_noop("the process that checked ended before it was done")


@verb
def ask(*, by: Membership, at: datetime) -> AuditCheck:
    """Put a check in line. Raises NotNow while another one is."""
    if not by.can(Capability.AUDIT_CHECK):
        raise NotAllowed(_("Only auditors have the audit trail checked."))
    if AuditCheck.objects.unfinished().select_for_update().exists():
        raise NotNow(_("A check is under way. Wait until it is done."))
    return AuditCheck.objects.create(asked_by_id=by.user_id, asked_at=at)


@verb
def plan(*, by: Membership | None, at: datetime) -> AuditCheck:
    """The daily check, which nobody need ask for."""
    return AuditCheck.objects.create(asked_at=at)


@verb
def begin(check: AuditCheck, *, by: Membership | None, at: datetime) -> AuditCheck:
    """A process takes it up. Raises NotNow if another one has."""
    check = _locked(check)
    if check.state != CheckState.WAITING:
        raise NotNow(_("This check is not waiting to be made."))
    check.state, check.began_at, check.heard_at = CheckState.RUNNING, at, at
    check.save(update_fields=["state", "began_at", "heard_at"])
    return check


@verb
def finish(check: AuditCheck, *, by: Membership | None, at: datetime, whole: bool, found: dict[str, Any]) -> AuditCheck:
    """Keep what it found."""
    check = _running(check)
    check.state, check.whole, check.found, check.finished_at, check.progress = CheckState.DONE, whole, found, at, 100
    check.save(update_fields=["state", "whole", "found", "finished_at", "progress"])
    return check


@verb
def fail(check: AuditCheck, *, by: Membership | None, at: datetime, why: str) -> AuditCheck:
    """Say why it could not be made."""
    check = _running(check)
    check.state, check.failure, check.finished_at = CheckState.FAILED, why[:300], at
    check.save(update_fields=["state", "failure", "finished_at"])
    return check


def due(at: datetime) -> AuditCheck | None:
    """What waits, taken up by us; the day's own, if none was made for a day; None if there is none to make."""
    waiting = AuditCheck.objects.filter(state=CheckState.WAITING).order_by("pk").first()
    lately = AuditCheck.objects.filter(asked_at__gt=at - EVERY)
    if waiting is None and not lately.exists() and not AuditCheck.objects.unfinished().exists():
        waiting = plan(by=None, at=at)
    try:
        return begin(waiting, by=None, at=at) if waiting else None
    except NotNow:
        return None


def _locked(check: AuditCheck) -> AuditCheck:
    return AuditCheck.objects.select_for_update().get(pk=check.pk)


def _running(check: AuditCheck) -> AuditCheck:
    check = _locked(check)
    if check.state != CheckState.RUNNING:
        raise NotNow(_("This check is not being made."))
    return check
