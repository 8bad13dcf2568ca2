"""The citizen's verdict: asking for it, reminding, calling back, and what follows from it.

The system asks, never the handler. No answer is no answer: an unrated case is closed as unrated.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import phonenumbers
from django.conf import settings
from django.utils.translation import gettext as _

from cases import deadlines, dispatching, ladder, reasons, workflow
from cases.models import (
    Assignment,
    AssignmentState,
    CallbackAttempt,
    CallbackResult,
    CallbackWish,
    Case,
    Clock,
    ClockKind,
    EventKind,
    Feedback,
    FeedbackSource,
    Outcome,
    ReasonKind,
    Satisfaction,
    Status,
    Survey,
    SurveyState,
)
from cases.notifications import citizen_sms, local_time, unit_notice
from cases.permissions import check
from cases.survey_rules import RULES
from hotline import ledger, outbox
from hotline.acts import Invalid, NotNow, verb
from hotline.models import Membership
from hotline.plain_text import clean_text
from hotline.roles import CONTRACTOR, Capability

COMMENT_LIMIT = 1000


@dataclass(frozen=True)
class Verdict:
    """What the citizen says of one round. ``satisfaction`` runs from 1 to 5; None if not said."""

    solved: bool
    contacted: bool | None = None
    satisfaction: int | None = None
    comment: str = ""

    @property
    def is_good(self) -> bool:
        """Solved, and not dissatisfied. Anything else goes back to the unit."""
        return self.solved and (self.satisfaction is None or self.satisfaction >= Satisfaction.BASICALLY)


def callbacks_of(survey: Survey) -> int:
    """How often this citizen is called at most, by the rules of the day the asking began."""
    return int(RULES.on(survey.sent_at)["callbacks"])


def digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def begin(case: Case, *, at: datetime) -> Case:
    """Ask about the round just answered, inside the caller's act: by SMS link, else through the callback queue."""
    reachable = case.citizen is not None and bool(case.citizen.reached_at)
    if case.callback_wish == CallbackWish.NONE or not reachable:
        Survey.objects.create(
            case=case, round=case.round, state=SurveyState.DECLINED, sent_at=at, expires_at=at, ended_at=at
        )
        why = "declined" if reachable else "unreachable"
        return workflow.end(
            case, "expire", Status.CLOSED, Outcome.UNRATED, by=None, at=at, kind=EventKind.CLOSED, payload={"why": why}
        )
    by_link = case.citizen is not None and _takes_sms(case.citizen.reached_at)
    clock = deadlines.start(case, ClockKind.VERDICT, at)
    ledger.add(clock)
    survey = Survey(case=case, round=case.round, sent_at=at, expires_at=clock.due_at)
    if by_link:
        survey.state, survey.next_action_at = SurveyState.SENT, _reminder_time(at)
        _send_link(survey, "survey", at=at)
    else:
        survey.state = SurveyState.CALLBACK
        survey.save(force_insert=True)
    how = "link" if by_link else "callback"
    workflow.append(case, EventKind.SURVEYED, by=None, at=at, payload={"how": how})
    return case


def _takes_sms(phone: str) -> bool:
    kind = phonenumbers.number_type(phonenumbers.parse(phone))
    return kind in (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)


def _reminder_time(at: datetime) -> datetime:
    return at + timedelta(hours=RULES.on(at)["reminder_hours"])


def _send_link(survey: Survey, template: str, *, at: datetime) -> None:
    """A fresh token every time; only its hash is kept, so an older link stops working."""
    token = secrets.token_urlsafe(24)
    survey.digest = digest(token)
    link = f"{settings.SITE_URL}/r/{token}/"
    message = citizen_sms(survey.case, template, at=at, link=link, until=local_time(survey.expires_at))
    outbox.post(message)
    if message is not None:
        survey.message = message
    survey.save()


def survey_for(token: str) -> Survey | None:
    """The survey a link belongs to, whatever its state."""
    return Survey.objects.select_related("case").filter(digest=digest(token)).first()


@verb
def answer(survey: Survey, verdict: Verdict, *, at: datetime, by: None = None) -> Case:
    """The citizen's own answer by link. Raises NotNow if it was answered before or the window is over."""
    case = workflow.locked(survey.case, version=None)
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    if survey.state not in (SurveyState.SENT, SurveyState.CALLBACK) or case.round != survey.round:
        raise NotNow(_("This link was used before. Thank you; your answer is kept."))
    if at >= survey.expires_at:
        raise NotNow(_("The time for this survey is over. You can still call 12345."))
    return _conclude(case, survey, verdict, FeedbackSource.LINK, by=None, at=at)


