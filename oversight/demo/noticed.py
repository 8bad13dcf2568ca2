"""What the detectors notice in the demo city, and that somebody looks into the first of it."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from oversight import detecting, findings
from oversight.demo.scene import Scene
from oversight.detectors import DETECTORS
from oversight.models import Finding

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
