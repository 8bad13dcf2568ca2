"""Two people change a rule: one proposes, another approves. Then, from its first day on, it is in force."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from hotline.acts import Invalid, NotAllowed, NotNow, verb
from hotline.models import Membership, Proposal, ProposalState
from hotline.proposals import Values, subject_of
from hotline.roles import Capability

WHY_LIMIT = 1000


def drafted(
    subject: str, target: str, given: Values, *, valid_from: date, why: str, by: Membership, at: datetime
) -> Proposal:
    """The proposal as it would be made, checked but not saved: what a dry run looks at. Raises Invalid."""
    what = subject_of(subject)
    _check(by, what.make)
    draft = Proposal(subject=subject, target=target, why=why.strip(), valid_from=valid_from)
    draft.proposed_by_id, draft.proposed_at = by.user_id, at
    draft.before = what.current(target)
    draft.change = what.clean(target, given, draft)
    _check_day(valid_from, at)
    if draft.before == draft.change:
        raise Invalid(_("Nothing would change: this is what is in force."))
    return draft


@verb
def propose(
    subject: str, target: str, given: Values, *, valid_from: date, why: str, by: Membership, at: datetime
) -> Proposal:
    """Ask another person to approve a change. One proposal about a rule waits at a time."""
    draft = drafted(subject, target, given, valid_from=valid_from, why=why, by=by, at=at)
    if not draft.why:
        raise Invalid(_("Say why, and on what ground: the approver reads it."), field="why")
    if len(draft.why) > WHY_LIMIT:
        raise Invalid(_("At most %(n)s characters.") % {"n": WHY_LIMIT}, field="why")
    if target and Proposal.objects.waiting().about(subject, target).exists():
        raise NotNow(_("A change of this rule was proposed already and awaits approval."))
    draft.save(force_insert=True)
    return draft


@verb
def approve(proposal: Proposal, *, by: Membership, at: datetime, ruling: str = "") -> Proposal:
    """Put it in force from its first day on. Never by who proposed it, nor after the rule changed meanwhile."""
    row = _open(proposal, by=by)
    what = subject_of(row.subject)
    if what.current(row.target) != row.before:
        raise NotNow(_("The rule was changed since this was proposed. Reject it, and propose it again."))
    _check_day(row.valid_from, at)
    _decide(row, ProposalState.APPROVED, by=by, at=at, ruling=ruling)
    what.put_in_force(row, by=by, at=at)
    return row


@verb
def reject(proposal: Proposal, *, by: Membership, at: datetime, ruling: str) -> Proposal:
    """Refuse it, with a reason its author reads."""
    row = _open(proposal, by=by)
    if not ruling.strip():
        raise Invalid(_("Say why it is rejected."), field="ruling")
    _decide(row, ProposalState.REJECTED, by=by, at=at, ruling=ruling)
    return row


@verb
def take_back(proposal: Proposal, *, by: Membership, at: datetime) -> Proposal:
    """Its author thinks better of it."""
    row = _locked(proposal)
    if row.proposed_by_id != by.user_id:
        raise NotNow(_("Only who proposed it can take it back."))
    _decide(row, ProposalState.WITHDRAWN, by=by, at=at, ruling="")
    return row


def _check(by: Membership, capability: Capability) -> None:
    if not by.can(capability):
        raise NotAllowed(
            _("As %(role)s you may not do this.") % {"role": by.get_role_display()}, capability=str(capability)
        )


def _check_day(valid_from: date, at: datetime) -> None:
    if valid_from < at.astimezone(ZoneInfo(settings.TIME_ZONE)).date():
        raise Invalid(_("Its first day is over. A rule is never changed backwards."), field="valid_from")


def _open(proposal: Proposal, *, by: Membership) -> Proposal:
    _check(by, subject_of(proposal.subject).decide)
    row = _locked(proposal)
    if row.proposed_by_id == by.user_id:
        raise NotAllowed(_("You proposed this; somebody else must decide."))
    return row


def _locked(proposal: Proposal) -> Proposal:
    row = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if row.state != ProposalState.PROPOSED:
        raise NotNow(_("This was decided before: %(state)s.") % {"state": row.get_state_display()})
    return row


def _decide(row: Proposal, state: ProposalState, *, by: Membership, at: datetime, ruling: str) -> None:
    row.state, row.decided_by_id, row.decided_at, row.ruling = state, by.user_id, at, ruling.strip()[:WHY_LIMIT]
    row.save(update_fields=["state", "decided_by", "decided_at", "ruling"])
