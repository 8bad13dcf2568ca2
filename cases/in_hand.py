"""What a unit has in hand, as lists: each has a slug, a title, and says which assignments belong to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cases.models import (
    ACTIVE,
    Assignment,
    AssignmentRole,
    AssignmentState,
    CaseEvent,
    Decision,
    DecisionState,
    EventKind,
    Status,
)
from cases.models.assignment import AssignmentQuerySet
from hotline.models import Membership
from hotline.roles import UNIT

WAITING = _("New cases appear here as they are dispatched.")


@dataclass(frozen=True)
class Worklist:
    """One list. ``holds`` says, for the present moment, which assignments to do belong to it."""

    slug: str
    title: Any
    holds: Callable[[datetime], Q]
    level: str = ""
    empty: Any = WAITING
    unit_only: bool = False


def _everything(_at: datetime) -> Q:
    return Q()


def _end_of_day(at: datetime) -> datetime:
    local = at.astimezone(ZoneInfo(settings.TIME_ZONE))
    return datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo)


def decided(**facts: str) -> Q:
    return Q(Exists(Decision.objects.filter(assignment=OuterRef("pk"), **facts)))


def below(*states: AssignmentState) -> AssignmentQuerySet:
    """What stands one tier below a part, in one of these states."""
    return Assignment.objects.filter(parent=OuterRef("pk"), state__in=states)


def _pressed(at: datetime) -> Q:
    """Urged or put under supervision since the unit has it. Of what is to come no month need be looked into."""
    events = CaseEvent.objects.filter(
        case=OuterRef("case_id"), at__gte=OuterRef("dispatched_at"), kind__in=[EventKind.URGED, EventKind.SUPERVISED]
    ).filter(at__lte=at)
    return Q(Exists(events.filter(Q(assignment__isnull=True) | Q(assignment=OuterRef("pk")))))


WORKLISTS = (
    Worklist("all", _("All in hand"), _everything),
    Worklist("to-sign", _("To sign off"), lambda _at: Q(state=AssignmentState.DISPATCHED)),
    Worklist(
        "today",
        _("Due today"),
        lambda at: Q(leg_due_at__gte=at, leg_due_at__lt=_end_of_day(at)),
        level="soon",
        empty=_("Nothing is due today."),
    ),
    Worklist("overdue", _("Overdue"), lambda at: Q(leg_due_at__lt=at), level="late", empty=_("Nothing is overdue.")),
    Worklist(
        "to-review",
        _("Replies from below"),
        lambda _at: Q(Exists(below(AssignmentState.REPLIED))),
        empty=_("Replies of units beneath yours and of co-organisers appear here."),
        unit_only=True,
    ),
    Worklist(
        "handed-down",
        _("With units below"),
        lambda _at: Q(Exists(below(*ACTIVE))),
        empty=_("Nothing of yours is with a unit beneath or a co-organiser."),
        unit_only=True,
    ),
    Worklist("co", _("As co-organiser"), lambda _at: Q(role=AssignmentRole.CO_ORGANISER)),
    Worklist(
        "rehandling",
        _("Re-handling"),
        lambda _at: Q(round__gt=1),
        empty=_("Cases the citizen calls unsolved come back here."),
    ),
    Worklist(
        "rejected",
        _("Return rejected"),
        lambda _at: decided(kind="bounce", state=DecisionState.REJECTED),
        empty=_("No request to return a case was rejected."),
        unit_only=True,
    ),
    Worklist("pressed", _("Urged or supervised"), _pressed, empty=_("Nobody presses you."), unit_only=True),
    Worklist(
        "asked",
        _("Awaiting a ruling"),
        lambda _at: decided(state=DecisionState.ASKED),
        empty=_("No request of yours awaits a ruling."),
        unit_only=True,
    ),
)


def worklists_for(by: Membership) -> list[Worklist]:
    """Units have all lists; the office and contractors watch the plain ones, and have queues of their own."""
    return [w for w in WORKLISTS if by.role in UNIT or not w.unit_only]


def in_hand(by: Membership) -> AssignmentQuerySet:
    """What is to be signed off or handled by the person's unit and those below it."""
    rows = Assignment.objects.visible_to(by).to_do().exclude(case__status=Status.SUSPENDED)
    return rows if by.role in UNIT else rows.leads()
