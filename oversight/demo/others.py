"""What lies with several units right now, and what emergency lines were asked: one case at each turn of the road."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from cases import dispatching, handing_down, handing_over, handling, intake, reviewing_parts
from cases.models import Assignment, Case, HandOver
from hotline.models import Membership
from hotline.roles import Role
from oversight.demo.scene import Life, Scene
from oversight.demo.work import a_reply

# how far each goes, and the unit it goes to first
DOWN = (
    ("given", "DHQ"),
    ("reported", "DHQ"),
    ("reported", "CGJ"),
    ("sent_back", "DHQ"),
    ("accepted", "CGJ"),
    ("copied", "QSJD"),
)
BENEATH = {"DHQ": "QSJD", "CGJ": "SZZX"}
LINES = (("119", ""), ("120", "无人受伤，患者拒绝送医。"))
NUMBER = len(DOWN) + len(LINES) + 1
BEGAN = 3.0  # hours ago


def lives(scene: Scene) -> Iterable[Life]:
    for n, (stop, code) in enumerate(DOWN):
        yield _down(scene, stop, code, scene.rhythm.now - timedelta(hours=BEGAN + n / 3))
    for n, (line, answer) in enumerate(LINES):
        yield _line(scene, line, answer, scene.rhythm.now - timedelta(minutes=6 + n))
    yield _from_the_police(scene, scene.rhythm.now - timedelta(minutes=40))


def _registered(scene: Scene, at: datetime, urgency: str = "ordinary", **given: Any) -> Case:
    said, caller = scene.texts.request(), scene.texts.caller()
    caller = replace(caller, phone=f"1390002{scene.rng.randrange(10_000):04}")
    registration = scene.registration(said, caller, urgency=urgency, channel=given.pop("channel", "phone"))
    return intake.register(replace(registration, confidential=False, **given), by=scene.cast.agent(at), at=at)


def _down(scene: Scene, stop: str, code: str, at: datetime) -> Life:
    """Sent to a unit, which gives it to one beneath and reads what that one replies."""
    yield at
    case = _registered(scene, at)
    yield (at := at + timedelta(minutes=5))
    unit, zhou = scene.cast.by_code[code], scene.cast.one(Role.DISPATCHER)
    dispatching.dispatch(case, by=zhou, at=at, version=None, unit=unit)
    if stop == "copied":
        return
    yield (at := at + timedelta(minutes=15))
    lead, handler = scene.lead(case), scene.cast.of_unit(unit, Role.HANDLER)
    below = scene.cast.by_code[BENEATH[code]]
    handing_down.hand_down(lead, by=handler, at=at, version=None, units=[below], note="请先行到场处置，两小时内反馈。")
    if stop == "given":
        return
    yield from _reported(scene, stop, case, handler, at)


def _reported(scene: Scene, stop: str, case: Case, handler: Membership, at: datetime) -> Life:
    part = Assignment.objects.select_related("unit", "case").get(case=case, role="subordinate")
    worker = scene.cast.of_unit(part.unit, Role.HANDLER)
    yield (at := at + timedelta(minutes=20))
    handling.sign(part, by=worker, at=at, version=None)
    yield (at := at + timedelta(minutes=45))
    words = replace(a_reply(scene, scene.texts.request(), at, at), contacted=False, contacted_at=None)
    handling.reply(part, words, by=worker, at=at, version=None)
    yield (at := at + timedelta(minutes=10))
    if stop == "sent_back":
        reviewing_parts.send_part_back(
            part, by=handler, at=at, version=None, reason="no_evidence", note="请补充现场照片。"
        )
    elif stop == "accepted":
        reviewing_parts.accept_part(part, by=handler, at=at, version=None)


def _line(scene: Scene, line: str, answer: str, at: datetime) -> Life:
    """An emergency line is asked; one of them refuses."""
    yield at
    case = _registered(scene, at, urgency="emergency")
    agent = scene.cast.agent(at, of=case.taken_by_organisation_id)
    yield (at := at + timedelta(minutes=1))
    note = "三方通话：来电人情绪激动，双方正在核实现场情况。"
    handing_over.offer(case, by=agent, at=at, version=None, line=line, three_way=True, note=note)
    if answer:
        yield (at := at + timedelta(minutes=1))
        asked = HandOver.objects.select_related("case").get(case=case)
        handing_over.refused(asked, by=agent, at=at, version=None, answered_by=f"{line} 调度 3 席", answer=answer)


def _from_the_police(scene: Scene, at: datetime) -> Life:
    """Sent to us from 110, and back again: it was theirs."""
    yield at
    case = _registered(scene, at, channel="police", upstream_number=f"110-{at:%Y%m%d}-0042")
    agent = scene.cast.agent(at, of=case.taken_by_organisation_id)
    yield (at := at + timedelta(minutes=4))
    said: dict[str, Any] = {"line": "110", "note": "系打架斗殴警情，请 110 受理。", "accepted_by": "110 指挥中心 12 席"}
    handing_over.offer(case, by=agent, at=at, version=None, **said)
