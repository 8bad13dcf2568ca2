"""What a citizen may see of the own case: where it stands, what was done and answered, and by when we promise more.

Never internal words, names of staff or what co-organisers wrote: only what is listed here leaves the house.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from cases.models import (
    OWED,
    Assignment,
    AssignmentRole,
    Case,
    CaseEvent,
    Decision,
    EmergencyLine,
    EventKind,
    Outcome,
    ReasonKind,
    Reply,
    ReplyState,
    Status,
    reason_words,
)
from hotline.identifiers import parse_case_number
from hotline.privacy import check_retrieval_code

AWAITING_US = OWED


@dataclass(frozen=True)
class Step:
    """One line of "how far it is": done, cur (now) or todo."""

    kind: str
    title: str
    at: datetime | None = None
    detail: str = ""
    note: str = ""


@dataclass(frozen=True)
class Progress:
    """A case in plain words."""

    case: Case
    headline: str
    steps: list[Step]
    replies: list[Reply]
    promised: datetime | None
    is_late: bool


def look_up(number: str, code: str) -> Case | None:
    """The case, if number and code belong together. Whichever is wrong, the work and the answer are the same."""
    wanted = parse_case_number(number) or ""
    fits = check_retrieval_code(wanted, code)
    case = Case.objects.filter(number=wanted).first()
    return case if fits else None


def progress(case: Case, *, at: datetime) -> Progress:
    """Where the case stands at that moment."""
    done = [step for event in _told(case) if (step := _step_of(event))]
    awaiting = case.status in AWAITING_US
    return Progress(
        case=case,
        headline=_headline(case),
        steps=[*done, *_now_and_next(case)],
        replies=list(answers(case)),
        promised=case.promise_due_at if awaiting else None,
        is_late=bool(awaiting and case.promise_due_at and case.promise_due_at < at),
    )


def answers(case: Case) -> QuerySet[Reply, Reply]:
    """The answers given to the citizen, newest first: those the hotline has accepted."""
    accepted = Reply.objects.filter(case=case, state=ReplyState.ACCEPTED)
    return accepted.order_by("-submitted_at", "-pk")


def _told(case: Case) -> QuerySet[CaseEvent, CaseEvent]:
    shown = CaseEvent.objects.of(case).filter(kind__in=TELLING)
    return shown.select_related("assignment").order_by("at", "id")[:200]


def _step_of(event: CaseEvent) -> Step | None:
    told = TELLING[EventKind(event.kind)](event)
    return Step("done", told[0], event.at, note=told[1]) if told else None


Told = tuple[str, str] | None


def _plainly(words: Any) -> Callable[[CaseEvent], Told]:
    return lambda _event: (str(words), "")


def _sent(event: CaseEvent) -> Told:
    if event.assignment is None:
        return _("Back at the hotline, which looks for the right unit"), ""
    return _("Passed on to %(unit)s") % {"unit": event.assignment.unit.label}, ""


def _contacted(event: CaseEvent) -> Told:
    """Only a contact that reached the citizen, and only the lead's: others write for the lead."""
    lead = event.assignment is None or event.assignment.role == AssignmentRole.LEAD
    return (_("The unit has been in touch with you"), "") if lead and event.payload.get("reached") else None


def _extended(event: CaseEvent) -> Told:
    """Why it takes longer, by its approved name; the grounds the unit wrote are internal."""
    decision = Decision.objects.filter(pk=event.payload.get("decision")).first()
    return _("More time was granted"), decision.reason_label if decision else ""


def _suspended(event: CaseEvent) -> Told:
    return _("Suspended; looked at again on %(day)s") % {"day": event.payload["until"]}, event.why


def _refused(event: CaseEvent) -> Told:
    words = reason_words(ReasonKind.REFUSAL, event.payload.get("ground", ""), event.at)
    return _("Not accepted: %(ground)s") % {"ground": words}, event.why


def _handed_over(event: CaseEvent) -> Told:
    to = event.payload.get("to", "")
    line = EmergencyLine(to).label if to in EmergencyLine.values else to
    return _("Handed over to: %(line)s") % {"line": line}, ""


