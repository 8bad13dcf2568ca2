"""All there is to a case, as far as the person looking may see it, in as few questions as it takes.

The events say what else there is: replies, rulings, files and verdicts are read only if there are any.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from cases.discretion import clocks_for, events_for
from cases.models import (
    ACTIVE,
    TO_DO,
    Assignment,
    AssignmentState,
    Attachment,
    Case,
    CaseEvent,
    CaseGroup,
    Clock,
    ClockKind,
    Decision,
    DecisionState,
    EventKind,
    Feedback,
    HandOver,
    HandOverState,
    LadderStep,
    Reply,
    ReplyDraft,
    ReplyState,
    Reveal,
    Status,
)
from cases.own_part import own_part
from cases.permissions import may_know_citizen, may_see_identity, something_to_reveal
from hotline.models import Membership
from hotline.roles import CONTRACTOR, UNIT, Capability

EVENTS_SHOWN = 60
DECIDED = {
    *(EventKind.BOUNCE_ASKED, EventKind.EXTENSION_ASKED, EventKind.DISPUTED, EventKind.SUSPENSION_ASKED),
    *(EventKind.EXCLUSION_ASKED, EventKind.CLOSING_ASKED, EventKind.REFUSED),
}  # what a decision begins with
PRESSED = {EventKind.URGED, EventKind.SUPERVISED, EventKind.SUMMONED, EventKind.CIRCULATED}
REPORTED = ReplyState.REPORTED
LEG = {
    Status.REGISTERED: ClockKind.DISPATCH,
    Status.DISPATCHED: ClockKind.SIGN,
    Status.HANDLING: ClockKind.HANDLE,
    Status.REHANDLING: ClockKind.HANDLE,
    Status.REPLIED: ClockKind.REVIEW,
    Status.VERIFYING: ClockKind.VERDICT,
}


@dataclass
class Dossier:
    """A case with what belongs to it, read for one person at one moment."""

    case: Case
    by: Membership
    at: datetime
    assignments: list[Assignment] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)
    events: list[CaseEvent] = field(default_factory=list)
    more_events: bool = False
    replies: list[Reply] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    feedback: list[Feedback] = field(default_factory=list)
    ladder: list[LadderStep] = field(default_factory=list)
    hand_overs: list[HandOver] = field(default_factory=list)
    draft: ReplyDraft | None = None
    reveal: Reveal | None = None
    adopting: str = ""  # the key of a reply from below that is to begin the unit's own

    @property
    def mine(self) -> Assignment | None:
        """What the person's own unit has to do in it."""
        return own_part(self._own_parts, self.by)

    @property
    def _own_parts(self) -> list[Assignment]:
        return [a for a in self.assignments if a.state in ACTIVE and is_within(a, self.by)]

    @property
    def reported(self) -> Assignment | None:
        """A part one tier below one of the person's unit, whose reply awaits review; those of its very own first."""
        own = sorted(self._own_parts, key=lambda a: a.unit_id != self.by.organisation_id)
        below = [child for part in own for child in self.below(part) if child.state == AssignmentState.REPLIED]
        return below[0] if below else None

    def below(self, part: Assignment) -> list[Assignment]:
        """The parts one tier below, that are still at work."""
        return [a for a in self.assignments if a.parent_id == part.pk and a.state in ACTIVE]

    def report_of(self, part: Assignment | None) -> Reply | None:
        """The reply of a part that awaits the review of the unit above."""
        return next((r for r in self.replies if part and r.assignment_id == part.pk and r.state == REPORTED), None)

    @property
    def adoptable(self) -> list[Reply]:
        """Replies from below that were accepted, and that the unit may give as its own."""
        mine = self.mine
        if mine is None or mine.state != AssignmentState.HANDLING:
            return []
        below = {a.pk for a in self.assignments if a.parent_id == mine.pk}
        return [r for r in self.replies if r.state == ReplyState.TAKEN and r.assignment_id in below]

    @property
    def lead(self) -> Assignment | None:
        leads = [a for a in self.assignments if a.role == "lead" and a.parent_id is None]
        return leads[-1] if leads else None

    @property
    def first_receiver(self) -> Assignment | None:
        """The part of the unit that is bound by having signed the case off first, where the city has that rule."""
        signed = [a for a in self.assignments if a.role == "lead" and a.signed_at is not None]
        return min(signed, key=_signed_at, default=None) if settings.FIRST_RECEIVER_LEADS else None

    @property
    def under_review(self) -> Reply | None:
        return next((r for r in self.replies if r.state == ReplyState.SUBMITTED), None)

    @property
    def line_asked(self) -> HandOver | None:
        """What an emergency line was asked and has not answered yet."""
        asked = (one for one in self.hand_overs if one.state == HandOverState.OFFERED)
        return next(asked, None) if self.case.is_open else None

    @property
    def open_decisions(self) -> list[Decision]:
        return [d for d in self.decisions if d.state == DecisionState.ASKED]

    @property
    def reveals(self) -> list[CaseEvent]:
        return [e for e in self.events if e.kind == EventKind.REVEALED]

    @property
    def contacts(self) -> list[CaseEvent]:
        """When the units turned to the citizen, oldest first."""
        return [e for e in reversed(self.events) if e.kind == EventKind.CONTACTED and e.round == self.case.round]

    @property
    def shows_identity(self) -> bool:
        """May this person see even the masked name and number?"""
        return may_know_citizen(self.by, self.case)

    @property
    def may_reveal(self) -> bool:
        """Is there somebody, or a number in the words, that may be shown to this person?"""
        return may_see_identity(self.by, self.case) and something_to_reveal(self.case)

    @property
    def reads_internal(self) -> bool:
        """Internal notes are for the units and the office."""
        return self.by.role not in CONTRACTOR

    def clock(self, kind: ClockKind, assignment: Assignment | None = None) -> Clock | None:
        """The latest clock of that kind, running or stopped."""
        key = assignment.pk if assignment else None
        fitting = [c for c in self.clocks if c.kind == kind and c.assignment_id == key]
        return fitting[-1] if fitting else None

    def leg_of(self, assignment: Assignment) -> Clock | None:
        kind = ClockKind.SIGN if assignment.state == AssignmentState.DISPATCHED else ClockKind.HANDLE
        return self.clock(kind, assignment)

    @property
    def leg(self) -> Clock | None:
        """The limit that counts now: the person's own if there is one, else that of whoever has the case."""
        if self.mine and self.mine.state in TO_DO:
            return self.leg_of(self.mine)
        kind = LEG.get(Status(self.case.status))
        if kind is None:
            return None
        return self.clock(kind, self.lead if kind in (ClockKind.SIGN, ClockKind.HANDLE) else None)


