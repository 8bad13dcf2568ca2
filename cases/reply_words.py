"""What a unit's reply states, and what it must state to be one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from cases import deadlines, reasons
from cases.models import ReasonKind, Solved, Truth
from hotline.acts import Invalid
from hotline.plain_text import clean_text


@dataclass(frozen=True)
class ReplyWords:
    """What a reply states. Times are given by the contact record, dates by the handler."""

    claim: str
    contacted: bool
    solved: str
    public_reply: str
    beyond_powers: bool = False
    contacted_at: datetime | None = None
    unsolved_reason: str = ""
    measures: str = ""
    promised_on: date | None = None
    internal_note: str = ""


def readable(words: ReplyWords) -> ReplyWords:
    """The reply without what cannot be seen."""
    texts = ("public_reply", "internal_note", "measures")
    visible: dict[str, Any] = {name: clean_text(getattr(words, name)) for name in texts}
    return replace(words, **visible)


def check_reply(words: ReplyWords, at: datetime) -> None:
    """Raises Invalid naming the field. What is missing here would come back from review anyway."""
    if words.claim not in Truth.values:
        raise Invalid(_("Say whether what the citizen reports is true."), field="claim")
    if words.solved not in Solved.values:
        raise Invalid(_("Say whether it is solved."), field="solved")
    if len(words.public_reply) < 10:
        raise Invalid(_("Write the reply the citizen will read, in full sentences."), field="public_reply")
    if words.contacted and words.contacted_at is None:
        raise Invalid(_("Say when you reached the citizen."), field="contacted_at")
    if words.contacted_at is not None and words.contacted_at > at:
        raise Invalid(_("The contact cannot lie in the future."), field="contacted_at")
    if words.solved != Solved.SOLVED:
        _check_what_is_left(words, at)


def _check_what_is_left(words: ReplyWords, at: datetime) -> None:
    """What is not solved needs a reason, a next step and a day."""
    missing = _("Say why it is not fully solved.")
    reasons.chosen(ReasonKind.UNSOLVED, words.unsolved_reason, at, field="unsolved_reason", missing=missing)
    if not words.measures:
        raise Invalid(_("Write what will be done next."), field="measures")
    if words.promised_on is None:
        raise Invalid(_("Give a definite date, for example 2026-03-27."), field="promised_on")
    if words.promised_on < deadlines.local_date(at):
        raise Invalid(_("The date promised lies in the past."), field="promised_on")
