"""Cases brought to a state through the verbs, as the people would."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from cases import dispatching, handling, intake, reviewing, surveys
from cases.handling import ReplyWords
from cases.models import Assignment, Case, Survey
from cases.registration import Registration
from cases.surveys import Verdict
from hotline.models import Organisation
from tests.people import category, channel, local, member, region, unit

MONDAY = local("2026-03-09 10:00")  # an ordinary working morning
MANHOLE = "建设街窨井盖缺失，夜间有人绊倒，要求尽快补盖并设置围挡。"


def a_registration(**given: Any) -> Registration:
    """Mrs Li reports a missing manhole cover in Jianshe Street by telephone."""
    plain = Registration(
        words=MANHOLE,
        title="建设街窨井盖缺失，夜间有人绊倒",
        kind="complaint",
        channel=channel(),
        category=category(),
        region=region(),
        place="建设街 18 号门前",
        name="李女士",
        phone="13800006021",
        proposed_unit=unit(),
    )
    return replace(plain, **given)


def a_case(at: datetime = MONDAY, **given: Any) -> Case:
    """Registered by Wang."""
    return intake.register(a_registration(**given), by=member("wang"), at=at)


def dispatched(case: Case | None = None, *, at: datetime = MONDAY, to: Organisation | None = None, **given: Any) -> Case:
    """Sent by Zhou to urban management, ten minutes later."""
    case = case or a_case(at, **given)
    return dispatching.dispatch(
        case, by=member("zhou"), at=at + timedelta(minutes=10), version=case.version, unit=to or unit()
    )


def lead(case: Case) -> Assignment:
    """The lead unit's present assignment."""
    found = Assignment.objects.select_related("unit", "case").filter(case=case, role="lead").order_by("-pk").first()
    assert found is not None
    return found


def signed(case: Case | None = None, *, at: datetime = MONDAY, **given: Any) -> Case:
    """Signed off by Sun, an hour after registration."""
    case = case or dispatched(at=at, **given)
    return handling.sign(lead(case), by=member("sun"), at=at + timedelta(hours=1), version=case.version)


def a_reply(**given: Any) -> ReplyWords:
    plain = ReplyWords(
        claim="true",
        contacted=True,
        contacted_at=MONDAY + timedelta(hours=2),
        solved="solved",
        public_reply="您反映的情况属实。3 月 9 日已补装井盖并恢复路面，现可正常通行。",
        internal_note="巡查已列入重点路段。",
    )
    return replace(plain, **given)


def replied(case: Case | None = None, *, at: datetime = MONDAY, **given: Any) -> Case:
    """Answered by Liu, five hours after registration."""
    case = case or signed(at=at, **given)
    words = a_reply(contacted_at=at + timedelta(hours=2))
    return handling.reply(lead(case), words, by=member("liu"), at=at + timedelta(hours=5), version=case.version)


def accepted(case: Case | None = None, *, at: datetime = MONDAY, **given: Any) -> Case:
    """Accepted by Wu; the system asks the citizen."""
    case = case or replied(at=at, **given)
    return reviewing.accept(case, by=member("wu"), at=at + timedelta(hours=6), version=case.version)


def survey_of(case: Case) -> Survey:
    return Survey.objects.select_related("case").get(case=case, round=case.round)


def rated(case: Case | None = None, *, at: datetime = MONDAY, solved: bool = True, satisfaction: int = 5, **given: Any) -> Case:
    """Rated by the citizen through the link."""
    case = case or accepted(at=at, **given)
    verdict = Verdict(solved=solved, satisfaction=satisfaction, contacted=True)
    return surveys.answer(survey_of(case), verdict, at=at + timedelta(hours=8), by=None)
