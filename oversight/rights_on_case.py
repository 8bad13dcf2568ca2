"""What one person may do to one case at this moment, and which rule and which membership says so.

Nothing here decides: the answers are those of the table of rights, of ``visible_to`` and of ``cases.permissions``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cases.models import Case, Recusal
from cases.models.recusal import kept_from
from cases.permissions import check, may_see_identity
from hotline.acts import NotAllowed
from hotline.models import Membership, User
from hotline.rights import WORDS, reach_of
from hotline.roles import Capability

# Rights that are about a case one names; others are about lists, rules or people.
ON_A_CASE = tuple(
    Capability(right)
    for right in (
        *("case.read", "case.dispatch", "case.involve", "case.withdraw", "case.reopen", "case.urge", "case.supervise"),
        *("case.note", "case.link", "case.seal", "case.recuse", "assignment.work", "decision.ask", "decision.rule"),
        *("decision.confirm", "dispute.rule", "reply.review", "callback.make", "identity.reveal", "identity.sealed"),
        *("call.read", "feedback.read", "ladder.read", "ladder.answer", "ladder.settle", "attribution.read"),
        *("attribution.dispute", "attribution.rule", "quality.mark", "audit.read", "audit.sample"),
    )
)


@dataclass(frozen=True)
class Standing:
    """One membership in force: does it reach the case, and why."""

    membership: Membership
    reaches: bool
    why: str


@dataclass(frozen=True)
class Right:
    """One right: ``by`` is the membership that gives it, None where none does; ``why`` the rule in words."""

    capability: Capability
    by: Membership | None
    why: str

    @property
    def words(self) -> str:
        return str(WORDS[self.capability])


def standings(person: User, case: Case, at: datetime) -> list[Standing]:
    """Every membership in force, in the order it was given."""
    held = Membership.objects.acting(at).filter(user=person).order_by("valid", "pk")
    return [_standing(membership, case) for membership in held]


def _standing(membership: Membership, case: Case) -> Standing:
    if Case.objects.visible_to(membership).filter(pk=case.pk).exists():
        return Standing(membership, True, reach_of(membership.role))
    if not membership.can(Capability.CASE_READ):
        return Standing(membership, False, _("The role reads no cases."))
    if Recusal.objects.in_force().filter(case=case, person=membership.user_id).exists():
        return Standing(membership, False, _("This person stands aside from the case."))
    if Case.objects.filter(kept_from(membership), pk=case.pk).exists():
        return Standing(membership, False, _("A confidential complaint about a body this person acts or acted for."))
    if case.confidential:
        return Standing(membership, False, _("The case is confidential, or not within: %(reach)s") % _reach(membership))
    return Standing(membership, False, _("Not within: %(reach)s") % _reach(membership))


def _reach(membership: Membership) -> dict[str, Any]:
    return {"reach": reach_of(membership.role)}


def rights(held: list[Standing], case: Case) -> list[Right]:
    """Each right on the case, those that are given first."""
    found = [_right(capability, held, case) for capability in ON_A_CASE]
    return sorted(found, key=lambda right: right.by is None)


def _right(capability: Capability, held: list[Standing], case: Case) -> Right:
    """By the first membership that gives it; else why the one that comes nearest does not."""
    refusals: list[tuple[int, str]] = []
    for standing in held:
        by = standing.membership
        try:
            check(by, capability, case)
        except NotAllowed as refusal:
            refusals.append((1 if by.lacks(capability) else 0, str(refusal)))
            continue
        if not standing.reaches:
            refusals.append((2, standing.why))
        elif capability == Capability.IDENTITY_REVEAL and not may_see_identity(by, case):
            refusals.append((3, _("The case is confidential, and the role does not see sealed identities.")))
        else:
            return Right(capability, by, standing.why)
    if not refusals:
        return Right(capability, None, _("No membership is in force."))
    return Right(capability, None, max(refusals)[1])
