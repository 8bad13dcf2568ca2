"""Cases that need an act now, and any other set of cases a page counts and opens: one condition for both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases import outcomes
from cases.deadlines import calendar_of
from cases.measures import PARTS, Part
from cases.models import (
    OPEN,
    OWED,
    UNSETTLED,
    Assignment,
    AssignmentRole,
    AssignmentState,
    CaseQuerySet,
    Category,
    Channel,
    Clock,
    ClockKind,
    Decision,
    DecisionKind,
    DecisionState,
    HotTopic,
    LadderStep,
    Rung,
    Status,
)
from hotline.calendar import Period
from hotline.measures import MEASURES
from hotline.models import Organisation, Region

NEAR = timedelta(hours=4)
_OPEN = Q(status__in=sorted(OPEN))
_OWED = Q(status__in=sorted(OWED))


@dataclass(frozen=True)
class CaseSet:
    """Cases in a certain plight at a moment. ``key`` orders its list."""

    slug: str
    title: str | Promise
    sentence: str | Promise
    holds: Callable[[datetime], Q]
    level: str = ""
    icon: str = "flag"
    key: str = "registered_at"


def _late_clock(kind: ClockKind, at: datetime) -> Q:
    return Q(Exists(Clock.objects.running().filter(case=OuterRef("pk"), kind=kind, due_at__lt=at)))


def overdue(at: datetime) -> Q:
    return _OWED & Q(promise_due_at__lt=at)


def due_soon(at: datetime) -> Q:
    return _OWED & Q(promise_due_at__gte=at, promise_due_at__lt=calendar_of().add_working_time(at, NEAR))


def unsigned(at: datetime) -> Q:
    waiting = Assignment.objects.filter(
        case=OuterRef("pk"), role=AssignmentRole.LEAD, state=AssignmentState.DISPATCHED, leg_due_at__lt=at
    )
    return _OPEN & Q(Exists(waiting))


def returned_twice(_at: datetime) -> Q:
    granted = Decision.objects.filter(
        case=OuterRef("pk"), kind=DecisionKind.BOUNCE, state=DecisionState.GRANTED
    ).values("case")
    return _OPEN & Q(Exists(granted.annotate(n=Count("pk")).filter(n__gte=2)))


def awaiting_ruling(_at: datetime) -> Q:
    return _OPEN & Q(Exists(Decision.objects.open().filter(case=OuterRef("pk"))))


def unsolved_untouched(_at: datetime) -> Q:
    idle = Assignment.objects.filter(
        case=OuterRef("pk"),
        round=OuterRef("round"),
        role=AssignmentRole.LEAD,
        opened_at__isnull=True,
        contacted_at__isnull=True,
        state=AssignmentState.HANDLING,
    )
    return Q(Exists(idle), status=Status.REHANDLING)


def supervised(_at: datetime) -> Q:
    steps = LadderStep.objects.filter(case=OuterRef("pk"), state__in=UNSETTLED).exclude(rung=Rung.URGE)
    return _OPEN & Q(Exists(steps))


def dispatch_late(at: datetime) -> Q:
    return Q(status=Status.REGISTERED) & _late_clock(ClockKind.DISPATCH, at)


def review_late(at: datetime) -> Q:
    return Q(status=Status.REPLIED) & _late_clock(ClockKind.REVIEW, at)


ACT_NOW = (
    CaseSet(
        "overdue",
        _("Overdue"),
        _("Not answered yet, and past the time promised to the citizen."),
        overdue,
        "late",
        "alert-octagon",
        "promise_due_at",
    ),
    CaseSet(
        "due_soon",
        _("Due within 4 working hours"),
        _("Not answered yet, and promised within the next four working hours."),
        due_soon,
        "soon",
        "clock-exclamation",
        "promise_due_at",
    ),
    CaseSet(
        "unsigned",
        _("Not signed off in time"),
        _("With a unit that has let its sign-off limit pass."),
        unsigned,
        "soon",
        "clock-exclamation",
    ),
    CaseSet(
        "dispatch_late",
        _("Dispatch late"),
        _("Still with the hotline after its own limit to dispatch."),
        dispatch_late,
        "soon",
        "send",
    ),
    CaseSet(
        "returned_twice",
        _("Returned twice or more"),
        _("Open, and handed back by units at least twice."),
        returned_twice,
        "",
        "arrows-exchange",
    ),
    CaseSet(
        "awaiting_ruling",
        _("Awaiting a ruling"),
        _("Something was asked for and nobody has ruled."),
        awaiting_ruling,
        "",
        "gavel",
    ),
    CaseSet(
        "disputed",
        _("In dispute"),
        _("No unit takes it; the arbiter is to rule."),
        lambda _at: Q(status=Status.DISPUTED),
        "soon",
        "scale",
    ),
    CaseSet(
        "suspended",
        _("Suspended"),
        _("Rests until its review date, because it cannot be solved for now."),
        lambda _at: Q(status=Status.SUSPENDED),
        "",
        "player-pause",
    ),
    CaseSet(
        "unsolved",
        _("Unsolved, not taken up"),
        _("The citizen called it unsolved, and the unit has not opened it since."),
        unsolved_untouched,
        "",
        "refresh-alert",
    ),
    CaseSet(
        "supervised",
        _("Under supervision"),
        _("Open, with a supervision, a summons or a circular that is not settled."),
        supervised,
        "soon",
        "trending-up",
    ),
    CaseSet(
        "review_late",
        _("Review late"),
        _("A reply lies with the hotline longer than its limit to review."),
        review_late,
        "",
        "clipboard-check",
    ),
)
SETS = {found.slug: found for found in ACT_NOW}


@dataclass(frozen=True)
class Selection:
    """Which cases a number counts and its list shows: a plight or a part of a measure, for whom, in which period."""

    plight: str = ""
    measure: str = ""
    part: Part = Part.DENOMINATOR
    returned: bool = False
    period: Period | None = None
    unit: Organisation | None = None
    contractor: Organisation | None = None
    region: Region | None = None
    category: Category | None = None
    channel: Channel | None = None
    topic: HotTopic | None = None

    def cases(self, reach: CaseQuerySet, at: datetime) -> CaseQuerySet:
        """The cases, of those within reach."""
        found = reach
        if self.topic is not None:
            return found.filter(topics=self.topic, confidential=False)
        found = found.filter(self._sort())
        if self.returned and self.period:
            return found.filter(outcomes.returned_by(self.unit.pk if self.unit else None, self.period))
        if self.unit is not None:
            found = found.filter(unit=self.unit)
        if self.plight:
            return found.filter(SETS[self.plight].holds(at))
        if self.measure and self.period:
            return found.filter(PARTS[self.measure](self.period).condition(self.part))
        return found.filter(outcomes.registered(self.period)) if self.period else found

    def _sort(self) -> Q:
        """Taken by whom, from where, about what, by which channel; a region or category stands for all beneath it."""
        asked = Q()
        if self.contractor is not None:
            asked &= Q(taken_by_organisation=self.contractor)
        if self.region is not None:
            asked &= Q(region__in=Region.objects.filter(path__startswith=self.region.path))
        if self.category is not None:
            asked &= Q(category__in=Category.objects.filter(path__startswith=self.category.path))
        return asked & Q(channel=self.channel) if self.channel is not None else asked

    def address(self) -> dict[str, str]:
        """The parameters that name it in an address; ``selected`` reads them back."""
        given = {
            "set": "returned" if self.returned else self.plight,
            "measure": self.measure,
            "part": self.part.value if self.measure else "",
            "from": self.period.start.isoformat() if self.period else "",
            "until": self.period.end.isoformat() if self.period and self.period.end else "",
            "unit": self.unit.code if self.unit else "",
            "contractor": self.contractor.code if self.contractor else "",
            "region": self.region.code if self.region else "",
            "category": self.category.code if self.category else "",
            "channel": self.channel.code if self.channel else "",
            "topic": str(self.topic.pk) if self.topic else "",
        }
        return {key: value for key, value in given.items() if value}

    def of_unit(self, unit: Organisation) -> Selection:
        return replace(self, unit=unit)

    @property
    def key(self) -> str:
        return SETS[self.plight].key if self.plight else "registered_at"

    @property
    def title(self) -> str | Promise:
        if self.topic is not None:
            return self.topic.name
        if self.returned:
            return _("Returned by the unit")
        if self.plight:
            return SETS[self.plight].title
        return MEASURES[self.measure].name if self.measure else _("Cases")

    @property
    def sentence(self) -> str | Promise:
        if self.topic is not None:
            return _("Requests of one week about one matter at one place. Confidential ones are not among them.")
        if self.returned:
            return _("A unit had its return of the case granted in the period.")
        if self.plight:
            return SETS[self.plight].sentence
        return MEASURES[self.measure].sentence if self.measure else ""
