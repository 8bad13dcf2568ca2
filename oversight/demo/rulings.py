"""The detours that need a ruling: disputes, suspensions, exclusions, refusals under review."""

from __future__ import annotations

from datetime import datetime, timedelta

from cases import decisions, disputing, excluding, suspending
from cases.deadlines import local_date
from cases.models import Case, Decision
from hotline.models import Membership
from hotline.roles import Role
from oversight.demo.scene import Life, Scene

OVERTURNED = 0.12
TOLD = "该问题涉及整体改造，目前资金与方案尚未落实，已列入计划；复核日后我们会继续办理并与您联系。"
RESTING_DAYS = (14, 30, 45, 60, 90)


def reviewed(scene: Scene, case: Case, at: datetime) -> Life:
    """The office looks at a refusal; now and then it was wrong."""
    at = scene.rhythm.working(at, 0.5, 7)
    yield at
    asked = _open(case)
    if asked is None:
        return
    by = scene.cast.one(Role.DISPATCHER)
    if scene.happens(OVERTURNED):
        decisions.reject(asked, by=by, at=at, version=None, ruling="属本市职责范围，应当受理。")
    else:
        decisions.grant(asked, by=by, at=at, version=None, ruling="理由成立，途径告知正确。")


def disputed(scene: Scene, case: Case, at: datetime) -> Case:
    """No unit takes it, and a dispatcher asks the arbiter."""
    grounds = "城管称属产权单位责任，住建称属道路养护责任，派单目录未列此类事项。"
    by, unit = scene.cast.one(Role.DISPATCHER), scene.cast.unit_for(case)
    return disputing.refer(case, by=by, at=at, version=None, reason="no_rule", grounds=grounds, proposed_unit=unit)


def settled(scene: Scene, case: Case, at: datetime) -> Case:
    """The arbiter names the unit of the catalogue."""
    asked = _open(case)
    if asked is None:
        return case
    unit, ruling = scene.cast.unit_for(case), "对照三定方案与权责清单，属该单位职责，不得再退。"
    return decisions.grant(asked, by=scene.cast.one(Role.ARBITER), at=at, version=None, ruling=ruling, unit=unit)


def suspension(scene: Scene, case: Case, at: datetime, *, approvals: int) -> None:
    """A handler asks; so many of the two approvals are given."""
    lead, days = scene.lead(case), scene.rng.choice(RESTING_DAYS)
    suspending.ask_for_suspension(
        lead,
        by=scene.cast.of_unit(lead.unit, Role.HANDLER),
        at=at,
        version=None,
        reason=scene.rng.choice(("funding", "construction", "land")),
        grounds="已列入改造计划，资金与施工条件暂不具备。",
        evidence="云财建〔2026〕18 号",
        review_on=local_date(at) + timedelta(days=days),
        told=TOLD,
    )
    _approved(scene, case, at, approvals, "情况属实，同意挂账。")


def exclusion(scene: Scene, case: Case, at: datetime, *, approvals: int) -> None:
    """What is demanded cannot be had; the case is answered all the same."""
    lead = scene.lead(case)
    excluding.ask_for_exclusion(
        lead,
        by=scene.cast.of_unit(lead.unit, Role.HANDLER),
        at=at,
        version=None,
        reason=scene.rng.choice(("against_law", "impossible", "settled")),
        grounds="诉求人要求撤销已生效的处罚决定，于法无据，已当面解释。",
        evidence="处罚决定书及通话录音",
    )
    _approved(scene, case, at, approvals, "诉求确无法律依据，同意剔除。")


def _approved(scene: Scene, case: Case, at: datetime, approvals: int, ruling: str) -> None:
    asked = _open(case)
    people: list[Membership] = [scene.cast.one(Role.DISPATCHER), scene.cast.one(Role.OFFICE_HEAD)]
    for n, by in enumerate(people[:approvals]):
        if asked is not None:
            decisions.grant(asked, by=by, at=at + timedelta(minutes=1 + n), version=None, ruling=ruling)


def _open(case: Case) -> Decision | None:
    """The request that waits; None if it is over already."""
    return Decision.objects.open().select_related("case", "assignment__unit").filter(case=case).first()
