"""Moves on a case, one address each. Every one needs If-Match, may carry Idempotency-Key, and is one verb."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from cases import (
    decisions,
    dispatching,
    disputing,
    excluding,
    group_answers,
    handing_down,
    handing_over,
    handling,
    ladder,
    reviewing,
    reviewing_parts,
    sealing,
    supervision,
    suspending,
    unreached,
)
from cases.api import given as bodies
from cases.api import given_others as others
from cases.api import ladder_given, linking_given, requests
from cases.api.case_shapes import CaseRow, row
from cases.api.reach import Doing, assignment_for, case_for, doing, hand_over_for, part_for, step_for
from cases.models import Case
from cases.reply_words import ReplyWords
from hotline.api.answers import carry_out, kept
from hotline.api.endpoint import Endpoint, Given, read
from hotline.api.shapes import IF_MATCH, KEY, MOVE_FAILURES, schema
from hotline.roles import Capability

Act = Callable[[Case, dict[str, Any], Doing], Case]
MOVES: dict[str, type[Endpoint]] = {}


def move(slug: str, capability: Capability, body: type[Given] = bodies.Nothing) -> Callable[[Act], Act]:
    """Make ``POST cases/{number}/{slug}/`` of a function that calls one verb; its docstring is the description."""

    def register(act: Act) -> Act:
        words = inspect.getdoc(act) or slug

        @extend_schema(
            operation_id=f"case_{slug.replace('-', '_')}",
            summary=words.partition("\n")[0],
            description=words,
            parameters=[KEY, IF_MATCH],
            request=body,
            responses={200: schema(CaseRow), **MOVE_FAILURES},
        )
        def post(self: Endpoint, request: Request, number: str) -> HttpResponse:
            case = case_for(request, number)
            how = doing(request)
            given = read(body, request)
            return carry_out(
                lambda: act(case, given, how),
                lambda after: kept(row(after, how["by"], how["at"]), version=after.version),
            )

        MOVES[slug] = type(act.__name__, (Endpoint,), {"capability": capability, "post": post, "__doc__": words})
        return act

    return register


@move("dispatch", Capability.CASE_DISPATCH, bodies.DispatchGiven)
def dispatch(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """Send a registered case to its lead unit and to those that must help."""
    return dispatching.dispatch(case, **given, **how)


@move("hand-over", Capability.CASE_HAND_OVER, others.HandOverGiven)
def hand_over(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """Ask 110, 119, 120, 122 or the platform above to take the case. It stays the hotline's until the line accepts."""
    return handing_over.offer(case, **given, **how)


