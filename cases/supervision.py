"""Pressing a unit: urging it, and the notes the hotline adds meanwhile."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from cases import ladder, workflow
from cases.models import Case, EventKind, Rung
from cases.models.case import OPEN, WITH_UNIT
from cases.notifications import unit_notice
from cases.permissions import check
from cases.registration import clean_text
from hotline import outbox
from hotline.acts import Invalid, NotNow, verb
from hotline.models import Membership
from hotline.roles import Capability


@verb
def urge(case: Case, *, by: Membership, at: datetime, version: int | None, words: str) -> Case:
    """Urge the unit that has the case, by a numbered step; a citizen who calls again is a reason."""
    check(by, Capability.CASE_URGE, case)
    if not (words := clean_text(words)):
        raise Invalid(_("Write what the unit is urged to do, or what the citizen added."), field="words")
    case = workflow.locked(case, version=version)
    if case.status not in WITH_UNIT or case.unit is None:
        raise NotNow(_("No unit is working on this case now, so there is nobody to urge."))
    ladder.check_not_too_often(case, at)
    unit = case.unit
    made = ladder.step(case, Rung.URGE, unit, by=by, at=at, words=words)
    case = workflow.record(case, EventKind.URGED, by=by, at=at, why=words, payload=made.facts)
    outbox.post(unit_notice(unit, "urged", case, at=at, by=by, words=words))
    return case


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
