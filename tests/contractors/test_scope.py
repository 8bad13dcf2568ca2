"""The scope matrix: what a contractor's people may do, from which second on, by every door; what nobody can open."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from cases import intake
from cases.permissions import check
from contractors import scope
from contractors.models import Contract
from hotline import approving
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.models import Membership, Proposal, Restriction
from hotline.roles import CONTRACTOR, ROLES, SWITCHABLE, Capability
from tests.cases.api.client import Api
from tests.cases.api.requests import a_request
from tests.contractors.staffing import contract_of
from tests.doors import client_of
from tests.people import local, member, unit
from tests.stories import a_registration

pytestmark = pytest.mark.django_db
EVERYTHING = [right.value for right in SWITCHABLE]


@pytest.fixture
def contract(db: None) -> Contract:
    return contract_of()


def without(*rights: Capability) -> list[str]:
    return [right.value for right in SWITCHABLE if right not in rights]


def proposed(contract: Contract, allowed: list[str], *, on: date | None = None, by: str = "song") -> Proposal:
    at = timezone.now()
    first = on or timezone.localdate(at)
    return approving.propose(
        scope.KEY, contract.number, {"allowed": allowed}, valid_from=first, why="合同第 3.2 条", by=member(by), at=at
    )


def changed(contract: Contract, allowed: list[str], *, on: date | None = None) -> Proposal:
    return approving.approve(proposed(contract, allowed, on=on), by=member("yan"), at=timezone.now())


def may(username: str, right: Capability, at: Any = None) -> bool:
    return Membership.objects.acting(at or timezone.now()).get(user__username=username).can(right)


# -- It takes away, at that second, by every door


@pytest.mark.parametrize("right", SWITCHABLE)
def test_what_is_switched_off_nobody_of_the_contractor_may(contract: Contract, right: Capability) -> None:
    holders = [u for u in ("wang", "xu", "ma", "luo") if may(u, right)]
    assert holders
    changed(contract, without(right))
    assert [u for u in holders if may(u, right)] == []
    others = [
        u
        for u in ("wang", "xu")
        for other in SWITCHABLE
        if other != right and member(u).role in ROLES[other] and not may(u, other)
    ]
    assert others == []


@pytest.mark.parametrize("right", SWITCHABLE)
def test_another_contractor_and_the_government_side_keep_it(contract: Contract, right: Capability) -> None:
    people = ("chen", "gao", "zhou", "zheng", "yan", "liu", "sun")
    before = {u: may(u, right) for u in people}
    changed(contract, without(right))
    assert {u: may(u, right) for u in people} == before


def test_the_verb_says_why(contract: Contract) -> None:
    changed(contract, without(Capability.CASE_REFUSE))
    given: dict[str, Any] = {"ground": "petition", "route": "请向法院提出。"}
    with pytest.raises(NotAllowed, match="switched off in the scope of its contract"):
        intake.refuse(a_registration(), by=member("wang"), at=timezone.now(), **given)
    assert check(member("wang"), Capability.CASE_REGISTER)


def test_the_page_and_the_api_are_shut_and_the_way_is_not_shown(contract: Contract) -> None:
    page, program = client_of("wang"), Api("wang")
    assert page.get("/callbacks/").status_code == 200
    assert b'href="/callbacks/"' in page.get("/search/").content
    changed(contract, without(Capability.CALLBACK_MAKE, Capability.CASE_REGISTER))
    assert page.get("/callbacks/").status_code == 403
    assert page.get("/console/").status_code == 403
    assert b'href="/callbacks/"' not in page.get("/search/").content
    assert program.post("cases/", a_request()).status == 403


def test_it_begins_with_the_first_second_of_its_day(contract: Contract) -> None:
    on = timezone.localdate() + timedelta(days=3)
    changed(contract, without(Capability.CASE_REFUSE), on=on)
    first = local(f"{on.isoformat()} 00:00")
    moments = [first - timedelta(microseconds=1), first, first + timedelta(days=9)]
    assert [may("wang", Capability.CASE_REFUSE, at) for at in moments] == [True, False, False]


def test_what_is_approved_today_begins_now_not_this_morning(contract: Contract) -> None:
    before = timezone.now()
    changed(contract, without(Capability.CASE_REFUSE))
    assert may("wang", Capability.CASE_REFUSE, before)


def test_it_is_switched_on_again_by_two_people_too(contract: Contract) -> None:
    changed(contract, without(Capability.CASE_REFUSE, Capability.CASE_ANSWER))
    changed(contract, without(Capability.CASE_ANSWER))
    assert may("wang", Capability.CASE_REFUSE)
    assert not may("wang", Capability.CASE_ANSWER)
    assert Restriction.objects.count() == 2


def test_what_is_withheld_stays_so_under_the_next_contract(contract: Contract) -> None:
    changed(contract, without(Capability.CASE_REFUSE))
    following = contract_of(year=2027)
    assert scope.SCOPE.current(following.number) == {"allowed": without(Capability.CASE_REFUSE)}


# -- Who changes it


def test_one_person_proposes_another_approves(contract: Contract) -> None:
    draft = proposed(contract, without(Capability.CASE_REFUSE), by="yan")
    with pytest.raises(NotAllowed):
        approving.approve(draft, by=member("yan"), at=timezone.now())
    assert may("wang", Capability.CASE_REFUSE)
    approving.approve(draft, by=member("jiang"), at=timezone.now())
    assert not may("wang", Capability.CASE_REFUSE)


@pytest.mark.parametrize("username", ["wang", "luo", "zhou", "jiang", "shen", "han", "liu", "secadmin"])
def test_others_do_not_propose_it(contract: Contract, username: str) -> None:
    with pytest.raises(NotAllowed):
        proposed(contract, EVERYTHING[1:], by=username)


# -- What cannot be


PRINCIPAL_WORK = scope.PRINCIPAL


@pytest.mark.parametrize("right", PRINCIPAL_WORK)
def test_principal_work_can_never_be_switched_on(contract: Contract, right: Capability) -> None:
    with pytest.raises(Invalid, match="government's work"):
        proposed(contract, [*EVERYTHING, right.value])
    assert not ROLES[right] & CONTRACTOR


def test_no_row_can_give_what_a_role_does_not_hold(contract: Contract) -> None:
    """Whatever is written there, it only takes away."""
    changed(contract, EVERYTHING[1:])
    for who in ("wang", "xu", "ma", "luo"):
        held = {right for right in Capability if may(who, right)}
        assert held <= {right for right in Capability if member(who).role in ROLES[right]}


def test_every_right_that_can_be_switched_is_one_that_contractors_hold() -> None:
    assert [right for right in SWITCHABLE if not ROLES[right] & CONTRACTOR] == []


@pytest.mark.parametrize(
    ("allowed", "on", "said"),
    [
        (EVERYTHING, None, "Nothing would change"),
        (EVERYTHING[1:], date(2027, 1, 1), "runs from"),
        (EVERYTHING[1:], date(2026, 1, 5), "never changed backwards|runs from"),
        (["case.fly"], None, "government's work"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(
    contract: Contract, allowed: list[str], on: date | None, said: str
) -> None:
    with pytest.raises(Invalid, match=said):
        proposed(contract, allowed, on=on)


def test_a_change_cannot_begin_before_one_approved_already(contract: Contract) -> None:
    changed(contract, EVERYTHING[1:], on=timezone.localdate() + timedelta(days=5))
    with pytest.raises(Invalid, match="cannot begin earlier"):
        proposed(contract, EVERYTHING[2:])


def test_two_changes_do_not_wait_at_once(contract: Contract) -> None:
    proposed(contract, EVERYTHING[1:])
    with pytest.raises(NotNow):
        proposed(contract, EVERYTHING[2:])


def test_the_dry_run_says_whom_it_reaches_and_what_was_done_lately(contract: Contract) -> None:
    now = timezone.now()
    intake.register(a_registration(), by=member("wang"), at=now - timedelta(days=2))
    draft = proposed(contract, without(Capability.CASE_REGISTER))
    said = scope.SCOPE.effects(draft, now)
    n = Membership.objects.current(now).filter(organisation=unit("JIA")).count()
    assert said[0].startswith(f"It reaches {n} people")
    assert "1 times in the last 30 days" in said[1]


# -- The page


@pytest.mark.parametrize(
    ("username", "looks", "proposes"),
    [
        ("yan", 200, 200),
        ("song", 200, 200),
        ("jiang", 200, 403),
        ("luo", 200, 403),
        ("tang", 404, 403),
        ("wang", 403, 403),
    ],
)
def test_the_matrix_is_open_to_both_sides(contract: Contract, username: str, looks: int, proposes: int) -> None:
    client, here = client_of(username), f"/contracts/{contract.pk}/scope/"
    assert client.get(here).status_code == looks
    assert client.get(f"{here}propose/").status_code == proposes


def test_a_change_is_tried_out_and_proposed_on_the_page(contract: Contract) -> None:
    client, here = client_of("song"), f"/contracts/{contract.pk}/scope/propose/"
    form = {
        "allowed": without(Capability.CASE_REFUSE),
        "why": "合同第 3.2 条",
        "valid_from": timezone.localdate().isoformat(),
    }
    tried = client.post(here, form | {"act": "try"})
    assert tried.status_code == 200
    assert tried.context["tried"]["effects"]
    assert not Proposal.objects.exists()
    done = client.post(here, form | {"act": "propose"})
    assert done.status_code == 303
    assert Proposal.objects.get().target == contract.number
    assert b"awaits approval" in client.get(f"/contracts/{contract.pk}/scope/").content


def test_the_question_who_acts_stays_one(contract: Contract, django_assert_num_queries: Any) -> None:
    changed(contract, without(Capability.CASE_REFUSE))
    with time_machine.travel(timezone.now(), tick=False), django_assert_num_queries(1):
        who = Membership.objects.acting(timezone.now()).get(user__username="wang")
        assert not who.can(Capability.CASE_REFUSE)
        assert who.can(Capability.CASE_REGISTER)
