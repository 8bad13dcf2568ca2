"""What units do with a case, what the hotline thinks of their reply, and what the citizen says in the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from cases import decisions, dispatching, handling, reviewing, supervision, surveys
from cases.deadlines import local_date
from cases.models import Assignment, Case, Clock, ClockKind, Decision, Survey, SurveyState
from cases.reply_words import ReplyWords
from cases.surveys import Verdict
from hotline.calendar import SHANGHAI
from hotline.roles import CONTRACTOR, Role
from oversight.demo.scene import Life, Scene
from oversight.demo.texts import Said

NO_CONTACT, FAILED_CONTACT, PROGRESS, URGED, EXTENDED = 0.06, 0.12, 0.2, 0.1, 0.12
OVERDUE, STUCK, PARTLY, SENT_BACK, LATE_REVIEW = 0.12, 0.02, 0.12, 0.13, 0.06
ANSWERS, GOOD, GOOD_AFTER, REOPENED = 0.62, 0.8, 0.5, 0.03
REACHED = 0.55


def handled(scene: Scene, case: Case, said: Said, at: datetime) -> Life:
    """Contact, work, sometimes more time, and the reply: mostly within the limit."""
    lead = scene.lead(case)
    contacted: datetime | None = None
    if not scene.happens(NO_CONTACT) and case.citizen_id:
        contacted = at = _after(scene, case, at, (0.2, 3), (2, 25))
        yield at
        contact(scene, lead, at)
    if scene.happens(PROGRESS):
        at = _after(scene, case, at, (1, 8), (5, 30))
        yield at
        by = scene.cast.of_unit(lead.unit, Role.HANDLER)
        handling.tell_progress(lead, by=by, at=at, version=None, words=scene.texts.word("progress"))
    if case.urgency == "ordinary" and scene.happens(EXTENDED):
        at = scene.rhythm.working(at, 0.5, 6)
        yield at
        yield from extended(scene, case, lead, at)
    if scene.happens(STUCK):
        return
    late = scene.happens(OVERDUE)
    at = _after(scene, case, at, (26, 60) if late else (1, 17), (1300, 2400) if late else (20, 700))
    if late and scene.happens(0.5):
        yield at - timedelta(minutes=40)
        urged(scene, case, at - timedelta(minutes=40))
    yield at
    yield from replied(scene, case, said, contacted, at)


def _after(
    scene: Scene, case: Case, at: datetime, hours: tuple[float, float], minutes: tuple[float, float]
) -> datetime:
    """Later, in working hours; urgent matters do not wait for the office to open."""
    if case.urgency == "ordinary":
        return scene.rhythm.working(at, *hours)
    return scene.rhythm.soon(at, *minutes)


def contact(scene: Scene, lead: Assignment, at: datetime) -> None:
    by = scene.cast.of_unit(lead.unit, Role.HANDLER)
    if scene.happens(FAILED_CONTACT):
        note = scene.texts.word("contact_failed")
        before = at - timedelta(minutes=20)
        handling.record_contact(lead, by=by, at=before, version=None, reached=False, how="phone", note=note)
    how = scene.rng.choice(("phone", "phone", "visit"))
    note = scene.texts.word("contact_note")
    handling.record_contact(lead, by=by, at=at, version=None, reached=True, how=how, note=note)


def urged(scene: Scene, case: Case, at: datetime) -> None:
    """The citizen called again, and somebody presses the unit."""
    by = scene.cast.one(Role.DISPATCHER, Role.OFFICE_HEAD, Role.SUPERVISOR)
    supervision.urge(case, by=by, at=at, version=None, words=scene.texts.word("urge"))


def extended(scene: Scene, case: Case, lead: Assignment, at: datetime) -> Life:
    """Asked for before the limit is over, and ruled on by a dispatcher."""
    due = Clock.objects.running().filter(assignment=lead, kind=ClockKind.HANDLE).first()
    if due is None or due.due_at <= at:
        return
    by = scene.cast.of_unit(lead.unit, Role.HANDLER)
    reason = scene.rng.choice(("engineering", "investigation", "several_units", "weather"))
    amount, grounds = scene.rng.choice((3, 5, 5, 8, 10)), scene.texts.word("extension")
    decisions.ask_for_extension(lead, by=by, at=at, version=None, reason=reason, grounds=grounds, amount=amount)
    at = scene.rhythm.working(at, 0.5, 5)
    yield at
    asked = Decision.objects.open().select_related("case", "assignment__unit").filter(case=case).first()
    if asked is None:
        return
    by = scene.cast.one(Role.DISPATCHER)
    if scene.happens(0.7):
        decisions.grant(asked, by=by, at=at, version=None, ruling=scene.texts.word("extension_granted"))
    else:
        decisions.reject(asked, by=by, at=at, version=None, ruling=scene.texts.word("extension_rejected"))


def replied(scene: Scene, case: Case, said: Said, contacted: datetime | None, at: datetime) -> Life:
    """The reply goes to review; a thin one comes back and is written again."""
    lead = scene.lead(case)
    words = a_reply(scene, said, contacted, at)
    handling.reply(lead, words, by=scene.cast.of_unit(lead.unit, Role.HANDLER), at=at, version=None)
    at = scene.rhythm.working(at, *((8, 14) if scene.happens(LATE_REVIEW) else (0.3, 5)))
    yield at
    by = scene.cast.one(Role.REVIEWER)
    if scene.happens(SENT_BACK):
        reason = scene.rng.choice(("no_answer", "no_contact", "no_evidence", "no_date", "wording"))
        note = scene.texts.word("send_back")
        reviewing.send_back(case, by=by, at=at, version=None, reason=reason, note=note)
        at = scene.rhythm.working(at, 1, 8)
        yield at
        yield from replied(scene, case, said, contacted or at - timedelta(hours=1), at)
        return
    case = reviewing.accept(case, by=by, at=at, version=None)
    yield from asked(scene, case, said, at)


def a_reply(scene: Scene, said: Said, contacted: datetime | None, at: datetime) -> ReplyWords:
    words = ReplyWords(
        claim=scene.rng.choices(("true", "partly", "untrue"), (80, 14, 6))[0],
        contacted=contacted is not None,
        contacted_at=contacted,
        solved="solved",
        public_reply=f"{said.reply}{scene.texts.word('closing')}",
        internal_note=scene.texts.word("internal_note"),
    )
    if not scene.happens(PARTLY):
        return words
    measures = scene.texts.word("measures")
    return replace(
        words,
        solved="partly",
        public_reply=f"{said.reply}{measures}",
        unsolved_reason=scene.rng.choice(("engineering", "funding", "third_party")),
        measures=measures,
        promised_on=local_date(at) + timedelta(days=scene.rng.randrange(20, 90)),
    )


def asked(scene: Scene, case: Case, said: Said, at: datetime) -> Life:
    """The citizen's verdict, by link or by telephone, if it comes at all."""
    survey = Survey.objects.select_related("case").get(case=case, round=case.round)
    if survey.state == SurveyState.CALLBACK:
        yield from called_back(scene, survey, said, at)
    elif survey.state == SurveyState.SENT and scene.happens(ANSWERS):
        at = awake(scene.rhythm.soon(at, 20, 60 * 60))
        yield at
        case = surveys.answer(survey, a_verdict(scene, case), at=at)
        yield from concluded(scene, case, said, at)


