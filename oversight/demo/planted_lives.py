"""The planted cases: from a call to the citizen's verdict, honest or not, through the verbs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from cases import attachments, decisions, dispatching, excluding, handling, identity, intake, reviewing, surveys
from cases.attachments import Upload
from cases.models import AttachmentKind, Case, ClockKind, Decision, DecisionKind, Survey, SurveyState
from cases.registration import Registration
from cases.reply_words import ReplyWords
from cases.surveys import Verdict
from hotline.models import Membership, Organisation
from hotline.roles import Role
from oversight.demo.planting import Plot, agents, callers, officers, subject_of
from oversight.demo.scene import Scene
from oversight.detector import Subject

CASES_A_UNIT = (24, 38)  # about as many as a unit in the middle of a city has in a month; verbs take their time
HONEST_RETURNS, HONEST_BAD, RATED, FILES = 0.15, 0.08, 0.85, 0.3
FIXED_LINES = 0.65  # more than a city has: so somebody who calls back has in the month what is two days' work in life
HONEST_EXITS, CARETAKERS, REACHED_AT_ONCE = 0.06, 0.15, 0.75
ANSWERED_AND_RATED = timedelta(days=2)  # what an answer takes, up to the verdict
LOOKS_AT_ONCE, LOOKS_NOW_AND_THEN = 18, 4
ALIKE = "您好，您反映的问题我单位已收悉，已责成相关科室依法依规办理，感谢您对我们工作的关心与支持。"
ROUTE = "已告知向人民法院起诉。"


def tell(made: Plot) -> None:
    """What happened to everybody's cases in thirty days."""
    for unit in made.units:
        caretaker = made.phone() if made.scene.happens(CARETAKERS) else ""
        own = made.phone()
        for n in range(made.scene.rng.randint(*CASES_A_UNIT)):
            glad = own if made.does("own_phones", Subject(unit.pk)) else caretaker if n < 3 else ""
            _life(made, unit, glad)
    _looks(made)


def _life(made: Plot, unit: Organisation, glad: str) -> None:
    scene, subject = made.scene, Subject(unit.pk)
    bunched = made.does("month_end", subject)
    at = _month_end(scene.rhythm.now) - timedelta(days=3) if bunched else _some_time(scene)
    given, agent = _request(made, glad), scene.rng.choice(agents(scene))
    if made.does("refusals", subject_of(agent)):
        intake.refuse(given, by=agent, at=at, ground="legal_procedure", route=ROUTE)
        return
    case = intake.register(given, by=agent, at=at)
    case = dispatching.dispatch(
        case, by=scene.cast.one(Role.DISPATCHER), at=at + timedelta(minutes=9), version=None, unit=unit
    )
    case, at = _returned(made, case, unit, at + timedelta(minutes=20))
    case = handling.sign(scene.lead(case), by=_of(made, unit), at=at, version=None)
    at = _left_out(made, case, unit, at)
    if at > scene.rhythm.now - ANSWERED_AND_RATED:
        return
    if bunched:
        at = max(at, _month_end(scene.rhythm.now) - timedelta(hours=scene.rng.randrange(8, 30)))
    case = _answered(made, case, unit, at, said=_words(made, subject, given))
    case, at = _rated(made, case, unit, at + timedelta(hours=8), glad=bool(glad))
    if made.does("came_back", subject) and case.outcome == "solved":
        intake.register(given, by=agent, at=at + timedelta(days=scene.rng.uniform(2, 5)))
    if made.does("recoded", subject):  # no verb does this: it is what somebody with the database's password would
        Case.objects.filter(pk=case.pk).update(kind="suggestion")


def _some_time(scene: Scene) -> datetime:
    """Early enough that all that follows lies behind now."""
    return scene.rhythm.now - timedelta(days=scene.rng.uniform(17, 28))


