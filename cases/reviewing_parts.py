"""Reading, one tier up, the reply of a unit beneath one's own or of a co-organiser. The citizen never sees it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from cases import workflow
from cases.handing_down import end_with_those_below, lock_below
from cases.models import (
    Assignment,
    AssignmentState,
    Case,
    EventKind,
    Reply,
    ReplyState,
)
from cases.notifications import unit_notice
from cases.reviewing import run_on, settle, why_sent_back
from hotline import outbox
from hotline.acts import NotAllowed, NotNow, verb
from hotline.models import Membership
from hotline.plain_text import clean_text


@verb
def accept_part(part: Assignment, *, by: Membership, at: datetime, version: int | None) -> Case:
    """Accept what the unit below reports: its part is done. The unit above writes its own reply, or adopts this one."""
    case, part, reply = _reported(part, by=by, version=version)
    settle(reply, ReplyState.TAKEN, by=by, at=at)
    end_with_those_below(part, AssignmentState.DONE, at=at)
    return workflow.record(case, EventKind.PART_ACCEPTED, by=by, at=at, assignment=part, payload={"reply": reply.pk})


@verb
def send_part_back(
    part: Assignment, *, by: Membership, at: datetime, version: int | None, reason: str, note: str = ""
) -> Case:
    """Send the report back to the unit below with the reason. Its handling clock goes on where it stood."""
    note = clean_text(note)
    because = why_sent_back(reason, note, at=at)
    case, part, reply = _reported(part, by=by, version=version)
    settle(reply, ReplyState.DECLINED, by=by, at=at, reason=reason, note=note)
    clock = run_on(part, at)
    part.state, part.replied_at = AssignmentState.HANDLING, None
    part.leg_due_at = clock.due_at if clock else None
    part.save(update_fields=["state", "replied_at", "leg_due_at"])
    case = workflow.record(
        case,
        EventKind.PART_SENT_BACK,
        by=by,
        at=at,
        assignment=part,
        why=note,
        payload={"reply": reply.pk, "reason": reason},
    )
    outbox.post(unit_notice(part.unit_id, "sent_back", case, at=at, by=by, reason=because.name))
    return case


def _reported(part: Assignment, *, by: Membership, version: int | None) -> tuple[Case, Assignment, Reply]:
    case, part = lock_below(part, by=by, version=version)
    reply = Reply.objects.filter(assignment=part, state=ReplyState.REPORTED).first()
    if reply is None or part.state != AssignmentState.REPLIED:
        raise NotNow(_("No reply of %(unit)s awaits your review.") % {"unit": part.unit.label})
    if reply.author_id == by.user_id:
        raise NotAllowed(_("You wrote this reply; somebody else must review it."))
    return case, part, reply
