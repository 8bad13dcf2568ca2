"""The scope matrix: what a contractor's people may do, from which day on. Two people of the office change it.

It only takes away: what the roles of a contractor do not hold is the government's work and cannot be switched on. What
is withheld stays so until another scope says otherwise, under the contractor's next contract too.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.models import CaseEvent, EventKind
from contractors.engagement import with_access
from contractors.models import Contract
from hotline.acts import Invalid
from hotline.models import Membership, Organisation, Proposal, ProposalState, Restriction
from hotline.proposals import Subject, Values, register
from hotline.rights import WORDS
from hotline.roles import SWITCHABLE, Capability

KEY = "contractor_scope"
ATTEMPTED = timedelta(days=30)
CALLED_OFF = timedelta(microseconds=1)
# By which events it is seen how often a right was used.
SEEN_IN: dict[Capability, EventKind] = {
    Capability.CASE_REGISTER: EventKind.REGISTERED,
    Capability.CASE_ANSWER: EventKind.ANSWERED,
    Capability.CASE_REFUSE: EventKind.REFUSED,
    Capability.CASE_HAND_OVER: EventKind.LINE_ASKED,
    Capability.CASE_URGE: EventKind.URGED,
    Capability.CALLBACK_MAKE: EventKind.CALLBACK_TRIED,
}
# Principal work: nobody can switch it on for a contractor.
PRINCIPAL = (
    Capability.CASE_DISPATCH,
    Capability.CASE_WITHDRAW,
    Capability.CASE_REOPEN,
    Capability.CASE_SEAL,
    Capability.CASE_SUPERVISE,
    Capability.REPLY_REVIEW,
    Capability.DECISION_RULE,
    Capability.DECISION_CONFIRM,
    Capability.DISPUTE_RULE,
    Capability.KNOWLEDGE_APPROVE,
    Capability.CATALOGUE_APPROVE,
    Capability.PROPOSAL_DECIDE,
)


def withheld_last(organisation: Organisation) -> list[str]:
    """What will be withheld when every approved scope has begun."""
    open_ones = Restriction.objects.filter(organisation=organisation, valid__upper_inf=True)
    return sorted(open_ones.values_list("capability", flat=True))


def versions(organisation: Organisation) -> Any:
    """The scopes approved for a contractor, the latest first."""
    numbers = list(Contract.objects.of(organisation).values_list("number", flat=True))
    approved = Proposal.objects.filter(subject=KEY, target__in=numbers, state=ProposalState.APPROVED)
    return approved.select_related("proposed_by", "decided_by").order_by("-valid_from", "-pk")


class ScopeMatrix(Subject):
    """One target for each contract: its number. ``allowed`` are the rights its people may use."""

    key = KEY
    label = gettext_lazy("Scope of a contractor")

    def current(self, target: str) -> Values | None:
        withheld = withheld_last(_contract(target).organisation)
        return {"allowed": [right.value for right in SWITCHABLE if right.value not in withheld]}

    def clean(self, target: str, given: Values, proposal: Proposal) -> Values:
        contract = _contract(target)
        known = {right.value for right in SWITCHABLE}
        if strange := sorted(set(given["allowed"]) - known):
            raise Invalid(
                _("This is the government's work and cannot be switched on: %(what)s.")
                % {"what": ", ".join(_words(right) for right in strange)},
                field="allowed",
            )
        if not contract.first_day <= proposal.valid_from <= contract.last_day:
            raise Invalid(
                _("Contract %(number)s runs from %(first)s to %(last)s.")
                % {"number": contract.number, "first": contract.first_day, "last": contract.last_day},
                field="valid_from",
            )
        latest = versions(contract.organisation).first()
        if latest is not None and proposal.valid_from < latest.valid_from:
            raise Invalid(
                _("A scope approved before begins on %(day)s; this one cannot begin earlier.")
                % {"day": latest.valid_from.isoformat()},
                field="valid_from",
            )
        return {"allowed": [right.value for right in SWITCHABLE if right.value in given["allowed"]]}

    def lines(self, values: Values) -> list[tuple[str, str]]:
        return [(_words(right), _("yes") if right.value in values["allowed"] else _("no")) for right in SWITCHABLE]

    def title(self, target: str, values: Values) -> str:
        return _("Scope under contract %(number)s") % {"number": target}

    def effects(self, proposal: Proposal, at: datetime) -> list[str]:
        """How many people it reaches, and how often they did in the last 30 days what they may not do any more."""
        body = _contract(proposal.target).organisation
        n = with_access(body, at).order_by().values("user").distinct().count()
        said = [
            ngettext("It reaches %(n)s person of %(name)s.", "It reaches %(n)s people of %(name)s.", n)
            % {"n": n, "name": body.label}
        ]
        before = (proposal.before or {"allowed": []})["allowed"]
        for right in SWITCHABLE:
            if right.value in before and right.value not in proposal.change["allowed"] and right in SEEN_IN:
                recent = CaseEvent.objects.between(at - ATTEMPTED, at).filter(organisation=body, kind=SEEN_IN[right])
                said.append(
                    _("“%(right)s” was done %(n)s times in the last 30 days; from then on it is refused.")
                    % {"right": _words(right), "n": recent.count()}
                )
        return said

    def put_in_force(self, proposal: Proposal, *, by: Membership, at: datetime) -> None:
        """From the first second of its first day on, or from now if that has begun: never backwards."""
        body = _contract(proposal.target).organisation
        start = max(datetime.combine(proposal.valid_from, time(), ZoneInfo(settings.TIME_ZONE)), at)
        allowed = set(proposal.change["allowed"])
        there = {row.capability: row for row in Restriction.objects.filter(organisation=body, valid__upper_inf=True)}
        for right in SWITCHABLE:
            row = there.get(right.value)
            if row is not None and right.value in allowed:
                row.valid = DateTimeTZRange(row.valid.lower, max(start, row.valid.lower + CALLED_OFF))
                row.save(update_fields=["valid"])
            elif row is None and right.value not in allowed:
                Restriction.objects.create(
                    organisation=body, capability=right.value, valid=DateTimeTZRange(start, None), proposal=proposal
                )


def _contract(number: str) -> Contract:
    found = Contract.objects.signed().select_related("organisation").filter(number=number).first()
    if found is None:
        raise Invalid(_("There is no signed contract with this number."), field="target")
    return found


def _words(right: str) -> str:
    words = {known.value: words for known, words in WORDS.items()}
    return str(words.get(str(right), right))


SCOPE = register(ScopeMatrix())
