"""Cases brought to a state through the verbs, as the people would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from cases import (
    decisions,
    dispatching,
    disputing,
    excluding,
    handing_down,
    handing_over,
    handling,
    intake,
    reviewing,
    surveys,
    suspending,
    unreached,
)
from cases.deadlines import local_date
from cases.models import Assignment, Case, CaseEvent, Decision, Status, Survey
from cases.registration import Registration
from cases.reply_words import ReplyWords
from cases.surveys import Verdict
from hotline.models import Message, Organisation
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


def dispatched(
    case: Case | None = None, *, at: datetime = MONDAY, to: Organisation | None = None, **given: Any
) -> Case:
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


def rated(
    case: Case | None = None, *, at: datetime = MONDAY, solved: bool = True, satisfaction: int = 5, **given: Any
) -> Case:
    """Rated by the citizen through the link."""
    case = case or accepted(at=at, **given)
    verdict = Verdict(solved=solved, satisfaction=satisfaction, contacted=True)
    return surveys.answer(survey_of(case), verdict, at=at + timedelta(hours=8), by=None)


def closed(case: Case | None = None, **given: Any) -> Case:
    return rated(case, **given)


def rehandling(case: Case | None = None, **given: Any) -> Case:
    """Back at the unit, because the citizen says that nothing was solved."""
    return rated(case, solved=False, satisfaction=1, **given)


def refused(*, at: datetime = MONDAY, **given: Any) -> Case:
    """Not accepted by Wang: it is before the court."""
    route = "已告知向人民法院起诉。"
    return intake.refuse(a_registration(**given), by=member("wang"), at=at, ground="legal_procedure", route=route)


def handed_over(*, at: datetime = MONDAY, **given: Any) -> Case:
    """Handed to the fire brigade by Wang; its desk takes it at once."""
    return intake.hand_over(
        a_registration(**given), by=member("wang"), at=at, to="119", accepted_by="119 指挥中心 7 席"
    )


def withdrawn(case: Case | None = None, *, at: datetime = MONDAY, **given: Any) -> Case:
    """Taken back by the citizen while it lay with the unit; Zhou ends it."""
    case = case or dispatched(at=at, **given)
    return dispatching.withdraw(
        case, by=member("zhou"), at=at + timedelta(minutes=30), version=case.version, why="诉求人来电撤回。"
    )


def disputed(case: Case | None = None, *, at: datetime = MONDAY, **given: Any) -> Case:
    """No unit takes it, says Zhou half an hour later; the arbiter is to rule."""
    case = case or a_case(at, **given)
    return disputing.refer(
        case,
        by=member("zhou"),
        at=at + timedelta(minutes=30),
        version=case.version,
        reason="no_rule",
        grounds="城管称属产权单位，住建称属道路养护单位，目录未列。",
    )


def suspended(case: Case | None = None, *, at: datetime = MONDAY, **given: Any) -> Case:
    """It waits for funds: asked for by Liu, approved by Zhou, then by Yan."""
    asked = suspension_asked(case, at=at, **given)
    for hours, username in ((4, "zhou"), (5, "yan")):
        case = decisions.grant(
            asked, by=member(username), at=at + timedelta(hours=hours), version=None, ruling="同意挂账。"
        )
    return current(asked.case)


IN_STATUS: dict[Status, Callable[..., Case]] = {
    Status.REGISTERED: a_case,
    Status.DISPATCHED: dispatched,
    Status.DISPUTED: disputed,
    Status.HANDLING: signed,
    Status.REPLIED: replied,
    Status.VERIFYING: accepted,
    Status.REHANDLING: rehandling,
    Status.SUSPENDED: suspended,
    Status.CLOSED: closed,
    Status.REFUSED: refused,
    Status.HANDED_OVER: handed_over,
    Status.WITHDRAWN: withdrawn,
}


def bounce_asked(case: Case | None = None, *, at: datetime = MONDAY, **given: Any) -> Decision:
    """Sun says, an hour after registration, that it is another's."""
    case = case or dispatched(at=at, **given)
    decisions.ask_to_bounce(
        lead(case),
        by=member("sun"),
        at=at + timedelta(hours=1),
        version=case.version,
        reason="wrong_area",
        grounds="该路段由街道管养，附移交清单。",
    )
    return Decision.objects.open().select_related("case", "assignment__unit").get(case=case)


def extension_asked(case: Case | None = None, *, amount: int = 5, at: datetime = MONDAY, **given: Any) -> Decision:
    """Liu needs more working days."""
    case = case or signed(at=at, **given)
    decisions.ask_for_extension(
        lead(case),
        by=member("liu"),
        at=at + timedelta(hours=3),
        version=case.version,
        reason="engineering",
        grounds="需开挖更换管线。",
        amount=amount,
    )
    return Decision.objects.open().select_related("case", "assignment__unit").get(case=case)