def _month_end(now: datetime) -> datetime:
    return timezone.localtime(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _request(made: Plot, glad: str) -> Registration:
    """An ordinary request of somebody nobody knew, unless the number is named."""
    texts = made.scene.texts
    given = made.scene.registration(texts.request(), texts.caller(), urgency="ordinary", channel="phone")
    phone = glad or made.phone(fixed=made.scene.happens(FIXED_LINES))
    kind = "complaint" if given.kind == "suggestion" else given.kind
    return replace(given, kind=kind, confidential=False, callback_wish="phone", name="", phone=phone)


def _of(made: Plot, unit: Organisation) -> Membership:
    return made.scene.cast.of_unit(unit, Role.HANDLER, Role.CLERK)


def _returned(made: Plot, case: Case, unit: Organisation, at: datetime) -> tuple[Case, datetime]:
    """Asked to take it back: sent there and back, kept with the unit, or nothing of the sort; and when it signs off."""
    scene, subject = made.scene, Subject(unit.pk)
    if made.does("ping_pong", subject):
        other = scene.rng.choice([one for one in made.units if one.pk != unit.pk])
        for hour, (body, to) in enumerate(((unit, other), (other, unit)), start=1):
            _ask(made, case, body, at + timedelta(minutes=30 * hour))
            case = _rule(made, case, at + timedelta(minutes=30 * hour + 10), to)
        return case, at + timedelta(hours=2)
    late = made.does("late_returns", subject)
    if not late and not scene.happens(HONEST_RETURNS):
        return case, at + timedelta(minutes=30)
    clock = case.clocks.get(kind=ClockKind.SIGN)
    spent = scene.rng.uniform(0.93, 0.98) if late else scene.rng.uniform(0.1, 0.8)
    asked_at = clock.started_at + spent * (clock.due_at - clock.started_at)
    _ask(made, case, unit, asked_at)
    return _kept(made, case, asked_at + timedelta(minutes=5)), asked_at + timedelta(minutes=15)


def _ask(made: Plot, case: Case, unit: Organisation, at: datetime) -> None:
    given: dict[str, Any] = {"reason": "wrong_area", "grounds": "经核实不属本单位管辖范围。"}
    decisions.ask_to_bounce(made.scene.lead(case), by=_of(made, unit), at=at, version=None, **given)


def _kept(made: Plot, case: Case, at: datetime) -> Case:
    by = made.scene.cast.one(Role.DISPATCHER)
    return decisions.reject(_open(case), by=by, at=at, version=None, ruling="不予同意，由你单位办理。")


def _open(case: Case) -> Decision:
    return Decision.objects.open().select_related("case", "assignment__unit").get(case=case)


def _rule(made: Plot, case: Case, at: datetime, to: Organisation) -> Case:
    """Sent on by a dispatcher; where that would be one time too many, by the arbiter."""
    cast = made.scene.cast
    case = decisions.grant(_open(case), by=cast.one(Role.DISPATCHER), at=at, version=None, ruling="改派。", unit=to)
    dispute = Decision.objects.open().filter(case=case, kind=DecisionKind.DISPUTE).select_related("case").first()
    if dispute is None:
        return case
    at += timedelta(minutes=10)
    return decisions.grant(dispute, by=cast.one(Role.ARBITER), at=at, version=None, ruling="由该单位办理。", unit=to)


def _left_out(made: Plot, case: Case, unit: Organisation, at: datetime) -> datetime:
    """Asked that it may not count, early, at the last moment or not at all; and from when the case is handled on."""
    late = made.does("late_exits", Subject(unit.pk))
    if not late and not made.scene.happens(HONEST_EXITS):
        return at
    lead = made.scene.lead(case)
    clock = lead.clocks.get(kind=ClockKind.HANDLE)
    spent = made.scene.rng.uniform(0.93, 0.99) if late else made.scene.rng.uniform(0.05, 0.8)
    at = max(at, clock.started_at + spent * (clock.due_at - clock.started_at))
    given: dict[str, Any] = {"reason": "against_law", "grounds": "诉求于法无据。", "evidence": "行政处罚决定书"}
    excluding.ask_for_exclusion(lead, by=_of(made, unit), at=at, version=None, **given)
    return at


def _words(made: Plot, subject: Subject, given: Registration) -> str:
    if made.does("alike_replies", subject):
        return ALIKE
    texts = made.scene.texts
    return f"关于您反映的“{given.title}”：{texts.request().reply or texts.request().words}（{next(made.serial)}）"


def _answered(made: Plot, case: Case, unit: Organisation, at: datetime, *, said: str) -> Case:
    """Spoken to or not, with a file or none, answered, and accepted by the hotline."""
    scene, subject = made.scene, Subject(unit.pk)
    by, contacted_at = _of(made, unit), at + timedelta(hours=1)
    if made.does("contact_before_dispatch", subject):
        contacted_at = case.registered_at + timedelta(minutes=3)
    silent = made.does("no_contact", subject)
    if made.does("reused_files", subject):
        _attach(case, f"{unit.code} 现场照片", by=by, at=at + timedelta(hours=2))
    elif scene.happens(FILES):
        _attach(case, f"{case.number} 现场记录 {case.round}", by=by, at=at + timedelta(hours=2))
    words = ReplyWords(
        claim="true",
        contacted=not silent,
        contacted_at=None if silent else contacted_at,
        solved="solved",
        public_reply=said,
        internal_note="",
    )
    case = handling.reply(scene.lead(case), words, by=by, at=at + timedelta(hours=3), version=None)
    return reviewing.accept(case, by=scene.cast.one(Role.REVIEWER), at=at + timedelta(hours=5), version=None)


def _attach(case: Case, content: str, *, by: Membership, at: datetime) -> None:
    kind = AttachmentKind.HANDLING_PROOF
    attachments.attach(case, Upload("现场.txt", content.encode()), by=by, at=at, kind=kind)


def _rated(made: Plot, case: Case, unit: Organisation, at: datetime, *, glad: bool) -> tuple[Case, datetime]:
    """Asked, and content or not; whoever was not is so after the matter was taken up again, soon or after a week."""
    turned = made.does("turned_answers", Subject(unit.pk))
    if glad or not (turned or made.scene.happens(HONEST_BAD)):
        return _verdict(made, case, unit, at, good=True)
    case, at = _verdict(made, case, unit, at, good=False)
    if case.status != "rehandling":
        return case, at
    at += timedelta(hours=made.scene.rng.uniform(6, 20)) if turned else timedelta(days=made.scene.rng.uniform(4, 6))
    case = handling.record_contact(
        made.scene.lead(case), by=_of(made, unit), at=at, version=None, reached=True, how="phone"
    )
    case = _answered(made, case, unit, at, said=f"已再次处理完毕，请您查验（{next(made.serial)}）。")
    return _verdict(made, case, unit, at + timedelta(hours=7), good=True)


def _verdict(made: Plot, case: Case, unit: Organisation, at: datetime, *, good: bool) -> tuple[Case, datetime]:
    """By the link; where there is no link, by a callback. Some never answer."""
    survey = Survey.objects.select_related("case").get(case=case, round=case.round)
    verdict = Verdict(solved=good, satisfaction=5 if good else 1, contacted=True)
    if survey.state == SurveyState.CALLBACK:
        return _called_back(made, survey, unit, verdict, at)
    if not made.scene.happens(RATED):
        return surveys.advance(survey, at=survey.expires_at), survey.expires_at
    return surveys.answer(survey, verdict, at=at, by=None), at


def _called_back(
    made: Plot, survey: Survey, unit: Organisation, verdict: Verdict, at: datetime
) -> tuple[Case, datetime]:
    """Never tried, given up at the first try, or reached at the first or second."""
    if made.does("never_called", Subject(unit.pk)):
        return surveys.advance(survey, at=survey.expires_at), survey.expires_at
    by = made.scene.rng.choice(
        [m for m in callers(made.scene) if m.organisation_id == survey.case.taken_by_organisation_id]
    )
    if made.does("given_up_early", subject_of(by)):
        result = made.scene.rng.choice(("declined", "wrong_number"))
        return surveys.call_back(survey, by=by, at=at, result=result), at
    if not made.scene.happens(REACHED_AT_ONCE):
        surveys.call_back(survey, by=by, at=at, result="no_answer")
        at += timedelta(hours=20)
    return surveys.call_back(survey, by=by, at=at, result="reached", verdict=verdict), at


def _looks(made: Plot) -> None:
    """Officers look at identities: now and then, or many within minutes."""
    scene = made.scene
    for officer in officers(scene):
        guilty = subject_of(officer) in made.guilty["odd_looks"]
        begin = scene.rhythm.now - timedelta(days=scene.rng.uniform(2, 12))
        reach = Case.objects.visible_to(officer).filter(confidential=False, citizen__isnull=False)
        for n, case in enumerate(reach.order_by("-pk")[: LOOKS_AT_ONCE if guilty else LOOKS_NOW_AND_THEN]):
            at = begin + (timedelta(seconds=25 * n) if guilty else timedelta(hours=3 * n))
            identity.reveal(case, by=officer, at=at, reason="callback")
