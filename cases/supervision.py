"""Pressing a unit: urging it, and the notes the hotline adds meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from cases import ladder, workflow
from cases.models import Assignment, AssignmentRole, Case, EventKind, Rung
from cases.models.case import OPEN, WITH_UNIT
from cases.notifications import unit_notice
from cases.permissions import check
from hotline import outbox
from hotline.acts import Invalid, NotAllowed, NotNow, verb
from hotline.models import Membership
from hotline.plain_text import clean_text
from hotline.roles import UNIT, Capability


@verb
def urge(case: Case, *, by: Membership, at: datetime, version: int | None, words: str) -> Case:
    """Urge the unit that has the case, by a numbered step; a citizen who calls again is a reason.

    A unit urges those it handed the case down to, and the one that has it if the copy for supervision is its own.
    """
    check(by, Capability.CASE_URGE, case)
    if not (words := clean_text(words)):
        raise Invalid(_("Write what the unit is urged to do, or what the citizen added."), field="words")
    case = workflow.locked(case, version=version)
    if case.status not in WITH_UNIT or case.unit is None:
        raise NotNow(_("No unit is working on this case now, so there is nobody to urge."))
    ladder.check_not_too_often(case, at)
    for part in _urged(case, by):
        unit = part.unit if part else case.unit
        made = ladder.step(case, Rung.URGE, unit, by=by, at=at, words=words)
        case = workflow.record(case, EventKind.URGED, by=by, at=at, assignment=part, why=words, payload=made.facts)
        outbox.post(unit_notice(unit, "urged", case, at=at, by=by, words=words))
    return case


def _urged(case: Case, by: Membership) -> Sequence[Assignment | None]:
    """The parts that are urged; None for the whole case. Raises NotAllowed for a unit that stands above nobody."""
    if by.role not in UNIT:
        return [None]
    own = Assignment.objects.visible_to(by).filter(case=case)
    below = own.active().values("pk")
    working = Assignment.objects.to_do().filter(case=case, parent__in=below)
    if parts := list(working.order_by("pk")):
        return parts
    if own.filter(role=AssignmentRole.COPY).exists():
        return [None]
    raise NotAllowed(_("A unit urges those it handed the case down to, or that it supervises by a copy."))


@verb
def note(case: Case, *, by: Membership, at: datetime, version: int | None, words: str) -> Case:
    """Add what the citizen or the office said since. Units see it, the citizen does not."""
    check(by, Capability.CASE_NOTE, case)
    if not (words := clean_text(words)):
        raise Invalid(_("Write the note."), field="words")
    case = workflow.locked(case, version=version)
    if case.status not in OPEN:
        raise NotNow(_("The case is closed; reopen it if there are new facts."))
    return workflow.record(case, EventKind.NOTED, by=by, at=at, why=words)
