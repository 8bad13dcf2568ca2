"""Rules on their way: one approved, one that waits for the second person; and steps of the ladder being answered."""

from __future__ import annotations

from datetime import timedelta

from cases import ladder
from cases.deadlines import local_date
from cases.models import DeadlinePolicy, LadderStep, Rung
from cases.policy_versions import values_of
from cases.reason_versions import Reasons
from cases.urging_rules import RULES
from hotline import approving
from hotline.acts import Refusal
from hotline.models import Proposal
from hotline.roles import Role
from oversight.demo.scene import Scene

ANSWERED = 6
WHY = "市政府办公室要求压缩办理时限，提高群众满意度。"
ANSWER = "已组织专人到场处置，主要问题已解决，剩余部分三日内完成；因配件采购延误，已向诉求人说明。"
DEMAND = "请主要负责同志于两日内到热线办说明超期原因，并提交整改时限。"


def tell(scene: Scene) -> None:
    """As it stands this morning."""
    _proposals(scene)
    _answers(scene)


def _proposals(scene: Scene) -> None:
    at, quality, head = scene.rhythm.now, scene.cast.one(Role.QUALITY_OFFICER), scene.cast.one(Role.OFFICE_HEAD)
    today = local_date(at)
    general = DeadlinePolicy.objects.get(clock="handle", kind="", urgency="", valid_until__isnull=True)
    given = {**values_of(general), "amount": 3}
    begins = today + timedelta(days=14)
    approving.propose(
        "deadline_policy", str(general.pk), given, valid_from=begins, why=WHY, by=quality, at=at - timedelta(hours=3)
    )
    rules = {**(RULES.current("all") or {}), "urges_a_day": 4}
    why = "同一工单催办过多，改为督办。"
    asked: Proposal = approving.propose(
        "urging", "all", rules, valid_from=today, why=why, by=quality, at=at - timedelta(hours=5)
    )
    approving.approve(asked, by=head, at=at - timedelta(hours=2))
    _reasons(scene)


def _reasons(scene: Scene) -> None:
    """One is worded anew from this morning on; a new one waits for the second person."""
    at, quality, head = scene.rhythm.now, scene.cast.one(Role.QUALITY_OFFICER), scene.cast.one(Role.OFFICE_HEAD)
    anew = {**(Reasons().current("send_back/wording") or {}), "name": "用语不当", "name_en": "Words not fit to be sent"}
    why, today = "统一审核用语。", local_date(at)
    asked: Proposal = approving.propose(
        "reason", "send_back/wording", anew, valid_from=today, why=why, by=quality, at=at - timedelta(hours=6)
    )
    approving.approve(asked, by=head, at=at - timedelta(hours=1))
    new = {"kind": "bounce", "code": "same_matter", "name": "同一事项已由其他单位办理", "position": 60}
    new["name_en"] = "Another unit handles the same matter"
    why, begins = "各单位多次反映无合适原因可选。", today + timedelta(days=7)
    approving.propose("reason", "", new, valid_from=begins, why=why, by=quality, at=at - timedelta(hours=2))


def _answers(scene: Scene) -> None:
    """Units have answered some supervisions; one answer is accepted, one unit is summoned."""
    at, supervisor = scene.rhythm.now, scene.cast.one(Role.SUPERVISOR)
    open_ones = LadderStep.objects.awaited().filter(rung=Rung.SUPERVISE, unit__isnull=False)
    for n, paper in enumerate(open_ones.select_related("case", "unit").order_by("-issued_at", "-pk")[:ANSWERED]):
        if paper.unit is None:
            continue
        by = scene.cast.of_unit(paper.unit, Role.HANDLER)
        if n < ANSWERED - 1:
            ladder.answer(paper, by=by, at=at - timedelta(hours=4), version=None, words=ANSWER)
        if n == 0:
            ladder.accept(paper, by=supervisor, at=at - timedelta(hours=1), version=None, finding="同意销号。")
        if n == ANSWERED - 2:
            try:
                ladder.issue(paper.case, by=supervisor, at=at, version=None, rung=Rung.SUMMONS, words=DEMAND)
            except Refusal:  # the case ended meanwhile
                continue
