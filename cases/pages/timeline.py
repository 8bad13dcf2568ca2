"""The life of a case in plain words, one line an event, the latest first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases import workflow
from cases.discretion import tells_author, why_told
from cases.dossier import PRESSED, Dossier
from cases.event_titles import TITLES
from cases.models import (
    AttachmentKind,
    CaseEvent,
    ClockKind,
    DecisionKind,
    EmergencyLine,
    EventKind,
    ReasonKind,
    Solved,
    Status,
    reason_words,
)
from cases.models.ladder import number_words
from hotline.roles import CONTRACTOR
from hotline.wording import limit_words, moment, sentence

TONES: dict[str, str] = {
    EventKind.YELLOW: "warn",
    EventKind.URGED: "warn",
    EventKind.SENT_BACK: "warn",
    EventKind.PART_SENT_BACK: "warn",
    EventKind.RECALLED: "warn",
    EventKind.REHANDLING: "warn",
    EventKind.DISPUTED: "warn",
    EventKind.SUSPENDED: "warn",
    EventKind.REFUSAL_OVERTURNED: "warn",
    EventKind.RED: "late",
    EventKind.LINE_ASKED: "late",
    EventKind.LINE_REFUSED: "warn",
    EventKind.SUPERVISED: "late",
    EventKind.SUMMONED: "late",
    EventKind.CIRCULATED: "late",
    EventKind.SETTLED: "done",
    EventKind.OPENED: "read",
    EventKind.REVEALED: "read",
    EventKind.CLOSED: "done",
    EventKind.ACCEPTED: "done",
}


@dataclass(frozen=True)
class Line:
    """What ``components/timeline.html`` shows of one event."""

    kind: str
    title: str
    detail: str
    at: datetime | None
    note: str
    why: str = ""


def timeline(file: Dossier) -> list[Line]:
    """What is awaited now, and before it everything that happened."""
    lines = [_line(event, file) for event in file.events]
    return [_now(file), *lines] if file.case.is_open else lines


def _now(file: Dossier) -> Line:
    case = file.case
    hands = workflow.HANDS[Status(case.status)]
    who = case.unit.label if hands == "unit" and case.unit else str(workflow.HANDS_LABELS[hands])
    return Line("cur", awaited(case.status), "", None, _("now, with %(who)s") % {"who": who})


def awaited(status: str) -> str:
    """What the case waits for."""
    return {
        Status.REGISTERED: _("Waiting to be dispatched"),
        Status.DISPATCHED: _("Waiting for sign-off"),
        Status.DISPUTED: _("Waiting for the arbiter's ruling"),
        Status.SUSPENDED: _("Waiting for the review date"),
        Status.HANDLING: _("Waiting for the lead's reply"),
        Status.REHANDLING: _("Waiting for the lead's new reply"),
        Status.REPLIED: _("Waiting for review"),
        Status.VERIFYING: _("Waiting for the citizen's verdict"),
    }.get(Status(status), _("Nothing is awaited"))


def _line(event: CaseEvent, file: Dossier) -> Line:
    detail = DETAILS.get(EventKind(event.kind), _nothing)(event, file)
    return Line(
        kind=TONES.get(event.kind, ""),
        title=str(TITLES.get(event.kind, event.get_kind_display())),
        detail=detail,
        at=event.at,
        note=_author(event, file),
        why="" if event.kind == EventKind.ATTACHED else why_told(event, file.by),
    )


def _author(event: CaseEvent, file: Dossier) -> str:
    """Who did it: agents by staff number, the system by that name."""
    if not tells_author(event, file.by):
        return ""
    if event.by is None:
        return _("system")
    organisation = event.organisation.label if event.organisation else ""
    if event.role in CONTRACTOR:
        return _("agent %(number)s (%(organisation)s)") % {
            "number": event.by.staff_number,
            "organisation": organisation,
        }
    return f"{event.by.label} · {organisation}" if organisation else event.by.label


def _nothing(_event: CaseEvent, _file: Dossier) -> str:
    return ""


def _channel(_event: CaseEvent, file: Dossier) -> str:
    return str(file.case.channel.label)


def _unit(event: CaseEvent, _file: Dossier) -> str:
    return str(event.assignment.unit.label) if event.assignment else ""


def _from(choices: Any, key: str) -> Callable[[CaseEvent, Dossier], str]:
    """The label of a code kept in the event's payload."""

    def words(event: CaseEvent, _file: Dossier) -> str:
        value = event.payload.get(key)
        return str(choices(value).label) if value in choices.values else ""

    return words