@move("line-accepted", Capability.CASE_HAND_OVER, others.LineAcceptedGiven)
def line_accepted(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """Record that the line that was asked takes the case; it ends here."""
    return handing_over.accepted(hand_over_for(case, how), **given, **how)


@move("line-refused", Capability.CASE_HAND_OVER, others.LineRefusedGiven)
def line_refused(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """Record who refused it at the line: it stays the hotline's, unless it came from that line and so goes back."""
    return handing_over.refused(hand_over_for(case, how), **given, **how)


@move("withdraw", Capability.CASE_WITHDRAW, bodies.WhyGiven)
def withdraw(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """End the case because the citizen takes the request back."""
    return dispatching.withdraw(case, **given, **how)


@move("reopen", Capability.CASE_REOPEN, bodies.NewFactsGiven)
def reopen(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """Take a closed case up again within the window, because of new facts."""
    return dispatching.reopen(case, **given, **how)


@move("seal", Capability.CASE_SEAL, linking_given.SealGiven)
def seal(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """Make the case confidential, or open again, and name the body complained of, from which it is kept."""
    return sealing.seal(case, **given, **how)


@move("recuse", Capability.CASE_RECUSE, linking_given.RecuseGiven)
def recuse(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """Stand aside from the case, or have somebody stand aside. It does not exist for that person any more."""
    return sealing.recuse(case, **given, **how)


@move("lift-recusal", Capability.CASE_SEAL, linking_given.LiftGiven)
def lift_recusal(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """Let somebody who stood aside work on the case again."""
    return sealing.lift(sealing.recusal_of(case, given["person"]), by=how["by"], at=how["at"], why=given["why"])


@move("sign", Capability.ASSIGNMENT_WORK, bodies.AssignmentMoveGiven)
def sign(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """Sign your unit's assignment off: from now on its handling limit counts."""
    return handling.sign(assignment_for(case, given, how), **how)


@move("contact", Capability.ASSIGNMENT_WORK, bodies.ContactGiven)
def contact(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """Record that your unit turned to the citizen, reached or not."""
    return handling.record_contact(assignment_for(case, given, how), **given, **how)


@move("progress", Capability.ASSIGNMENT_WORK, bodies.ProgressGiven)
def progress(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """Tell the citizen how far the matter is."""
    return handling.tell_progress(assignment_for(case, given, how), **given, **how)


@move("reply", Capability.ASSIGNMENT_WORK, bodies.ReplyGiven)
def reply(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """Submit your unit's reply. The lead's goes to the hotline's review, any other to that of the unit above."""
    part = assignment_for(case, given, how)
    return handling.reply(part, ReplyWords(**given), **how)


@move("hand-down", Capability.ASSIGNMENT_WORK, others.HandDownGiven)
def hand_down(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """Give your unit's part, or some of it, to units beneath yours. Your own limit runs on; theirs end within it."""
    return handing_down.hand_down(assignment_for(case, given, how), **given, **how)


@move("recall", Capability.ASSIGNMENT_WORK, others.RecallGiven)
def recall(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """Take back what your unit handed down, with all that is below it."""
    return handing_down.recall(part_for(case, given, how), **given, **how)


@move("accept-part", Capability.ASSIGNMENT_WORK, others.PartGiven)
def accept_part(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """Accept the reply of a unit beneath yours, or of a co-organiser; then write your own, or adopt it."""
    return reviewing_parts.accept_part(part_for(case, given, how), **how)


@move("send-part-back", Capability.ASSIGNMENT_WORK, others.SendPartBackGiven)
def send_part_back(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """Send the reply of a unit beneath yours, or of a co-organiser, back with the reason."""
    return reviewing_parts.send_part_back(part_for(case, given, how), **given, **how)


@move("involve", Capability.CASE_INVOLVE, others.InvolveGiven)
def involve(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """Add co-organisers to a case that a unit has. They report to the lead."""
    return handing_down.involve(case, **given, **how)


@move("ask-to-bounce", Capability.DECISION_ASK, requests.BounceGiven)
def ask_to_bounce(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """Ask the hotline to take the case back, before you sign it off."""
    return decisions.ask_to_bounce(assignment_for(case, given, how), **given, **how)


@move("ask-for-extension", Capability.DECISION_ASK, requests.ExtensionGiven)
def ask_for_extension(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """Ask for more time, before the limit is over."""
    return decisions.ask_for_extension(assignment_for(case, given, how), **given, **how)


@move("ask-for-suspension", Capability.DECISION_ASK, requests.SuspensionGiven)
def ask_for_suspension(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """Ask that the case may rest until a review date, because it cannot be solved for now."""
    return suspending.ask_for_suspension(assignment_for(case, given, how), **given, **how)


@move("ask-for-exclusion", Capability.DECISION_ASK, requests.ExclusionGiven)
def ask_for_exclusion(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """Ask that the case may not count, because what is demanded is unreasonable. It is answered all the same."""
    return excluding.ask_for_exclusion(assignment_for(case, given, how), **given, **how)


@move("ask-to-close", Capability.DECISION_ASK, requests.ClosingGiven)
def ask_to_close(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """Ask to answer without having reached the citizen, after enough tries."""
    return unreached.ask_to_close(assignment_for(case, given, how), **given, **how)


@move("refer", Capability.DECISION_RULE, requests.DisputeGiven)
def refer(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """Refer the question whose duty it is to the arbiter."""
    return disputing.refer(case, **given, **how)


@move("resume", Capability.DECISION_RULE, bodies.WhyGiven)
def resume(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """Go on with a suspended case before its review date."""
    return suspending.resume(case, **given, **how)


@move("accept", Capability.REPLY_REVIEW)
def accept(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """Accept the reply: it becomes the answer to the citizen, who is asked whether it helped."""
    return reviewing.accept(case, **how)


@move("answer-apart", Capability.REPLY_REVIEW, linking_given.PublicWordsGiven)
def answer_apart(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """Answer one case of a group differently from the others, on what was found in the main case."""
    return group_answers.answer_apart(case, **given, **how)


@move("send-back", Capability.REPLY_REVIEW, bodies.SendBackGiven)
def send_back(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """Send a sub-standard reply back to its unit with the reason."""
    return reviewing.send_back(case, **given, **how)


@move("urge", Capability.CASE_URGE, bodies.WordsGiven)
def urge(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """Urge the unit that has the case."""
    return supervision.urge(case, **given, **how)


@move("supervise", Capability.CASE_SUPERVISE, ladder_given.SuperviseGiven)
def supervise(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """Put the unit under supervision, summon it or name it in a circular, by a numbered step."""
    return ladder.issue(case, **given, **how)


@move("answer-step", Capability.LADDER_ANSWER, ladder_given.AnswerStepGiven)
def answer_step(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """Answer an urge, a supervision, a summons or a circular addressed to your unit."""
    return ladder.answer(step_for(case, given, how), **given, **how)


@move("settle-step", Capability.LADDER_SETTLE, ladder_given.SettleStepGiven)
def settle_step(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """Accept the unit's answer to a step."""
    return ladder.accept(step_for(case, given, how), **given, **how)


@move("note", Capability.CASE_NOTE, bodies.WordsGiven)
def note(case: Case, given: dict[str, Any], how: Doing) -> Case:
    """Add what the citizen or the office said since. Units see it, the citizen does not."""
    return supervision.note(case, **given, **how)
