"""A worklist's rows as they are shown: how pressing, what is special, what may be done at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from cases.deadlines import calendar_of
from cases.event_titles import TITLES
from cases.models import Assignment, AssignmentRole, AssignmentState, LimitUnit, Urgency
from cases.pages.case_moves import move_url
from cases.time_left import TimeLeft, time_left
from cases.worklist_words import place_of, state_of
from hotline.models import Membership
from hotline.roles import UNIT


@dataclass(frozen=True)
class RowAct:
    """One thing to do with a row: sent at once, asked for in a form below the row, or a way to the case."""

    name: str
    label: str
    key: str
    url: str
    how: str  # send | form | link


@dataclass(frozen=True)
class Row:
    assignment: Assignment
    left: TimeLeft | None
    flags: list[tuple[str, str, str]]
    state: str
    tone: str
    role: str
    place: tuple[str, str]
    returns: int
    last_act: str
    last_at: datetime | None
    acts: list[RowAct]
    signable: bool


def rows(assignments: list[Assignment], *, by: Membership, at: datetime) -> list[Row]:
    return [_row(assignment, by, at) for assignment in assignments]


def _row(assignment: Any, by: Membership, at: datetime) -> Row:
    case = assignment.case
    event = assignment.last_event or {}
    handling = assignment.state == AssignmentState.HANDLING
    return Row(
        assignment=assignment,
        left=_left(assignment, at),
        flags=_flags(assignment),
        state=state_of(assignment),
        tone="act" if handling else "",
        role=_role(assignment),
        place=place_of(assignment),
        returns=max(case.hops - 1, 0),
        last_act=str(TITLES.get(event.get("kind", ""), "")),
        last_at=parse_datetime(event["at"]) if event else None,
        acts=_acts(assignment, at) if by.role in UNIT else [],
        signable=by.role in UNIT and assignment.state == AssignmentState.DISPATCHED,
    )


def _left(assignment: Any, at: datetime) -> TimeLeft | None:
    """What is left of the row's leg; None where no limit runs."""
    if assignment.leg_due_at is None:
        return None
    return time_left(
        started_at=assignment.leg_started_at or assignment.dispatched_at,
        due_at=assignment.leg_due_at,
        unit=assignment.leg_unit or LimitUnit.WORKING_DAY,
        at=at,
        calendar=calendar_of(assignment.unit),
        card=assignment.leg_card or "",
    )


def _flags(assignment: Any) -> list[tuple[str, str, str]]:
    case = assignment.case
    found = []
    if case.urgency != Urgency.ORDINARY:
        found.append((str(case.get_urgency_display()), "late", ""))
    if assignment.leg_card:
        red = assignment.leg_card == "red"
        found.append((_("Red card") if red else _("Yellow card"), "late" if red else "soon", ""))
    if assignment.round > 1:
        found.append((_("Unsolved, says the citizen"), "soon", ""))
    if assignment.asked:
        found.append((_("Awaits a ruling"), "", "player-pause"))
    if assignment.unread:
        found.append((_("Reply from below to review"), "soon", "clipboard-check"))
    if case.confidential:
        found.append((_("Confidential"), "int", "lock"))
    if assignment.opened_at is None:
        found.append((_("Unopened"), "", ""))
    return found


def _role(assignment: Assignment) -> str:
    if assignment.role == AssignmentRole.LEAD:
        return _("lead")
    if assignment.role == AssignmentRole.SUBORDINATE:
        above = assignment.parent
        return _("for %(unit)s") % {"unit": above.unit.label if above else ""}
    lead = assignment.case.unit.label if assignment.case.unit else ""
    return _("co-organiser (lead: %(unit)s)") % {"unit": lead}


def _acts(assignment: Any, at: datetime) -> list[RowAct]:
    """What the row offers. Nothing can be asked for once the leg's limit is over, so neither is it offered."""
    over = assignment.leg_due_at is not None and assignment.leg_due_at <= at
    case, lead = assignment.case, assignment.role == AssignmentRole.LEAD
    found = []
    if assignment.state == AssignmentState.DISPATCHED:
        found.append(RowAct("sign", _("Sign off"), "S", reverse("cases:sign_row", args=[assignment.pk]), "send"))
    else:
        label = _("Review") if assignment.unread else _("Reply") if lead else _("Give opinion")
        found.append(RowAct("reply", label, "", reverse("cases:case", args=[case.number]), "link"))
    if assignment.asked:
        found.append(RowAct("take-back", _("Take request back"), "", move_url(case, "take-back"), "send"))
    elif lead and not over and assignment.state == AssignmentState.DISPATCHED:
        found.append(RowAct("bounce", _("Return"), "B", move_url(case, "bounce"), "form"))
    elif lead and not over:
        found.append(RowAct("extend", _("Extend"), "Y", move_url(case, "extend"), "form"))
    return found
