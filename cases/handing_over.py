"""Handing a case over to 110, 119, 120 or 122, and taking back what such a line sent to the wrong place.

The rule both ways (国办发〔2022〕12号): what is clear goes over at one key, what is not is talked over by three; where
the two do not agree, whoever answered first keeps it. So a case of ours stays ours until the line accepts it, whatever
was asked; and a case that came from that line goes back to it, whatever it says, for it answered first.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from cases import workflow
from cases.dispatching import end_assignments
from cases.models import (
    Assignment,
    AssignmentState,
    Case,
    EmergencyLine,
    EventKind,
    HandOver,
    HandOverState,
    Outcome,
    Status,
)
from cases.notifications import unit_notice
from cases.permissions import check
from hotline import outbox
from hotline.acts import Invalid, NotNow, verb
from hotline.models import Membership
from hotline.plain_text import clean_text
from hotline.roles import Capability


@verb
def offer(
    case: Case,
    *,
    by: Membership,
    at: datetime,
    version: int | None,
    line: str,
    three_way: bool = False,
    note: str = "",
    accepted_by: str = "",
) -> Case:
    """Ask a line to take the case. ``accepted_by`` is who took it there, if that was said at once."""
    check(by, Capability.CASE_HAND_OVER, case)
    check_line(line)
    case = workflow.locked(case, version=version)
    workflow.check_move(case, "hand_over")
    before = HandOver.objects.filter(case=case, line=line)
    if before.filter(state=HandOverState.OFFERED).exists():
        raise NotNow(_("%(line)s was asked already; record what it said.") % {"line": EmergencyLine(line).label})
    if before.filter(state=HandOverState.REFUSED).exists():
        raise NotNow(
            _("%(line)s refused it before. Without agreement it stays with whoever answered first.")
            % {"line": EmergencyLine(line).label}
        )
    return offered(case, line, by=by, at=at, three_way=three_way, note=note, accepted_by=accepted_by)


def check_line(line: str) -> None:
    """Raises Invalid if there is no such line."""
    if line not in EmergencyLine.values:
        raise Invalid(_("Choose the line to hand over to."), field="to")


def offered(
    case: Case,
    line: str,
    *,
    by: Membership,
    at: datetime,
    three_way: bool = False,
    note: str = "",
    accepted_by: str = "",
) -> Case:
    """Note that the line was asked to take a locked case; one asked before it is asked no longer."""
    open_ones = HandOver.objects.filter(case=case, state=HandOverState.OFFERED)
    open_ones.update(state=HandOverState.DROPPED, answered_at=at, recorded_by_id=by.user_id)
    asked = HandOver.objects.create(
        case=case, line=line, three_way=three_way, note=clean_text(note), offered_by_id=by.user_id, offered_at=at
    )
    facts = {"to": line, "three_way": three_way}
    case = workflow.record(case, EventKind.LINE_ASKED, by=by, at=at, why=asked.note, payload=facts)
    return _goes_over(case, asked, accepted_by, "", by=by, at=at) if clean_text(accepted_by) else case


@verb
def accepted(
    hand_over: HandOver, *, by: Membership, at: datetime, version: int | None, answered_by: str, answer: str = ""
) -> Case:
    """The line takes it: only now the case is no longer ours, and no unit's."""
    case, asked = _asked(hand_over, answered_by, by=by, version=version)
    return _goes_over(case, asked, answered_by, answer, by=by, at=at)


@verb
def refused(
    hand_over: HandOver, *, by: Membership, at: datetime, version: int | None, answered_by: str, answer: str
) -> Case:
    """The line does not take it, and who said so is kept. What came from that line goes back to it all the same."""
    if not clean_text(answer):
        raise Invalid(_("Write why the line does not take it."), field="answer")
    case, asked = _asked(hand_over, answered_by, by=by, version=version)
    _settle(asked, HandOverState.REFUSED, answered_by, answer, by=by, at=at)
    facts = {"to": asked.line, "answered_by": asked.answered_by}
    case = workflow.record(case, EventKind.LINE_REFUSED, by=by, at=at, why=asked.answer, payload=facts)
    return _end(case, asked, by=by, at=at) if case.upstream_platform == asked.line else case


def _asked(hand_over: HandOver, answered_by: str, *, by: Membership, version: int | None) -> tuple[Case, HandOver]:
    check(by, Capability.CASE_HAND_OVER, hand_over.case)
    if not clean_text(answered_by):
        raise Invalid(_("Write who spoke for the line: a name or a seat."), field="answered_by")
    case = workflow.locked(hand_over.case, version=version)
    asked = HandOver.objects.get(pk=hand_over.pk)
    if asked.state != HandOverState.OFFERED:
        raise NotNow(_("What the line said was recorded before."), allowed=workflow.allowed_moves(case))
    workflow.check_move(case, "hand_over")
    return case, asked


def _goes_over(case: Case, asked: HandOver, answered_by: str, answer: str, *, by: Membership, at: datetime) -> Case:
    _settle(asked, HandOverState.ACCEPTED, answered_by, answer, by=by, at=at)
    return _end(case, asked, by=by, at=at)


def _settle(
    asked: HandOver, state: HandOverState, answered_by: str, answer: str, *, by: Membership, at: datetime
) -> None:
    asked.state, asked.answered_at, asked.recorded_by_id = state, at, by.user_id
    asked.answered_by, asked.answer = clean_text(answered_by)[:60], clean_text(answer)
    asked.save()


def _end(case: Case, asked: HandOver, *, by: Membership, at: datetime) -> Case:
    units = list(Assignment.objects.filter(case=case).active().values_list("unit_id", flat=True))
    facts = {"to": asked.line, "answered_by": asked.answered_by, "agreed": asked.state == HandOverState.ACCEPTED}
    case = workflow.end(
        case,
        "hand_over",
        Status.HANDED_OVER,
        Outcome.HANDED_OVER,
        by=by,
        at=at,
        kind=EventKind.HANDED_OVER,
        why=asked.answer,
        payload=facts,
    )
    end_assignments(case, AssignmentState.WITHDRAWN, at=at)
    workflow.drop_requests(case, by=by, at=at)
    line = EmergencyLine(asked.line).label
    outbox.post(*(unit_notice(unit, "handed_over", case, at=at, by=by, line=line) for unit in units))
    return case
