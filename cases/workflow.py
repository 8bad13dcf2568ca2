"""The life of a case in one table: statuses, whose hands each is in, the legal moves, and the one way to make them.

Verbs live beside the work they do (intake, dispatching, handling, reviewing, decisions, surveys) and end in ``move``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case as SqlCase
from django.db.models import DateTimeField, F, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cases import discretion, verbatim
from cases.models import (
    Assignment,
    Case,
    CaseEvent,
    Clock,
    ClockKind,
    Decision,
    DecisionKind,
    DecisionState,
    EventKind,
    Outcome,
    Status,
)
from cases.models.case import ENDED, HANDLED, WITH_UNIT
from cases.models.clock import ClockQuerySet
from hotline import ledger
from hotline.acts import NotNow, Stale
from hotline.compiled import Compiled
from hotline.models import Membership
from hotline.roles import Capability

# What is written for the citizen goes out as it is written: a unit's own telephone number must be readable.
TO_THE_CITIZEN = frozenset(
    {EventKind.ANSWERED, EventKind.REFUSED, EventKind.PROGRESS, EventKind.SUSPENDED, EventKind.CLOSED_UNREACHED}
)
HANDS: dict[Status, str] = {
    Status.REGISTERED: "hotline",
    Status.DISPATCHED: "unit",
    Status.DISPUTED: "arbiter",
    Status.HANDLING: "unit",
    Status.REPLIED: "hotline",
    Status.VERIFYING: "citizen",
    Status.REHANDLING: "unit",
    Status.SUSPENDED: "hotline",
    Status.CLOSED: "nobody",
    Status.REFUSED: "nobody",
    Status.HANDED_OVER: "nobody",
    Status.WITHDRAWN: "nobody",
}
HANDS_LABELS = {
    "hotline": gettext_lazy("the hotline"),
    "unit": gettext_lazy("the handling unit"),
    "arbiter": gettext_lazy("the arbiter"),
    "citizen": gettext_lazy("the citizen"),
    "nobody": gettext_lazy("nobody"),
}


CHANGING = (  # of a case; the rest is what was registered and stays
    *("status", "outcome", "round", "hops", "unit", "group", "promise_due_at", "provisional"),
    *("version", "changed_at", "first_closed_at", "last_closed_at"),
)


@dataclass(frozen=True)
class Move:
    """From which statuses to which, by whom (``None``: the system, when the citizen or a timer says so)."""

    sources: frozenset[Status]
    targets: frozenset[Status]
    capability: Capability | None
    label: Any


def _of(*statuses: Status) -> frozenset[Status]:
    return frozenset(statuses)


_REGISTERED, _DISPATCHED, _REPLIED = _of(Status.REGISTERED), _of(Status.DISPATCHED), _of(Status.REPLIED)
_DISPUTED, _SUSPENDED, _VERIFYING = _of(Status.DISPUTED), _of(Status.SUSPENDED), _of(Status.VERIFYING)
_CLOSED, _REFUSED = _of(Status.CLOSED), _of(Status.REFUSED)
_UNSIGNED = _REGISTERED | _DISPATCHED
_WAITING = _UNSIGNED | {Status.HANDLING}
_UNANSWERED = WITH_UNIT | _REGISTERED | _DISPUTED | _SUSPENDED

MOVES: dict[str, Move] = {
    "answer": Move(_REGISTERED, _CLOSED, Capability.CASE_ANSWER, gettext_lazy("answer directly")),
    "refuse": Move(_REGISTERED, _REFUSED, Capability.CASE_REFUSE, gettext_lazy("do not accept")),
    "hand_over": Move(
        WITH_UNIT | _REGISTERED, _of(Status.HANDED_OVER), Capability.CASE_HAND_OVER, gettext_lazy("hand over")
    ),
    "dispatch": Move(_REGISTERED, _DISPATCHED, Capability.CASE_DISPATCH, gettext_lazy("dispatch")),
    "sign": Move(_DISPATCHED, HANDLED, Capability.ASSIGNMENT_WORK, gettext_lazy("sign off")),
    "redispatch": Move(_DISPATCHED, _DISPATCHED, Capability.DECISION_RULE, gettext_lazy("re-dispatch")),
    "take_back": Move(_DISPATCHED, _REGISTERED, Capability.DECISION_RULE, gettext_lazy("take back")),
    "dispute": Move(_UNSIGNED, _DISPUTED, Capability.DECISION_RULE, gettext_lazy("refer to the arbiter")),
    "join": Move(_WAITING, _REGISTERED, Capability.CASE_LINK, gettext_lazy("join to a group")),
    "leave": Move(_REGISTERED, _REGISTERED, Capability.CASE_LINK, gettext_lazy("take out of its group")),
    "answer_with_group": Move(_REGISTERED, _VERIFYING, Capability.REPLY_REVIEW, gettext_lazy("answer with its group")),
    "settle": Move(_DISPUTED, _DISPATCHED, Capability.DISPUTE_RULE, gettext_lazy("rule on the dispute")),
    "reply": Move(HANDLED, _REPLIED, Capability.ASSIGNMENT_WORK, gettext_lazy("submit the reply")),
    "suspend": Move(HANDLED, _SUSPENDED, Capability.DECISION_CONFIRM, gettext_lazy("suspend")),
    "resume": Move(_SUSPENDED, HANDLED, Capability.DECISION_RULE, gettext_lazy("go on before the review date")),
    "review_date": Move(_SUSPENDED, HANDLED, None, gettext_lazy("go on at the review date")),
    "close_unreached": Move(HANDLED, _VERIFYING, Capability.DECISION_RULE, gettext_lazy("answer without contact")),
    "accept": Move(_REPLIED, _VERIFYING, Capability.REPLY_REVIEW, gettext_lazy("accept the reply")),
    "send_back": Move(_REPLIED, HANDLED, Capability.REPLY_REVIEW, gettext_lazy("send the reply back")),
    "verdict": Move(_VERIFYING, _CLOSED | {Status.REHANDLING}, None, gettext_lazy("citizen's verdict")),
    "expire": Move(_VERIFYING, _CLOSED, None, gettext_lazy("close unrated")),
    "overturn": Move(_REFUSED, _REGISTERED, Capability.DECISION_RULE, gettext_lazy("overturn the refusal")),
    "reopen": Move(_CLOSED | _REFUSED, _REGISTERED, Capability.CASE_REOPEN, gettext_lazy("reopen")),
    "withdraw": Move(
        _UNANSWERED, _of(Status.WITHDRAWN), Capability.CASE_WITHDRAW, gettext_lazy("withdraw for the citizen")
    ),
}


IN_A_GROUP = frozenset({"leave", "answer_with_group"})
ALONE = frozenset({"answer", "refuse", "hand_over", "dispatch", "dispute", "join"})


def locked(case: Case, *, version: int | None) -> Case:
    """The case, locked for this transaction. Raises Stale if it is not as the person saw it.

    ``no_key``: rows that point at the case may still be written meanwhile. Otherwise the scanner, which has the clock
    and writes an event, and a person, who has the case and stops the clock, would wait for each other.
    """
    row = _locked.get(pk=case.pk)
    check_version(row, version)
    return row


_locked = Compiled(
    lambda pk: Case.objects.select_for_update(of=("self",), no_key=True).select_related("citizen").filter(pk=pk), pk=int
)


def check_version(case: Case, version: int | None) -> None:
    """Raises Stale if the locked case is not as the person saw it, with what happened since."""
    if version is not None and case.version != version:
        raise Stale(
            _("Somebody else changed this case meanwhile. Nothing of yours was overwritten: compare and decide again."),
            changes=discretion.changes_since(case, version),
            version=case.version,
        )


def move(
    case: Case, name: str, to: Status, *, by: Membership | None, at: datetime, kind: EventKind, **event: Any
) -> Case:
    """Make one legal move on a locked case and record it. Raises NotNow with what is allowed instead."""
    legal = check_move(case, name)
    if to not in legal.targets:
        raise ValueError(f"{name} does not lead to {to}")
    before, case.status = case.status, to
    if to in ENDED:
        case.last_closed_at = at
        case.first_closed_at = case.first_closed_at or at
    else:
        case.outcome = ""
    return record(case, kind, by=by, at=at, from_status=before, to_status=to, **event)


def check_move(case: Case, name: str) -> Move:
    """The move, if the case is where it starts from. Raises NotNow with what is allowed instead."""
    legal = MOVES[name]
    if case.status not in legal.sources or name in _barred(case):
        raise NotNow(_not_possible(case, legal), allowed=allowed_moves(case))
    return legal


def _not_possible(case: Case, wanted: Move) -> str:
    """Where the case is, and what can be done with it instead."""
    words = {
        "move": wanted.label,
        "status": case.get_status_display(),
        "hands": HANDS_LABELS[HANDS[Status(case.status)]],
        "allowed": pgettext("list", ", ").join(str(MOVES[name].label) for name in allowed_moves(case)),
    }
    if not words["allowed"]:
        return _("“%(move)s” is not possible: the case is “%(status)s” and in the hands of %(hands)s.") % words
    return (
        _("“%(move)s” is not possible: the case is “%(status)s” and in the hands of %(hands)s. Possible: %(allowed)s.")
        % words
    )


def allowed_moves(case: Case) -> list[str]:
    barred = _barred(case)
    return [name for name, legal in MOVES.items() if case.status in legal.sources and name not in barred]


def _barred(case: Case) -> frozenset[str]:
    """What is joined to a group is answered with it, or taken out of it first; what is not, cannot be."""
    return IN_A_GROUP if case.group_id is None else ALONE


def record(case: Case, kind: EventKind, *, by: Membership | None, at: datetime, **event: Any) -> Case:
    """Raise the case's version, save what acts may change of it, and append the event that says why."""
    case.version += 1
    case.changed_at = at
    case.save(update_fields=CHANGING)
    append(case, kind, by=by, at=at, **event)
    return case


