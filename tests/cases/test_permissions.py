"""Who may do what: every role tries every act, and the table decides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from cases import (
    decisions,
    dispatching,
    disputing,
    handing_down,
    handing_over,
    handling,
    identity,
    intake,
    reviewing,
    reviewing_parts,
    supervision,
    surveys,
    suspending,
)
from cases.models import Assignment, Case, Decision, Survey
from cases.surveys import Verdict
from hotline.acts import NotAllowed
from hotline.models import AuditEntry, Membership
from hotline.roles import CONTRACTOR, ROLES, UNIT, Capability, Role
from tests.people import member, unit
from tests.stories import (
    MONDAY,
    a_case,
    a_registration,
    a_reply,
    accepted,
    bounce_asked,
    closed,
    dispatched,
    dispute_to_rule,
    exclusion_asked,
    extension_asked,
    footprint,
    handed_down,
    lead,
    refusal_to_review,
    replied,
    reported,
    signed,
    survey_of,
    suspended,
    suspension_asked,
    tried,
)

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=9)
By = Membership


def holder(role: Role) -> Membership:
    """Somebody in that role for whom the case is in reach: of urban management, of the contractor that took it."""
    found = Membership.objects.current(timezone.now()).select_related("user", "organisation").filter(role=role)
    code = "CGJ" if role in UNIT else "JIA" if role in CONTRACTOR else ""
    return found.filter(organisation__code=code)[0] if code else found[0]


def _called_back() -> Callable[[By], object]:
    survey = survey_of(accepted(phone="0593-6000123"))
    verdict = Verdict(solved=True)
    return lambda by: surveys.call_back(survey, by=by, at=LATER, result="reached", verdict=verdict)


def below(case: Case) -> Assignment:
    """What was handed down."""
    return Assignment.objects.select_related("unit", "case").get(case=case, role="subordinate")


def _on(make: Callable[[], Case], act: Callable[[Case, By], object]) -> Callable[[], Callable[[By], object]]:
    def prepared() -> Callable[[By], object]:
        case = make()
        return lambda by: act(case, by)

    return prepared


def _approved(asked: Decision) -> Callable[[By], object]:
    return lambda by: decisions.grant(asked, by=by, at=LATER, version=None, ruling="同意。")


def _approved_once(asked: Decision) -> Decision:
    """By Qin, so that everybody else may be the second."""
    decisions.grant(asked, by=member("qin"), at=LATER, version=None, ruling="拟同意。")
    return asked


ACTS: dict[str, tuple[Capability, Callable[[], Callable[[By], object]]]] = {
    "register": (
        Capability.CASE_REGISTER,
        lambda: lambda by: intake.register(a_registration(), by=by, at=LATER),
    ),
    "answer": (
        Capability.CASE_ANSWER,
        lambda: lambda by: intake.answer_directly(a_registration(), by=by, at=LATER, answer="请到政务大厅办理。"),
    ),
    "refuse": (
        Capability.CASE_REFUSE,
        lambda: lambda by: intake.refuse(a_registration(), by=by, at=LATER, ground="petition", route="已告知。"),
    ),
    "hand over": (
        Capability.CASE_HAND_OVER,
        lambda: lambda by: intake.hand_over(a_registration(), by=by, at=LATER, to="119", accepted_by="7 席"),
    ),
    "dispatch": (
        Capability.CASE_DISPATCH,
        _on(a_case, lambda c, by: dispatching.dispatch(c, by=by, at=LATER, version=c.version, unit=unit())),
    ),
    "withdraw": (
        Capability.CASE_WITHDRAW,
        _on(a_case, lambda c, by: dispatching.withdraw(c, by=by, at=LATER, version=c.version, why="来电撤回")),
    ),
    "reopen": (
        Capability.CASE_REOPEN,
        _on(closed, lambda c, by: dispatching.reopen(c, by=by, at=LATER, version=c.version, new_facts="又坏了")),
    ),
    "sign": (
        Capability.ASSIGNMENT_WORK,
        _on(dispatched, lambda c, by: handling.sign(lead(c), by=by, at=LATER, version=c.version)),
    ),
    "reply": (
        Capability.ASSIGNMENT_WORK,
        _on(signed, lambda c, by: handling.reply(lead(c), a_reply(), by=by, at=LATER, version=c.version)),
    ),
    "ask to return": (
        Capability.DECISION_ASK,
        _on(
            dispatched,
            lambda c, by: decisions.ask_to_bounce(
                lead(c), by=by, at=LATER, version=c.version, reason="wrong_area", grounds="不在辖区内"
            ),
        ),
    ),
    "rule on a return": (
        Capability.DECISION_RULE,
        lambda: (lambda asked: lambda by: decisions.grant(asked, by=by, at=LATER, version=None))(bounce_asked()),
    ),
    "rule on an extension": (
        Capability.DECISION_RULE,
        lambda: (lambda asked: lambda by: decisions.reject(asked, by=by, at=LATER, version=None, ruling="不予延期"))(
            extension_asked()
        ),
    ),
    "rule on a dispute": (
        Capability.DISPUTE_RULE,
        lambda: (
            lambda asked: (
                lambda by: decisions.grant(asked, by=by, at=LATER, version=None, ruling="属其职责", unit=unit())
            )
        )(dispute_to_rule()),
    ),
    "approve a suspension": (Capability.DECISION_RULE, lambda: _approved(suspension_asked())),
    "confirm a suspension": (Capability.DECISION_CONFIRM, lambda: _approved(_approved_once(suspension_asked()))),
    "confirm an exclusion": (Capability.DECISION_CONFIRM, lambda: _approved(_approved_once(exclusion_asked()))),
    "review a refusal": (Capability.DECISION_RULE, lambda: _approved(refusal_to_review())),
    "refer to the arbiter": (
        Capability.DECISION_RULE,
        _on(
            a_case,
            lambda c, by: disputing.refer(
                c, by=by, at=LATER, version=c.version, reason="no_rule", grounds="目录未列此类事项"
            ),
        ),
    ),
    "go on with a suspended case": (
        Capability.DECISION_RULE,
        _on(suspended, lambda c, by: suspending.resume(c, by=by, at=LATER, version=c.version, why="资金已到位")),
    ),
    "review": (
        Capability.REPLY_REVIEW,
        _on(replied, lambda c, by: reviewing.accept(c, by=by, at=LATER, version=c.version)),
    ),
    "call back": (Capability.CALLBACK_MAKE, _called_back),
    "urge": (
        Capability.CASE_URGE,
        _on(handed_down, lambda c, by: supervision.urge(c, by=by, at=LATER, version=c.version, words="请尽快")),
    ),
    "hand down": (
        Capability.ASSIGNMENT_WORK,
        _on(
            signed,
            lambda c, by: handing_down.hand_down(lead(c), by=by, at=LATER, version=c.version, units=[unit("SZZX")]),
        ),
    ),
    "take back": (
        Capability.ASSIGNMENT_WORK,
        _on(handed_down, lambda c, by: handing_down.recall(below(c), by=by, at=LATER, version=c.version, why="收回")),
    ),
    "review one from below": (
        Capability.ASSIGNMENT_WORK,
        _on(reported, lambda c, by: reviewing_parts.accept_part(below(c), by=by, at=LATER, version=c.version)),
    ),
    "ask a line": (
        Capability.CASE_HAND_OVER,
        _on(a_case, lambda c, by: handing_over.offer(c, by=by, at=LATER, version=c.version, line="119")),
    ),
    "note": (
        Capability.CASE_NOTE,
        _on(dispatched, lambda c, by: supervision.note(c, by=by, at=LATER, version=c.version, words="补充门牌")),
    ),
    "see the identity": (
        Capability.IDENTITY_REVEAL,
        _on(dispatched, lambda c, by: identity.reveal(c, by=by, at=LATER, reason="contact")),
    ),
}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_open_to_the_roles_of_the_table_and_to_no_other(name: str) -> None:
    capability, prepare = ACTS[name]
    act = prepare()
    for role in Role:
        with tried():
            if role in ROLES[capability]:
                act(holder(role))
            else:
                with pytest.raises(NotAllowed):
                    act(holder(role))
                refused = AuditEntry.objects.latest("id")
                assert (refused.result, refused.reason) == ("refused", "not_allowed"), role


def test_another_units_people_may_not_touch_the_case() -> None:
    case = dispatched()
    before = footprint(case)
    with pytest.raises(NotAllowed, match="Urban Management Bureau"):
        handling.sign(lead(case), by=member("lin"), at=LATER, version=case.version)
    assert footprint(case) == before


def test_a_district_may_act_for_its_street_office_but_not_the_other_way_round() -> None:
    street = dispatched(to=unit("QSJD"))
    with tried():
        handling.sign(lead(street), by=member("deng"), at=LATER, version=street.version)
    district = dispatched(to=unit("DHQ"))
    with pytest.raises(NotAllowed):
        handling.sign(lead(district), by=member("yuan"), at=LATER, version=district.version)


@pytest.mark.parametrize("act", ["urge", "note"])
def test_another_contractors_agent_may_not_touch_the_case(act: str) -> None:
    case = dispatched()
    with pytest.raises(NotAllowed):
        getattr(supervision, act)(case, by=member("chen"), at=LATER, version=case.version, words="请尽快")


def test_another_contractor_may_not_call_back() -> None:
    survey = survey_of(accepted(phone="0593-6000123"))
    with pytest.raises(NotAllowed):
        surveys.call_back(survey, by=member("chen"), at=LATER, result="no_answer")
    assert not Survey.objects.get(pk=survey.pk).attempts.exists()


def _also(username: str, role: Role) -> Membership:
    """The same person, at the hotline office as well."""
    person = member(username)
    return Membership.objects.create(user=person.user, organisation=unit("HOTLINE"), role=role, valid=person.valid)


def test_who_asked_may_not_rule_though_the_role_would_allow_it() -> None:
    asked = bounce_asked()
    with pytest.raises(NotAllowed):
        decisions.grant(asked, by=_also("sun", Role.OFFICE_HEAD), at=LATER, version=None)


def test_who_wrote_may_not_review_though_the_role_would_allow_it() -> None:
    written = replied()
    with pytest.raises(NotAllowed):
        reviewing.accept(written, by=_also("liu", Role.REVIEWER), at=LATER, version=None)


def test_nobody_is_somebody_after_the_membership_ended() -> None:
    wang = member("wang")
    now = timezone.now()
    Membership.objects.filter(pk=wang.pk).update(valid=(wang.valid.lower, now))
    assert not Membership.objects.current(now).filter(pk=wang.pk).exists()
    assert Membership.objects.current(now - timedelta(microseconds=1)).filter(pk=wang.pk).exists()
