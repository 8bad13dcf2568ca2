"""Calling the blind sample: the system gives out the next citizen, the caller asks, and what was said stays said.

Nothing of it is written to the case or its events: a timeline that told of it would tell whoever handled the case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from cases import identity, reasons
from cases.independent_giving import open_to
from cases.independent_rules import RULES, is_calling_time
from cases.models import (
    CallbackResult,
    Feedback,
    FeedbackSource,
    IndependentAttempt,
    IndependentCallback,
    IndependentState,
    ReasonKind,
    RevealReason,
    Satisfaction,
)
from cases.permissions import check
from hotline.acts import Invalid, NotNow, verb
from hotline.models import Membership, User
from hotline.plain_text import clean_text
from hotline.roles import Capability

COMMENT_LIMIT, NOTE_LIMIT = 1000, 200


@dataclass(frozen=True)
class Answers:
    """What the citizen says of one round; None where it was not said. Satisfaction runs from 1 to 5."""

    solved: bool
    contacted: bool | None = None
    satisfaction: int | None = None
    agent_satisfaction: int | None = None
    comment: str = ""


def held(by: Membership, at: datetime) -> IndependentCallback | None:
    """The citizen this person has in hand, if any."""
    mine = IndependentCallback.objects.held_by(by).filter(held_until__gt=at, expires_at__gt=at)
    return mine.select_related("draw", "survey", "case__citizen").first()


@verb
def take_next(*, by: Membership, at: datetime) -> IndependentCallback:
    """The next citizen to call, as the system orders them; whom one has in hand already comes first.

    Two callers never get the same one: each takes the first that nobody is just taking. Raises NotNow outside the
    hours of the rules in force, or if there is nobody for this person.
    """
    check(by, Capability.CALLBACK_INDEPENDENT)
    rules = RULES.on(at)
    if not is_calling_time(at, rules):
        sentence = _("Citizens are called from %(first)s to %(last)s o’clock.")
        raise NotNow(sentence % {"first": rules["first_hour"], "last": rules["last_hour"]})
    User.objects.select_for_update(no_key=True).get(pk=by.user_id)  # of two requests of one person the second waits
    if (mine := held(by, at)) is not None:
        return mine
    IndependentCallback.objects.held_by(by).update(given_to=None, held_until=None)
    callback = open_to(by, at).select_related("draw").select_for_update(of=("self",), skip_locked=True).first()
    if callback is None:
        raise NotNow(_("There is nobody for you to call now."))
    callback.given_to, callback.held_until = by.user, at + timedelta(minutes=callback.draw.rules["hold_minutes"])
    callback.save(update_fields=["given_to", "held_until"])
    return callback


@verb
def give_back(callback: IndependentCallback, *, by: Membership, at: datetime, because: str) -> IndependentCallback:
    """Somebody else is to call: the caller knows the citizen or the matter, and is not given this one again."""
    callback = _own(callback, by, at)
    if not because.strip():
        raise Invalid(_("Say why somebody else should call."), field="because")
    return _to_the_queue(callback, at)


@verb
def reveal(callback: IndependentCallback, *, by: Membership, at: datetime) -> IndependentCallback:
    """Show the number to its caller for some minutes, within the limits all looks have; the entry is about the
    callback, so that nothing shows at the case."""
    check(by, Capability.IDENTITY_REVEAL)
    callback = _own(callback, by, at)
    identity.keep_to_the_limits(by, at)
    identity.show(callback.case, by=by, at=at, reason=RevealReason.CALLBACK)
    return callback


@verb
def record(
    callback: IndependentCallback,
    *,
    by: Membership,
    at: datetime,
    result: str,
    answers: Answers | None = None,
    note: str = "",
) -> IndependentCallback:
    """Record one call, reached or not, and the answers if there are any. Neither ever changes."""
    check(by, Capability.CALLBACK_INDEPENDENT)
    chosen = reasons.chosen(ReasonKind.CALLBACK, result, at, field="result", missing=_("Choose what came of the call."))
    reasons.check_words(chosen, note, field="note")
    reached = result == CallbackResult.REACHED
    if reached and answers is None:
        raise Invalid(_("Ask whether it was solved, and enter the answer."), field="solved")
    callback = _own(callback, by, at)
    IndependentAttempt.objects.create(
        callback=callback,
        at=at,
        by_id=by.user_id,
        organisation_id=by.organisation_id,
        result=result,
        note=clean_text(note)[:NOTE_LIMIT],
    )
    if reached and answers is not None:
        _keep(callback, answers, by, at)
        return _end(callback, IndependentState.ANSWERED, at)
    if result == CallbackResult.DECLINED:
        return _end(callback, IndependentState.REFUSED, at)
    if result == CallbackResult.WRONG_NUMBER or callback.attempts.count() >= callback.draw.rules["attempts"]:
        return _end(callback, IndependentState.NOT_REACHED, at)
    return _to_the_queue(callback, at, later=timedelta(hours=callback.draw.rules["retry_hours"]))


@verb
def expire(callback: IndependentCallback, *, at: datetime, by: None = None) -> IndependentCallback:
    """Its days are over: nobody calls any more. Raises NotNow if it ended meanwhile or has time left."""
    callback = IndependentCallback.objects.select_for_update(of=("self",)).get(pk=callback.pk)
    if callback.ended_at is not None or callback.expires_at > at:
        raise NotNow(_("This callback is not due to expire."))
    tried = callback.attempts.exists()
    return _end(callback, IndependentState.NOT_REACHED if tried else IndependentState.EXPIRED, at)


def _own(callback: IndependentCallback, by: Membership, at: datetime) -> IndependentCallback:
    """The callback, locked, if it is this person's to call. Raises NotNow if not, or not any more."""
    check(by, Capability.CALLBACK_INDEPENDENT)
    rows = IndependentCallback.objects.select_for_update(of=("self",)).select_related("draw", "survey", "case__citizen")
    callback = rows.get(pk=callback.pk)
    in_hand = callback.given_to_id == by.user_id and callback.held_until is not None and callback.held_until > at
    if callback.ended_at is not None or not in_hand or callback.expires_at <= at:
        raise NotNow(_("You do not have this citizen in hand any more. Take the next one."))
    return callback


def _keep(callback: IndependentCallback, answers: Answers, by: Membership, at: datetime) -> Feedback:
    for name in ("satisfaction", "agent_satisfaction"):
        if getattr(answers, name) not in (None, *Satisfaction.values):
            raise Invalid(_("Choose how satisfied the citizen is."), field=name)
    return Feedback.objects.create(
        case_id=callback.case_id,
        survey_id=callback.survey_id,
        round=callback.survey.round,
        source=FeedbackSource.INDEPENDENT_CALLBACK,
        unit_id=callback.unit_id,
        contacted=answers.contacted,
        solved=answers.solved,
        satisfaction=answers.satisfaction,
        agent_satisfaction=answers.agent_satisfaction,
        comment=clean_text(answers.comment)[:COMMENT_LIMIT],
        at=at,
        by_id=by.user_id,
    )


def _to_the_queue(callback: IndependentCallback, at: datetime, later: timedelta = timedelta()) -> IndependentCallback:
    callback.given_to, callback.held_until = None, None
    callback.next_at = at + later
    callback.save(update_fields=["given_to", "held_until", "next_at"])
    return callback


def _end(callback: IndependentCallback, state: IndependentState, at: datetime) -> IndependentCallback:
    callback.state, callback.ended_at = state, at
    callback.given_to, callback.held_until = None, None
    callback.save(update_fields=["state", "ended_at", "given_to", "held_until"])
    return callback
