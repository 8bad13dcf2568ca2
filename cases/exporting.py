"""Taking a list away: asked for with a purpose, approved by a second person where it names citizens, built, fetched.

Every step leaves its entry in the audit trail, each download too. A worker that was given up and comes back is fenced
off by the number of its attempt, so nothing is built twice.
"""

from __future__ import annotations

import base64
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from cases import export_notices
from cases.export_kinds import ExportKind, kind_of
from cases.models import Case, Export, ExportFile, ExportForm, ExportState
from cases.permissions import check
from hotline import audit, bell
from hotline.acts import Invalid, NotAllowed, NotNow, verb
from hotline.masking import mask_text
from hotline.models import Membership
from hotline.plain_text import clean_text
from hotline.roles import Capability

KEPT_FOR = timedelta(hours=24)
PURPOSE_LIMIT, WHY_LIMIT = 300, 300
GIVEN_UP = timedelta(minutes=2)  # a worker of which nothing was heard for so long is gone
ATTEMPTS = 3
TASK = "cases.build_exports"
EXPORTED = "identity.export"


@verb
def ask(
    key: str,
    given: Mapping[str, str],
    *,
    form: str,
    purpose: str,
    personal: bool,
    language: str,
    by: Membership,
    at: datetime,
) -> Export:
    """Put it in line; with personal data it waits for a second person first.

    Raises NotAllowed if the asker's role has no such list or sees no identities, Invalid without a purpose.
    """
    check(by, Capability.EXPORT_ASK)
    kind = kind_of(key)
    if kind is None or not kind.may_be_asked(by):
        raise NotAllowed(_("Your role has no such list to export."))
    if personal and not kind.always_personal and not kind.may_be_personal(by):
        raise NotAllowed(_("Your role does not export names and numbers."))
    purpose = mask_text(clean_text(purpose))
    if len(purpose) < 2 or len(purpose) > PURPOSE_LIMIT:
        raise Invalid(_("Say what it is for, in at most %(n)s characters.") % {"n": PURPOSE_LIMIT}, field="purpose")
    if form not in ExportForm.values:
        raise Invalid(_("Choose CSV or XLSX."), field="form")
    asked = kind.clean(given, by, at)
    personal = personal or kind.always_personal
    if not personal:
        bell.ring(TASK)
    export = Export.objects.create(
        kind=key,
        title=mask_text(kind.title(asked, by))[:200],
        asked=asked,
        form=form,
        language=language,
        purpose=purpose,
        personal=personal,
        membership=by,
        asked_by_id=by.user_id,
        asked_at=at,
        state=ExportState.APPROVAL if personal else ExportState.WAITING,
    )
    if personal:
        export_notices.waits(export, by=by, at=at)
    return export


@verb
def approve(export: Export, *, by: Membership, at: datetime) -> Export:
    """Let it be built. Raises NotAllowed for whoever asked for it."""
    kept = _to_decide(export, by)
    kept.state, kept.decided_by_id, kept.decided_at = ExportState.WAITING, by.user_id, at
    kept.save(update_fields=["state", "decided_by", "decided_at"])
    export_notices.approved(kept, by=by, at=at)
    bell.ring(TASK)
    return kept


@verb
def refuse(export: Export, *, by: Membership, at: datetime, because: str) -> Export:
    """It is not built, and the asker reads why."""
    kept = _to_decide(export, by)
    if not (why := clean_text(because)) or len(why) > WHY_LIMIT:
        raise Invalid(_("Say why, in at most %(n)s characters.") % {"n": WHY_LIMIT}, field="because")
    kept.state, kept.decided_by_id, kept.decided_at, kept.refused_why = ExportState.REFUSED, by.user_id, at, why
    kept.save(update_fields=["state", "decided_by", "decided_at", "refused_why"])
    export_notices.refused(kept, by=by, at=at)
    return kept