def append(case: Case, kind: EventKind, *, by: Membership | None, at: datetime, **event: Any) -> None:
    """Note what happened to the case, which itself stays as it is."""
    ledger.add(event_of(case, kind, by=by, at=at, **event))


def event_of(case: Case, kind: EventKind, *, by: Membership | None, at: datetime, **event: Any) -> CaseEvent:
    """An event about the case as it is now, not written yet. Numbers in words not meant for the citizen are sealed."""
    if (why := event.get("why", "")) and kind not in TO_THE_CITIZEN:
        verbatim.keep(case, why, at=at)
        event["why"] = verbatim.hidden(why)
    return CaseEvent(
        case=case,
        kind=kind,
        at=at,
        by_id=by.user_id if by else None,
        role=by.role if by else "",
        organisation_id=by.organisation_id if by else None,
        round=case.round,
        version=case.version,
        **event,
    )


def end(
    case: Case, name: str, to: Status, outcome: Outcome, *, by: Membership | None, at: datetime, **event: Any
) -> Case:
    """Close the case with an outcome, stopping every clock it still has."""
    case.outcome = outcome
    stop_clocks(case, at=at, met={ClockKind.PROMISE, ClockKind.DISPATCH, ClockKind.VERDICT})
    return move(case, name, to, by=by, at=at, **event)


