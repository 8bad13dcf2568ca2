"""What a unit does with its assignment: open, sign off, contact the citizen, note progress, reply."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from cases import deadlines, workflow
from cases.models import (
    TO_DO,
    Assignment,
    AssignmentRole,
    AssignmentState,
    Attachment,
    AttachmentKind,
    Case,
    Clock,
    ClockKind,
    Decision,
    EventKind,
    Reply,
    ReplyDraft,
    ReplyState,
    Status,
)
from cases.notifications import citizen_sms, office_notice, unit_notice
from cases.permissions import check_unit
from cases.reply_words import ReplyWords, check_reply, readable
from hotline import ledger, outbox
from hotline.acts import Invalid, NotNow, Refusal, Stale, part, verb
from hotline.compiled import Compiled
from hotline.models import Membership
from hotline.plain_text import clean_text
from hotline.privacy import opened
from hotline.roles import Capability, Role


def lock(assignment: Assignment, *, by: Membership, version: int | None) -> tuple[Case, Assignment]:
    """The case, locked, and the unit's own assignment in it as it stands."""
    case, row = lock_part(assignment, version=version)
    check_unit(by, Capability.ASSIGNMENT_WORK, row)
    return case, row


def lock_part(assignment: Assignment, *, version: int | None) -> tuple[Case, Assignment]:
    """The case, locked, and the assignment with the one above it, by one question; whose it is is not asked.

    Only the case's row is locked: whoever changes an assignment has locked its case first, so nobody waits in a circle.
    """
    row = _locked_part.get(pk=assignment.pk)
    workflow.check_version(row.case, version)
    if version is None:  # nobody said as what it was seen: it may have changed while its case was waited for
        row = _part.get(pk=assignment.pk)
    return row.case, row


def _part_of(pk: int) -> QuerySet[Assignment]:
    """With its case and the part above; whether its unit asked for something, and whether a reply below is unread."""
    asked = Decision.objects.open().filter(assignment=OuterRef("pk"))
    unread = Assignment.objects.filter(parent=OuterRef("pk"), state=AssignmentState.REPLIED)
    rows = Assignment.objects.select_related("parent", "case__citizen")
    return rows.annotate(has_asked=Exists(asked), has_unread=Exists(unread)).filter(pk=pk)


_part = Compiled(_part_of, pk=int)
_locked_part = Compiled(lambda pk: _part_of(pk).select_for_update(of=("case",), no_key=True), pk=int)


@transaction.atomic
def mark_opened(assignment: Assignment, *, by: Membership, at: datetime) -> None:
    """Note the first time somebody of the unit looked at the case. Reading twice leaves no second trace."""
    opened = Assignment.objects.filter(pk=assignment.pk, opened_at__isnull=True).update(opened_at=at)
    if opened:
        workflow.append(assignment.case, EventKind.OPENED, by=by, at=at, assignment=assignment)


@verb
def sign(assignment: Assignment, *, by: Membership, at: datetime, version: int | None) -> Case:
    """Sign the assignment off: the unit has it and its handling leg is what counts now. The lead moves the case."""
    case, assignment = lock(assignment, by=by, version=version)
    if assignment.state != AssignmentState.DISPATCHED:
        raise NotNow(
            _("This was signed off before, or is no longer with your unit."), allowed=workflow.allowed_moves(case)
        )
    return signed_off(case, assignment, by=by, at=at)


def signed_off(case: Case, assignment: Assignment, *, by: Membership, at: datetime) -> Case:
    """A locked assignment becomes the unit's to handle."""
    handling_leg = Clock.objects.running().filter(assignment=assignment, kind=ClockKind.HANDLE).order_by("id")
    Assignment.objects.filter(pk=assignment.pk).update(
        state=AssignmentState.HANDLING,
        signed_at=at,
        signed_by=by.user_id,
        opened_at=Coalesce("opened_at", Value(at)),
        handler=Coalesce("handler", Value(by.user_id)),
        leg_due_at=Subquery(handling_leg.values("due_at")[:1]),
    )
    workflow.stop_clocks(case, at=at, kinds=[ClockKind.SIGN], met=[ClockKind.SIGN], assignment=assignment)
    if assignment.has_asked:  # type: ignore[attr-defined] # who signs off keeps the case
        workflow.drop_requests(case, by=by, at=at, assignment=assignment)
    if assignment.role == AssignmentRole.LEAD:
        to = Status.HANDLING if case.round == 1 else Status.REHANDLING
        return workflow.move(case, "sign", to, by=by, at=at, kind=EventKind.SIGNED, assignment=assignment)
    return workflow.record(case, EventKind.SIGNED, by=by, at=at, assignment=assignment)


def sign_together(
    chosen: Sequence[tuple[Assignment, int]], *, by: Membership, at: datetime
) -> list[tuple[Assignment, Refusal | None]]:
    """Sign several assignments off, each an act of its own with the version it was seen at; tells what became of each.

    What nobody of the unit has opened is not signed off in bulk: signing off says that one has read it.
    """
    results: list[tuple[Assignment, Refusal | None]] = []
    for assignment, version in chosen:
        refusal: Refusal | None = None
        if assignment.opened_at is None:
            refusal = NotNow(_("nobody has opened it yet"))
        else:
            try:
                with part(f"sign-{assignment.pk}"):
                    sign(assignment, by=by, at=at, version=version)
            except Refusal as reason:
                refusal = reason
        results.append((assignment, refusal))
    return results