@verb
def begin(export: Export, *, at: datetime, by: None = None) -> Export:
    """A worker takes it up, also from one that is gone. Raises NotNow if it is not to be built, or somebody does."""
    kept = _locked(export)
    if not Export.objects.to_build(at - GIVEN_UP).filter(pk=kept.pk).exists():
        raise NotNow(_("This export is not waiting to be built."))
    kept.state, kept.heard_at, kept.attempt, kept.progress = ExportState.BUILDING, at, kept.attempt + 1, 0
    kept.save(update_fields=["state", "heard_at", "attempt", "progress"])
    return kept


@verb
def finish(
    export: Export, content: bytes, *, rows: int, cut: bool, named: Collection[int], at: datetime, by: None = None
) -> Export:
    """Keep the file. ``named`` are the cases whose citizens it names: each has a look of the asker's on record.

    Raises NotNow for a worker whose attempt was given up.
    """
    kept = _own_attempt(export)
    ExportFile.objects.create(export=kept, content=base64.b64encode(content).decode())
    kept.state, kept.rows, kept.cut, kept.progress = ExportState.READY, rows, cut, 100
    kept.built_at, kept.expires_at = at, at + KEPT_FOR
    kept.save(update_fields=["state", "rows", "cut", "progress", "built_at", "expires_at"])
    export_notices.ready(kept, at=at)
    asker = Membership.objects.get(pk=kept.membership_id)
    for pk in named:
        audit.record(EXPORTED, by=asker, at=at, thing=Case(pk=pk), reason=kept.purpose, details={"number": kept.number})
    return kept


@verb
def fail(export: Export, why: str, *, at: datetime, by: None = None) -> Export:
    """Say why nothing came of it."""
    kept = _own_attempt(export)
    kept.state, kept.failure = ExportState.FAILED, why[:300]
    kept.save(update_fields=["state", "failure"])
    export_notices.failed(kept, at=at)
    return kept


@verb
def download(export: Export, *, by: Membership, at: datetime) -> tuple[Export, bytes]:
    """The file, for whoever asked for it and still may. Raises NotNow before it is ready and after it expired."""
    kept = _locked(export)
    check(by, Capability.EXPORT_ASK)
    kind = kind_of(kept.kind)
    if kept.membership_id != by.pk or kind is None or not may_have(kind, by, personal=kept.personal):
        raise NotAllowed(_("Only who asked for an export fetches it, in the role it was asked in."))
    if kept.state != ExportState.READY or kept.expires_at is None or kept.expires_at <= at:
        raise NotNow(_("There is no file: %(state)s.") % {"state": kept.get_state_display()})
    return kept, base64.b64decode(ExportFile.objects.get(export=kept).content)


@verb
def expire(export: Export, *, at: datetime, by: None = None) -> Export:
    """Delete the file whose time is over; that there was one stays on record."""
    kept = _locked(export)
    if not Export.objects.run_out(at).filter(pk=kept.pk).exists():
        raise NotNow(_("This export has not expired."))
    ExportFile.objects.filter(export=kept).delete()
    kept.state = ExportState.GONE
    kept.save(update_fields=["state"])
    return kept


def may_have(kind: ExportKind, by: Membership, *, personal: bool) -> bool:
    """Do the rights it was asked with still hold?"""
    return kind.may_be_asked(by) and (not personal or kind.always_personal or kind.may_be_personal(by))


def _to_decide(export: Export, by: Membership) -> Export:
    check(by, Capability.EXPORT_APPROVE)
    kept = _locked(export)
    if kept.state != ExportState.APPROVAL:
        raise NotNow(_("It does not await approval: %(state)s.") % {"state": kept.get_state_display()})
    if kept.asked_by_id == by.user_id:
        raise NotAllowed(_("You asked for it; somebody else approves it."))
    return kept


def _own_attempt(export: Export) -> Export:
    kept = _locked(export)
    if kept.state != ExportState.BUILDING or kept.attempt != export.attempt:
        raise NotNow(_("Another worker has this export."))
    return kept


def _locked(export: Export) -> Export:
    return Export.objects.select_for_update(of=("self",)).get(pk=export.pk)
