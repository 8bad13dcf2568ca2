"""Known schemes planted in the demo city, with honest noise beside them, so that the detectors can be judged.

A scheme is something that a few units or agents do again and again, and honest ones now and then for good reasons.
Every act goes through its verb, at the time it would have happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from cases import attachments, decisions, dispatching, handling, identity, intake, reviewing, surveys
from cases.attachments import Upload
from cases.models import AttachmentKind, Call, Case, ClockKind, Decision, DecisionKind, Survey
from cases.registration import Registration
from cases.reply_words import ReplyWords
from cases.surveys import Verdict
from hotline.models import Membership, Organisation
from hotline.roles import OFFICE, Role
from oversight.demo.scene import Scene
from oversight.detector import Subject

# How often an honest one does it, and how often somebody guilty.
SHARES: dict[str, tuple[float, float]] = {
    "turned_answers": (0.01, 0.45),
    "came_back": (0.02, 0.4),
    "no_contact": (0.05, 0.5),
    "contact_before_dispatch": (0.0, 0.15),
    "alike_replies": (0.0, 0.8),
    "reused_files": (0.0, 0.5),
    "late_returns": (0.03, 0.45),
    "ping_pong": (0.02, 0.3),
    "month_end": (0.05, 0.95),
    "refusals": (0.04, 0.4),
    "short_calls": (0.02, 0.3),
    "odd_looks": (0.0, 1.0),
}
OF_AGENTS, OF_OFFICERS = ("refusals", "short_calls"), ("odd_looks",)
OF_UNITS = tuple(key for key in SHARES if key not in OF_AGENTS + OF_OFFICERS)
GUILTY_OF_EACH, CASES_A_UNIT, CALLS_AN_AGENT = 2, 26, 60
HONEST_RETURNS, HONEST_BAD, RATED, FILES = 0.12, 0.08, 0.85, 0.3
LOOKS_AT_ONCE, LOOKS_NOW_AND_THEN = 18, 4
ALIKE = "您好，您反映的问题我单位已收悉，已责成相关科室依法依规办理，感谢您对我们工作的关心与支持。"


@dataclass
class Plot:
    """Who does what in secret: of each scheme, the guilty."""

    scene: Scene
    units: Sequence[Organisation]
    guilty: dict[str, set[Subject]] = field(default_factory=dict)
    serial: count[int] = field(default_factory=lambda: count(1))

    def does(self, key: str, subject: Subject) -> bool:
        return self.scene.happens(SHARES[key][subject in self.guilty[key]])

    def phone(self) -> str:
        return f"135{next(self.serial):08}"


def plot(scene: Scene, units: int) -> Plot:
    """Draw the guilty: two of each scheme, most of them guilty of that one alone."""
    cast = scene.cast
    able = [o for o in cast.by_code.values() if o.kind == Organisation.Kind.UNIT and _is_staffed(scene, o)]
    made = Plot(scene, scene.rng.sample(sorted(able, key=lambda o: o.pk), min(units, len(able))))
    agents = [subject_of(m) for m in cast.all if m.role == Role.AGENT]
    officers = [subject_of(m) for m in cast.all if m.role in OFFICE - {Role.KNOWLEDGE_EDITOR}]
    for key in SHARES:
        bodies = [Subject(unit.pk) for unit in made.units]
        among = agents if key in OF_AGENTS else officers if key in OF_OFFICERS else bodies
        made.guilty[key] = set(scene.rng.sample(among, GUILTY_OF_EACH))
    return made


def _is_staffed(scene: Scene, unit: Organisation) -> bool:
    return any(m.organisation_id == unit.pk and m.role in (Role.HANDLER, Role.CLERK) for m in scene.cast.all)


def subject_of(member: Membership) -> Subject:
    return Subject(member.organisation_id, member.user_id)


def tell(made: Plot) -> None:
    """Everybody's thirty days."""
    for unit in made.units:
        for _n in range(CASES_A_UNIT):
            _life(made, unit)
    _calls(made)
    _looks(made)


def _life(made: Plot, unit: Organisation) -> None:
    scene, subject = made.scene, Subject(unit.pk)
    bunched = made.does("month_end", subject)
    at = _before_month_end(scene.rhythm.now) if bunched else _some_time(scene)
    given = _request(made)
    agent = scene.cast.one(Role.AGENT)
    if made.does("refusals", subject_of(agent)):
        route = "已告知向人民法院起诉。"
        intake.refuse(given, by=agent, at=at, ground="legal_procedure", route=route)
        return
    case = intake.register(given, by=agent, at=at)
    case = dispatching.dispatch(
        case, by=scene.cast.one(Role.DISPATCHER), at=at + timedelta(minutes=9), version=None, unit=unit
    )
    case, at = _returned(made, case, unit, at + timedelta(minutes=20))
    case = handling.sign(scene.lead(case), by=_of(made, unit), at=at, version=None)
    if bunched:
        at = max(at, _month_end(scene.rhythm.now) - timedelta(hours=scene.rng.randrange(8, 30)))
    case = _answered(made, case, unit, at, said=_words(made, subject, given))
    at += timedelta(hours=8)
    if scene.happens(RATED):
        case = _rated(made, case, unit, at)
    if made.does("came_back", subject):
        intake.register(given, by=agent, at=at + timedelta(days=scene.rng.uniform(5, 7)))


