"""May this person do this to this case? Each rule raises the sentence that says why not."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cases.models import Assignment, Case
from hotline.acts import NotAllowed
from hotline.models import Membership
from hotline.roles import CONTRACTOR, UNIT, Capability


def check(by: Membership | None, capability: Capability, case: Case | None = None) -> Membership:
    """The role may do it, the contractor may at present, and the case is within reach. Raises NotAllowed."""
    if by is not None and by.lacks(capability):
        raise NotAllowed(
            _("%(name)s may not do this at present: it is switched off in the scope of its contract.")
            % {"name": by.organisation.label},
            capability=str(capability),
        )
    if by is None or not by.can(capability):
        role = by.get_role_display() if by else _("the system")
        raise NotAllowed(_("As %(role)s you may not do this.") % {"role": role}, capability=str(capability))
    if case is not None and by.role in CONTRACTOR and case.taken_by_organisation_id != by.organisation_id:
        raise NotAllowed(_("This case was taken by another contractor."))
    if case is not None and by.role in CONTRACTOR and case.confidential:
        raise NotAllowed(_("This case is not within your reach."))
    return by


def check_unit(by: Membership | None, capability: Capability, assignment: Assignment) -> Membership:
    """The assignment is with the person's own unit or one below it. Raises NotAllowed."""
    acting = check(by, capability)
    if acting.role in UNIT and not assignment.unit.path.startswith(acting.organisation.path):
        raise NotAllowed(
            _("This case is with %(unit)s, not with your unit.") % {"unit": assignment.unit.label},
        )
    return acting


def something_to_reveal(case: Case) -> bool:
    """Is somebody known, or does what was said about the case name a number?"""
    return case.citizen_id is not None or case.verbatim.exists()


def may_know_citizen(by: Membership, case: Case) -> bool:
    """Is even the masked name and number open to this person? Of a confidential case, to few roles only."""
    return not case.confidential or by.can(Capability.IDENTITY_SEALED)


def may_see_identity(by: Membership, case: Case) -> bool:
    """May this person ask for the citizen's identity in full?"""
    return by.can(Capability.IDENTITY_REVEAL) and may_know_citizen(by, case)
