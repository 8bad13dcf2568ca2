"""What the detectors notice in the demo city, and that somebody looks into the first of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from hotline.models import Membership
from oversight import detecting, findings, pressing
from oversight.demo.scene import Scene
from oversight.detectors import DETECTORS
from oversight.models import Finding, FindingState

ORDER = "请逐件说明办理经过并补充与诉求人的联系记录，三日内书面答复。"
WORDS = "已调取相关工单和录音，正逐件核对。"


def tell(scene: Scene) -> None:
    """Last night's look; this morning the supervisor took up what was found first."""
    now = scene.rhythm.now
    yesterday = timezone.localdate(now) - timedelta(1)
    for detector in DETECTORS:
        detecting.look(detector, at=now - timedelta(hours=3), on=yesterday)
    jiang = scene.cast.named("jiang")
    if (first := Finding.objects.visible_to(jiang).unsettled().order_by("pk").first()) is not None:
        findings.take_up(first, by=jiang, at=now - timedelta(hours=1))
        findings.note(first, WORDS, by=jiang, at=now - timedelta(minutes=30))
    press(jiang, now - timedelta(minutes=20))


def press(jiang: Membership, at: datetime) -> None:
    """The first unit with something to explain is put under supervision for two of the cases."""
    for finding in Finding.objects.visible_to(jiang).unsettled().filter(person=None).order_by("pk"):
        cases = [case.number for case in pressing.open_to(finding, jiang)[:2]]
        if not cases:
            continue
        if finding.state == FindingState.OPEN:
            findings.take_up(finding, by=jiang, at=at)
        pressing.supervise(finding, by=jiang, at=at, cases=cases, words=ORDER)
        return
