"""How cases begin: a call, its record, and the way to a unit and, sometimes, back."""

from __future__ import annotations

from datetime import datetime, timedelta

from cases import decisions, dispatching, handling, intake, supervision
from cases.models import Call, Case, Decision, Status
from hotline.models import Membership
from hotline.roles import Role
from oversight.demo import rulings
from oversight.demo.phones import index_of
from oversight.demo.scene import Life, Scene
from oversight.demo.texts import Caller, Said
from oversight.demo.work import handled

ANSWERED, THANKED, REFUSED, HANDED_OVER = 0.45, 0.02, 0.03, 0.03
WITHDRAWN, BOUNCED, CO_ORGANISED, NOTED = 0.03, 0.1, 0.08, 0.05
LATE_DISPATCH, LATE_SIGNING = 0.04, 0.07
CALLS_AGAIN = 0.12
GRANTED, TAKEN_BACK = 0.5, 0.12


def any_life(scene: Scene, at: datetime) -> Life:
    """What most days are made of."""
    yield at
    draw = scene.rng.random()
    caller = scene.texts.caller()
    by = scene.cast.agent(at)
    if draw < ANSWERED:
        answered(scene, scene.texts.question(), caller, by, at)
    elif draw < ANSWERED + THANKED:
        thanked(scene, caller, by, at)
    elif draw < ANSWERED + THANKED + REFUSED:
        case = refused(scene, caller, by, at)
        yield from rulings.reviewed(scene, case, at)
    elif draw < ANSWERED + THANKED + REFUSED + HANDED_OVER:
        handed_over(scene, caller, by, at)
    else:
        yield from requested(scene, scene.texts.request(), caller, at)


def a_call(scene: Scene, caller: Caller, by: Membership, at: datetime) -> Call:
    """The call that led to the record, ended a little after it was made."""
    wait, talk = scene.rng.choice((3, 5, 6, 8, 9, 11, 14, 22, 47)), scene.rng.randrange(80, 420)
    offered = at - timedelta(seconds=wait + talk)
    return Call.objects.create(
        platform_id=f"YZ{offered:%Y%m%d%H%M%S}{scene.rng.randrange(1000):03}",
        caller=caller.phone or None,
        caller_index=index_of(caller.phone),
        queue="12345",
        agent_id=by.user_id,
        organisation_id=by.organisation_id,
        offered_at=offered,
        answered_at=offered + timedelta(seconds=wait),
        ended_at=at + timedelta(seconds=scene.rng.randrange(5, 40)),
        wrap_up_seconds=scene.rng.randrange(10, 90),
    )


def _call_of(scene: Scene, channel: str, caller: Caller, by: Membership, at: datetime) -> Call | None:
    return a_call(scene, caller, by, at) if channel == "phone" else None


def answered(scene: Scene, said: Said, caller: Caller, by: Membership, at: datetime) -> Case:
    article = scene.articles.get(said.article)
    answer = article.body if article else said.reply
    call = a_call(scene, caller, by, at)
    given = scene.registration(said, caller, channel="phone")
    return intake.answer_directly(given, by=by, at=at, answer=answer, article=article, call=call)


def thanked(scene: Scene, caller: Caller, by: Membership, at: datetime) -> Case:
    given = scene.registration(scene.texts.thanks(), caller, channel="phone")
    return intake.answer_directly(given, by=by, at=at, answer="已记录并转达，谢谢您。")


def refused(scene: Scene, caller: Caller, by: Membership, at: datetime) -> Case:
    ground, said = scene.texts.refusal()
    call = a_call(scene, caller, by, at)
    given = scene.registration(said, caller, channel="phone")
    return intake.refuse(given, by=by, at=at, ground=ground, route=said.told, call=call)


def handed_over(scene: Scene, caller: Caller, by: Membership, at: datetime) -> Case:
    said = scene.texts.emergency()
    call = a_call(scene, caller, by, at)
    given = scene.registration(said, caller, urgency="emergency", channel="phone")
    return intake.hand_over(given, by=by, at=at, to=said.told, accepted_by=f"{said.told} 接警席", call=call)


def requested(scene: Scene, said: Said, caller: Caller, at: datetime, urgency: str = "") -> Life:
    """Registered, sent to a unit, and whatever follows; now and then the same caller rings again about it."""
    given = scene.registration(said, caller, urgency=urgency)
    by = scene.cast.agent(at)
    case = intake.register(given, by=by, at=at, call=_call_of(scene, given.channel.code, caller, by, at))
    yield from to_unit(scene, case, said, at)
    if scene.happens(CALLS_AGAIN) and caller.phone:
        again = scene.rhythm.on_duty(at + timedelta(days=scene.rng.randrange(2, 25)), 10, 300)
        yield again
        words = scene.texts.word("again").format(words=said.words)
        repeat = Said(**{**said.__dict__, "words": words, "title": f"{said.title[:110]}（再次反映）"})
        yield from requested(scene, repeat, caller, again)