# Every kind of event that a citizen is told of; what is not here is internal.
TELLING: dict[EventKind, Callable[[CaseEvent], Told]] = {
    EventKind.REGISTERED: _plainly(pgettext_lazy("to the citizen", "Registered")),
    EventKind.DISPATCHED: _sent,
    EventKind.BOUNCE_GRANTED: _sent,
    EventKind.JOINED: _plainly(gettext_lazy("Others told us of it too; it is handled as one matter")),
    EventKind.LEFT: _plainly(gettext_lazy("Handled by itself again")),
    EventKind.CONTACTED: _contacted,
    EventKind.PROGRESS: lambda event: (pgettext("to the citizen", "Progress"), event.why),
    EventKind.EXTENSION_GRANTED: _extended,
    EventKind.DISPUTED: _plainly(gettext_lazy("It is being settled whose duty it is")),
    EventKind.DISPUTE_SETTLED: _sent,
    EventKind.SUSPENDED: _suspended,
    EventKind.RESUMED: _plainly(gettext_lazy("Handling goes on")),
    EventKind.CLOSED_UNREACHED: lambda event: (_("Answered; you could not be reached"), event.why),
    EventKind.REFUSAL_OVERTURNED: _plainly(gettext_lazy("Accepted after all")),
    EventKind.ACCEPTED: _plainly(pgettext_lazy("to the citizen", "Answered")),
    EventKind.ANSWERED: lambda event: (_("Answered during your call"), event.why),
    EventKind.RATED: _plainly(gettext_lazy("You told us what you think of it")),
    EventKind.REHANDLING: _plainly(gettext_lazy("Handled again, because it was not solved for you")),
    EventKind.REOPENED: _plainly(gettext_lazy("Taken up again")),
    EventKind.REFUSED: _refused,
    EventKind.HANDED_OVER: _handed_over,
    EventKind.WITHDRAWN: _plainly(gettext_lazy("Withdrawn at your wish")),
    EventKind.CLOSED: _plainly(pgettext_lazy("to the citizen", "Closed")),
}
HEADLINES = {
    Status.REGISTERED: gettext_lazy("Registered; the hotline chooses who handles it"),
    Status.DISPATCHED: gettext_lazy("Passed on to %(unit)s"),
    Status.DISPUTED: gettext_lazy("It is being settled whose duty it is"),
    Status.HANDLING: gettext_lazy("%(unit)s is handling it"),
    Status.REHANDLING: gettext_lazy("%(unit)s is handling it again"),
    Status.SUSPENDED: gettext_lazy("Suspended: it cannot be solved for now"),
    Status.REPLIED: gettext_lazy("%(unit)s has answered; the hotline checks the answer"),
    Status.VERIFYING: gettext_lazy("Answered: is it solved for you?"),
    Status.REFUSED: gettext_lazy("Not accepted"),
    Status.HANDED_OVER: gettext_lazy("Handed over"),
    Status.WITHDRAWN: gettext_lazy("Withdrawn at your wish"),
}
ENDINGS = {
    Outcome.ANSWERED: gettext_lazy("Answered during your call"),
    Outcome.SOLVED: gettext_lazy("Closed: you told us it is solved"),
    Outcome.UNRATED: gettext_lazy("Closed: answered, without word from you"),
}
NOW = {
    Status.REGISTERED: gettext_lazy("Being passed on"),
    Status.DISPATCHED: gettext_lazy("Awaiting the unit's sign-off"),
    Status.DISPUTED: gettext_lazy("Awaiting the ruling on whose duty it is"),
    Status.HANDLING: gettext_lazy("Being handled"),
    Status.SUSPENDED: gettext_lazy("Resting until it is looked at again"),
    Status.REHANDLING: gettext_lazy("Being handled again"),
    Status.REPLIED: gettext_lazy("The answer is being checked"),
    Status.VERIFYING: gettext_lazy("Awaiting your word"),
}


TOGETHER = gettext_lazy("Handled together with what others told us; you get an answer of your own")


def _waits_with_others(case: Case) -> bool:
    return case.group_id is not None and case.status == Status.REGISTERED


def _headline(case: Case) -> str:
    if _waits_with_others(case):
        return str(TOGETHER)
    words = HEADLINES.get(Status(case.status)) or ENDINGS.get(
        Outcome(case.outcome), pgettext_lazy("to the citizen", "Closed")
    )
    return str(words) % {"unit": case.unit.label if case.unit else ""}


def _now_and_next(case: Case) -> list[Step]:
    """The step under way, with who helps, and what is still to come."""
    status = Status(case.status)
    if status not in NOW:
        return []
    detail = ""
    if status in (Status.HANDLING, Status.REHANDLING) and (helpers := _co_organisers(case)):
        detail = _("together with %(units)s") % {"units": pgettext("list", ", ").join(helpers)}
    note = _("Please use the link in the text message.") if status == Status.VERIFYING else ""
    words = NOW[Status.HANDLING] if _waits_with_others(case) else NOW[status]
    now = Step("cur", str(words), detail=detail, note=note)
    return [now] if status == Status.VERIFYING else [now, Step("todo", _("You get an answer and are asked about it"))]


def _co_organisers(case: Case) -> list[str]:
    helping = Assignment.objects.active().filter(case=case, role=AssignmentRole.CO_ORGANISER)
    return [assignment.unit.label for assignment in helping.order_by("pk")]