def drop_requests(
    case: Case,
    *,
    by: Membership,
    at: datetime,
    assignment: Assignment | None = None,
    kept: Collection[DecisionKind] = (),
) -> None:
    """Take back what was asked for (in the whole case, or for one assignment) and nobody need rule on any more."""
    asked = Decision.objects.open().filter(case=case).exclude(kind__in=kept)
    asked = asked.filter(assignment=assignment) if assignment else asked
    asked.update(state=DecisionState.WITHDRAWN, ruled_at=at, ruled_by_id=by.user_id, ruled_as=by.role)


def stop_clocks(
    case: Case,
    *,
    at: datetime,
    kinds: Iterable[ClockKind] | None = None,
    met: Iterable[ClockKind] = (),
    assignment: Assignment | None = None,
) -> None:
    """Stop a case's running clocks (of some kinds, of one assignment); those in ``met`` reached their aim."""
    running = Clock.objects.running().filter(case=case)
    if kinds is not None:
        running = running.filter(kind__in=list(kinds))
    if assignment is not None:
        running = running.filter(assignment=assignment)
    stop(running, at=at, met=met)


def stop(running: ClockQuerySet, *, at: datetime, met: Iterable[ClockKind] = ()) -> None:
    """Stop running clocks in one statement.

    Lateness comes from the times: a clock stopped after it was due is breached at its due time.
    """
    running.update(
        stopped_at=at,
        next_action_at=None,
        met_at=SqlCase(When(kind__in=list(met), then=Value(at)), default=None, output_field=DateTimeField()),
        breached_at=SqlCase(When(due_at__lt=at, then=F("due_at")), default=None, output_field=DateTimeField()),
    )
