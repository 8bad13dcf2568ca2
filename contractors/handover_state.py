"""How far a hand-over is: what is looked up, what was ticked off, what is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contractors import running_work
from contractors.engagement import contract_at, with_access
from contractors.models import Closing, Step, StepDone
from contractors.running_work import RunningWork
from hotline.models import ApiToken
from hotline.models.people import MembershipQuerySet


@dataclass(frozen=True)
class State:
    """What a hand-over stands at, at one moment. ``goes_on`` is the contract that follows without a gap, if any."""

    work: RunningWork
    drafts: int
    calls: int
    access: MembershipQuerySet
    with_access: int
    keys: int
    goes_on: str
    steps: dict[str, StepDone]

    @property
    def is_over(self) -> bool:
        """Nobody may act for the contractor under this contract any more."""
        return not self.with_access or bool(self.goes_on)


def state_of(closing: Closing, at: datetime) -> State:
    contract = closing.contract
    work = running_work.of_contractor(contract.organisation, at)
    access = with_access(contract.organisation, at)
    following = contract_at(contract.organisation, max(at, contract.term.upper))
    keys = ApiToken.objects.filter(membership__in=access, revoked_at__isnull=True, expires_at__gt=at)
    done = StepDone.objects.filter(closing=closing).select_related("done_by")
    return State(
        work=work,
        drafts=work.drafts.count(),
        calls=work.calls.count(),
        access=access,
        with_access=access.count(),
        keys=keys.count(),
        goes_on=following.number if following and following.pk != contract.pk else "",
        steps={row.step: row for row in done},
    )


def left_to_do(closing: Closing, at: datetime) -> list[str]:
    """In sentences, what stands before the certificate."""
    state = state_of(closing, at)
    left = []
    if closing.contract.term.upper > at:
        left.append(_("the contract is still in force"))
    if state.drafts and not state.goes_on:
        n = state.drafts
        left.append(ngettext("%(n)s record in progress", "%(n)s records in progress", n) % {"n": n})
    if state.calls and not state.goes_on:
        left.append(ngettext("%(n)s call in progress", "%(n)s calls in progress", state.calls) % {"n": state.calls})
    if not state.is_over:
        n = state.with_access
        left.append(ngettext("%(n)s person has access", "%(n)s people have access", n) % {"n": n})
    if closing.exported_at is None:
        left.append(_("the successor's file was not taken"))
    return left + [str(Step(step).label) for step in Step.values if step not in state.steps]
