"""The words figures are made of: which cases were due, kept, returned, rated in a period. Each is a condition.

A condition is used to count and to list alike, so that a number and the list behind it can never differ. Everything
counts cases, never events: a case returned twice in a month is one returned case.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.lookups import In

from cases.models import (
    ENDED,
    Assignment,
    AssignmentRole,
    AssignmentState,
    CallbackAttempt,
    CallbackResult,
    CaseEvent,
    Clock,
    ClockKind,
    Decision,
    DecisionKind,
    DecisionState,
    EventKind,
    Feedback,
    Outcome,
    Satisfaction,
    Survey,
    SurveyState,
)
from hotline.calendar import Period

AT_INTAKE = (Outcome.ANSWERED, Outcome.REFUSED, Outcome.HANDED_OVER)


def within(field: str, period: Period) -> Q:
    """The moment lies in the period (half-open)."""
    inside = Q(**{f"{field}__gte": period.start})
    return inside if period.end is None else inside & Q(**{f"{field}__lt": period.end})


# -- Intake


def registered(period: Period) -> Q:
    return within("registered_at", period)


def answered_directly() -> Q:
    return Q(outcome=Outcome.ANSWERED)


def refused() -> Q:
    return Q(outcome=Outcome.REFUSED)


# -- Limits


def _clocks(kind: ClockKind, period: Period) -> Any:
    return Clock.objects.filter(within("due_at", period), kind=kind, case=OuterRef("pk"))


def due(period: Period) -> Q:
    """The promise to the citizen fell due, and the matter was not settled at intake."""
    return Q(Exists(_clocks(ClockKind.PROMISE, period))) & ~Q(outcome__in=AT_INTAKE)


def withdrawn() -> Q:
    """The citizen took the request back."""
    return Q(outcome=Outcome.WITHDRAWN)


def kept(period: Period) -> Q:
    """Every promise that fell due in the period was kept in time; one still running was not."""
    broken = _clocks(ClockKind.PROMISE, period).filter(Q(met_at__isnull=True) | Q(met_at__gt=F("due_at")))
    return ~Q(Exists(broken))


def answered_at_all(period: Period) -> Q:
    """Every promise that fell due was met before the period ended, in time or late."""
    unmet = Q(met_at__isnull=True) if period.end is None else Q(met_at__isnull=True) | Q(met_at__gte=period.end)
    return ~Q(Exists(_clocks(ClockKind.PROMISE, period).filter(unmet)))


def sign_off_due(period: Period) -> Q:
    """A lead's sign-off fell due. One ended before (returned, withdrawn) is not due any more."""
    return Q(Exists(_sign_offs(period)))


def signed_in_time(period: Period) -> Q:
    late = _sign_offs(period).filter(Q(met_at__isnull=True) | Q(met_at__gt=F("due_at")))
    return ~Q(Exists(late))


def _sign_offs(period: Period) -> Any:
    leads = _clocks(ClockKind.SIGN, period).filter(assignment__role=AssignmentRole.LEAD)
    return leads.exclude(met_at__isnull=True, stopped_at__isnull=False, stopped_at__lte=F("due_at"))


# -- Units


def _sent(period: Period) -> Any:
    """Lead assignments that a dispatcher made in the period; a new round with the same unit is none."""
    by_somebody = Q(round=1) | Q(dispatched_by__isnull=False)
    return Assignment.objects.filter(
        within("dispatched_at", period), by_somebody, case=OuterRef("pk"), role=AssignmentRole.LEAD
    )


def dispatched(period: Period) -> Q:
    return Q(Exists(_sent(period)))


def returned(period: Period) -> Q:
    """A unit it was dispatched to in the period had its return granted."""
    return Q(Exists(_sent(period).filter(state=AssignmentState.RETURNED)))


def extended(period: Period) -> Q:
    """A unit it was dispatched to in the period was granted more time."""
    granted = Decision.objects.filter(
        within("assignment__dispatched_at", period),
        case=OuterRef("pk"),
        kind=DecisionKind.EXTENSION,
        state=DecisionState.GRANTED,
    )
    return Q(Exists(granted))


def ended_with_a_unit(period: Period) -> Q:
    """Closed in the period after a unit had it."""
    return within("last_closed_at", period) & Q(status__in=ENDED, unit__isnull=False) & ~Q(outcome__in=AT_INTAKE)


def in_first_round() -> Q:
    """Neither re-handled nor reopened."""
    return Q(round=1)


def sent_to_rehandling(period: Period) -> Q:
    again = CaseEvent.objects.filter(within("at", period), case=OuterRef("pk"), kind=EventKind.REHANDLING)
    return Q(Exists(again))


