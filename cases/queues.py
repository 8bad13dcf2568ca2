"""What waits for the hotline itself: cases to dispatch, requests to rule on, replies to review, citizens to call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.deadlines import calendar_of
from cases.models import (
    CallbackAttempt,
    Case,
    Clock,
    ClockKind,
    Decision,
    DecisionKind,
    LimitUnit,
    Reply,
    ReplyState,
    Solved,
    Status,
    Survey,
    Urgency,
    in_reach,
)
from cases.procedures import turn_of
from cases.time_left import TimeLeft, time_left
from hotline.models import Membership

SOON = timedelta(hours=1)


@dataclass(frozen=True)
class Proposal:
    """Why a unit was proposed, and how surely (0 to 1; None if nobody said)."""

    reason: str
    confidence: float | None

    @property
    def percent(self) -> str:
        return "" if self.confidence is None else f"{round(self.confidence * 100)}%"


def proposal(case: Case) -> Proposal:
    """What was suggested at intake about the unit that was then proposed; the person may have had other reasons."""
    kept = case.routing.get("units", []) if isinstance(case.routing, dict) else []
    code = case.proposed_unit.code if case.proposed_unit else ""
    said = next((unit for unit in kept if isinstance(unit, dict) and unit.get("code") == code), None)
    if said is None:
        return Proposal("", None)
    source, _colon, serial = str(said.get("source", "")).partition(":")
    reasons = {
        "catalogue": gettext("Dispatch catalogue no. %(serial)s.") % {"serial": serial},
        "experience": gettext("Handled the like of it lately."),
        "model": gettext("Learned from closed cases, model %(version)s.") % {"version": serial},
    }
    return Proposal(reasons.get(source, ""), float(said.get("confidence") or 0))


@dataclass(frozen=True)
class Tab:
    """A part of a queue under its own heading. ``condition`` says which rows, at that moment."""

    slug: str
    label: str | Promise
    condition: Callable[[datetime], Q]
    level: str = ""


@dataclass(frozen=True)
class Queue:
    """A list that somebody works off from the top: rows within the person's reach, ordered by ``key``."""

    slug: str
    rows: Callable[[Membership], QuerySet[Any, Any]]
    key: str
    began: str
    ends: str
    tabs: tuple[Tab, ...]

    def left(self, row: Any, at: datetime) -> TimeLeft:
        """What remains of the row's limit, in the time it is counted in."""
        return time_left(
            started_at=getattr(row, self.began),
            due_at=max(getattr(row, self.ends), getattr(row, self.began)),
            unit=getattr(row, "due_in", None) or LimitUnit.DAY,
            at=at,
            calendar=calendar_of(),
        )

    def counts(self, membership: Membership, at: datetime) -> dict[str, int]:
        """How many rows each tab has, in one query; queues are what is open now, so they are counted exactly."""
        wanted = {tab.slug: Count("pk", filter=tab.condition(at), distinct=True) for tab in self.tabs}
        return self.rows(membership).order_by().aggregate(**wanted)

    def tab(self, slug: str) -> Tab:
        return next((tab for tab in self.tabs if tab.slug == slug), self.tabs[0])

    def part(self, tab: Tab, membership: Membership, at: datetime) -> QuerySet[Any, Any]:
        return self.rows(membership).filter(tab.condition(at))


def _everything(_at: datetime) -> Q:
    return Q()


def _clock(kind: ClockKind, case: str, field: str) -> Subquery:
    running = Clock.objects.running().filter(kind=kind, case=OuterRef(case))
    return Subquery(running.values(field)[:1])


def _late(at: datetime) -> Q:
    return Q(due__lt=at)


def to_dispatch(membership: Membership) -> QuerySet[Case, Case]:
    """Registered cases within reach, with the time by which they must be sent on; not those joined to a main case."""
    waiting = Case.objects.visible_to(membership).by_themselves().filter(status=Status.REGISTERED)
    return waiting.annotate(
        due=Coalesce(_clock(ClockKind.DISPATCH, "pk", "due_at"), "promise_due_at", "registered_at"),
        due_in=_clock(ClockKind.DISPATCH, "pk", "unit"),
        waits_since=Coalesce(_clock(ClockKind.DISPATCH, "pk", "started_at"), "registered_at"),
    )