def _some_time(scene: Scene) -> datetime:
    """Early enough that all that follows lies behind now."""
    return scene.rhythm.now - timedelta(days=scene.rng.uniform(19, 28))


def _month_end(now: datetime) -> datetime:
    """When the month before ended, of which thirty days up to now still hold the last days."""
    return timezone.localtime(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _before_month_end(now: datetime) -> datetime:
    return _month_end(now) - timedelta(days=3)


def _request(made: Plot) -> Registration:
    texts = made.scene.texts
    given = made.scene.registration(texts.request(), texts.caller(), urgency="ordinary", channel="phone")
    return replace(given, confidential=False, callback_wish="phone", name="", phone=made.phone())


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
    asked = _open(case)
    case = decisions.reject(
        asked, by=scene.cast.one(Role.DISPATCHER), at=asked_at + timedelta(minutes=5), version=None, ruling="属你单位。"
    )
    return case, asked_at + timedelta(minutes=15)


def _ask(made: Plot, case: Case, unit: Organisation, at: datetime) -> None:
    given: dict[str, Any] = {"reason": "wrong_area", "grounds": "经核实不属本单位管辖范围。"}
    decisions.ask_to_bounce(made.scene.lead(case), by=_of(made, unit), at=at, version=None, **given)


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
        _attach(case, f"{case.number} 现场记录", by=by, at=at + timedelta(hours=2))
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


def _rated(made: Plot, case: Case, unit: Organisation, at: datetime) -> Case:
    """Content, or not; whoever was not is so after the matter was taken up again: soon, or after a week."""
    turned = made.does("turned_answers", Subject(unit.pk))
    if not turned and not made.scene.happens(HONEST_BAD):
        return _verdict(case, at, good=True)
    case = _verdict(case, at, good=False)
    at += timedelta(hours=made.scene.rng.uniform(6, 20)) if turned else timedelta(days=made.scene.rng.uniform(4, 7))
    case = handling.record_contact(
        made.scene.lead(case), by=_of(made, unit), at=at, version=None, reached=True, how="phone"
    )
    case = _answered(made, case, unit, at, said=f"已再次处理完毕，请您查验（{next(made.serial)}）。")
    return _verdict(case, at + timedelta(hours=7), good=True)


def _verdict(case: Case, at: datetime, *, good: bool) -> Case:
    survey = Survey.objects.select_related("case").get(case=case, round=case.round)
    verdict = Verdict(solved=good, satisfaction=5 if good else 1, contacted=True)
    return surveys.answer(survey, verdict, at=at, by=None)


def _calls(made: Plot) -> None:
    """Every agent's calls that led to no case."""
    scene, calls = made.scene, []
    for agent in (m for m in scene.cast.all if m.role == Role.AGENT):
        for n in range(CALLS_AN_AGENT):
            at = scene.rhythm.now - timedelta(days=scene.rng.uniform(1, 28))
            short = made.does("short_calls", subject_of(agent))
            lasted = scene.rng.randrange(2, 7) if short else scene.rng.randrange(20, 240)
            calls.append(
                Call(
                    platform_id=f"planted-{agent.user_id}-{n}-{next(made.serial)}",
                    queue="12345",
                    agent_id=agent.user_id,
                    organisation_id=agent.organisation_id,
                    offered_at=at,
                    answered_at=at + timedelta(seconds=6),
                    ended_at=at + timedelta(seconds=6 + lasted),
                )
            )
    Call.objects.bulk_create(calls)


def _looks(made: Plot) -> None:
    """Officers look at identities: now and then, or many within minutes."""
    scene = made.scene
    for officer in (m for m in scene.cast.all if m.role in OFFICE - {Role.KNOWLEDGE_EDITOR}):
        guilty = subject_of(officer) in made.guilty["odd_looks"]
        begin = scene.rhythm.now - timedelta(days=scene.rng.uniform(2, 12))
        reach = Case.objects.visible_to(officer).filter(confidential=False, citizen__isnull=False)
        for n, case in enumerate(reach.order_by("-pk")[: LOOKS_AT_ONCE if guilty else LOOKS_NOW_AND_THEN]):
            at = begin + (timedelta(seconds=25 * n) if guilty else timedelta(hours=3 * n))
            identity.reveal(case, by=officer, at=at, reason="callback")