def to_unit(scene: Scene, case: Case, said: Said, at: datetime) -> Life:
    """Sent to the unit the catalogue names."""
    wait = (2, 14) if case.urgency != "ordinary" else (250, 500) if scene.happens(LATE_DISPATCH) else (5, 110)
    at = scene.rhythm.soon(at, *wait) if case.urgency != "ordinary" else scene.rhythm.on_duty(at, *wait)
    yield at
    if scene.happens(WITHDRAWN):
        dispatching.withdraw(case, by=_dispatcher(scene), at=at, version=None, why=scene.texts.word("withdrawn"))
        return
    unit = scene.cast.unit_for(case)
    others = [scene.cast.other_unit(unit, case)] if scene.happens(CO_ORGANISED) else []
    case = dispatching.dispatch(case, by=_dispatcher(scene), at=at, version=None, unit=unit, co_organisers=others)
    if scene.happens(BOUNCED) and case.urgency == "ordinary":
        yield from returned(scene, case, said, at)
    else:
        yield from signed(scene, case, said, at)


def _dispatcher(scene: Scene) -> Membership:
    return scene.cast.one(Role.DISPATCHER)


def returned(scene: Scene, case: Case, said: Said, at: datetime) -> Life:
    """The unit says that it is another's; a dispatcher rules."""
    lead = scene.lead(case)
    at = scene.rhythm.working(at, 0.3, 4)
    yield at
    by = scene.cast.of_unit(lead.unit, Role.CLERK)
    handling.mark_opened(lead, by=by, at=at)
    at += timedelta(minutes=6)
    other = scene.cast.other_unit(lead.unit, case)
    reason = scene.rng.choice(("not_our_duty", "wrong_area", "unclear_ownership", "overlapping"))
    grounds = scene.texts.word("bounce")
    decisions.ask_to_bounce(
        lead,
        by=by,
        at=at,
        version=None,
        reason=reason,
        grounds=grounds,
        proposed_unit=other if scene.happens(0.7) else None,
    )
    at = scene.rhythm.working(at, 0.5, 6)
    yield at
    yield from ruled(scene, case, said, at)


def ruled(scene: Scene, case: Case, said: Said, at: datetime) -> Life:
    """Granted to another unit, granted and taken back, or rejected."""
    asked = Decision.objects.open().select_related("case", "assignment__unit").filter(case=case).first()
    if asked is None:  # the unit signed it off after all
        return
    by, draw = _dispatcher(scene), scene.rng.random()
    if draw < GRANTED + TAKEN_BACK:
        own = asked.assignment.unit if asked.assignment else None
        unit = scene.cast.other_unit(own, case) if own and draw < GRANTED else None
        case = decisions.grant(asked, by=by, at=at, version=None, ruling=scene.texts.word("bounce_granted"), unit=unit)
        if case.status == Status.DISPUTED:
            at = scene.rhythm.working(at, 2, 8)
            yield at
            case = rulings.settled(scene, case, at)
        on_its_way = case.status == Status.DISPATCHED
        yield from signed(scene, case, said, at) if on_its_way else to_unit(scene, case, said, at)
    else:
        ruling = scene.texts.word("bounce_rejected")
        case = decisions.reject(asked, by=by, at=at, version=None, ruling=ruling, final=scene.happens(0.3))
        yield from signed(scene, case, said, at)


def signed(scene: Scene, case: Case, said: Said, at: datetime) -> Life:
    """Opened and signed off by the unit's clerk, mostly in time."""
    lead = scene.lead(case)
    late = scene.happens(LATE_SIGNING)
    if case.urgency == "ordinary":
        at = scene.rhythm.working(at, *((7.5, 16) if late else (0.2, 5)))
    else:
        at = scene.rhythm.soon(at, *((35, 120) if late else (3, 22)))
    yield at
    by = scene.cast.of_unit(lead.unit, Role.CLERK)
    handling.mark_opened(lead, by=by, at=at - timedelta(minutes=1))
    case = handling.sign(lead, by=by, at=at, version=None)
    if scene.happens(NOTED):
        words = scene.texts.word("note")
        supervision.note(case, by=_dispatcher(scene), at=at, version=None, words=words)
    yield from handled(scene, case, said, at)
