"""Suspension: a case that cannot be solved for now rests on the hotline's ledger until its review date."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from cases import asking, deadlines, resting, workflow
from cases.handling import lock
from cases.models import Assignment, Case, Decision, DecisionKind, EventKind, Status
from cases.notifications import citizen_sms, local_time, unit_notice
from cases.permissions import check
from hotline import outbox
from hotline.acts import Invalid, NotNow, verb
from hotline.models import Membership
from hotline.plain_text import clean_text
from hotline.roles import Capability


@verb
def ask_for_suspension(
    assignment: Assignment,
    *,
    by: Membership,
    at: datetime,
    version: int | None,
    reason: str,
    grounds: str,
    evidence: str,
    review_on: date,
    told: str,
) -> Case:
    """Ask that the case may rest until a day on which it is looked at again. The limits run on until it is ruled on."""
    check(by, Capability.DECISION_ASK)
    kind = DecisionKind.SUSPENSION
    grounds, evidence = asking.checked(kind, reason, grounds, evidence, at=at)
    told = asking.told_to_citizen(told)
    _check_review_day(review_on, at)
    case, assignment = lock(assignment, by=by, version=version)
    asking.check_handling_lead(case, assignment, kind)
    asking.check_may_ask(case, assignment, kind)
    _check_cap(assignment.unit_id)
    given: dict[str, Any] = {
        "reason": reason,
        "grounds": grounds,
        "evidence": evidence,
        "told": told,
        "review_at": _begin(review_on),
    }
    facts: dict[str, Any] = {"until": review_on.isoformat()}
    return asking.ask_for(case, assignment, kind, EventKind.SUSPENSION_ASKED, by=by, at=at, facts=facts, **given)


def _check_review_day(day: date, at: datetime) -> None:
    today = deadlines.local_date(at)
    last = today + timedelta(days=settings.SUSPENSION_MAX_DAYS)
    if not today < day <= last:
        raise Invalid(
            _("The review date lies after today and not after %(last)s.") % {"last": last.isoformat()},
            field="review_on",
        )


def _check_cap(unit_id: int) -> None:
    """A unit that suspends everything is stopped. Raises NotNow."""
    resting = Decision.objects.suspensions().filter(assignment__unit=unit_id).count()
    if resting >= settings.SUSPENSIONS_PER_UNIT:
        raise NotNow(_("Your unit has %(n)s suspended cases; more are not allowed at the same time.") % {"n": resting})


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))


def suspend(case: Case, decision: Decision, *, by: Membership, at: datetime, **_ruling: object) -> Case:
    """Let the case rest: pausable limits stand still up to the review date, and the citizen is told until when."""
    assignment, until = decision.assignment, decision.review_at
    if assignment is None or until is None:
        raise ValueError("a suspension has an assignment and a review date")
    asking.check_handling_lead(case, assignment, DecisionKind.SUSPENSION)
    if until <= at:
        raise NotNow(_("The review date has come before the ruling; it has to be asked for anew."))
    workflow.drop_requests(case, by=by, at=at, kept=[DecisionKind.EXCLUSION])
    resting.stand_still(case, at=at, until=until)
    day = deadlines.local_date(until).isoformat()
    case = workflow.move(
        case,
        "suspend",
        Status.SUSPENDED,
        by=by,
        at=at,
        kind=EventKind.SUSPENDED,
        assignment=assignment,
        why=decision.told,
        payload={"decision": decision.pk, "until": day},
    )
    outbox.post(
        unit_notice(assignment.unit_id, "decision_granted", case, at=at, by=by, what=DecisionKind.SUSPENSION.label),
        citizen_sms(case, "suspended", at=at, by=by, until=day),
    )
    return case


@verb
def resume(case: Case, *, by: Membership, at: datetime, version: int | None, why: str) -> Case:
    """Go on before the review date, because what it waited for has come."""
    check(by, Capability.DECISION_RULE, case)
    if not (why := clean_text(why)):
        raise Invalid(_("Write why handling can go on."), field="why")
    case = workflow.locked(case, version=version)
    workflow.check_move(case, "resume")
    return _go_on(case, "resume", by=by, at=at, why=why)


@verb
def end_suspension(decision: Decision, *, at: datetime, by: None = None) -> Case:
    """The review date has come: handling goes on by itself. Safe to run twice."""
    case = workflow.locked(decision.case, version=None)
    if case.status != Status.SUSPENDED or not Decision.objects.to_review(at).filter(case=case).exists():
        return case
    return _go_on(case, "review_date", by=None, at=at, why="")


def _go_on(case: Case, move: str, *, by: Membership | None, at: datetime, why: str) -> Case:
    decision = Decision.objects.suspensions().filter(case=case).select_related("assignment").get()
    resting.lift(case, at=at)
    case = workflow.move(
        case,
        move,
        Status.HANDLING if case.round == 1 else Status.REHANDLING,
        by=by,
        at=at,
        kind=EventKind.RESUMED,
        assignment=decision.assignment,
        why=why,
        payload={"decision": decision.pk},
    )
    due = local_time(case.promise_due_at or at)
    unit = decision.assignment.unit if decision.assignment else case.unit
    outbox.post(
        unit_notice(unit, "resumed", case, at=at, by=by, due=due) if unit else None,
        citizen_sms(case, "resumed_citizen", at=at, by=by, due=due),
    )
    return case
