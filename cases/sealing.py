"""Keeping a case from people: making it confidential, naming the body complained of, standing aside."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from cases import workflow
from cases.confidentiality import bars
from cases.models import Assignment, Case, EventKind, Recusal, Status
from cases.permissions import check
from cases.registration import check_can_be_complained_of
from hotline.acts import Invalid, NotAllowed, NotNow, verb
from hotline.models import Membership, Organisation, User
from hotline.plain_text import clean_text
from hotline.roles import Capability


@verb
def seal(
    case: Case,
    *,
    by: Membership,
    at: datetime,
    version: int | None,
    why: str,
    confidential: bool = True,
    subject_unit: Organisation | None = None,
) -> Case:
    """Make the case confidential, or open again, and name the body complained of. Raises NotNow while it lies there."""
    check(by, Capability.CASE_SEAL, case)
    why = _reason(why)
    if subject_unit is not None:
        check_can_be_complained_of(subject_unit)
    case = workflow.locked(case, version=version)
    before = {"confidential": case.confidential, "subject_unit": case.subject_unit_id}
    case.confidential, case.subject_unit = confidential, subject_unit
    _check_lies_elsewhere(case)
    case.save(update_fields=["confidential", "subject_unit"])
    after = {"confidential": confidential, "subject_unit": case.subject_unit_id}
    return workflow.record(case, EventKind.SEALED, by=by, at=at, why=why, payload={"before": before, "after": after})


def _check_lies_elsewhere(case: Case) -> None:
    with_case = [part.unit for part in Assignment.objects.filter(case=case).active()]
    if case.status == Status.VERIFYING and case.unit is not None:  # it goes back there if the citizen says unsolved
        with_case.append(case.unit)
    if there := next((unit for unit in with_case if bars(case, unit)), None):
        raise NotNow(
            _("The case lies with %(unit)s, from which it would be kept. Take it back from there first.")
            % {"unit": there.label}
        )


@verb
def recuse(
    case: Case, *, by: Membership, at: datetime, version: int | None, why: str, person: User | None = None
) -> Case:
    """Stand aside from the case, or have somebody stand aside: from then on it does not exist for that person."""
    check(by, Capability.CASE_RECUSE, case)
    why = _reason(why)
    person = person or by.user
    if person.pk != by.user_id and not by.can(Capability.CASE_SEAL):
        raise NotAllowed(_("You may stand aside yourself; the hotline office decides about others."))
    case = workflow.locked(case, version=version)
    if Recusal.objects.in_force().filter(case=case, person=person).exists():
        raise NotNow(_("%(name)s stands aside from this case already.") % {"name": person.label})
    Recusal.objects.create(case=case, person=person, why=why, by_id=by.user_id, at=at)
    _leave_to_others(case, person)
    workflow.record(case, EventKind.RECUSED, by=by, at=at, why=why, payload={"person": person.pk})
    return case


def _leave_to_others(case: Case, person: User) -> None:
    """What lay with the person is the unit's again."""
    Assignment.objects.filter(case=case, handler=person).active().update(handler=None)


def recusal_of(case: Case, person: User) -> Recusal:
    """Raises NotNow if the person does not stand aside from the case."""
    found = Recusal.objects.in_force().filter(case=case, person=person).select_related("case").first()
    if found is None:
        raise NotNow(_("%(name)s does not stand aside from this case.") % {"name": person.label})
    return found


@verb
def lift(recusal: Recusal, *, by: Membership, at: datetime, why: str) -> Case:
    """Let the person work on the case again. Nobody lifts their own."""
    check(by, Capability.CASE_SEAL, recusal.case)
    why = _reason(why)
    if recusal.person_id == by.user_id:
        raise NotAllowed(_("Somebody else must decide that you need not stand aside any more."))
    case = workflow.locked(recusal.case, version=None)
    lifted = Recusal.objects.in_force().filter(pk=recusal.pk).update(lifted_at=at, lifted_by=by.user_id)
    if not lifted:
        raise NotNow(_("This was lifted before."))
    return workflow.record(case, EventKind.RECUSAL_LIFTED, by=by, at=at, why=why, payload={"person": recusal.person_id})


def _reason(why: str) -> str:
    if not (why := clean_text(why)):
        raise Invalid(_("Write the reason; it is kept with the case."), field="why")
    if len(why) > 200:
        raise Invalid(_("At most %(n)s characters.") % {"n": 200}, field="why")
    return why
