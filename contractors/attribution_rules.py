"""The rules by which a bad outcome is the contractor's, the unit's, or neither's: one table, one function a rule.

For each kind of outcome the rules are asked in their order; the first that holds decides. A rule looks at what was
done (who proposed which unit, who kept which limit, what was replied and reviewed), never at what people say of it. The
last rule of each kind always holds. Change one, and ``VERSION`` goes up; what was attributed keeps its version.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import (
    Assignment,
    AssignmentRole,
    Case,
    Clock,
    ClockKind,
    Decision,
    DecisionKind,
    DecisionState,
    Reply,
)
from contractors.models import AgentComplaint, BadOutcome, Party
from hotline.models import Organisation

VERSION = 1
INCOMPLETE = "incomplete"  # the reason of a return, by its code in the list of reasons


@dataclass(frozen=True)
class Bad:
    """One bad outcome of a case: what, in which round, and when."""

    case: Case
    outcome: BadOutcome
    round: int
    at: datetime

    @property
    def contractor(self) -> Organisation | None:
        """Whoever took the case down, if that was a contractor."""
        taker = self.case.taken_by_organisation
        return taker if taker is not None and taker.kind == Organisation.Kind.CONTRACTOR else None

    @property
    def lead(self) -> Assignment | None:
        """The lead unit's part as it was then."""
        parts = Assignment.objects.filter(case=self.case, role=AssignmentRole.LEAD, dispatched_at__lte=self.at)
        return parts.select_related("unit").order_by("-dispatched_at", "-pk").first()

    def clock(self, kind: ClockKind, part: Assignment) -> Clock | None:
        return Clock.objects.filter(case=self.case, assignment=part, kind=kind).order_by("-started_at", "-pk").first()

    @property
    def bounce(self) -> Decision | None:
        """The granted return of which this is the outcome."""
        asked = Decision.objects.filter(case=self.case, kind=DecisionKind.BOUNCE, state=DecisionState.GRANTED)
        return asked.filter(ruled_at__lte=self.at).select_related("assignment").order_by("-ruled_at", "-pk").first()


class Rule(NamedTuple):
    key: str
    outcome: BadOutcome
    party: Party
    words: str | Promise
    holds: Callable[[Bad], Organisation | bool | None]


RULES: list[Rule] = []
Holds = Callable[[Bad], Organisation | bool | None]


def rule(outcome: BadOutcome, party: Party, words: str | Promise) -> Callable[[Holds], Holds]:
    """Enter a function into the table. It gives back whose it is, or for neither's whether it holds."""

    def register(function: Holds) -> Holds:
        RULES.append(Rule(function.__name__, outcome, party, words, function))
        return function

    return register


def words_of(key: str) -> str | Promise:
    """The rule in a sentence, as the case page says it."""
    return next((rule.words for rule in RULES if rule.key == key), key)


def attribute(bad: Bad) -> tuple[Rule, Organisation | None]:
    """The first rule that holds, and whom it names."""
    for found in RULES:
        if found.outcome == bad.outcome and (whose := found.holds(bad)):
            return found, whose if isinstance(whose, Organisation) else None
    raise LookupError(f"no rule holds for {bad.outcome}")


# -- A unit gave the case back, and the government granted it


@rule(BadOutcome.RETURNED, Party.CONTRACTOR, _("The record was too incomplete to act on; the contractor took it down."))
def incomplete_record(bad: Bad) -> Organisation | bool | None:
    return bad.contractor if bad.bounce and bad.bounce.reason == INCOMPLETE else False


@rule(BadOutcome.RETURNED, Party.CONTRACTOR, _("The contractor proposed the unit that rightly gave it back."))
def proposed_the_wrong_unit(bad: Bad) -> Organisation | bool | None:
    bounce = bad.bounce
    part = bounce.assignment if bounce else None
    first = bounce is not None and not _returned_before(bounce)
    return bad.contractor if first and part and part.unit_id == bad.case.proposed_unit_id else False


@rule(BadOutcome.RETURNED, Party.NEITHER, _("The government's dispatcher chose the unit that rightly gave it back."))
def dispatched_otherwise(bad: Bad) -> bool:
    return True


# -- The promise to the citizen was not kept


@rule(BadOutcome.LATE, Party.NEITHER, _("The case was not with a unit yet when the promise ran out."))
def never_with_a_unit(bad: Bad) -> bool:
    return bad.lead is None


