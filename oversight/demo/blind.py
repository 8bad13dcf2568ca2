"""The blind sample of the last months: drawn night by night, called by day, some of it open this morning."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from cases import independent_calls, independent_drawing
from cases.deadlines import local_date
from cases.independent_calls import Answers
from cases.independent_rules import RULES
from cases.models import Feedback, IndependentCallback, Satisfaction
from hotline import approving
from hotline.acts import NotNow
from hotline.calendar import SHANGHAI
from hotline.models import Membership, Proposal
from hotline.roles import Role
from oversight.demo.scene import Scene

CALLERS = (Role.QUALITY_OFFICER, Role.SUPERVISOR, Role.AUDITOR)
REACHED, DECLINED, WRONG = 0.78, 0.05, 0.02
OURS, THEIRS, FREE = 0.7, 0.93, 0.7  # who still says solved: asked by the contractor before, by others, not at all
A_DAY = 12
BETWEEN = timedelta(minutes=17)
PILOT = {"percent_contractor": 100, "percent_otherwise": 100, "percent_unanswered": 50, "days": 14}
WHY = "独立回访试点：样本量小，提高抽取比例，延长回访期限。"
LEFT_OPEN = 2  # days, up to this morning
LAST_DAYS, LEFT = 12, 3  # in which the last few callbacks are left for the next day: a small city draws so few


def tell(scene: Scene, *, days: int) -> None:
    """Every night's draw, and the calls of the day after it."""
    today = local_date(scene.rhythm.now)
    _pilot(scene, scene.rhythm.now - timedelta(days=days))
    for back in range(days, 0, -1):
        night = datetime.combine(today - timedelta(days=back - 1), time(0, 20), SHANGHAI)
        independent_drawing.draw(today - timedelta(days=back), at=min(night, scene.rhythm.now), by=None)
        _expire(night)
        if back > LEFT_OPEN:
            _a_day_of_calls(scene, night, leave=LEFT if back <= LAST_DAYS else 0)


def _pilot(scene: Scene, at: datetime) -> None:
    """A small city draws more of what it has."""
    given = {**(RULES.current("all") or {}), **PILOT}
    quality, head = scene.cast.one(Role.QUALITY_OFFICER), scene.cast.one(Role.OFFICE_HEAD)
    asked: Proposal = approving.propose(RULES.key, "all", given, valid_from=local_date(at), why=WHY, by=quality, at=at)
    approving.approve(asked, by=head, at=at)


def _expire(at: datetime) -> None:
    for callback in IndependentCallback.objects.waiting().filter(expires_at__lte=at):
        independent_calls.expire(callback, at=at, by=None)


def _a_day_of_calls(scene: Scene, night: datetime, *, leave: int) -> None:
    at = night.replace(hour=9, minute=scene.rng.randrange(5, 50))
    for _call in range(min(A_DAY, IndependentCallback.objects.waiting().count() - leave)):
        by = scene.cast.one(*CALLERS)
        try:
            callback = independent_calls.take_next(by=by, at=at)
        except NotNow:  # nobody is left for this one today
            continue
        _call_up(scene, callback, by, at + timedelta(minutes=3))
        at += BETWEEN


def _call_up(scene: Scene, callback: IndependentCallback, by: Membership, at: datetime) -> None:
    draw = scene.rng.random()
    if draw < REACHED:
        independent_calls.reveal(callback, by=by, at=at)
        independent_calls.record(
            callback, by=by, at=at + timedelta(minutes=4), result="reached", answers=_said(scene, callback)
        )
        return
    result = scene.rng.choice(("no_answer", "no_answer", "busy", "switched_off"))
    if draw < REACHED + DECLINED + WRONG:
        result = "declined" if draw < REACHED + DECLINED else "wrong_number"
    independent_calls.record(callback, by=by, at=at, result=result)


def _said(scene: Scene, callback: IndependentCallback) -> Answers:
    """What the citizen says now that nobody of the case is listening."""
    before = Feedback.objects.ordinary().filter(survey=callback.survey_id).order_by("-at").first()
    share = FREE if before is None else OURS if callback.stratum == "contractor" else THEIRS
    solved = scene.happens(share if before is None or before.solved else 0.1)
    good, bad = (Satisfaction.BASICALLY, 4, 5, 5), (1, 2, 2, Satisfaction.BASICALLY)
    return Answers(
        solved=solved,
        contacted=scene.happens(0.9 if solved else 0.55),
        satisfaction=int(scene.rng.choice(good if solved else bad)),
        agent_satisfaction=int(scene.rng.choice((3, 4, 4, 5, 5, 5))),
        comment=scene.texts.word("praise" if solved else "blame"),
    )
