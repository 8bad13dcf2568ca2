"""Two people change a rule: the truth table of who may, what the database refuses, and what happens in between."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from cases.models import DeadlinePolicy
from cases.policy_versions import values_of
from hotline import approving
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.models import AuditEntry, Proposal, ProposalState
from hotline.proposals import differences
from tests.people import member
from tests.rules import WHY, approved, limit, proposed

pytestmark = pytest.mark.django_db

MAY_PROPOSE = {"song": True, "yan": True, "zhou": False, "he": False, "jiang": False, "wang": False, "peng": False}
MAY_DECIDE = {"yan": True, "jiang": True, "song": False, "zhou": False, "shen": False, "sysadmin": False}


@pytest.mark.parametrize(("who", "may"), MAY_PROPOSE.items())
def test_who_may_propose(who: str, may: bool) -> None:
    policy, at = limit(), timezone.now()
    given: dict[str, Any] = {
        "given": {**values_of(policy), "amount": 3},
        "valid_from": timezone.localdate(),
        "why": WHY,
    }
    if may:
        assert approving.propose("deadline_policy", str(policy.pk), by=member(who), at=at, **given).pk
    else:
        with pytest.raises(NotAllowed):
            approving.propose("deadline_policy", str(policy.pk), by=member(who), at=at, **given)
        assert not Proposal.objects.exists()


@pytest.mark.parametrize(("who", "may"), MAY_DECIDE.items())
def test_who_may_decide(who: str, may: bool) -> None:
    proposal, versions = proposed(), DeadlinePolicy.objects.count()
    if may:
        assert approving.approve(proposal, by=member(who), at=timezone.now()).state == ProposalState.APPROVED
    else:
        with pytest.raises(NotAllowed):
            approving.approve(proposal, by=member(who), at=timezone.now())
    assert DeadlinePolicy.objects.count() == versions + may


def test_nobody_decides_on_a_proposal_of_their_own() -> None:
    policy, yan, at = limit(), member("yan"), timezone.now()
    given = {**values_of(policy), "amount": 3}
    own = approving.propose(
        "deadline_policy", str(policy.pk), given, valid_from=timezone.localdate(), why=WHY, by=yan, at=at
    )
    with pytest.raises(NotAllowed, match="somebody else"):
        approving.approve(own, by=yan, at=at)
    with pytest.raises(NotAllowed, match="somebody else"):
        approving.reject(own, by=yan, at=at, ruling="否")
    assert approving.take_back(own, by=yan, at=at).state == ProposalState.WITHDRAWN


def test_the_database_itself_wants_two_people() -> None:
    proposal = proposed()
    with pytest.raises(IntegrityError, match="proposal_two_people"), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(
            state="approved", decided_by=proposal.proposed_by, decided_at=timezone.now()
        )


def test_the_database_refuses_a_version_that_nobody_approved() -> None:
    proposal = proposed()
    with pytest.raises(ProgrammingError, match="nobody approved"), transaction.atomic():
        DeadlinePolicy.objects.create(
            clock="handle", amount=3, unit="day", valid_from=timezone.localdate(), proposal=proposal
        )


@pytest.mark.parametrize("decide", [False, True])
def test_what_was_proposed_and_what_was_decided_never_changes(decide: bool) -> None:
    proposal = approved() if decide else proposed()
    changes: list[dict[str, Any]] = [{"change": {"amount": 1}}, {"why": "其他"}]
    changes += [{"state": "rejected"}] if decide else []
    for change in changes:
        with pytest.raises(ProgrammingError, match="only decided, once"), transaction.atomic():
            Proposal.objects.filter(pk=proposal.pk).update(**change)
    one = "DELETE FROM hotline_proposal WHERE id = %s"
    with pytest.raises(ProgrammingError, match="decided, once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(one, [proposal.pk])


def test_a_version_in_force_is_never_rewritten_only_ended() -> None:
    policy = limit()
    for change in ({"amount": 1}, {"pausable": False}, {"valid_from": timezone.localdate()}):
        with pytest.raises(ProgrammingError, match="only ends"), transaction.atomic():
            DeadlinePolicy.objects.filter(pk=policy.pk).update(**change)
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
        policy.steps.update(offset=9)
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_escalationstep WHERE policy_id = %s", [policy.pk])


def test_one_proposal_about_a_rule_waits_at_a_time() -> None:
    proposed()
    with pytest.raises(NotNow, match="awaits approval"):
        proposed()
    proposed(limit("sign"), amount=2)


def test_a_proposal_says_why_and_changes_something() -> None:
    policy, by, at = limit(), member("song"), timezone.now()
    today = timezone.localdate()
    with pytest.raises(Invalid, match="Nothing would change"):
        approving.propose("deadline_policy", str(policy.pk), values_of(policy), valid_from=today, why=WHY, by=by, at=at)
    with pytest.raises(Invalid, match="Say why"):
        approving.propose(
            "deadline_policy",
            str(policy.pk),
            {**values_of(policy), "amount": 3},
            valid_from=today,
            why=" ",
            by=by,
            at=at,
        )


def test_no_rule_is_changed_backwards() -> None:
    with pytest.raises(Invalid, match="backwards"):
        proposed(valid_from=timezone.localdate() - timedelta(days=1))
    tomorrow = proposed(valid_from=timezone.localdate() + timedelta(days=1))
    with pytest.raises(Invalid, match="backwards"):
        approving.approve(tomorrow, by=member("yan"), at=timezone.now() + timedelta(days=3))


def test_a_proposal_about_what_changed_meanwhile_is_not_approved() -> None:
    proposal = proposed()
    DeadlinePolicy.objects.filter(pk=proposal.target).update(source="修订")
    with pytest.raises(NotNow, match="changed since"):
        approving.approve(proposal, by=member("yan"), at=timezone.now())


def test_a_rejection_needs_a_reason_and_leaves_everything_as_it_was() -> None:
    proposal, before = proposed(), list(DeadlinePolicy.objects.order_by("pk").values())
    with pytest.raises(Invalid, match="why"):
        approving.reject(proposal, by=member("jiang"), at=timezone.now(), ruling=" ")
    assert approving.reject(proposal, by=member("jiang"), at=timezone.now(), ruling="时限过紧").ruling == "时限过紧"
    assert list(DeadlinePolicy.objects.order_by("pk").values()) == before
    with pytest.raises(NotNow, match="decided before"):
        approving.approve(proposal, by=member("yan"), at=timezone.now())


def test_only_its_author_takes_a_proposal_back() -> None:
    with pytest.raises(NotNow):
        approving.take_back(proposed(), by=member("yan"), at=timezone.now())


def test_every_step_is_in_the_audit_trail() -> None:
    proposal = approved()
    entries = AuditEntry.objects.filter(object_type="hotline.proposal", object_id=str(proposal.pk)).order_by("id")
    assert [(e.act, e.actor_id) for e in entries] == [
        ("approving.propose", member("song").user_id),
        ("approving.approve", member("yan").user_id),
    ]


def test_the_difference_names_each_line_that_changes() -> None:
    changed = [(d.name, d.was, d.becomes) for d in differences(proposed()) if d.changed]
    assert changed == [("Limit", "4 working days", "3 working days")]
