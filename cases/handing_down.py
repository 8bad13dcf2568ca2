"""Who else works on a case: units beneath the one that has it, and co-organisers beside it, each with a part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from cases import workflow
from cases.dispatching import UNIT_CLOCKS, start_leg
from cases.extending import handling_clock
from cases.first_receiver import first_receiver
from cases.handling import lock, lock_part, signed_off
from cases.models import (
    ACTIVE,
    TIERS,
    TO_DO,
    WITH_UNIT,
    Assignment,
    AssignmentRole,
    AssignmentState,
    Case,
    EventKind,
)
from cases.models.assignment import AssignmentQuerySet
from cases.notifications import local_time, unit_notice
from cases.permissions import check, check_unit
from cases.registration import check_unit_takes_cases
from hotline import outbox
from hotline.acts import Invalid, NotAllowed, NotNow, verb
from hotline.models import Membership, Organisation
from hotline.plain_text import clean_text
from hotline.roles import UNIT, Capability


@verb
def hand_down(
    assignment: Assignment,
    *,
    by: Membership,
    at: datetime,
    version: int | None,
    units: Sequence[Organisation],
    note: str = "",
    due_at: datetime | None = None,
) -> Case:
    """Give one's part, or some of it, to units beneath. Each gets a part with limits of its own, which end with the
    limit of the unit above at the latest, or at ``due_at``; that unit's own limit runs on, and it stays answerable.

    Who hands down what is not signed off yet signs it off thereby. Raises Invalid, NotNow.
    """
    case, above = lock(assignment, by=by, version=version)
    if above.state not in TO_DO:
        raise NotNow(_("This is no longer being handled by your unit."), allowed=workflow.allowed_moves(case))
    if above.tier >= TIERS:
        raise NotNow(_("A case is handed down over at most %(n)s tiers; this is the last.") % {"n": TIERS})
    _check_beneath(above, units, at)
    limit = _limit(above, due_at, at)
    if above.state == AssignmentState.DISPATCHED:
        case = signed_off(case, above, by=by, at=at)
    parts = [_part(above, unit, AssignmentRole.SUBORDINATE, by=by, at=at, note=note) for unit in units]
    return _begun(case, parts, EventKind.HANDED_DOWN, "handed_down", limit, by=by, at=at)


def _check_beneath(above: Assignment, units: Sequence[Organisation], at: datetime) -> None:
    """Raises Invalid if a unit is not beneath the one that hands down, or works on its part already."""
    if not units:
        raise Invalid(_("Choose the unit beneath yours that is to handle it."), field="units")
    for unit in units:
        check_unit_takes_cases(unit, at, field="units")
        if unit.pk == above.unit_id or not unit.path.startswith(above.unit.path):
            raise Invalid(
                _("%(name)s is not beneath %(unit)s. Ask the hotline to add it as a co-organiser.")
                % {"name": unit.label, "unit": above.unit.label},
                field="units",
            )
    _check_once(Assignment.objects.filter(parent=above), units)


def _check_once(parts: AssignmentQuerySet, units: Sequence[Organisation]) -> None:
    if len({unit.pk for unit in units}) < len(units):
        raise Invalid(_("A unit is named twice."), field="units")
    there = parts.filter(state__in=ACTIVE, unit__in=[unit.pk for unit in units]).first()
    if there is not None:
        raise Invalid(_("%(name)s works on it already.") % {"name": there.unit.label}, field="units")


def _limit(above: Assignment, due_at: datetime | None, at: datetime) -> datetime:
    """By when a unit beneath must be done: as it is told, but within what is left to the unit above."""
    clock = handling_clock(above)
    if clock is None or clock.due_at <= at:
        raise NotNow(_("The limit of your unit is over, so there is no time left to give. Handle the case yourselves."))
    if due_at is None:
        return clock.due_at
    if not at < due_at <= clock.due_at:
        raise Invalid(
            _("Choose a time between now and %(due)s, when your own limit ends.") % {"due": local_time(clock.due_at)},
            field="due_at",
        )
    return due_at


@verb
def involve(
    case: Case,
    *,
    by: Membership,
    at: datetime,
    version: int | None,
    units: Sequence[Organisation],
    note: str = "",
) -> Case:
    """Add co-organisers to a case that a unit has. They report to the lead, which stays answerable for the whole.

    The hotline does it; where the first receiver leads (``FIRST_RECEIVER_LEADS``), that unit does it for itself too.
    """
    check(by, Capability.CASE_INVOLVE, case)
    case = workflow.locked(case, version=version)
    if case.status not in WITH_UNIT:
        raise NotNow(_("No unit is working on this case now."), allowed=workflow.allowed_moves(case))
    lead = Assignment.objects.active().leads().get(case=case, parent=None)
    lead.case = case
    if by.role in UNIT:
        _check_coordinates(lead, by)
    if not units:
        raise Invalid(_("Choose the unit that is to help."), field="units")
    for unit in units:
        check_unit_takes_cases(unit, at, field="units")
    _check_once(Assignment.objects.filter(case=case, role__in=["lead", "co_organiser"]), units)
    parts = [_part(lead, unit, AssignmentRole.CO_ORGANISER, by=by, at=at, note=note) for unit in units]
    return _begun(case, parts, EventKind.INVOLVED, "dispatched", None, by=by, at=at)


def _check_coordinates(lead: Assignment, by: Membership) -> None:
    """Raises NotAllowed for a unit that is not the first receiver, or in a city that knows none."""
    check_unit(by, Capability.CASE_INVOLVE, lead)
    bound = first_receiver(lead.case)
    if bound is None or bound.pk != lead.unit_id:
        raise NotAllowed(_("The hotline adds co-organisers. Ask it to."))


def _part(
    above: Assignment, unit: Organisation, role: AssignmentRole, *, by: Membership, at: datetime, note: str
) -> Assignment:
    return Assignment(
        case=above.case,
        parent=above,
        tier=above.tier + 1,
        unit=unit,
        role=role,
        round=above.round,
        hop=above.hop,
        dispatched_by_id=by.user_id,
        dispatched_at=at,
        note=clean_text(note),
    )


def _begun(
    case: Case,
    parts: Sequence[Assignment],
    kind: EventKind,
    key: str,
    limit: datetime | None,
    *,
    by: Membership,
    at: datetime,
) -> Case:
    """The new parts with their clocks, an event for each, and a notice to each unit."""
    for part in parts:
        start_leg(part, UNIT_CLOCKS, at, not_after=limit)
    for part in parts:
        facts = {"unit": part.unit.code, "tier": part.tier, "above": part.parent_id}
        case = workflow.record(case, kind, by=by, at=at, assignment=part, why=part.note, payload=facts)
    who = by.organisation.label
    outbox.post(
        *(unit_notice(p.unit_id, key, case, at=at, by=by, who=who, due=local_time(p.leg_due_at or at)) for p in parts)
    )
    return case


@verb
def recall(part: Assignment, *, by: Membership, at: datetime, version: int | None, why: str) -> Case:
    """Take back what was handed down, with all that is below it; it is the unit above's alone again."""
    if not (why := clean_text(why)):
        raise Invalid(_("Write why it is taken back; the unit reads it."), field="why")
    case, part = lock_below(part, by=by, version=version)
    if part.state not in ACTIVE:
        raise NotNow(_("%(unit)s has no part in this case any more.") % {"unit": part.unit.label})
    gone = end_with_those_below(part, AssignmentState.WITHDRAWN, at=at)
    case = workflow.record(case, EventKind.RECALLED, by=by, at=at, assignment=part, why=why)
    who = by.organisation.label
    outbox.post(*(unit_notice(p.unit_id, "part_recalled", case, at=at, by=by, who=who) for p in gone))
    return case


def lock_below(part: Assignment, *, by: Membership, version: int | None) -> tuple[Case, Assignment]:
    """The case, locked, and the part as it stands, which is below one of the person's own unit. Raises NotAllowed."""
    case, row = lock_part(part, version=version)
    if row.parent is None:
        raise NotNow(_("This part stands below no other; it is between its unit and the hotline."))
    check_unit(by, Capability.ASSIGNMENT_WORK, row.parent)
    return case, row


def end_with_those_below(part: Assignment, state: AssignmentState, *, at: datetime) -> list[Assignment]:
    """End a part; whatever is still at work below it is withdrawn. Returns those that ended."""
    below = {part.pk}
    rows = list(Assignment.objects.filter(case=part.case_id, tier__gt=part.tier).active().order_by("tier"))
    for row in rows:
        if row.parent_id in below:
            below.add(row.pk)
    ended = [part, *(row for row in rows if row.pk in below)]
    for row in ended:
        row.state = state if row is part else AssignmentState.WITHDRAWN
        row.ended_at, row.leg_due_at = at, None
        workflow.stop_clocks(part.case, at=at, assignment=row)
    Assignment.objects.bulk_update(ended, ["state", "ended_at", "leg_due_at"])
    return ended