def _contact(event: CaseEvent, _file: Dossier) -> str:
    return _("reached") if event.payload.get("reached") else _("not reached")


def _line_named(event: CaseEvent, file: Dossier) -> str:
    line, who = _from(EmergencyLine, "to")(event, file), str(event.payload.get("answered_by", ""))
    together = _("three-way call") if event.payload.get("three_way") else ""
    return " · ".join(filter(None, (line, who, together)))


def _verdict(event: CaseEvent, _file: Dossier) -> str:
    solved = event.payload.get("solved")
    return "" if solved is None else _("solved") if solved else _("not solved")


def _added(event: CaseEvent, file: Dossier) -> str:
    unit, n = str(event.payload.get("unit", "")), int(event.payload.get("amount") or 0)
    return limit_words(n, unit) if unit else ""


def _reason(kind: ReasonKind, key: str = "reason") -> Callable[[CaseEvent, Dossier], str]:
    """The reason in the words of that day; in those it was asked with where the event is a ruling."""

    def words(event: CaseEvent, file: Dossier) -> str:
        asked = next((d for d in file.decisions if d.pk == event.payload.get("decision")), None)
        return asked.reason_label if asked else reason_words(kind, event.payload.get(key, ""), event.at)

    return words


def _until(event: CaseEvent, _file: Dossier) -> str:
    """The review date, as a day."""
    day = event.payload.get("until")
    return sentence(_("until %(day)s"), day=moment(date.fromisoformat(day))) if day else ""


def _file_name(event: CaseEvent, _file: Dossier) -> str:
    return f"{_from(AttachmentKind, 'kind')(event, _file)}: {event.why}"


def _paper(event: CaseEvent, file: Dossier) -> str:
    """The number of the step, and the leg whose limit it is about."""
    facts = event.payload
    number = number_words(facts["rung"], facts["year"], facts["serial"]) if "serial" in facts else ""
    leg = _from(ClockKind, "leg")(event, file)
    return pgettext("list", ", ").join(filter(None, (number, leg)))


DETAILS: dict[EventKind, Callable[[CaseEvent, Dossier], str]] = {
    EventKind.REGISTERED: _channel,
    EventKind.DISPATCHED: _unit,
    EventKind.SIGNED: _unit,
    **dict.fromkeys((EventKind.HANDED_DOWN, EventKind.INVOLVED, EventKind.COPIED, EventKind.RECALLED), _unit),
    EventKind.PART_ACCEPTED: _unit,
    EventKind.PART_SENT_BACK: _reason(ReasonKind.SEND_BACK),
    EventKind.OPENED: _unit,
    **dict.fromkeys((EventKind.LINE_ASKED, EventKind.LINE_REFUSED, EventKind.HANDED_OVER), _line_named),
    EventKind.REPLIED: _from(Solved, "solved"),
    EventKind.CONTACTED: _contact,
    EventKind.SENT_BACK: _reason(ReasonKind.SEND_BACK),
    EventKind.CALLBACK_TRIED: _reason(ReasonKind.CALLBACK, "result"),
    EventKind.RATED: _verdict,
    EventKind.BOUNCE_ASKED: _reason(ReasonKind.BOUNCE),
    EventKind.BOUNCE_GRANTED: _unit,
    EventKind.EXTENSION_ASKED: _added,
    EventKind.EXTENSION_GRANTED: _added,
    EventKind.DISPUTED: _reason(ReasonKind.DISPUTE),
    EventKind.DISPUTE_SETTLED: _unit,
    EventKind.SUSPENSION_ASKED: _until,
    EventKind.SUSPENDED: _until,
    EventKind.EXCLUSION_ASKED: _reason(ReasonKind.EXCLUSION),
    EventKind.EXCLUDED: _reason(ReasonKind.EXCLUSION),
    EventKind.CLOSING_ASKED: _reason(ReasonKind.CLOSING),
    EventKind.CLOSED_UNREACHED: _reason(ReasonKind.CLOSING),
    EventKind.DECISION_APPROVED: _from(DecisionKind, "kind"),
    EventKind.REFUSED: _reason(ReasonKind.REFUSAL, "ground"),
    EventKind.REVEALED: _reason(ReasonKind.REVEAL),
    EventKind.ATTACHED: _file_name,
    **dict.fromkeys((EventKind.YELLOW, EventKind.RED, EventKind.ESCALATED), _from(ClockKind, "leg")),
    **dict.fromkeys((*PRESSED, EventKind.EXPLAINED, EventKind.SETTLED), _paper),
}
