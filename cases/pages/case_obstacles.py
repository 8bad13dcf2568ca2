"""Why a move is not possible now, told before somebody tries it in vain. Whether it is legal is decided by its verb."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cases import asking
from cases.dossier import Dossier, is_within
from cases.models import (
    OPEN,
    TIERS,
    TO_DO,
    WITH_UNIT,
    Assignment,
    AssignmentRole,
    AssignmentState,
    ClockKind,
    Decision,
    DecisionKind,
    DecisionState,
    EventKind,
    LadderStep,
    Rung,
    RungState,
    Status,
)
from cases.procedures import may_rule
from cases.workflow import MOVES
from hotline.acts import NotNow
from hotline.models import Organisation
from hotline.roles import UNIT, Capability
from hotline.shelf import ORGANISATIONS


def assigned(file: Dossier) -> Assignment:
    """The unit's own part. Raises NotNow if there is none (any more)."""
    if file.mine is None:
        raise NotNow(_("This case is not with your unit now."))
    return file.mine


def own_request(file: Dossier) -> Decision | None:
    mine = file.mine
    return next((d for d in file.open_decisions if mine and d.assignment_id == mine.pk), None)


def turn(file: Dossier) -> Decision | None:
    """The request on which it is this person's turn to rule."""
    return next((d for d in file.open_decisions if may_rule(file.by, d)), None)


def request_ruled_on(file: Dossier) -> Decision:
    found = turn(file) or next(iter(file.open_decisions), None)
    if found is None:
        raise NotNow(_("No request of this case awaits a ruling."))
    return found


def unless_own(file: Dossier, state: AssignmentState, *, lead: bool) -> str:
    mine = file.mine
    if mine is None:
        return _("it is not with your unit now")
    if mine.state != state:
        return {
            AssignmentState.DISPATCHED: _("it was signed off before"),
            AssignmentState.HANDLING: _("sign it off first")
            if mine.state == AssignmentState.DISPATCHED
            else _("it is answered and awaits review"),
        }[state]
    if lead and mine.role != AssignmentRole.LEAD:
        return _("this is for the lead unit")
    return ""


def why_sign(file: Dossier) -> str:
    return unless_own(file, AssignmentState.DISPATCHED, lead=False)


def why_bounce(file: Dossier) -> str:
    if why := unless_own(file, AssignmentState.DISPATCHED, lead=True):
        return why
    mine = assigned(file)
    if any(d.binds(mine.unit_id) for d in file.decisions):
        return _("a ruling gave it to your unit for good")
    before = [d for d in file.decisions if d.kind == DecisionKind.BOUNCE]
    own = [d for d in before if d.assignment_id == mine.pk]
    if any(d.state == DecisionState.ASKED for d in own):
        return _("it was asked for and awaits a ruling")
    if sum(d.state == DecisionState.REJECTED for d in own) >= asking.REJECTIONS:
        return _("it was rejected %(n)s times") % {"n": asking.REJECTIONS}
    clock = file.clock(ClockKind.SIGN, mine)
    return _("the time for it is over") if clock and clock.due_at <= file.at else ""


def why_extend(file: Dossier) -> str:
    if why := unless_own(file, AssignmentState.HANDLING, lead=True):
        return why
    mine = assigned(file)
    if any(d.kind == DecisionKind.EXTENSION and d.assignment_id == mine.pk for d in file.open_decisions):
        return _("it was asked for and awaits a ruling")
    clock = file.clock(ClockKind.HANDLE, mine)
    if clock is None or clock.due_at <= file.at:
        return _("the limit is over; it had to be asked for before")
    if clock.extensions >= clock.policy.max_extensions:
        return _("this limit can be extended %(n)s times") % {"n": clock.policy.max_extensions}
    return ""


def why_contact(file: Dossier) -> str:
    return "" if file.mine and file.mine.state != AssignmentState.REPLIED else _("it is not with your unit now")


def why_take_back(file: Dossier) -> str:
    return "" if own_request(file) else _("you have asked for nothing")


def why_open(file: Dossier) -> str:
    if file.by.role in UNIT and file.mine is None:
        return _("it is not with your unit now")
    return "" if file.case.status in OPEN else _("the case is closed")


def why_urge(file: Dossier) -> str:
    if file.case.status not in WITH_UNIT:
        return _("no unit is working on it now")
    if file.by.role in UNIT and not _above(file):
        return _("no unit below works on it for yours, and you have no copy")
    return ""


def _above(file: Dossier) -> bool:
    """Does the person's unit stand above somebody who works on it?"""
    working = any(part.state in TO_DO for part in file.below(file.mine)) if file.mine else False
    return working or any(a.role == AssignmentRole.COPY and is_within(a, file.by) for a in file.assignments)


