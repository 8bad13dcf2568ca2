"""Whether what people were told of a case fits one history: every change once, each on the one before, none lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.walking import Attempt
from cases.models import Case, CaseEvent, Decision, Reply

KINDS = {
    "dispatch": "dispatched",
    "note": "noted",
    "urge": "urged",
    "progress": "progress",
    "contact": "contacted",
    "withdraw": "withdrawn",
    "reopen": "reopened",
    "sign": "signed",
    "bounce": "bounce_asked",
    "extend": "extension_asked",
    "take-back": "decision_withdrawn",
    "reply": "replied",
    "accept": "accepted",
    "send-back": "sent_back",
    "callback": "callback_tried",
    "hand-down": "handed_down",
    "recall": "recalled",
    "involve": "involved",
}
RULED = {"grant": ("bounce_granted", "extension_granted"), "reject": ("bounce_rejected", "extension_rejected")}
BY_THE_CLOCK = {"closed", "reminded"}  # what the system itself changes in a race
Event = tuple[int, str, str, str]


@dataclass
class Findings:
    """What breaks the promise, and how the losers fared."""

    doubled: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)
    told_nothing: list[str] = field(default_factory=list)
    told_what_changed: int = 0
    acknowledged: int = 0


def check(number: str, attempts: list[Attempt], findings: Findings) -> None:
    """Compare what was told about one case with what is written about it."""
    case = Case.objects.select_related("unit").get(number=number)
    rows = CaseEvent.objects.of(case).order_by("id").values_list("version", "kind", "by__username", "why", "payload")
    events: dict[int, list[Event]] = {}
    for version, kind, by, why, payload in rows:
        events.setdefault(version, []).append((version, kind, by or "", why or payload.get("public_reply", "")))
    claims: dict[int, Attempt] = {}
    for attempt in attempts:
        for version in _claimed(attempt):
            if version in claims:
                findings.doubled.append(f"{number} version {version}: {claims[version]} and {attempt}")
            claims[version] = attempt
    findings.acknowledged += sum(a.done for a in attempts)
    findings.lost += [f"{number}: {a} is not in {events}" for a in attempts if a.done and not _written(a, events)]
    findings.unexplained += [
        f"{number}: version {v} is nobody's: {events.get(v)}"
        for v in range(2, case.version + 1)
        if v not in claims and not any(kind in BY_THE_CLOCK and not by for _v, kind, by, _w in events.get(v, ()))
    ]
    if max(events) != case.version or set(events) != set(range(1, case.version + 1)):
        findings.unexplained.append(f"{number}: version {case.version}, events of {sorted(events)}")
    findings.lost += list(_fields_lost(case, attempts))
    _losers(number, attempts, claims, findings)


def _claimed(attempt: Attempt) -> range:
    """The versions an acknowledged attempt made. A callback does not say which version it saw, but makes two."""
    if not attempt.done:
        return range(0)
    return (
        range(attempt.told - 1, attempt.told + 1)
        if attempt.act == "callback"
        else range(attempt.seen + 1, attempt.told + 1)
    )


def _written(attempt: Attempt, events: dict[int, list[Event]]) -> bool:
    """Whether the change stands in the history: at its version, by that person, with their words."""
    version = attempt.told - 1 if attempt.act == "callback" else attempt.seen + 1
    kinds = RULED.get(attempt.act) or (KINDS[attempt.act],)
    silent = attempt.act in ("reply", "callback")  # their words are kept with the reply and the feedback
    return any(
        kind in kinds and by == attempt.by and (silent or not attempt.words or why == attempt.words)
        for _v, kind, by, why in events.get(version, ())
    )


def _fields_lost(case: Case, attempts: list[Attempt]) -> Iterator[str]:
    """What the acknowledged changes wrote beside the history: unit, status, replies, rulings."""
    done = sorted((a for a in attempts if a.done), key=lambda a: a.told)
    moved = [a.unit for a in done if a.act == "dispatch" or (a.act == "grant" and a.unit)]
    if moved and (case.unit is None or case.unit.code != moved[-1]):
        yield f"{case.number} is with {case.unit}, and was sent to {moved[-1]}"
    last = CaseEvent.objects.of(case).exclude(to_status="").order_by("-version", "-id").first()
    if last is None or last.to_status != case.status:
        yield f"{case.number} is {case.status}, and its last move led elsewhere"
    replies = {a.words for a in done if a.act == "reply"}
    if replies != set(Reply.objects.filter(case=case).values_list("public_reply", flat=True)):
        yield f"{case.number} has other replies than were acknowledged"
    rulings = {a.words for a in done if a.act in RULED}
    if rulings != set(
        Decision.objects.filter(case=case, ruled_at__isnull=False).exclude(ruling="").values_list("ruling", flat=True)
    ):
        yield f"{case.number} has other rulings than were acknowledged"


def _losers(number: str, attempts: list[Attempt], claims: dict[int, Attempt], findings: Findings) -> None:
    """Who was too late by the time they asked must be told what changed; pages tell it in words, programs by name."""
    for loser in (a for a in attempts if not a.done):
        winner = claims.get(loser.seen + 1)
        if loser.code == "stale" and loser.changes and loser.told > loser.seen:
            findings.told_what_changed += 1
        elif winner and winner.ended < loser.began and loser.act != "callback" and not loser.by_page:
            findings.told_nothing.append(f"{number}: {loser} came after {winner}")