def open_at_the_end(period: Period) -> Q:
    """Registered before the end and open at it. A case that had been closed once is judged by its last move then."""
    if period.end is None:
        return ~Q(status__in=ENDED)
    moves = CaseEvent.objects.filter(case=OuterRef("pk"), at__gte=OuterRef("registered_at"), at__lt=period.end)
    last = moves.exclude(to_status="").order_by("-at", "-id").values("to_status")[:1]
    begun = Q(registered_at__lt=period.end)
    never_closed = Q(first_closed_at__isnull=True) | Q(first_closed_at__gte=period.end)
    reopened = Q(first_closed_at__lt=period.end) & ~Q(In(Subquery(last), sorted(ENDED)))
    return begun & (never_closed | reopened)


def suspended_at_the_end(period: Period) -> Q:
    """Suspended by a ruling before the end, and not lifted before it."""
    rests = Decision.objects.granted(DecisionKind.SUSPENSION).filter(case=OuterRef("pk"))
    if period.end is None:
        return Q(Exists(rests.filter(lifted_at__isnull=True)))
    still = Q(lifted_at__isnull=True) | Q(lifted_at__gte=period.end)
    return Q(Exists(rests.filter(still, ruled_at__lt=period.end)))


def excluded() -> Q:
    """Two people of the government agreed that what is demanded is unreasonable."""
    return Q(Exists(Decision.objects.granted(DecisionKind.EXCLUSION).filter(case=OuterRef("pk"))))


def excluded_in(period: Period) -> Q:
    ruled = Decision.objects.granted(DecisionKind.EXCLUSION).filter(within("ruled_at", period), case=OuterRef("pk"))
    return Q(Exists(ruled))


def returned_by(unit_id: int | None, period: Period) -> Q:
    """A unit (this one, or any) had its return granted in the period, whoever has the case now."""
    gone = Assignment.objects.filter(
        within("ended_at", period), case=OuterRef("pk"), role=AssignmentRole.LEAD, state=AssignmentState.RETURNED
    )
    return Q(Exists(gone.filter(unit=unit_id) if unit_id else gone))


# -- The citizen


def _verdicts(period: Period) -> Any:
    """The citizen's standing answers in the period, the last one first; independent checks are another measure."""
    answers = Feedback.objects.standing().ordinary().filter(within("at", period), case=OuterRef("pk"))
    return answers.order_by("-at", "-id")


def _last_says(period: Period, field: str, values: Iterable[Any]) -> Q:
    """The last answer of the period says one of these."""
    return Q(In(Subquery(_verdicts(period).values(field)[:1]), list(values)))


def rated(period: Period) -> Q:
    """The citizen answered. Unreachable and unrated cases are not in it, and so never count as satisfied."""
    return Q(Exists(_verdicts(period)))


def said_solved(period: Period) -> Q:
    return _last_says(period, "solved", [True])


def said_about_contact(period: Period) -> Q:
    return _last_says(period, "contacted", [True, False])


def said_contacted(period: Period) -> Q:
    return _last_says(period, "contacted", [True])


def said_how_satisfied(period: Period) -> Q:
    return _last_says(period, "satisfaction", Satisfaction.values)


def said_satisfied(period: Period) -> Q:
    """Satisfied or very satisfied."""
    return _last_says(period, "satisfaction", [Satisfaction.SATISFIED, Satisfaction.VERY_SATISFIED])


def said_basically_satisfied(period: Period) -> Q:
    return _last_says(period, "satisfaction", [Satisfaction.BASICALLY])


def _surveys(period: Period) -> Any:
    return Survey.objects.filter(within("sent_at", period), case=OuterRef("pk"))


def surveyed(period: Period) -> Q:
    """A reply was accepted in the period, so that the citizen was to be asked."""
    return Q(Exists(_surveys(period)))


def asked(period: Period) -> Q:
    """The citizen wanted to be asked and left a number."""
    return Q(Exists(_surveys(period).exclude(state=SurveyState.DECLINED)))


def answered_the_survey(period: Period) -> Q:
    return Q(Exists(_surveys(period).filter(state=SurveyState.ANSWERED)))


def called_back(period: Period) -> Q:
    return Q(Exists(_calls(period)))


def reached(period: Period) -> Q:
    return Q(Exists(_calls(period).filter(result=CallbackResult.REACHED)))


def _calls(period: Period) -> Any:
    return CallbackAttempt.objects.filter(within("at", period), survey__case=OuterRef("pk"))
