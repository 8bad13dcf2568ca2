"""The supervision ladder: issuing a step, answering it, accepting the answer, or climbing on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from cases import numbering, workflow
from cases.models import BY_A_PERSON, OPEN, UNSETTLED, Case, EventKind, LadderStep, Rung, RungState
from cases.notifications import ladder_notice, local_time, unit_notice
from cases.permissions import check
from cases.urging_rules import RULES, answer_due
from hotline import ledger, outbox
from hotline.acts import Invalid, NotAllowed, NotNow, verb
from hotline.models import Membership, Organisation
from hotline.plain_text import clean_text
from hotline.roles import UNIT, Capability, Role

EVENT_OF_RUNG = {
    Rung.URGE: EventKind.URGED,
    Rung.SUPERVISE: EventKind.SUPERVISED,
    Rung.SUMMONS: EventKind.SUMMONED,
    Rung.CIRCULAR: EventKind.CIRCULATED,
}
BEFORE = {Rung.SUMMONS: Rung.SUPERVISE, Rung.CIRCULAR: Rung.SUMMONS}
WORDS_LEAST = 5


def step(
    case: Case,
    rung: Rung,
    unit: Organisation,
    *,
    by: Membership | None,
    at: datetime,
    words: str,
) -> LadderStep:
    """A numbered step, left to be written with the act. Nothing else may be locked after it."""
    made = _unnumbered(case, rung, unit, by=by, at=at, words=words)
    numbering.number([made])
    ledger.add(made)
    return made


def _unnumbered(
    case: Case,
    rung: Rung,
    unit: Organisation,
    *,
    by: Membership | None,
    at: datetime,
    words: str,
    follows: LadderStep | None = None,
) -> LadderStep:
    return LadderStep(
        rung=rung,
        case=case,
        unit=unit,
        words=words,
        follows=follows,
        issued_at=at,
        issued_by_id=by.user_id if by else None,
        due_at=answer_due(rung, at, unit),
    )


def check_not_too_often(case: Case, at: datetime) -> None:
    """Urging by hand has a limit a day. Raises NotNow."""
    most = RULES.on(at)["urges_a_day"]
    lately = LadderStep.objects.of(case).filter(
        rung=Rung.URGE, issued_by__isnull=False, issued_at__gt=at - timedelta(days=1)
    )
    if lately.count() >= most:
        raise NotNow(_("This case was urged %(n)s times within a day. Put it under supervision instead.") % {"n": most})


@verb
def issue(case: Case, *, by: Membership, at: datetime, version: int | None, rung: str, words: str) -> Case:
    """Put the unit under supervision, summon it or name it in a circular. What was issued below is climbed from.

    A summons follows a supervision, a circular a summons.
    """
    check(by, Capability.CASE_SUPERVISE, case)
    if rung not in (Rung.SUPERVISE, *BY_A_PERSON):
        raise Invalid(_("Choose the step."), field="rung")
    words = checked(words)
    case = workflow.locked(case, version=version)
    if case.unit is None or (case.status not in OPEN and rung == Rung.SUPERVISE):
        raise NotNow(_("No unit has this case now, so there is nobody to supervise."))
    made = _above_the_last(case, Rung(rung), case.unit, by=by, at=at, words=words)
    numbering.number([made])
    ledger.add(made)
    return _told(case, made, by=by, at=at)


def checked(words: str) -> str:
    """What the unit will read. Raises Invalid."""
    words = clean_text(words)
    if len(words) < WORDS_LEAST:
        raise Invalid(_("Write what the unit must do or explain, and why."), field="words")
    return words


def supervise_each(cases: Sequence[Case], *, by: Membership, at: datetime, words: str) -> list[LadderStep]:
    """Put the units of several cases under supervision, within the act of whoever found why. Ended ones too: a unit
    answers for what it said was done.

    The cases are locked by then, in the order of their keys; the words were checked. Raises NotAllowed, NotNow.
    """
    made = []
    for case in cases:
        check(by, Capability.CASE_SUPERVISE, case)
        if case.unit is None:
            raise NotNow(_("%(number)s is with no unit, so there is nobody to supervise.") % {"number": case.number})
        made.append(_above_the_last(case, Rung.SUPERVISE, case.unit, by=by, at=at, words=words))
    numbering.number(made)
    LadderStep.objects.bulk_create(made)
    for case, paper in zip(cases, made, strict=True):
        _told(case, paper, by=by, at=at)
    return made


def _above_the_last(
    case: Case, rung: Rung, unit: Organisation, *, by: Membership, at: datetime, words: str
) -> LadderStep:
    """A step that goes beyond what was issued below it; it has no number yet."""
    taken = list(LadderStep.objects.of(case).select_for_update().order_by("-issued_at", "-pk"))
    follows = _climbed_from(taken, rung, at=at, by=by)
    return _unnumbered(case, rung, unit, by=by, at=at, words=words, follows=follows)


def _told(case: Case, made: LadderStep, *, by: Membership, at: datetime) -> Case:
    """The event and the notice that go with a numbered step."""
    case = workflow.record(case, EVENT_OF_RUNG[Rung(made.rung)], by=by, at=at, why=made.words, payload=made.facts)
    words, due = made.words, local_time(made.due_at)
    outbox.post(ladder_notice("ladder_issued", made, case, at=at, by=by, words=words, due=due))
    return case


def _climbed_from(taken: list[LadderStep], rung: Rung, *, at: datetime, by: Membership) -> LadderStep | None:
    """Mark what this step goes beyond; returns the highest of it. Raises NotNow where a rung is missing."""
    height = list(Rung).index(rung)
    if any(s.rung == rung and s.state in UNSETTLED for s in taken):
        raise NotNow(_("This step was issued before and is not settled yet."))
    needed = BEFORE.get(rung)
    if needed and not any(s.rung == needed and s.state != RungState.ACCEPTED for s in taken):
        raise NotNow(_("Before this comes: %(rung)s.") % {"rung": needed.label})
    below = [s for s in taken if s.height < height and s.state in UNSETTLED]
    for lower in below:
        lower.state, lower.settled_at, lower.settled_by_id = RungState.CLIMBED, at, by.user_id
        lower.save(update_fields=["state", "settled_at", "settled_by"])
    return max(below, key=lambda s: s.height, default=None)


@verb
def answer(paper: LadderStep, *, by: Membership, at: datetime, version: int | None, words: str) -> Case:
    """The unit answers a step: what was done, what will be, and why it took so long."""
    check(by, Capability.LADDER_ANSWER)
    words = clean_text(words)
    if len(words) < WORDS_LEAST:
        raise Invalid(_("Write what was done, what will be done by when, and why it took so long."), field="words")
    case, paper = _locked(paper, version=version)
    if by.role in UNIT and (paper.unit is None or not paper.unit.path.startswith(by.organisation.path)):
        raise NotAllowed(_("This is addressed to another unit."))
    if paper.state != RungState.OPEN:
        raise NotNow(_("This step was answered or settled before."))
    paper.state, paper.answer, paper.answered_at, paper.answered_by_id = RungState.ANSWERED, words, at, by.user_id
    paper.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    case = workflow.record(case, EventKind.EXPLAINED, by=by, at=at, why=words, payload=paper.facts)
    outbox.post(ladder_notice("ladder_answered", paper, case, at=at, by=by, role=_issuer(paper)))
    return case


@verb
def accept(paper: LadderStep, *, by: Membership, at: datetime, version: int | None, finding: str = "") -> Case:
    """Accept the unit's answer. Whoever may not issue such a step may not settle it either, save an urge."""
    check(by, Capability.LADDER_SETTLE, paper.case)
    if paper.rung != Rung.URGE:
        check(by, Capability.CASE_SUPERVISE, paper.case)
    case, paper = _locked(paper, version=version)
    if paper.state != RungState.ANSWERED:
        raise NotNow(_("There is no answer of the unit to accept."))
    paper.state, paper.finding = RungState.ACCEPTED, clean_text(finding)
    paper.settled_at, paper.settled_by_id = at, by.user_id
    paper.save(update_fields=["state", "finding", "settled_at", "settled_by"])
    case = workflow.record(case, EventKind.SETTLED, by=by, at=at, why=paper.finding, payload=paper.facts)
    outbox.post(ladder_notice("ladder_accepted", paper, case, at=at, by=by))
    return case


def after_second_dissatisfaction(case: Case, unit: Organisation, *, at: datetime) -> Case:
    """The citizen is dissatisfied again: supervision, within the verdict's act."""
    made = step(case, Rung.SUPERVISE, unit, by=None, at=at, words="")
    facts = {"why": "second dissatisfaction", **made.facts}
    case = workflow.record(case, EventKind.SUPERVISED, by=None, at=at, payload=facts)
    outbox.post(
        ladder_notice("supervised", made, case, at=at, role=Role.SUPERVISOR),
        unit_notice(unit, "supervised", case, at=at, role=Role.UNIT_HEAD),
    )
    return case


def _issuer(paper: LadderStep) -> str:
    return Role.DISPATCHER if paper.rung == Rung.URGE else Role.SUPERVISOR


def _locked(paper: LadderStep, *, version: int | None) -> tuple[Case, LadderStep]:
    case = workflow.locked(paper.case, version=version)
    return case, LadderStep.objects.select_for_update(of=("self",)).get(pk=paper.pk)
