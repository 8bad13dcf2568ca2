"""When is it due? Policies in force, clocks started from them, and the steps a clock has yet to take."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from cases.models import Assignment, Case, Clock, ClockKind, DeadlinePolicy, EscalationStep
from hotline.acts import Invalid
from hotline.calendar import Period, Unit, WorkingCalendar
from hotline.kept import Kept
from hotline.models import Calendar, Organisation
from hotline.models.working_calendar import working_calendar


class NoPolicy(Invalid):
    """No deadline policy covers this case on this day: nothing may start without a limit."""

    code = "no_policy"


def _read_policies() -> list[DeadlinePolicy]:
    return list(DeadlinePolicy.objects.prefetch_related("steps").order_by("id"))


def _read_city() -> int:
    return Calendar.objects.values_list("pk", flat=True).get(code="city")


policies = Kept(_read_policies, DeadlinePolicy, EscalationStep)
_city = Kept(_read_city, Calendar)


def local_date(at: datetime) -> date:
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def policy_for(case: Case, clock: ClockKind, at: datetime) -> DeadlinePolicy:
    """The most specific policy in force on the local day; of equals, the latest. Raises NoPolicy."""
    on = local_date(at)
    fitting = [p for p in policies() if p.clock == clock and _in_force(p, on) and _fits(p, case)]
    if not fitting:
        raise NoPolicy(
            _("No time limit is laid down for “%(clock)s” on %(day)s. Ask the hotline office to approve one.")
            % {"clock": clock.label, "day": on.isoformat()},
            field="kind",
        )
    return max(fitting, key=lambda p: (_specificity(p), p.valid_from, p.pk))


def _in_force(policy: DeadlinePolicy, on: date) -> bool:
    return policy.valid_from <= on and (policy.valid_until is None or policy.valid_until > on)


def _fits(policy: DeadlinePolicy, case: Case) -> bool:
    return (
        policy.kind in ("", case.kind)
        and policy.urgency in ("", case.urgency)
        and policy.upstream_platform in ("", case.upstream_platform)
        and policy.channel_id in (None, case.channel_id)
        and policy.category_id in (None, case.category_id)
        and policy.region_id in (None, case.region_id)
    )


def _specificity(policy: DeadlinePolicy) -> int:
    """How many of the case's traits the policy names; urgency outweighs the rest, for a life is at stake."""
    named = (policy.kind, policy.channel_id, policy.category_id, policy.region_id, policy.upstream_platform)
    return sum(bool(trait) for trait in named) + (10 if policy.urgency else 0)


def calendar_of(organisation: Organisation | None = None) -> WorkingCalendar:
    """The organisation's working calendar, else the city's (the calendar with the code ``city``)."""
    if organisation is not None and organisation.calendar_id is not None:
        return working_calendar(organisation.calendar_id)
    return working_calendar(_city())


def start(
    case: Case,
    kind: ClockKind,
    at: datetime,
    *,
    assignment: Assignment | None = None,
    unit: Organisation | None = None,
    not_after: datetime | None = None,
) -> Clock:
    """A clock not saved yet, with the policy's limit frozen on it. ``not_after`` is the end of the limit around it."""
    policy = policy_for(case, kind, at)
    calendar = calendar_of(unit)
    due_at = _within(calendar.add(at, policy.amount, Unit(policy.unit)), not_after)
    clock = Clock(
        case=case,
        assignment=assignment,
        kind=kind,
        policy=policy,
        amount=policy.amount,
        unit=policy.unit,
        round=case.round,
        started_at=at,
        due_at=due_at,
        not_after=not_after,
        provisional=calendar.is_provisional(at, due_at),
    )
    clock.next_action_at = next_action(clock, policy.steps.all(), calendar)
    return clock


def _within(due_at: datetime, not_after: datetime | None) -> datetime:
    return due_at if not_after is None else min(due_at, not_after)


def start_promise(case: Case, at: datetime, *beside: ClockKind) -> list[Clock]:
    """The promise to the citizen, written on the case too, and the clocks that start with it; none is saved yet."""
    clocks = [start(case, kind, at) for kind in (ClockKind.PROMISE, *beside)]
    case.promise_due_at, case.provisional = clocks[0].due_at, any(clock.provisional for clock in clocks)
    return clocks


def plan(
    clock: Clock, steps: Iterable[EscalationStep], calendar: WorkingCalendar
) -> list[tuple[datetime, EscalationStep]]:
    """The clock's steps in the order of their times. A warning that would fall before the start is left out."""
    timed = [(calendar.add(clock.due_at, step.offset, Unit(step.unit)), step) for step in steps]
    return sorted(((at, step) for at, step in timed if at > clock.started_at), key=lambda pair: (pair[0], pair[1].pk))


def next_action(clock: Clock, steps: Iterable[EscalationStep], calendar: WorkingCalendar) -> datetime | None:
    ahead = plan(clock, steps, calendar)[clock.stage :]
    return ahead[0][0] if ahead else None


def recompute(clock: Clock, *, at: datetime, unit: Organisation | None = None) -> Clock:
    """The due time again, after an extension or a pause; a step already taken is not taken twice."""
    calendar = calendar_of(unit)
    pauses = [Period(p.started_at, p.ended_at) for p in clock.pauses.all()]
    due_at = calendar.due(clock.started_at, clock.amount + clock.extended, Unit(clock.unit), pauses)
    clock.paused_at = None if due_at else at
    if due_at is None:
        clock.next_action_at = None
        return clock
    clock.due_at = due_at = _within(due_at, clock.not_after)
    clock.provisional = calendar.is_provisional(clock.started_at, due_at)
    ahead = plan(clock, policy_steps(clock), calendar)
    clock.stage = sum(1 for when, _step in ahead if when <= at)
    clock.next_action_at = next((when for when, _step in ahead if when > at), None)
    clock.card = clock.card if clock.stage else ""
    clock.breached_at = clock.breached_at if due_at <= at else None
    return clock


def run_on(clock: Clock, *, at: datetime, unit: Organisation | None = None) -> Clock:
    """Set a stopped clock going again, for what stopped it was not what it waited for. Its due time stays."""
    clock.met_at = clock.stopped_at = clock.breached_at = None
    recompute(clock, at=at, unit=unit)
    clock.breached_at = clock.due_at if clock.due_at < at else None
    return clock


def policy_steps(clock: Clock) -> list[EscalationStep]:
    """The steps of the clock's frozen policy, from the copy kept in memory when it is there."""
    for policy in policies():
        if policy.pk == clock.policy_id:
            return list(policy.steps.all())
    return list(clock.policy.steps.all())