def handed_down(case: Case | None = None, *, to: str = "SZZX", at: datetime = MONDAY, **given: Any) -> Case:
    """Given by Liu to the maintenance centre beneath the bureau, two hours after registration."""
    case = case or signed(at=at, **given)
    later = at + timedelta(hours=2)
    return handing_down.hand_down(lead(case), by=member("liu"), at=later, version=case.version, units=[unit(to)])


def reported(case: Case | None = None, *, at: datetime = MONDAY, **given: Any) -> Case:
    """Signed off by Su of the centre and answered to the bureau, which has not read it yet."""
    case = case or handed_down(at=at, **given)
    below, su = case.assignments.select_related("unit", "case").get(role="subordinate"), member("su")
    case = handling.sign(below, by=su, at=at + timedelta(hours=3), version=case.version)
    words = a_reply(contacted_at=at + timedelta(hours=3))
    return handling.reply(below, words, by=su, at=at + timedelta(hours=4), version=case.version)


def line_asked(case: Case | None = None, *, at: datetime = MONDAY, **given: Any) -> Case:
    """Wang asks the fire brigade, which has not said yet whether it takes it."""
    case = case or a_case(at, **given)
    said: dict[str, Any] = {"line": "119", "three_way": True, "note": "三方通话：居民楼冒烟，正在核实。"}
    return handing_over.offer(case, by=member("wang"), at=at + timedelta(minutes=5), version=case.version, **said)


TOLD = "该路段需整体改造，已列入明年计划，资金到位后即施工；复核日后我们会再与您联系。"


def suspension_asked(case: Case | None = None, *, at: datetime = MONDAY, days: int = 50, **given: Any) -> Decision:
    """Liu, three hours after registration, wants it to rest until the funds are there."""
    case = case or signed(at=at, **given)
    suspending.ask_for_suspension(
        lead(case),
        by=member("liu"),
        at=at + timedelta(hours=3),
        version=case.version,
        reason="funding",
        grounds="整体改造列入明年计划，现无资金。",
        evidence="云财建〔2026〕18 号",
        review_on=local_date(at) + timedelta(days=days),
        told=TOLD,
    )
    return open_request(case, "suspension")


def exclusion_asked(case: Case | None = None, *, at: datetime = MONDAY, **given: Any) -> Decision:
    """What is demanded is against the law, says Liu."""
    case = case or signed(at=at, **given)
    excluding.ask_for_exclusion(
        lead(case),
        by=member("liu"),
        at=at + timedelta(hours=3),
        version=case.version,
        reason="against_law",
        grounds="诉求人要求撤销已生效的行政处罚，于法无据。",
        evidence="行政处罚决定书 2026-0311",
    )
    return open_request(case, "exclusion")


def tried_in_vain(case: Case, *, at: datetime = MONDAY) -> Case:
    """Liu called three times on two days, and nobody answered."""
    for hours in (2, 4, 25):
        case = handling.record_contact(
            lead(case), by=member("liu"), at=at + timedelta(hours=hours), version=None, reached=False, how="phone"
        )
    return case


def closing_asked(case: Case | None = None, *, at: datetime = MONDAY, **given: Any) -> Decision:
    """Nobody answers the telephone, so Liu wants to answer without a contact."""
    case = tried_in_vain(case or signed(at=at, **given), at=at)
    unreached.ask_to_close(
        lead(case),
        by=member("liu"),
        at=at + timedelta(hours=26),
        version=case.version,
        reason="no_answer",
        grounds="两日内三次拨打均无人接听。",
        told=TOLD,
    )
    return open_request(case, "closing")


def refusal_to_review(case: Case | None = None, *, at: datetime = MONDAY, **given: Any) -> Decision:
    """What Wang did not accept waits for the office."""
    return open_request(case or refused(at=at, **given), "refusal")


def dispute_to_rule(case: Case | None = None, *, at: datetime = MONDAY, **given: Any) -> Decision:
    return open_request(case or disputed(at=at, **given), "dispute")


def open_request(case: Case, kind: str) -> Decision:
    return Decision.objects.open().select_related("case", "assignment__unit").get(case=case, kind=kind)


def current(case: Case) -> Case:
    """The case as it is in the database now."""
    return Case.objects.get(pk=case.pk)


Footprint = dict[str, Any]


def footprint(case: Case) -> Footprint:
    """Everything that an act could have changed about a case."""
    rows = {
        "events": CaseEvent.objects.of(case).count(),
        "messages": Message.objects.filter(about=case.number).count(),
        "replies": list(case.replies.order_by("pk").values()),
        "assignments": list(case.assignments.order_by("pk").values()),
        "clocks": list(case.clocks.order_by("pk").values()),
        "decisions": list(case.decisions.order_by("pk").values()),
        "surveys": [s | {"digest": bytes(s["digest"] or b"")} for s in case.surveys.order_by("pk").values()],
        "feedback": case.feedback.count(),
    }
    return {"case": Case.objects.filter(pk=case.pk).values().get(), **rows}


@contextmanager
def tried() -> Iterator[None]:
    """What happens inside is undone afterwards."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)
