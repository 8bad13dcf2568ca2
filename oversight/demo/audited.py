"""What the auditor of the demo city has on the desk: a frozen sample half judged, a draft, lists taken away."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.utils import timezone

from cases import export_building, exporting, identity
from cases.models import Case
from hotline.acts import Refusal
from hotline.models import Membership
from oversight import audits
from oversight.audits import Given
from oversight.demo.scene import Scene
from oversight.models import Strata
from oversight.sample_frames import Frame
from oversight.sample_strata import sizes_of

LAST_WEEKS, DRAWN, JUDGED = 28, 12, 8
SAID = (
    Given("in_order"),
    Given("in_order", note="附件与答复相符，回访属实。"),
    Given("fault", "contact", "办理记录称已电话联系，未见通话记录。"),
    Given("in_order"),
    Given("explain", note="答复日期早于现场照片日期，请单位说明。"),
)


def tell(scene: Scene) -> None:
    """Shen froze a sample yesterday and is at it; Yan asked for a list with names, which Jiang approved."""
    now, shen = scene.rhythm.now, scene.cast.named("shen")
    today = timezone.localdate(now)
    frame = Frame(today - timedelta(LAST_WEEKS), today - timedelta(1))
    if not (n := min(DRAWN, len(frame.numbers(shen)))):
        return  # a story of a day has no closed cases
    sample = audits.draw(frame, "近四周办结件质量抽查", n, by=shen, at=now - timedelta(hours=26))
    audits.freeze(sample, sample.proposed_seed, by=shen, at=now - timedelta(hours=25))
    for k, audited in enumerate(sample.cases.order_by("position")[:JUDGED]):
        audits.judge(audited, SAID[k % len(SAID)], by=shen, at=now - timedelta(hours=24 - k))
    _by_channel(frame, shen, now)
    audits.draw(frame, "下一轮抽查（未冻结）", n, by=shen, at=now - timedelta(hours=2))
    _looks(scene)
    _exports(scene)


def _by_channel(frame: Frame, shen: Membership, now: datetime) -> None:
    """A second one, for which every channel gives its share."""
    spread = replace(frame, strata_by=Strata.CHANNEL)
    at_least = len(sizes_of("\n".join(spread.lines(shen))))
    sample = audits.draw(spread, "各渠道办结件抽查", max(DRAWN, at_least), by=shen, at=now - timedelta(hours=5))
    audits.freeze(sample, "SSQ-2026137", by=shen, at=now - timedelta(hours=4))


def _looks(scene: Scene) -> None:
    """Zheng called some citizens back, and looked up their numbers for it."""
    now, zheng = scene.rhythm.now, scene.cast.named("zheng")
    closed = Case.objects.visible_to(zheng).ended().filter(citizen__isnull=False, confidential=False)
    cases = closed.filter(last_closed_at__lt=now - timedelta(days=1)).latest_first()
    for n, case in enumerate(cases[:5]):
        try:
            identity.reveal(case, by=zheng, at=now - timedelta(hours=6, minutes=-3 * n), reason="callback", note="回访")
        except Refusal:
            return  # the story has reached the limit


def _exports(scene: Scene) -> None:
    now, yan = scene.rhythm.now, scene.cast.named("yan")
    listed = exporting.ask(
        "measures", {}, form="xlsx", purpose="月度例会", personal=False, language="zh-hans", by=yan,
        at=now - timedelta(hours=4),
    )  # fmt: skip
    named = exporting.ask(
        "cases", {"set": "overdue"}, form="xlsx", purpose="督查组逐件电话核实超期件", personal=True,
        language="zh-hans", by=yan, at=now - timedelta(hours=4),
    )  # fmt: skip
    exporting.approve(named, by=scene.cast.named("jiang"), at=now - timedelta(hours=3))
    exporting.ask(
        "cases", {"set": "supervised"}, form="csv", purpose="核实督办件联系情况", personal=True, language="zh-hans",
        by=scene.cast.named("zhou"), at=now - timedelta(minutes=40),
    )  # fmt: skip
    for export in (listed, named):
        export_building.build(export, now - timedelta(hours=2))