def awake(at: datetime) -> datetime:
    """People answer by day."""
    hour = at.astimezone(SHANGHAI).hour
    return at + timedelta(hours=8 - hour) if hour < 8 else at - timedelta(hours=2) if hour > 21 else at


def called_back(scene: Scene, survey: Survey, said: Said, at: datetime) -> Life:
    """Up to three tries, by the contractor's agents or by the office."""
    for _try in range(surveys.callbacks_of(survey)):
        at = scene.rhythm.working(at, 0.5, 7)
        yield at
        own = survey.case.taken_by_organisation_id
        office = scene.happens(0.4) or own is None or survey.case.confidential
        by = scene.cast.one(Role.CALLBACK_OFFICER) if office else scene.cast.agent(at, of=own)
        if by.role in CONTRACTOR and by.organisation_id != own:
            by = scene.cast.one(Role.CALLBACK_OFFICER)
        if scene.happens(REACHED):
            verdict = a_verdict(scene, survey.case)
            case = surveys.call_back(survey, by=by, at=at, result="reached", verdict=verdict)
            yield from concluded(scene, case, said, at)
            return
        result = scene.rng.choice(("no_answer", "no_answer", "busy", "switched_off"))
        surveys.call_back(survey, by=by, at=at, result=result)


def a_verdict(scene: Scene, case: Case) -> Verdict:
    if scene.happens(GOOD if case.round == 1 else GOOD_AFTER):
        return Verdict(True, scene.happens(0.93), scene.rng.choice((3, 4, 5, 5, 5)), scene.texts.word("praise"))
    return Verdict(scene.happens(0.2), scene.happens(0.6), scene.rng.choice((1, 1, 2)), scene.texts.word("blame"))


def concluded(scene: Scene, case: Case, said: Said, at: datetime) -> Life:
    """Closed for good, opened again, or another round at the unit."""
    if case.status == "rehandling":
        yield from handled(scene, case, said, at)
    elif scene.happens(REOPENED):
        at = scene.rhythm.on_duty(at + timedelta(days=scene.rng.randrange(3, 20)), 10, 200)
        yield at
        facts = scene.texts.word("reopened")
        case = dispatching.reopen(case, by=scene.cast.one(Role.REVIEWER), at=at, version=None, new_facts=facts)
        unit = scene.cast.unit_for(case)
        at = scene.rhythm.on_duty(at, 5, 90)
        yield at
        case = dispatching.dispatch(case, by=scene.cast.one(Role.DISPATCHER), at=at, version=None, unit=unit)
        lead = scene.lead(case)
        at = scene.rhythm.working(at, 0.2, 5)
        yield at
        case = handling.sign(lead, by=scene.cast.of_unit(lead.unit, Role.CLERK), at=at, version=None)
        yield from handled(scene, case, said, at)