def to_rule_on(membership: Membership) -> QuerySet[Decision, Decision]:
    """Open requests on which it is this person's turn, with the handling limit an extension would move."""
    handling = Clock.objects.running().filter(kind=ClockKind.HANDLE, assignment=OuterRef("assignment"))
    return (
        Decision.objects.open()
        .visible_to(membership)
        .filter(turn_of(membership))
        .annotate(
            due=Coalesce("due_at", "asked_at"),
            due_in=Value(LimitUnit.WORKING_DAY.value),
            limit_due_at=Subquery(handling.values("due_at")[:1]),
            limit_unit=Subquery(handling.values("unit")[:1]),
        )
        .select_related("case", "assignment", "asked_by", "approved_by")
    )


def to_review(membership: Membership) -> QuerySet[Reply, Reply]:
    """Replies nobody has read yet for the citizen."""
    before = Reply.objects.filter(case=OuterRef("case"), state=ReplyState.SENT_BACK)
    return (
        Reply.objects.filter(in_reach(membership), state=ReplyState.SUBMITTED)
        .annotate(
            due=Coalesce(_clock(ClockKind.REVIEW, "case", "due_at"), "submitted_at"),
            due_in=_clock(ClockKind.REVIEW, "case", "unit"),
            sent_back=Exists(before),
        )
        .select_related("case", "assignment", "author")
    )


def to_call_back(membership: Membership) -> QuerySet[Survey, Survey]:
    """Citizens to be asked by telephone, with how often it was tried."""
    tries = CallbackAttempt.objects.filter(survey=OuterRef("pk")).order_by("-at")
    return (
        Survey.objects.to_call()
        .filter(in_reach(membership))
        .annotate(
            tries=Coalesce(Subquery(tries.order_by().values("survey").annotate(n=Count("pk")).values("n")), 0),
            last_result=Subquery(tries.values("result")[:1]),
            last_at=Subquery(tries.values("at")[:1]),
        )
        .select_related("case__citizen")
    )


DISPATCH = Queue(
    "dispatch",
    to_dispatch,
    "due",
    "waits_since",
    "due",
    (
        Tab("all", _("All to dispatch"), _everything),
        Tab("late", _("Overdue"), _late, "late"),
        Tab("soon", _("Due within an hour"), lambda at: Q(due__gte=at, due__lt=at + SOON), "soon"),
        Tab("urgent", _("Urgent"), lambda _at: ~Q(urgency=Urgency.ORDINARY)),
        Tab("returned", _("Returned by a unit"), lambda _at: Q(hops__gt=0)),
        Tab("unproposed", _("No unit proposed"), lambda _at: Q(proposed_unit__isnull=True)),
    ),
)
DECISIONS = Queue(
    "decision",
    to_rule_on,
    "due",
    "asked_at",
    "due",
    (
        Tab("all", _("All requests"), _everything),
        Tab("late", _("Overdue"), _late, "late"),
        Tab("bounce", _("Returns"), lambda _at: Q(kind=DecisionKind.BOUNCE)),
        Tab("again", _("Second return and more"), lambda _at: Q(kind=DecisionKind.BOUNCE, case__hops__gt=1)),
        Tab("extension", _("Extensions"), lambda _at: Q(kind=DecisionKind.EXTENSION)),
        Tab("dispute", _("Disputes"), lambda _at: Q(kind=DecisionKind.DISPUTE)),
        Tab("suspension", _("Suspensions"), lambda _at: Q(kind=DecisionKind.SUSPENSION)),
        Tab("exclusion", _("Exclusions"), lambda _at: Q(kind=DecisionKind.EXCLUSION)),
        Tab("closing", _("Without contact"), lambda _at: Q(kind=DecisionKind.CLOSING)),
        Tab("refusal", _("Refusals"), lambda _at: Q(kind=DecisionKind.REFUSAL)),
    ),
)
REVIEW = Queue(
    "review",
    to_review,
    "due",
    "submitted_at",
    "due",
    (
        Tab("all", _("All replies"), _everything),
        Tab("late", _("Overdue"), _late, "late"),
        Tab("unsolved", _("Not fully solved"), lambda _at: ~Q(solved=Solved.SOLVED)),
        Tab("silent", _("Citizen not contacted"), lambda _at: Q(contacted=False)),
        Tab("again", _("Re-handled"), lambda _at: Q(round__gt=1)),
        Tab("back", _("Sent back before"), lambda _at: Q(sent_back=True)),
    ),
)
CALLBACKS = Queue(
    "callback",
    to_call_back,
    "sent_at",
    "sent_at",
    "expires_at",
    (
        Tab("all", _("All to call"), _everything),
        Tab("ending", _("Ends within a day"), lambda at: Q(expires_at__lt=at + timedelta(days=1)), "soon"),
        Tab("first", _("Not tried yet"), lambda _at: Q(tries=0)),
        Tab("tried", _("Tried before"), lambda _at: Q(tries__gt=0)),
    ),
)