@verb
def call_back(
    survey: Survey, *, by: Membership, at: datetime, result: str, verdict: Verdict | None = None, note: str = ""
) -> Case:
    """Record one callback, reached or not, and the verdict if there is one. The third failure ends the asking."""
    check(by, Capability.CALLBACK_MAKE, survey.case)
    missing = _("Choose what came of the call.")
    outcome = reasons.chosen(ReasonKind.CALLBACK, result, at, field="result", missing=missing)
    reasons.check_words(outcome, note, field="note")
    if result == CallbackResult.REACHED and verdict is None:
        raise Invalid(_("Ask whether it was solved, and enter the answer."), field="solved")
    case = workflow.locked(survey.case, version=None)
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    if survey.state != SurveyState.CALLBACK or case.status != Status.VERIFYING:
        raise NotNow(_("This case no longer awaits a callback."))
    CallbackAttempt.objects.create(
        survey=survey, at=at, by_id=by.user_id, organisation_id=by.organisation_id, result=result, note=note[:200]
    )
    tries = survey.attempts.count()
    workflow.record(
        case, EventKind.CALLBACK_TRIED, by=by, at=at, why=note, payload={"result": result, "attempt": tries}
    )
    if verdict is not None and result == CallbackResult.REACHED:
        contractor = by.role in CONTRACTOR
        source = FeedbackSource.CONTRACTOR_CALLBACK if contractor else FeedbackSource.OFFICE_CALLBACK
        return _conclude(case, survey, verdict, source, by=by, at=at)
    if tries >= callbacks_of(survey) or result in (CallbackResult.DECLINED, CallbackResult.WRONG_NUMBER):
        return _expire(case, survey, at=at, why=result)
    return case


def _conclude(
    case: Case, survey: Survey, verdict: Verdict, source: FeedbackSource, *, by: Membership | None, at: datetime
) -> Case:
    if verdict.satisfaction is not None and verdict.satisfaction not in Satisfaction.values:
        raise Invalid(_("Choose how satisfied you are."), field="satisfaction")
    comment = clean_text(verdict.comment)[:COMMENT_LIMIT]
    Feedback.objects.create(
        case=case,
        survey=survey,
        round=survey.round,
        source=source,
        unit_id=case.unit_id,
        contacted=verdict.contacted,
        solved=verdict.solved,
        satisfaction=verdict.satisfaction,
        comment=comment,
        at=at,
        by_id=by.user_id if by else None,
    )
    survey.state, survey.ended_at, survey.next_action_at = SurveyState.ANSWERED, at, None
    survey.save(update_fields=["state", "ended_at", "next_action_at"])
    said = {"solved": verdict.solved, "satisfaction": verdict.satisfaction, "contacted": verdict.contacted}
    workflow.append(case, EventKind.RATED, by=by, at=at, why=comment, payload={"source": source, **said})
    if verdict.is_good:
        return workflow.end(case, "verdict", Status.CLOSED, Outcome.SOLVED, by=by, at=at, kind=EventKind.CLOSED)
    return _rehandle(case, at=at, why=comment)


def _rehandle(case: Case, *, at: datetime, why: str) -> Case:
    """Back to the unit for another round, with a new promise; the second time it comes under supervision."""
    workflow.stop_clocks(case, at=at, met=[ClockKind.VERDICT])
    unit = case.unit
    if unit is None:
        raise ValueError("a case under verification has a unit")
    case.round += 1
    clocks = deadlines.start_promise(case, at)
    lead = Assignment(
        case=case,
        unit=unit,
        state=AssignmentState.HANDLING,
        round=case.round,
        hop=case.hops,
        dispatched_at=at,
        note=why,
    )
    dispatching.start_leg(lead, (ClockKind.HANDLE, ClockKind.CONTACT), at)
    case = workflow.move(
        case, "verdict", Status.REHANDLING, by=None, at=at, kind=EventKind.REHANDLING, why=why, assignment=lead
    )
    Clock.objects.bulk_create(clocks)
    outbox.post(unit_notice(unit, "rehandling", case, at=at, due=local_time(clocks[0].due_at)))
    if case.round > 2:
        case = ladder.after_second_dissatisfaction(case, unit, at=at)
    return case


def _expire(case: Case, survey: Survey, *, at: datetime, why: str) -> Case:
    """Nobody answered: the case is closed unrated, and counts as that."""
    survey.state, survey.ended_at, survey.next_action_at = SurveyState.EXPIRED, at, None
    survey.save(update_fields=["state", "ended_at", "next_action_at"])
    return workflow.end(
        case, "expire", Status.CLOSED, Outcome.UNRATED, by=None, at=at, kind=EventKind.CLOSED, payload={"why": why}
    )


@verb
def advance(survey: Survey, *, at: datetime, by: None = None) -> Case:
    """Take a survey's next step: remind once, and close the case as unrated when the window is over."""
    case = workflow.locked(survey.case, version=None)
    survey = Survey.objects.select_for_update(of=("self",)).select_related("case__citizen").get(pk=survey.pk)
    if survey.ended_at is not None or case.status != Status.VERIFYING:
        return case
    if at >= survey.expires_at:
        return _expire(case, survey, at=at, why="no answer")
    if (
        survey.state == SurveyState.SENT
        and survey.reminded_at is None
        and survey.next_action_at
        and at >= survey.next_action_at
    ):
        survey.reminded_at, survey.next_action_at = at, survey.expires_at
        _send_link(survey, "survey_reminder", at=at)
        return workflow.record(case, EventKind.REMINDED, by=None, at=at)
    return case
