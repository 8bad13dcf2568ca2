"""One accepted reply for everybody of a group: begun by a person, carried out case by case, exactly once each.

Each case is a transaction of its own that locks it and finds it still waiting; so any number of workers may carry an
answer out, be killed at it and begin again. Everybody is asked by their own survey whether it helped.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime

import structlog
from django.utils.translation import gettext as _

from cases import surveys, workflow
from cases.models import (
    Assignment,
    AssignmentState,
    Case,
    CaseGroup,
    CaseQuerySet,
    ClockKind,
    EventKind,
    GroupAnswer,
    GroupAnswered,
    Reply,
    ReplyState,
    Status,
)
from cases.permissions import check
from hotline import rows
from hotline.acts import Invalid, NotNow, verb
from hotline.bell import ring
from hotline.models import Membership
from hotline.plain_text import clean_text
from hotline.roles import Capability

log = structlog.get_logger(__name__)

LEAST_WORDS = 10  # as of any public reply
MOST_WORDS = 5000


def reply_of(group: CaseGroup) -> Reply | None:
    """The main case's latest accepted reply."""
    accepted = Reply.objects.filter(case=group.main_id, state=ReplyState.ACCEPTED).select_related("assignment")
    return accepted.order_by("-round", "-pk").first()


@verb
def begin(
    group: CaseGroup, *, by: Membership, at: datetime, words: str = "", left_out: Sequence[Case] = ()
) -> GroupAnswer:
    """Give the main case's accepted reply to all that wait in the group, but for those that get another answer.

    The workers do it; ``words`` may say it in other words than to the first caller. Raises NotNow if nobody waits.
    """
    check(by, Capability.REPLY_REVIEW)
    group = CaseGroup.objects.select_for_update().get(pk=group.pk)
    reply = _reply_to_give(group)
    words = _readable(words or reply.public_reply)
    if GroupAnswer.objects.unfinished().filter(group=group).exists():
        raise NotNow(_("An answer is on its way to this group already."))
    apart = sorted(case.pk for case in left_out)
    if not _to_answer(group.pk, apart).exists():
        raise NotNow(_("Nobody in this group waits for the answer."))
    answer = GroupAnswer.objects.create(group=group, reply=reply, words=words, left_out=apart, by=by, begun_at=at)
    ring("cases.answer_groups")
    return answer


def _reply_to_give(group: CaseGroup) -> Reply:
    if (reply := reply_of(group)) is None:
        raise NotNow(_("The main case has no accepted reply yet."))
    return reply


def _readable(words: str) -> str:
    words = clean_text(words)
    if len(words) < LEAST_WORDS:
        raise Invalid(_("Write the reply the citizen will read, in full sentences."), field="words")
    if len(words) > MOST_WORDS:
        raise Invalid(_("At most %(n)s characters.") % {"n": MOST_WORDS}, field="words")
    return words


def _to_answer(group: int, left_out: Sequence[int]) -> CaseQuerySet:
    return Case.objects.filter(group=group, status=Status.REGISTERED).exclude(pk__in=left_out)


def left_to_answer(answer: GroupAnswer) -> int:
    return _to_answer(answer.group_id, answer.left_out).count()


@verb
def give(answer: GroupAnswer, case: Case, *, by: Membership, at: datetime) -> Case:
    """Give the answer to one case. Raises NotNow if it does not wait for it (any more): it was answered before, say."""
    case = workflow.locked(case, version=None)
    if case.group_id != answer.group_id or case.pk in answer.left_out:
        raise NotNow(_("The case is not in this group."))
    workflow.check_move(case, "answer_with_group")
    if not rows.insert([], once=GroupAnswered(answer=answer, case=case, at=at)):
        raise NotNow(_("This case was given the answer before."))
    return _give(case, answer.reply, answer.words, by=by, at=at, facts={"group_answer": answer.pk})


@verb
def answer_apart(case: Case, *, by: Membership, at: datetime, version: int | None, words: str) -> Case:
    """Answer one case of the group differently from the others. It rests on what the unit found in the main case."""
    check(by, Capability.REPLY_REVIEW, case)
    words = _readable(words)
    case = workflow.locked(case, version=version)
    workflow.check_move(case, "answer_with_group")
    group = CaseGroup.objects.get(cases=case)
    return _give(case, _reply_to_give(group), words, by=by, at=at, facts={"apart": True})


def _give(case: Case, reply: Reply, words: str, *, by: Membership, at: datetime, facts: dict[str, object]) -> Case:
    """The unit's reply becomes this case's own, and the citizen is asked about it."""
    unit = reply.assignment.unit_id
    part = Assignment.objects.create(
        case=case,
        unit_id=unit,
        state=AssignmentState.DONE,
        round=case.round,
        hop=case.hops,
        dispatched_by_id=by.user_id,
        dispatched_at=at,
        replied_at=at,
        ended_at=at,
    )
    own = Reply.objects.create(
        case=case,
        assignment=part,
        round=case.round,
        claim=reply.claim,
        beyond_powers=reply.beyond_powers,
        contacted=False,  # this caller was not
        solved=reply.solved,
        unsolved_reason=reply.unsolved_reason,
        measures=reply.measures,
        promised_on=reply.promised_on,
        public_reply=words,
        author_id=reply.author_id,
        organisation_id=reply.organisation_id,
        submitted_at=at,
        state=ReplyState.ACCEPTED,
        reviewed_by_id=by.user_id,
        reviewed_at=at,
    )
    case.unit_id = unit
    workflow.stop_clocks(case, at=at, kinds=[ClockKind.PROMISE], met=[ClockKind.PROMISE])
    case = workflow.move(
        case,
        "answer_with_group",
        Status.VERIFYING,
        by=by,
        at=at,
        kind=EventKind.ACCEPTED,
        assignment=part,
        payload={"reply": own.pk, "of": reply.case_id, **facts},
    )
    return surveys.begin(case, at=at)


def carry_out(answer: GroupAnswer, now: Callable[[], datetime], *, seconds: float) -> int:
    """Give the answer to those that wait, for so long; whoever cannot be answered is left for the next turn.

    Returns how many were answered. Finished when nobody waits.
    """
    given, began = 0, time.monotonic()
    waiting = _to_answer(answer.group_id, answer.left_out)
    for key in list(waiting.order_by("?").values_list("pk", flat=True)):  # so that workers seldom meet at one case
        if time.monotonic() - began > seconds:
            return given
        if not waiting.filter(pk=key).exists():
            continue
        try:
            give(answer, Case(pk=key), by=answer.by, at=now())
        except NotNow:  # somebody else did, or took it out
            continue
        except Exception:
            log.exception("group_answer_stuck", answer=answer.pk, case=key)
            continue
        given += 1
    if not left_to_answer(answer):
        GroupAnswer.objects.filter(pk=answer.pk, finished_at__isnull=True).update(finished_at=now())
    return given