@verb
def record_contact(
    assignment: Assignment,
    *,
    by: Membership,
    at: datetime,
    version: int | None,
    reached: bool,
    how: str,
    note: str = "",
) -> Case:
    """Record that the unit turned to the citizen. Only a contact that was reached stops the contact clock."""
    case, assignment = lock(assignment, by=by, version=version)
    if assignment.state not in TO_DO:
        raise NotNow(_("This assignment is no longer being handled."))
    if reached and assignment.contacted_at is None:
        assignment.contacted_at = at
        assignment.save(update_fields=["contacted_at"])
        workflow.stop_clocks(case, at=at, kinds=[ClockKind.CONTACT], met=[ClockKind.CONTACT], assignment=assignment)
    return workflow.record(
        case,
        EventKind.CONTACTED,
        by=by,
        at=at,
        assignment=assignment,
        why=note,
        payload={"reached": reached, "how": how},
    )


@verb
def tell_progress(assignment: Assignment, *, by: Membership, at: datetime, version: int | None, words: str) -> Case:
    """Tell the citizen how far the matter is: shown on the tracking page and sent by SMS."""
    case, assignment = lock(assignment, by=by, version=version)
    if assignment.state != AssignmentState.HANDLING or assignment.role != AssignmentRole.LEAD:
        raise NotNow(_("Only the lead unit, while it handles the case, tells the citizen about progress."))
    if not (words := clean_text(words)):
        raise Invalid(_("Write what the citizen should know."), field="words")
    case = workflow.record(case, EventKind.PROGRESS, by=by, at=at, assignment=assignment, why=words)
    outbox.post(citizen_sms(case, "progress", at=at, by=by))
    return case


@transaction.atomic
def keep_reply_draft(assignment: Assignment, *, by: Membership, at: datetime, fields: dict[str, Any]) -> ReplyDraft:
    """Keep what the person has typed of a reply. Not an act: nobody else sees it, so it leaves no audit entry.

    Raises Stale if another window of theirs (``page``) wrote what this one has not ``seen``.
    """
    check_unit(by, Capability.ASSIGNMENT_WORK, assignment)
    drafts, typed = ReplyDraft.objects.select_for_update(), {"fields": fields, "saved_at": at}
    draft, made = drafts.get_or_create(assignment=assignment, owner_id=by.user_id, defaults=typed)
    if made:
        return draft
    last = opened(draft, "fields") or {}
    if last.get("page") != fields.get("page") and draft.saved_at.isoformat() != fields.get("seen"):
        raise Stale(_("Another window of yours saved this draft meanwhile. Nothing was overwritten: compare."))
    draft.fields, draft.saved_at = fields, at
    draft.save(update_fields=["fields", "saved_at"])
    return draft


@verb
def reply(assignment: Assignment, words: ReplyWords, *, by: Membership, at: datetime, version: int | None) -> Case:
    """Submit the unit's reply: the lead's to the hotline's review, any other part's to that of the unit above."""
    words = readable(words)
    check_reply(words, at)
    case, assignment = lock(assignment, by=by, version=version)
    if assignment.state != AssignmentState.HANDLING:
        raise NotNow(_("Sign the case off before you reply."), allowed=workflow.allowed_moves(case))
    if assignment.has_unread:  # type: ignore[attr-defined]
        raise NotNow(_("A unit beneath yours has replied. Accept its reply or send it back before you give yours."))
    registered_at = case.registered_at.replace(second=0, microsecond=0)  # a contact is told to the minute
    if words.contacted_at is not None and words.contacted_at < registered_at:
        raise Invalid(_("The contact cannot lie before the request was registered."), field="contacted_at")
    assignment.state, assignment.replied_at, assignment.leg_due_at = AssignmentState.REPLIED, at, None
    assignment.contacted_at = assignment.contacted_at or (words.contacted_at if words.contacted else None)
    assignment.save()
    met = [ClockKind.HANDLE, *([ClockKind.CONTACT] if assignment.contacted_at else [])]
    workflow.stop_clocks(case, at=at, kinds=[ClockKind.HANDLE, ClockKind.CONTACT], met=met, assignment=assignment)
    ReplyDraft.objects.filter(assignment=assignment).delete()
    is_lead = assignment.role == AssignmentRole.LEAD
    written = Reply.objects.create(
        case=case,
        assignment=assignment,
        round=case.round,
        author_id=by.user_id,
        organisation_id=by.organisation_id,
        submitted_at=at,
        state=ReplyState.SUBMITTED if is_lead else ReplyState.REPORTED,
        **words.__dict__,
    )
    return (_to_the_hotline if is_lead else _to_the_unit_above)(case, written, by=by, at=at)


def _to_the_unit_above(case: Case, written: Reply, *, by: Membership, at: datetime) -> Case:
    part = written.assignment
    case = workflow.record(case, EventKind.REPLIED, by=by, at=at, assignment=part, payload=_facts(written))
    above = part.parent.unit_id if part.parent else case.unit_id or part.unit_id
    outbox.post(unit_notice(above, "part_replied", case, at=at, by=by, who=part.unit.label))
    return case


def _to_the_hotline(case: Case, written: Reply, *, by: Membership, at: datetime) -> Case:
    case = workflow.move(
        case,
        "reply",
        Status.REPLIED,
        by=by,
        at=at,
        kind=EventKind.REPLIED,
        assignment=written.assignment,
        payload=_facts(written),
    )
    since = written.assignment.dispatched_at
    Attachment.objects.filter(case=case, reply=None, uploaded_at__gte=since).exclude(
        kind=AttachmentKind.GROUNDS
    ).update(reply=written)
    ledger.add(deadlines.start(case, ClockKind.REVIEW, at))
    outbox.post(office_notice("reply_to_review", case, at=at, role=Role.REVIEWER))
    return case


def _facts(written: Reply) -> dict[str, Any]:
    return {"reply": written.pk, "solved": written.solved, "claim": written.claim, "contacted": written.contacted}
