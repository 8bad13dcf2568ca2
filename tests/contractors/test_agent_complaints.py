"""Complaints about agents: one of the office names the contact, another rules, and nobody of the contractor does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases import intake
from contractors import agent_complaints, schedule
from contractors.models import AgentComplaint, Attribution
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.models import Message
from tests import stories
from tests.people import local, member
from tests.quality import a_call_about
from tests.stories import MONDAY, a_case

pytestmark = pytest.mark.django_db


def named(by: str = "zhou") -> AgentComplaint:
    return agent_complaints.name(a_case(title="座席态度生硬"), a_case(title="问路灯"), by=member(by), at=MONDAY)


def ruled(row: AgentComplaint, finding: str = "justified", by: str = "song") -> AgentComplaint:
    return agent_complaints.rule(row, finding=finding, grounds="录音可证。", by=member(by), at=MONDAY)


def test_the_contact_is_the_call_in_which_the_case_was_taken_down() -> None:
    about = a_case(title="问路灯")
    call = a_call_about(about, at=MONDAY)
    row = agent_complaints.name(a_case(title="座席态度生硬"), about, by=member("wu"), at=MONDAY)
    assert (row.call, row.agent, row.organisation.code) == (call, member("wang").user, "JIA")


@pytest.mark.parametrize("username", ["wang", "xu", "ma", "luo", "liu", "jiang"])
def test_nobody_who_is_measured_says_which_contact_it_was(username: str) -> None:
    with pytest.raises(NotAllowed):
        named(username)


@pytest.mark.parametrize("username", ["zhou", "ma", "luo", "jiang", "wang"])
def test_whoever_named_it_or_is_measured_does_not_rule(username: str) -> None:
    with pytest.raises(NotAllowed):
        ruled(named(), by=username)
    with pytest.raises(NotAllowed, match="somebody else"):
        ruled(named("song"), by="song")


def test_it_is_ruled_on_once_with_grounds() -> None:
    row = named()
    for finding, grounds in (("", "录音可证。"), ("perhaps", "录音可证。"), ("justified", " ")):
        with pytest.raises(Invalid):
            agent_complaints.rule(row, finding=finding, grounds=grounds, by=member("song"), at=MONDAY)
    ruled(row)
    with pytest.raises(NotNow, match="justified"):
        ruled(row, "unjustified", by="yan")


def test_a_justified_one_is_bad_manner_of_the_contractors_and_others_are_not() -> None:
    ruled(named(), "unclear")
    assert not Attribution.objects.exists()
    ruled(named())
    row = Attribution.objects.get()
    assert (row.outcome, row.party, row.organisation and row.organisation.code) == ("manner", "contractor", "JIA")
    assert Message.objects.filter(template__key="agent_complaint_ruled", to_user=member("wang").user).count() == 2


def test_a_case_that_nobody_of_a_contractor_took_down_is_not_complained_of_here() -> None:
    own = intake.register(stories.a_registration(), by=member("zhou"), at=MONDAY)
    with pytest.raises(Invalid, match="Nobody of a contractor"):
        agent_complaints.name(a_case(), own, by=member("zhou"), at=MONDAY)
    case = a_case()
    with pytest.raises(Invalid, match="itself"):
        agent_complaints.name(case, case, by=member("zhou"), at=MONDAY)
    row = named()
    with pytest.raises(Invalid, match="said before"):
        agent_complaints.name(row.complaint, a_case(), by=member("zhou"), at=MONDAY)


def test_the_agent_learns_of_it_once_it_is_ruled_on() -> None:
    row = named()
    reach = AgentComplaint.objects.visible_to
    for username in ("wang", "ma", "luo"):
        assert not reach(member(username)).exists()
    ruled(row)
    for username, sees in (("wang", True), ("ma", True), ("luo", True), ("li", False), ("tang", False)):
        assert reach(member(username)).exists() is sees


def test_one_that_nobody_rules_on_in_time_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    row = named()
    assert row.due_at == local("2026-03-16 10:00")
    monkeypatch.setattr(schedule, "database_time", lambda: row.due_at - timedelta(seconds=1))
    schedule.mind_quality()
    assert not Message.objects.filter(template__key="agent_complaint_late").exists()
    monkeypatch.setattr(schedule, "database_time", lambda: row.due_at)
    schedule.mind_quality()
    schedule.mind_quality()
    assert Message.objects.filter(template__key="agent_complaint_late").count() == 2
