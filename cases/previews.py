"""What a ruling would do, told before it is made: the ruling itself, carried out and undone.

So the preview cannot differ from the act. It takes the case's lock for some milliseconds and leaves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases import effect, workflow
from cases.models import Case, Clock, ClockKind, Decision, DecisionKind, DecisionState, Status
from cases.permissions import check
from hotline.acts import NotNow
from hotline.models import Membership, Organisation
from hotline.roles import Capability


class Change(StrEnum):
    """What becomes of a limit."""

    STARTS = "starts"
    STOPS = "stops"
    MOVES = "moves"
    STAYS = "stays"


@dataclass(frozen=True)
class ClockChange:
    """One limit, before and after the ruling. ``unit`` is whose part it measures; None for the case itself."""

    kind: ClockKind
    unit: Organisation | None
    change: Change
    before: datetime | None
    after: datetime | None
    stands_still: bool = False


@dataclass(frozen=True)
class Outlook:
    """The case before and after, and with whom. ``approvals`` is how many people must say yes before it is so."""

    before: Status
    after: Status
    unit: Organisation | None
    is_sent_on: bool
    approvals: int
    clocks: list[ClockChange]


UNWRITTEN = "…"  # the words of a ruling change nothing of what it does
Reading = dict[tuple[str, int | None], Clock]
SHOWN = (ClockKind.PROMISE, ClockKind.DISPATCH, ClockKind.SIGN, ClockKind.CONTACT, ClockKind.HANDLE, ClockKind.VERDICT)


def outlook(
    decision: Decision,
    *,
    by: Membership,
    at: datetime,
    grant: bool,
    unit: Organisation | None = None,
    final: bool = False,
) -> Outlook:
    """What granting or rejecting would do now. Raises what the ruling itself would raise, and NotNow if it was made."""
    check(by, Capability.DECISION_READ, decision.case)
    with _undone():
        case = workflow.locked(decision.case, version=None)
        row = Decision.objects.select_related("assignment").get(pk=decision.pk)
        if row.state != DecisionState.ASKED:
            raise NotNow(_("This request was ruled on before."))
        row.case, status, had_it, before = case, Status(case.status), case.unit_id, _running(case)
        approvals = row.approvals_left if grant else 1
        ruling: dict[str, Any] = {"by": by, "at": at, "ruling": UNWRITTEN}
        if not grant:
            case = effect.reject(case, row, final=final, **ruling)
        elif approvals == 1:
            case = effect.grant(case, row, unit=unit, **ruling)
        else:  # nobody has given the last approval yet
            case = effect.GRANTED[DecisionKind(row.kind)](case, row, unit=unit, **ruling)
        after = _running(case)
        sent_on, changes = case.unit_id != had_it, list(_compared(before, after))
        return Outlook(status, Status(case.status), case.unit, sent_on, approvals, changes)


@contextmanager
def _undone() -> Iterator[None]:
    """Whatever is done inside leaves nothing: no row, no event, no message."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _running(case: Case) -> Reading:
    running = Clock.objects.running().filter(case=case, kind__in=SHOWN).select_related("assignment")
    return {(clock.kind, clock.assignment_id): clock for clock in running.order_by("pk")}


def _compared(before: Reading, after: Reading) -> Iterator[ClockChange]:
    """The promise first; then what stops, moves or stays, and what starts."""
    keys = sorted({*before, *after}, key=lambda key: (SHOWN.index(ClockKind(key[0])), key[1] or 0))
    for key in keys:
        old, new = before.get(key), after.get(key)
        clock = new or old
        assert clock is not None
        yield ClockChange(
            kind=ClockKind(clock.kind),
            unit=clock.assignment.unit if clock.assignment else None,
            change=_change(old, new),
            before=old.due_at if old else None,
            after=new.due_at if new else None,
            stands_still=new is not None and new.paused_at is not None,
        )


def _change(old: Clock | None, new: Clock | None) -> Change:
    if old is None:
        return Change.STARTS
    if new is None:
        return Change.STOPS
    return Change.STAYS if old.due_at == new.due_at else Change.MOVES