def group_of(file: Dossier) -> CaseGroup | None:
    """The group the case is answered with, or leads, if within reach. The events say whether to ask."""
    if file.case.group_id is None and not any(event.kind == EventKind.LEADS for event in file.events):
        return None
    groups = CaseGroup.objects.visible_to(file.by).select_related("main")
    if file.case.group_id is not None:
        return groups.filter(pk=file.case.group_id).first()
    return groups.open().filter(main=file.case).first()


def _signed_at(assignment: Assignment) -> tuple[datetime, int]:
    return assignment.signed_at or assignment.dispatched_at, assignment.pk


def is_within(assignment: Assignment, by: Membership) -> bool:
    return by.role in UNIT and assignment.unit.path.startswith(by.organisation.path)


def reach(by: Membership) -> QuerySet[Case]:
    """The cases the person may open, with what every case page shows."""
    return Case.objects.visible_to(by).select_related("citizen", "taken_by")


def gather(case: Case, *, by: Membership, at: datetime, all_events: bool = False) -> Dossier:
    """Read what belongs to the case."""
    file = Dossier(case, by, at)
    file.assignments = list(case.assignments.select_related("handler", "signed_by").order_by("pk"))
    file.clocks = list(clocks_for(by, case).select_related("policy").order_by("started_at", "pk"))
    for assignment in file.assignments:
        assignment.case = case
    _read_events(file, all_events)
    kinds = set(EventKind.values) if file.more_events else {event.kind for event in file.events}
    _read_what_followed(file, kinds)
    if file.mine and file.mine.state == AssignmentState.HANDLING:
        file.draft = ReplyDraft.objects.filter(assignment=file.mine, owner=by.user_id).first()
    return file


def _read_events(file: Dossier, all_events: bool) -> None:
    rows = events_for(file.by, file.case).select_related("by", "assignment").latest_first()
    limit = 1000 if all_events else EVENTS_SHOWN
    found = list(rows[: limit + 1])
    file.more_events = len(found) > limit
    file.events = found[:limit]


def _read_what_followed(file: Dossier, kinds: Iterable[Any]) -> None:
    case, kinds = file.case, set(kinds)
    if kinds & {EventKind.REPLIED, EventKind.ACCEPTED, EventKind.SENT_BACK}:
        file.replies = list(case.replies.select_related("author", "reviewed_by").order_by("-pk"))
    if kinds & DECIDED:
        named = ("asked_by", "approved_by", "ruled_by", "assignment")
        file.decisions = list(case.decisions.select_related(*named).order_by("-pk"))
    if kinds & PRESSED:
        steps = LadderStep.objects.of(case).visible_to(file.by).select_related("issued_by", "answered_by", "settled_by")
        file.ladder = list(steps.order_by("-issued_at", "-pk"))
    if EventKind.ATTACHED in kinds:
        file.attachments = list(case.attachments.order_by("uploaded_at", "pk"))
    if EventKind.LINE_ASKED in kinds:
        asked = HandOver.objects.filter(case=case).select_related("offered_by", "recorded_by")
        file.hand_overs = list(asked.order_by("-pk"))
    if EventKind.RATED in kinds or (EventKind.SURVEYED in kinds and file.by.can(Capability.INDEPENDENT_READ)):
        file.feedback = _feedback(file)
    latest = next((e for e in file.reveals if e.by_id == file.by.user_id), None)
    if latest is not None and file.may_reveal:
        shown = case.reveals.filter(by=file.by.user_id, at__lte=file.at, until__gt=file.at)
        file.reveal = shown.order_by("-at").first()


def _feedback(file: Dossier) -> list[Feedback]:
    """Verdicts for office and oversight as they are; for a unit those of rounds that are over. Independent ones are for
    overseers."""
    rows = Feedback.objects.standing().readable_by(file.by).filter(case=file.case)
    rows = rows.select_related("by").order_by("-round", "-at")
    if file.by.can(Capability.FEEDBACK_READ):
        return list(rows)
    return [row for row in rows if file.by.role in UNIT and (row.round < file.case.round or not file.case.is_open)]
