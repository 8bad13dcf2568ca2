"""What lies on the desks right now: a few cases at every stage, records half written, a call on the line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from cases import decisions, dispatching, handling, intake, reviewing, surveys
from cases.models import Case, Survey
from cases.reply_words import ReplyWords
from cases.telephony import CallEvent, record_call
from hotline import memberships, people
from hotline.roles import Role
from oversight.demo import rulings
from oversight.demo.lives import a_call, handed_over, refused
from oversight.demo.scene import Life, Scene
from oversight.demo.texts import Said
from oversight.demo.work import a_reply, a_verdict, contact

# how far each goes: to this stage and no further
STOPS = (
    "refused",
    "handed_over",
    "withdrawn",
    *("registered",) * 6,
    *("dispatched",) * 5,
    *("bounce",) * 3,
    *("handling",) * 5,
    *("extension",) * 3,
    *("disputed",) * 2,
    *("suspension",) * 2,
    *("suspended",) * 2,
    *("exclusion",) * 2,
    *("replied",) * 5,
    *("verifying",) * 4,
    *("callback",) * 5,
    *("rehandling",) * 3,
)
CASES = len(STOPS)
LANDLINES = ("callback", "rehandling")


def lives(scene: Scene) -> Iterable[Life]:
    """Begun within the last hours, whatever the hour: somebody is always there."""
    for n, stop in enumerate(STOPS):
        hours = 0.1 + 0.4 * (n % 5) if stop in ("registered", "dispatched") else 2.5 + n / 4
        yield _life(scene, stop, scene.rhythm.now - timedelta(hours=hours))


def _life(scene: Scene, stop: str, at: datetime) -> Life:
    """The main road at a brisk pace, left at the stop."""
    yield at
    said, caller = scene.texts.request(), scene.texts.caller()
    ending = f"{scene.rng.randrange(10_000):04}"
    phone = f"0593-601{ending}" if stop in LANDLINES else f"1390001{ending}"
    caller = replace(caller, name=caller.name or "李女士", phone=phone)
    by = scene.cast.agent(at)
    if stop in ("refused", "handed_over"):
        (refused if stop == "refused" else handed_over)(scene, caller, by, at)
        return
    given = replace(scene.registration(said, caller, urgency="ordinary", channel="phone"), callback_wish="phone")
    case = intake.register(given, by=by, at=at, call=a_call(scene, caller, by, at))
    if stop == "registered":
        return
    yield (at := at + timedelta(minutes=2))
    unit, by = scene.cast.unit_for(case), scene.cast.one(Role.DISPATCHER)
    if stop == "withdrawn":
        dispatching.withdraw(case, by=by, at=at, version=None, why=scene.texts.word("withdrawn"))
        return
    if stop == "disputed":
        rulings.disputed(scene, case, at)
        return
    case = dispatching.dispatch(case, by=by, at=at, version=None, unit=unit)
    if stop == "dispatched":
        return
    yield from _at_the_unit(scene, stop, case, said, at)


def _at_the_unit(scene: Scene, stop: str, case: Case, said: Said, at: datetime) -> Life:
    yield (at := at + timedelta(minutes=20))
    lead = scene.lead(case)
    by = scene.cast.of_unit(lead.unit, Role.CLERK)
    if stop == "bounce":
        other, grounds = scene.cast.other_unit(lead.unit, case), scene.texts.word("bounce")
        handling.mark_opened(lead, by=by, at=at)
        decisions.ask_to_bounce(
            lead, by=by, at=at, version=None, reason="not_our_duty", grounds=grounds, proposed_unit=other
        )
        return
    case = handling.sign(lead, by=by, at=at, version=None)
    yield (at := at + timedelta(minutes=15))
    contact(scene, lead, at)
    if stop == "extension":
        grounds = scene.texts.word("extension")
        decisions.ask_for_extension(lead, by=by, at=at, version=None, reason="engineering", grounds=grounds, amount=5)
    if stop in ("suspension", "suspended"):
        rulings.suspension(scene, case, at, approvals=2 if stop == "suspended" else 1)
    if stop == "exclusion":
        rulings.exclusion(scene, case, at, approvals=1)
    if stop not in ("handling", "extension", "suspension", "suspended", "exclusion"):
        yield from _answered(scene, stop, case, a_reply(scene, said, at, at + timedelta(minutes=40)), at)


def _answered(scene: Scene, stop: str, case: Case, words: ReplyWords, at: datetime) -> Life:
    lead = scene.lead(case)
    yield (at := at + timedelta(minutes=40))
    case = handling.reply(lead, words, by=scene.cast.of_unit(lead.unit, Role.HANDLER), at=at, version=None)
    if stop == "replied":
        return
    yield (at := at + timedelta(minutes=15))
    case = reviewing.accept(case, by=scene.cast.one(Role.REVIEWER), at=at, version=None)
    if stop not in LANDLINES:
        return
    survey = Survey.objects.select_related("case").get(case=case, round=case.round)
    yield (at := at + timedelta(minutes=20))
    officer = scene.cast.one(Role.CALLBACK_OFFICER)
    if stop == "rehandling":
        verdict = replace(a_verdict(scene, case), solved=False, satisfaction=1, comment=scene.texts.word("blame"))
        surveys.call_back(survey, by=officer, at=at, result="reached", verdict=verdict)
    elif scene.happens(0.5):
        surveys.call_back(survey, by=officer, at=at, result="no_answer")


def at_the_desks(scene: Scene) -> None:
    """Two agents on the line, and records they have begun."""
    for username, minutes in (("wang", 3), ("chen", 6)):
        by = scene.cast.named(username)
        at = scene.rhythm.now - timedelta(minutes=minutes)
        said, caller = scene.texts.request(), replace(scene.texts.caller(), phone=f"1380000{minutes:04}")
        live = f"YZ-{username}-live"
        record_call(CallEvent(live, "offered", at, caller=caller.phone, queue="12345"), by=None, at=at)
        answered = at + timedelta(seconds=6)
        call = record_call(CallEvent(live, "answered", answered, agent=username), by=None, at=answered)
        fields = {"words": said.words[: len(said.words) // 2], "name": caller.name, "phone": caller.phone}
        intake.open_draft(by=by, at=at + timedelta(seconds=40), fields=fields, call=call)
        earlier = scene.texts.request()
        before = at - timedelta(minutes=25)
        fields = {"words": earlier.words, "title": earlier.title, "category": earlier.category, "kind": earlier.kind}
        intake.open_draft(by=by, at=before, fields=fields)


def at_the_counter(scene: Scene) -> None:
    """What the security administrator did an hour ago: an agent who begins next week, another who leaves in a month."""
    by, at = scene.cast.named("secadmin"), scene.rhythm.now - timedelta(hours=1)
    new = people.add(
        by=by, at=at, username="tian", name="田甜", name_en="Tian Tian", staff_number="1031", because="甲客服入职函"
    )
    begins = at + timedelta(days=7)
    company = scene.cast.by_code["JIA"]
    memberships.grant(
        new.user, by=by, at=at, organisation=company, role=Role.AGENT, since=begins, because="甲客服入职函"
    )
    memberships.end(scene.cast.named("dong"), by=by, at=at, until=at + timedelta(days=30), because="乙客服离职函")
