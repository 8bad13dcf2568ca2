"""What of a case's history is told to whom, by every door alike: the page, the API, the printed file."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from cases.models import Case, CaseEvent, CaseGroup, CaseQuerySet, Clock, ClockKind, EventKind, Status
from cases.models.clock import ClockQuerySet
from cases.models.event import CaseEventQuerySet
from hotline.masking import mask_text
from hotline.models import Membership
from hotline.roles import CONTRACTOR, UNIT

ASKING = frozenset({EventKind.SURVEYED, EventKind.REMINDED, EventKind.CALLBACK_TRIED, EventKind.RATED})


def events_for(by: Membership, case: Case) -> CaseEventQuerySet:
    """The case's events. While the citizen is being asked, a unit does not learn how and when."""
    events = CaseEvent.objects.of(case)
    if by.role in UNIT and case.status == Status.VERIFYING:
        return events.exclude(Q(kind__in=ASKING), round=case.round)
    return events


def clocks_for(by: Membership, case: Case) -> ClockQuerySet:
    """The case's limits; how long the citizen is asked is not the units' business."""
    clocks = Clock.objects.filter(case=case)
    return clocks.exclude(kind=ClockKind.VERDICT) if by.role in UNIT else clocks


def members_told(by: Membership, group: CaseGroup) -> CaseQuerySet:
    """The cases of a group the person may be told of. The unit that handles the main case is told of all of them,
    where and when, because it must act there; who called is not its business until they come to it."""
    members = Case.objects.filter(group=group)
    return members if by.role in UNIT else members.visible_to(by)


def tells_author(event: CaseEvent, by: Membership) -> bool:
    """Who called a citizen back is not told to units."""
    return not (by.role in UNIT and event.kind in ASKING)


def why_told(event: CaseEvent, by: Membership) -> str:
    """The words of an event, numbers masked. What a unit noted with its reply is for the public side."""
    if by.role in CONTRACTOR and event.kind == EventKind.REPLIED:
        return ""
    return mask_text(event.why)


def changes_since(case: Case, version: int) -> list[dict[str, Any]]:
    """What happened after the version a person saw: when, who, what; as little as any reader of the case may know."""
    events = CaseEvent.objects.of(case).filter(version__gt=version).select_related("by").order_by("at", "id")[:20]
    return [
        {
            "at": event.at.isoformat(),
            "by": event.by.label if event.by and event.kind not in ASKING else "",
            "what": str(event.get_kind_display()),
            "kind": event.kind,
            "why": "" if event.kind in ASKING else mask_text(event.why),
        }
        for event in events
    ]
