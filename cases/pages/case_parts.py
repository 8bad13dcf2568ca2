"""The parts of a case page made from the dossier: its clocks, the tree of units, whose hands it is in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases import workflow, worklists
from cases.deadlines import calendar_of
from cases.dossier import Dossier, is_within
from cases.models import Assignment, AssignmentRole, AssignmentState, Clock, ClockKind, LadderStep, Status, Urgency
from cases.pages.ladder import dressed
from cases.pages.timeline import awaited
from cases.time_left import TimeLeft, time_left
from cases.worklist_filters import Filters
from hotline.roles import UNIT
from hotline.wording import limit_words, moment, remaining_words, sentence


@dataclass(frozen=True)
class ClockFace:
    """What ``components/clock.html`` shows of one limit."""

    title: str
    level: str
    state: str
    remaining: str
    due_at: datetime
    share: float
    rule: str


def level_words(level: str) -> str:
    return {"ok": _("on time"), "soon": _("due soon"), "late": _("overdue"), "paused": _("paused")}[level]


def left_of(clock: Clock, at: datetime, unit: Any = None) -> TimeLeft:
    return time_left(
        started_at=clock.started_at,
        due_at=clock.due_at,
        unit=clock.unit,
        at=clock.stopped_at or at,
        calendar=calendar_of(unit),
        card=clock.card,
        paused=clock.paused_at is not None,
    )


def faces(file: Dossier) -> list[ClockFace]:
    """Two clocks together: what the citizen was promised, and the leg that runs now."""
    unit = file.lead.unit if file.lead else None
    promise, leg = file.clock(ClockKind.PROMISE), file.leg
    found = [_face(promise, _("Promise to the citizen"), file.at, None, _promise_rule)] if promise else []
    if leg is not None and leg is not promise and file.case.is_open:
        mine = leg.assignment_id is not None and file.mine is not None and leg.assignment_id == file.mine.pk
        title = _("Your leg: %(leg)s") if mine else _("This leg: %(leg)s")
        found.append(_face(leg, title % {"leg": leg.get_kind_display()}, file.at, unit, _leg_rule))
    return found


def _face(clock: Clock, title: str, at: datetime, unit: Any, rule: Any) -> ClockFace:
    left = left_of(clock, at, unit)
    if clock.stopped_at is None:
        return ClockFace(title, left.level, level_words(left.level), left.words, clock.due_at, left.share, rule(clock))
    late = clock.is_late(at)
    words = remaining_words(left.seconds, day=left.day) if late else _("kept")
    return ClockFace(
        title,
        "late" if late else "ok",
        _("missed") if late else _("kept"),
        words,
        clock.due_at,
        left.share,
        rule(clock),
    )


def _limit(clock: Clock) -> str:
    return limit_words(clock.amount + clock.extended, clock.unit)


def _promise_rule(clock: Clock) -> str:
    return _("%(limit)s from intake; returns do not stop it") % {"limit": _limit(clock)}


def _leg_rule(clock: Clock) -> str:
    words = {"limit": _limit(clock), "start": moment(clock.started_at)}
    if not clock.extensions:
        return sentence(_("%(limit)s from %(start)s"), **words)
    times = ngettext("extended %(n)s time", "extended %(n)s times", clock.extensions) % {"n": clock.extensions}
    return sentence(_("%(limit)s from %(start)s, %(times)s"), **words, times=times)


def hands(file: Dossier) -> dict[str, str]:
    """In whose hands the case is, as what, and what is awaited."""
    case, lead = file.case, file.lead
    where = workflow.HANDS[Status(case.status)]
    who = str(workflow.HANDS_LABELS[where])
    if where == "unit" and case.unit:
        handler = f" · {lead.handler.label}" if lead and lead.handler else ""
        who = case.unit.label + handler
    return {"who": who, "awaited": awaited(case.status), "nobody": "1" if where == "nobody" else ""}


def flags(file: Dossier) -> list[tuple[str, str, str]]:
    """Attributes beside the state: words, kind, icon."""
    case = file.case
    found = []
    if case.urgency != Urgency.ORDINARY:
        found.append((str(case.get_urgency_display()), "late", ""))
    if case.confidential:
        found.append((_("Confidential"), "int", "lock"))
    if case.group_id is not None:
        found.append((_("Joined to a group"), "", "git-merge"))
    if case.round > 1:
        found.append((_("Round %(n)s") % {"n": case.round}, "soon", ""))
    if file.leg and file.leg.card and file.case.is_open:
        card = {"yellow": (_("Yellow card"), "soon", ""), "red": (_("Red card"), "late", "")}
        found.append(card[file.leg.card])
    if case.provisional:
        found.append((_("Provisional date"), "", ""))
    return found


@dataclass
class Node:
    """One body in the tree of dispatch (``components/tree.html``)."""

    name: str
    role: str
    note: str = ""
    left: TimeLeft | None = None
    done: str = ""
    past: bool = False
    current: bool = False
    children: Any = None


def tree(file: Dossier) -> list[Node]:
    """The hotline at the root with the whole promise, under it every unit that has or had a part."""
    promise = file.clock(ClockKind.PROMISE)
    root = Node(_("Hotline office"), _("answers for all"), children=[])
    if promise is not None and promise.stopped_at is None:
        root.left = left_of(promise, file.at)
    nodes = {a.pk: _node(a, file) for a in file.assignments}
    for assignment in reversed(file.assignments):
        above = nodes.get(assignment.parent_id) if assignment.parent_id else root
        (above or root).children.insert(0, nodes[assignment.pk])
    return [root]


def _node(assignment: Assignment, file: Dossier) -> Node:
    node = Node(
        name=assignment.unit.label,
        role=_role(assignment, file),
        current=is_within(assignment, file.by) and assignment is file.mine,
        past=assignment.state in (AssignmentState.RETURNED, AssignmentState.WITHDRAWN),
        children=[],
    )
    clock = file.leg_of(assignment)
    if assignment.state in (AssignmentState.DISPATCHED, AssignmentState.HANDLING) and clock is not None:
        node.left = left_of(clock, file.at, assignment.unit)
    elif assignment.role != AssignmentRole.COPY:
        node.done = str(assignment.get_state_display())
    node.note = _node_note(assignment)
    return node


def _role(assignment: Assignment, file: Dossier) -> str:
    first = file.first_receiver
    if first is not None and assignment.role == AssignmentRole.LEAD and assignment.unit_id == first.unit_id:
        return _("lead, signed first: answerable")
    return str(assignment.get_role_display())


def _node_note(assignment: Assignment) -> str:
    if assignment.role == AssignmentRole.COPY:
        return sentence(_("copied %(when)s; sees the case and may urge"), when=moment(assignment.dispatched_at))
    if assignment.replied_at:
        return sentence(_("replied %(when)s"), when=moment(assignment.replied_at))
    if assignment.signed_at:
        by = assignment.handler or assignment.signed_by
        signed = sentence(_("signed off %(when)s"), when=moment(assignment.signed_at))
        return format_html("{} · {}", signed, by.label) if by else signed
    return sentence(_("dispatched %(when)s"), when=moment(assignment.dispatched_at))


def summary(file: Dossier) -> str:
    """How often the case moved on, and how often it came back."""
    returned = sum(1 for a in file.assignments if a.state == AssignmentState.RETURNED and a.parent_id is None)
    sent = ngettext("sent %(n)s time", "sent %(n)s times", file.case.hops) % {"n": file.case.hops}
    back = ngettext("returned %(n)s time", "returned %(n)s times", returned) % {"n": returned}
    return f"{sent} · {back}"


def ladder(file: Dossier) -> list[LadderStep]:
    """The urges and supervisions of the case, as they are shown."""
    return dressed(file.ladder, file.at)


def neighbours(file: Dossier, query: QueryDict) -> dict[str, Any] | None:
    """Where the case stands in the list it was opened from, and the ways to the ones beside it."""
    if "list" not in query or file.by.role not in UNIT:
        return None
    place = worklists.neighbours(
        file.case.pk, file.by, at=file.at, slug=query.get("list", ""), filters=Filters.read(query)
    )
    if place is None:
        return None
    kept = {"list": query.get("list", ""), **Filters.read(query).chosen()}
    address = QueryDict(mutable=True)
    address.update(kept)

    def url(number: str | None) -> str:
        return f"{reverse('cases:case', args=[number])}?{address.urlencode()}" if number else ""

    return {
        "position": place.position,
        "total": place.total,
        "previous_url": url(place.previous),
        "next_url": url(place.next),
    }
