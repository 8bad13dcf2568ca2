"""How each kind of decision is come to, in one table: who asks, on what evidence, within which limit, who rules.

The verbs read from it who may rule and how many must approve; ``docs/workflow.md`` is written from it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from cases.models import Decision, DecisionKind
from hotline.models import Membership
from hotline.roles import Capability, Role


@dataclass(frozen=True)
class Approval:
    """One of the people whose yes is needed: the right it takes, and whom a request waiting for it is told to."""

    capability: Capability
    told: Role


@dataclass(frozen=True)
class Procedure:
    """A row of the table. ``approvals`` is as long as the number of people who must agree, each another one."""

    asks: str
    evidence: str
    limit: str
    approvals: tuple[Approval, ...]
    granted: str
    rejected: str
    names_unit: bool = False
    needs_evidence: bool = False


DISPATCHER = Approval(Capability.DECISION_RULE, Role.DISPATCHER)
SECOND = Approval(Capability.DECISION_CONFIRM, Role.OFFICE_HEAD)
ARBITER = Approval(Capability.DISPUTE_RULE, Role.ARBITER)

PROCEDURES: dict[DecisionKind, Procedure] = {
    DecisionKind.BOUNCE: Procedure(
        asks="the lead unit",
        evidence="reason and grounds; a proposed unit and files if there are any",
        limit="before sign-off, within the sign-off limit; rejected twice or for good, not again",
        approvals=(DISPATCHER,),
        granted=(
            "the case goes to the unit named, or back to the dispatchers; from the third hop on, to the arbiter. The"
            " promise runs on."
        ),
        rejected="the case stays with the unit, for good if the ruling says so",
        names_unit=True,
    ),
    DecisionKind.DISPUTE: Procedure(
        asks="a dispatcher; the system at the third hop, or when no unit took the case within the dispatch limit",
        evidence="reason, and what each unit says",
        limit="while the case is registered, or a return is asked for",
        approvals=(ARBITER,),
        granted="the case goes to the unit named, which may not return it. The promise runs on.",
        rejected="not possible: a dispute ends with a unit",
        names_unit=True,
    ),
    DecisionKind.EXTENSION: Procedure(
        asks="the lead unit",
        evidence="reason, grounds, how much more",
        limit="before the handling limit is over; number, size and total as the policy says",
        approvals=(DISPATCHER,),
        granted="handling limit and promise move by that much; the citizen is told",
        rejected="the limit stays as it is",
    ),
    DecisionKind.SUSPENSION: Procedure(
        asks="the lead unit",
        evidence="reason, grounds, proof, a review date, and what the citizen will read",
        limit="while handling; so many suspended cases a unit, so many days at most",
        approvals=(DISPATCHER, SECOND),
        granted=(
            "the case rests with the hotline until the review date, then handling goes on by itself. Pausable limits"
            " stand still meanwhile; the citizen is told; it is counted in public."
        ),
        rejected="the unit handles the case",
        needs_evidence=True,
    ),
    DecisionKind.EXCLUSION: Procedure(
        asks="the lead unit",
        evidence="reason, grounds, proof",
        limit="while handling; rejected twice, not again",
        approvals=(DISPATCHER, SECOND),
        granted="the case is left out of the net rates and stays in the gross ones; it is still answered in time",
        rejected="the case counts",
        needs_evidence=True,
    ),
    DecisionKind.CLOSING: Procedure(
        asks="the lead unit",
        evidence="tries to reach the citizen on record, none successful; what the citizen will read",
        limit="while handling",
        approvals=(DISPATCHER,),
        granted="the unit's words become the answer without a contact; the citizen is asked whether it helped",
        rejected="the unit handles the case and goes on trying",
    ),
    DecisionKind.REFUSAL: Procedure(
        asks="whoever did not accept the request, by doing so",
        evidence="legal ground and the route the citizen was told",
        limit="until the case is taken up again",
        approvals=(DISPATCHER,),
        granted="the refusal stands",
        rejected="the case is registered again; the promise runs as from the first call, and the citizen is told",
    ),
}


def approval_wanted(decision: Decision) -> Approval:
    """Whose yes an open request waits for."""
    return PROCEDURES[DecisionKind(decision.kind)].approvals[-decision.approvals_left]


def may_rule(by: Membership, decision: Decision) -> bool:
    """Is it this person's turn? Nobody rules on what they asked for or approved themselves."""
    own = by.user_id in (decision.asked_by_id, decision.approved_by_id)
    return not own and by.can(approval_wanted(decision).capability)


def turn_of(by: Membership) -> Q:
    """The open requests on which ``may_rule``, as a condition."""
    wanted = Q(pk__in=[])
    for kind, procedure in PROCEDURES.items():
        for n, approval in enumerate(procedure.approvals):
            if by.can(approval.capability):
                wanted |= Q(kind=kind, approved_by__isnull=n == 0)
    others = ~Q(asked_by=by.user_id) | Q(asked_by__isnull=True)
    return wanted & others & (~Q(approved_by=by.user_id) | Q(approved_by__isnull=True))