def why_supervise(file: Dossier) -> str:
    return "" if file.case.unit_id else _("no unit has had it yet")


def why_answer_step(file: Dossier) -> str:
    return "" if steps_to_answer(file) else _("no urge or supervision awaits your answer")


def why_settle_step(file: Dossier) -> str:
    return "" if steps_to_settle(file) else _("no answer to an urge or a supervision is there to accept")


def steps_to_answer(file: Dossier) -> list[LadderStep]:
    """Addressed to the person's own unit or one below it, the highest first."""
    own = [s for s in file.ladder if s.state == RungState.OPEN and file.by.role in UNIT]
    return sorted(own, key=lambda s: (-s.height, s.pk))


def steps_to_settle(file: Dossier) -> list[LadderStep]:
    """Answered, and such as the person may settle, the highest first."""
    supervises = file.by.can(Capability.CASE_SUPERVISE)
    own = [s for s in file.ladder if s.state == RungState.ANSWERED and (supervises or s.rung == Rung.URGE)]
    return sorted(own, key=lambda s: (-s.height, s.pk))


def why_withdraw(file: Dossier) -> str:
    allowed = MOVES["withdraw"].sources
    return "" if file.case.status in allowed else _("it is answered, or closed")


def why_reopen(file: Dossier) -> str:
    return "" if file.case.status in (Status.CLOSED, Status.REFUSED) else _("the case is not closed")


def why_dispatch(file: Dossier) -> str:
    if file.case.group_id is not None:
        return _("it is answered with its group")
    return "" if file.case.status == Status.REGISTERED else _("it was dispatched, or is closed")


def why_review(file: Dossier) -> str:
    return "" if file.under_review else _("no reply awaits review")


def why_rule(file: Dossier) -> str:
    return "" if turn(file) else _("no request awaits your ruling")


def why_reply(file: Dossier) -> str:
    if why := unless_own(file, AssignmentState.HANDLING, lead=False):
        return why
    unread = any(part.state == AssignmentState.REPLIED for part in file.below(assigned(file)))
    return _("a reply from below awaits your review") if unread else ""


def why_part(file: Dossier) -> str:
    return "" if file.report_of(file.reported) else _("no reply from below awaits your review")


def why_hand_down(file: Dossier) -> str:
    mine = file.mine
    if mine is None:
        return _("it is not with your unit now")
    if mine.state not in TO_DO:
        return _("it is answered and awaits review")
    if mine.tier >= TIERS:
        return _("this is the last tier")
    return "" if beneath(mine.unit) else _("no unit stands beneath yours")


def beneath(unit: Organisation) -> list[Organisation]:
    """The handling units below one."""
    units = (one for one in ORGANISATIONS.all() if one.kind == Organisation.Kind.UNIT and one.pk != unit.pk)
    return [one for one in units if one.path.startswith(unit.path)]


def handed_down(file: Dossier) -> list[Assignment]:
    """What the unit has handed down and may take back."""
    below = file.below(file.mine) if file.mine else []
    return [part for part in below if part.role == AssignmentRole.SUBORDINATE]


def why_recall(file: Dossier) -> str:
    return "" if handed_down(file) else _("nothing of it is with a unit beneath")


def _coordinates(file: Dossier) -> bool:
    """Is the person's unit the first receiver, which calls others in itself?"""
    bound, mine = file.first_receiver, file.mine
    return bound is not None and mine is not None and mine is file.lead and mine.unit_id == bound.unit_id


def why_hand_over(file: Dossier) -> str:
    if file.line_asked:
        return _("a line was asked and has not answered yet")
    return "" if file.case.status in WITH_UNIT | {Status.REGISTERED} else _("it is answered, or closed")


def why_line(file: Dossier) -> str:
    return "" if file.line_asked else _("no line was asked to take it")


def why_involve(file: Dossier) -> str:
    if file.by.role in UNIT and not _coordinates(file):
        return _("the hotline adds co-organisers")
    return "" if file.case.status in WITH_UNIT else _("no unit is working on it now")


def why_progress(file: Dossier) -> str:
    return unless_own(file, AssignmentState.HANDLING, lead=True)


def why_answer_apart(file: Dossier) -> str:
    if file.case.group_id is None or file.case.status != Status.REGISTERED:
        return _("it does not wait with a group")
    return ""


def why_lift(file: Dossier) -> str:
    """Its events say whether anybody stood aside."""
    stood = sum(event.kind == EventKind.RECUSED for event in file.events)
    lifted = sum(event.kind == EventKind.RECUSAL_LIFTED for event in file.events)
    return "" if stood > lifted or file.more_events else _("nobody stands aside")