@rule(BadOutcome.LATE, Party.UNIT, _("The unit's own limit to handle it ran out too."))
def unit_kept_no_limit(bad: Bad) -> Organisation | bool | None:
    part = bad.lead
    if part is None:
        return False
    clock = bad.clock(ClockKind.HANDLE, part)
    late = clock is not None and clock.due_at <= bad.at and (clock.met_at is None or clock.met_at > clock.due_at)
    return part.unit if late else False


@rule(BadOutcome.LATE, Party.CONTRACTOR, _("The time was lost with a unit that the contractor wrongly proposed."))
def lost_with_a_wrong_unit(bad: Bad) -> Organisation | bool | None:
    return bad.contractor if bad.bounce and (incomplete_record(bad) or proposed_the_wrong_unit(bad)) else False


@rule(BadOutcome.LATE, Party.NEITHER, _("The time was lost before the case came to this unit, which has time left."))
def lost_before(bad: Bad) -> bool:
    return (
        bad.lead is not None
        and Assignment.objects.filter(
            case=bad.case, role=AssignmentRole.LEAD, round=bad.lead.round, dispatched_at__lt=bad.lead.dispatched_at
        ).exists()
    )


@rule(BadOutcome.LATE, Party.UNIT, _("The case was with this unit alone."))
def late_with_the_unit(bad: Bad) -> Organisation | bool | None:
    return bad.lead.unit if bad.lead else False


# -- What the citizen said


@rule(BadOutcome.UNSOLVED, Party.NEITHER, _("Beyond the unit's powers, as its reply said and the review accepted."))
def beyond_powers(bad: Bad) -> bool:
    reply = _reply(bad)
    return reply is not None and reply.beyond_powers


@rule(BadOutcome.UNSOLVED, Party.UNIT, _("The unit handled it, and it is not solved."))
def unsolved_by_the_unit(bad: Bad) -> Organisation | bool | None:
    return bad.lead.unit if bad.lead else False


@rule(BadOutcome.UNSOLVED, Party.NEITHER, _("No unit had it."))
def unsolved_without_a_unit(bad: Bad) -> bool:
    return True


@rule(BadOutcome.DISSATISFIED, Party.CONTRACTOR, _("A complaint about how the citizen was served was justified."))
def served_badly(bad: Bad) -> Organisation | bool | None:
    justified = AgentComplaint.objects.justified().filter(about=bad.case, ruled_at__lte=bad.at)
    return bad.contractor if justified.exists() else False


@rule(BadOutcome.DISSATISFIED, Party.NEITHER, _("Beyond the unit's powers, and the citizen was told so."))
def dissatisfied_beyond_powers(bad: Bad) -> Organisation | bool | None:
    return beyond_powers(bad)


@rule(BadOutcome.DISSATISFIED, Party.UNIT, _("The citizen is dissatisfied with the unit's handling."))
def dissatisfied_with_the_unit(bad: Bad) -> Organisation | bool | None:
    return bad.lead.unit if bad.lead else False


@rule(
    BadOutcome.DISSATISFIED, Party.NEITHER, _("No unit handled it, and no complaint about the service was justified.")
)
def dissatisfied_without_a_unit(bad: Bad) -> bool:
    return True


# -- Refused, and the government overturned it; served badly


@rule(BadOutcome.REFUSED, Party.CONTRACTOR, _("The contractor refused it; the government's review overturned that."))
def refused_by_the_contractor(bad: Bad) -> Organisation | bool | None:
    return bad.contractor


@rule(BadOutcome.REFUSED, Party.NEITHER, _("The office itself refused it."))
def refused_by_the_office(bad: Bad) -> bool:
    return True


@rule(BadOutcome.MANNER, Party.CONTRACTOR, _("A complaint about the agent was found justified."))
def complaint_justified(bad: Bad) -> Organisation | bool | None:
    return bad.contractor


def _returned_before(bounce: Decision) -> bool:
    """Was the case given back before this return? Then the contractor's proposal was corrected already."""
    earlier = Decision.objects.filter(
        case=bounce.case_id, kind=DecisionKind.BOUNCE, state=DecisionState.GRANTED, ruled_at__lt=bounce.ruled_at
    )
    return earlier.exists()


def _reply(bad: Bad) -> Reply | None:
    """The lead unit's last accepted reply before the citizen said so."""
    replies = Reply.objects.filter(assignment__case=bad.case, state="accepted", submitted_at__lte=bad.at)
    return replies.order_by("-submitted_at", "-pk").first()
