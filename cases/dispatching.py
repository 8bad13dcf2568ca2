"""Sending a case to the unit that must act, and calling it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from cases import confidentiality, deadlines, first_receiver, resting, workflow
from cases.models import (
    ACTIVE,
    Assignment,
    AssignmentRole,
    AssignmentState,
    Case,
    Clock,
    ClockKind,
    DecisionKind,
    EventKind,
    Outcome,
    Status,
)
from cases.notifications import citizen_sms, local_time, unit_notice
from cases.permissions import check
from cases.registration import check_unit_takes_cases
from hotline import outbox
from hotline.acts import Invalid, NotNow, verb
from hotline.models import Membership, Organisation, Region
from hotline.roles import Capability
from hotline.shelf import ORGANISATIONS, REGIONS

UNIT_CLOCKS = (ClockKind.SIGN, ClockKind.CONTACT, ClockKind.HANDLE)


@verb
def dispatch(
    case: Case,
    *,
    by: Membership,
    at: datetime,
    version: int | None,
    unit: Organisation,
    co_organisers: Sequence[Organisation] = (),
    copies: Sequence[Organisation] = (),
    note: str = "",
) -> Case:
    """Send a registered case to its lead unit and to those that must help, and a copy to those that must supervise.

    The district above a street gets a copy by itself.
    """
    check(by, Capability.CASE_DISPATCH, case)
    case = workflow.locked(case, version=version)
    workflow.check_move(case, "dispatch")
    check_unit_takes_cases(unit, at, field="unit")
    first_receiver.check_leads(case, unit)
    for other in co_organisers:
        check_unit_takes_cases(other, at, field="co_organisers")
    confidentiality.check_not_barred(case, co_organisers, field="co_organisers")
    for watching in copies:
        check_unit_takes_cases(watching, at, field="copies")
    confidentiality.check_not_barred(case, copies, field="copies")
    workflow.stop_clocks(case, at=at, kinds=[ClockKind.DISPATCH], met=[ClockKind.DISPATCH])
    assignments = assign(case, unit, co_organisers, by=by, at=at, note=note)
    case = workflow.move(
        case,
        "dispatch",
        Status.DISPATCHED,
        by=by,
        at=at,
        kind=EventKind.DISPATCHED,
        why=note,
        assignment=assignments[0],
        payload=_dispatch_facts(case, unit, co_organisers),
    )
    outbox.post(
        *(
            unit_notice(a.unit_id, "dispatched", case, at=at, by=by, due=local_time(a.leg_due_at or at))
            for a in assignments
        )
    )
    copy_for_supervision(case, assignments[0], copies, by=by, at=at)
    return case


def copy_for_supervision(
    case: Case, lead: Assignment, copies: Sequence[Organisation] = (), *, by: Membership, at: datetime
) -> None:
    """Let those who must see that it is done look on: they see the case and may urge, and handle nothing of it."""
    district = [unit for unit in _district_above(lead.unit) if not confidentiality.bars(case, unit)]
    wanted = {unit.pk: unit for unit in (*copies, *district) if unit.pk != lead.unit_id}
    if not wanted:
        return
    known = Assignment.objects.filter(case=case, role=AssignmentRole.COPY, unit__in=wanted)
    for pk in known.values_list("unit_id", flat=True):
        del wanted[pk]
    done = {"state": AssignmentState.DONE, "dispatched_at": at, "ended_at": at}
    part = {"case": case, "round": case.round, "hop": case.hops, "dispatched_by_id": by.user_id, **done}
    made = [Assignment(unit=unit, role=AssignmentRole.COPY, **part) for unit in wanted.values()]
    for copy in Assignment.objects.bulk_create(made):
        workflow.append(
            case, EventKind.COPIED, by=by, at=at, assignment=copy, payload={"unit": copy.unit.code, "tier": copy.tier}
        )
    who = lead.unit.label
    outbox.post(*(unit_notice(copy.unit_id, "copied", case, at=at, by=by, who=who) for copy in made))


def _district_above(unit: Organisation) -> list[Organisation]:
    """The district government that supervises a street or community, if the unit is one."""
    if unit.region_id is None or REGIONS.get(unit.region_id).level not in (Region.Level.STREET, Region.Level.COMMUNITY):
        return []
    above = unit
    while above.parent_id is not None:
        above = ORGANISATIONS.get(above.parent_id)
        if above.region_id and REGIONS.get(above.region_id).level == Region.Level.DISTRICT:
            return [above] if above.kind == Organisation.Kind.UNIT else []
    return []


def assign(
    case: Case,
    unit: Organisation,
    co_organisers: Sequence[Organisation],
    *,
    by: Membership,
    at: datetime,
    note: str = "",
) -> list[Assignment]:
    """Make the lead's assignment and the co-organisers' below it, each with its clocks. The case is not saved yet."""
    case.unit, case.hops = unit, case.hops + 1
    part = {"case": case, "round": case.round, "hop": case.hops, "dispatched_by_id": by.user_id, "note": note}
    lead = Assignment(unit=unit, role=AssignmentRole.LEAD, dispatched_at=at, **part)
    start_leg(lead, UNIT_CLOCKS, at)
    others = [
        Assignment(unit=other, role=AssignmentRole.CO_ORGANISER, parent=lead, dispatched_at=at, **part)
        for other in co_organisers
        if other.pk != unit.pk
    ]
    for other in others:
        start_leg(other, UNIT_CLOCKS, at)
    return [lead, *others]


def start_leg(
    assignment: Assignment, kinds: Sequence[ClockKind], at: datetime, *, not_after: datetime | None = None
) -> None:
    """Save a new assignment with its clocks; the first of ``kinds`` is the leg the unit's lists go by.

    Raises Invalid for a unit the case is kept from.
    """
    confidentiality.check_not_barred(assignment.case, [assignment.unit], field="unit")
    whose: dict[str, Any] = {"assignment": assignment, "unit": assignment.unit, "not_after": not_after}
    clocks = [deadlines.start(assignment.case, kind, at, **whose) for kind in kinds]
    assignment.leg_due_at = clocks[0].due_at
    assignment.save(force_insert=True)
    for clock in clocks:
        clock.assignment = assignment
    Clock.objects.bulk_create(clocks)


def _dispatch_facts(case: Case, unit: Organisation, co_organisers: Sequence[Organisation]) -> dict[str, Any]:
    """What was proposed, by what and how surely, and what was chosen, so that routing can be measured."""
    proposed: dict[str, Any] = next(iter(case.routing.get("units", [])), {})
    return {
        "unit": unit.code,
        "co_organisers": [o.code for o in co_organisers],
        "proposed": case.routing.get("chosen") or case.routing.get("unit"),
        "as_proposed": case.proposed_unit_id == unit.pk,
        "suggested": {key: proposed[key] for key in ("code", "source", "entry", "confidence") if key in proposed},
        "hop": case.hops,
    }


def end_assignments(case: Case, state: AssignmentState, *, at: datetime) -> None:
    """End every active assignment of the case, whatever it was doing."""
    Assignment.objects.filter(case=case, state__in=ACTIVE).update(state=state, ended_at=at, leg_due_at=None)


@verb
def withdraw(case: Case, *, by: Membership, at: datetime, version: int | None, why: str) -> Case:
    """End the case because the citizen takes the request back; every assignment ends with it."""
    check(by, Capability.CASE_WITHDRAW, case)
    if not why.strip():
        raise Invalid(_("Write how the citizen took the request back."), field="why")
    case = workflow.locked(case, version=version)
    units = list(Assignment.objects.filter(case=case).active().values_list("unit_id", flat=True))
    resting.lift(case, at=at)
    case = workflow.end(
        case, "withdraw", Status.WITHDRAWN, Outcome.WITHDRAWN, by=by, at=at, kind=EventKind.WITHDRAWN, why=why
    )
    end_assignments(case, AssignmentState.WITHDRAWN, at=at)
    workflow.drop_requests(case, by=by, at=at)
    outbox.post(*(unit_notice(unit, "withdrawn", case, at=at, by=by) for unit in units))
    return case


@verb
def reopen(case: Case, *, by: Membership, at: datetime, version: int | None, new_facts: str) -> Case:
    """Take a closed case up again within the window, because of new facts. It runs a new promise; late stays late."""
    check(by, Capability.CASE_REOPEN, case)
    if not new_facts.strip():
        raise Invalid(_("Write what is new. A case is reopened for new facts only."), field="new_facts")
    case = workflow.locked(case, version=version)
    if case.last_closed_at and at - case.last_closed_at > timedelta(days=settings.REOPEN_WINDOW_DAYS):
        raise NotNow(
            _("The case was closed more than %(days)s days ago. Register a new one and refer to this one.")
            % {"days": settings.REOPEN_WINDOW_DAYS}
        )
    workflow.drop_requests(case, by=by, at=at, kept=[DecisionKind.EXCLUSION])
    case.round += 1
    case.group = None  # what is new is its own
    clocks = deadlines.start_promise(case, at, ClockKind.DISPATCH)
    case = workflow.move(case, "reopen", Status.REGISTERED, by=by, at=at, kind=EventKind.REOPENED, why=new_facts)
    Clock.objects.bulk_create(clocks)
    outbox.post(citizen_sms(case, "reopened", at=at, by=by, due=local_time(clocks[0].due_at)))
    return case
