"""Nobody acts for a contractor longer than its contract and the own employment, to the second, whatever was given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from cases import intake
from cases.models import CaseEvent
from contractors import employing, handover
from contractors.engagement import attributed, contract_at, without_employment
from contractors.models import Contract, Employment
from hotline import memberships
from hotline.acts import Invalid
from hotline.models import Membership
from tests.cases.api.client import Api
from tests.contractors.staffing import (
    YEAR_BEGINS,
    YEAR_ENDS,
    a_contractor,
    an_agent,
    contract_of,
    employed,
    left,
    person,
)
from tests.contractors.stories import amended, proposed
from tests.doors import client_of
from tests.people import local, member, unit
from tests.stories import a_registration

pytestmark = pytest.mark.django_db
SECOND, INSTANT = timedelta(seconds=1), timedelta(microseconds=1)


def may_act(who: Membership, at: datetime) -> bool:
    return Membership.objects.current(at).filter(pk=who.pk).exists()


def role_of(username: str = "wang") -> Membership:
    return Membership.objects.get(user__username=username)


# -- A contract's end is everybody's end


def test_a_role_given_for_ever_ends_with_the_contract() -> None:
    assert role_of().valid.upper is None
    contract_of()
    assert role_of().valid.upper == YEAR_ENDS
    assert may_act(role_of(), YEAR_ENDS - INSTANT)
    assert not may_act(role_of(), YEAR_ENDS)


def test_what_was_given_is_kept_beside_what_is_left() -> None:
    before = role_of().valid
    contract_of()
    assert role_of().given == before


def test_a_contract_that_runs_longer_lengthens_the_roles_it_had_cut() -> None:
    contract = contract_of()
    amended(contract, at=local("2026-10-01 09:00"), valid_from=date(2026, 11, 1), ends_on=date(2027, 3, 31))
    assert role_of().valid.upper == local("2027-04-01 00:00")


def test_but_none_that_was_ended_by_hand() -> None:
    contract, now = contract_of(), timezone.now()
    memberships.end(role_of(), by=member("secadmin"), at=now, because="调离")
    amended(contract, at=now, valid_from=date(2026, 12, 1), ends_on=date(2027, 3, 31))
    assert role_of().valid.upper == now
    assert role_of().given is None


def test_a_contract_that_is_signed_binds_nobody_of_another_contractor() -> None:
    contract_of()
    assert role_of("chen").valid.upper is None


def test_a_contract_that_is_not_signed_binds_nobody() -> None:
    proposed()
    assert role_of().valid.upper is None


def test_a_contract_ended_for_a_breach_ends_access_at_that_second() -> None:
    contract = contract_of()
    now = timezone.now()
    handover.end_contract(contract, by=member("yan"), at=now, because="泄露个人信息")
    assert may_act(role_of(), now - INSTANT)
    assert not may_act(role_of(), now)
    assert not Membership.objects.current(now).filter(organisation=unit("JIA")).exists()


def test_a_hand_in_the_database_does_not_get_round_it() -> None:
    contract_of()
    who = role_of()
    Membership.objects.filter(pk=who.pk).update(valid=(who.valid.lower, None))
    assert role_of().valid.upper == YEAR_ENDS
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE hotline_membership SET valid = tstzrange(lower(valid), '2099-01-01') WHERE id = %s", [who.pk]
        )
    assert role_of().valid.upper == YEAR_ENDS


def test_nobody_comes_to_act_for_a_contractor_whose_contract_is_over() -> None:
    contract_of(year=2025, first_day=date(2025, 1, 1), last_day=date(2025, 12, 31))
    with pytest.raises(IntegrityError), transaction.atomic():
        an_agent("tian", unit("JIA"), timezone.now())
    with pytest.raises(Invalid, match="has no contract at that time"):
        grant("hu")


def grant(username: str, role: str = "shift_leader") -> Membership:
    given: dict[str, Any] = {"organisation": unit("JIA"), "role": role, "because": "任命"}
    return memberships.grant(person(username), by=member("secadmin"), at=timezone.now(), **given)


def test_what_the_security_administrator_gives_is_told_with_its_true_end() -> None:
    contract_of()
    assert grant("hu").valid.upper == YEAR_ENDS


def test_a_contractor_that_never_had_a_contract_here_is_not_judged() -> None:
    body = a_contractor("BING")
    assert an_agent("tian", body, YEAR_BEGINS).valid.upper is None


# -- An employment's end is the person's end


def test_an_employment_that_ends_shuts_the_door_at_that_second() -> None:
    contract_of()
    now = timezone.now()
    left(employed(), at=now)
    assert may_act(role_of(), now - INSTANT)
    assert not may_act(role_of(), now)
    assert may_act(role_of("li"), now)


def test_an_end_to_come_is_kept_to_the_second() -> None:
    contract_of()
    ends = timezone.now().replace(microsecond=0) + timedelta(hours=3, seconds=17)
    left(employed(), until=ends)
    assert may_act(role_of(), ends - SECOND)
    assert not may_act(role_of(), ends)


def test_nobody_is_given_a_role_after_the_employment() -> None:
    contract_of()
    left(employed("hu"))
    with pytest.raises(Invalid, match="is not employed by"):
        grant("hu")


def test_those_with_access_but_not_on_record_are_known() -> None:
    contract_of()
    employed()
    now = timezone.now()
    missing = {who.user.username for who in without_employment(unit("JIA"), now)}
    assert "wang" not in missing
    assert {"li", "xu", "luo"} <= missing


ENDINGS: dict[str, Callable[[Employment], object]] = {
    "the employment": lambda row: left(row),
    "the contract": lambda row: handover.end_contract(
        row.contract, by=member("yan"), at=timezone.now(), because="违约解除"
    ),
}


@pytest.mark.parametrize("what", ENDINGS)
def test_the_next_request_is_refused_by_session_and_by_key(what: str) -> None:
    contract_of()
    row, page, program = employed(), client_of("wang"), Api("wang")
    assert page.get("/console/").status_code == 200
    assert program.get("users/me/").status == 200
    ENDINGS[what](row)
    for answer in (page.get("/console/"), page.post("/console/drafts/", {"words": "x"})):
        assert answer["Location"].startswith("/sign-in/")
    assert page.get("/api/v1/users/me/").status_code == 401
    assert program.get("users/me/").status == 401
    assert program.post("cases/", {}).status == 401
    again = Client()
    again.post("/sign-in/", {"username": "wang", "password": "yunzhou-12345"})
    assert again.get("/sign-in/role/").context["memberships"] == []


# -- From contract to contract


def test_whoever_is_carried_over_keeps_the_role_without_a_gap() -> None:
    contract_of()
    employed()
    following = contract_of(year=2027)
    assert role_of().valid.upper == YEAR_ENDS  # not yet employed under the next one
    _contract, n = employing.carry_over(following, by=member("yan"), at=local("2026-12-20 10:00"))
    assert n == 1
    assert role_of().valid.upper == local("2028-01-01 00:00")
    assert employing.carry_over(following, by=member("yan"), at=local("2026-12-21 10:00"))[1] == 0


def test_an_agent_moved_between_contractors_at_midnight_is_somewhere_once() -> None:
    contract_of(last_day=date(2026, 6, 30))
    contract_of("YI")
    employed()
    midnight = local("2026-07-01 00:00")
    employed("wang", Contract.objects.get(number="YZ-YI-2026"), since=midnight)
    new = an_agent("wang", unit("YI"), midnight)
    old = Membership.objects.get(user__username="wang", organisation=unit("JIA"))
    for at in (midnight - INSTANT, midnight, midnight + INSTANT):
        assert [may_act(old, at), may_act(new, at)] == [at < midnight, at >= midnight]
        assert Employment.objects.employed(at).filter(user__username="wang").count() == 1


def test_a_longer_contract_does_not_take_back_who_works_elsewhere_by_then() -> None:
    first = contract_of(last_day=date(2026, 6, 30))
    contract_of("YI")
    row = employed()
    midnight = local("2026-07-01 00:00")
    employed("wang", Contract.objects.get(number="YZ-YI-2026"), since=midnight)
    an_agent("wang", unit("YI"), midnight)
    amended(first, at=local("2026-05-01 09:00"), valid_from=date(2026, 6, 1), ends_on=date(2026, 9, 30))
    row.refresh_from_db()
    assert row.period.upper == midnight
    assert Membership.objects.get(user__username="wang", organisation=unit("JIA")).valid.upper == midnight


def test_ten_years_of_yearly_contracts_of_four_contractors() -> None:
    """Each of four lots goes to another contractor every year; each contractor's people have a role given for ever.

    At the first and the last instant of every contract its contractor's people may act, and the acts belong to it.
    From the end of a contract that no other follows without a gap nobody may, until a role is given anew.
    """
    years, draw = range(2016, 2026), Random(12345)
    bodies = [a_contractor(code) for code in ("D1", "D2", "D3", "D4")]
    agents = {body.pk: an_agent(f"agent{n}", body, local("2015-06-01 00:00")) for n, body in enumerate(bodies)}
    won: dict[tuple[int, int], Contract] = {}
    for year in years:
        pausing = draw.choice(bodies) if year % 3 == 0 else None
        for lot, body in enumerate(draw.sample(bodies, 4)):
            if body is not pausing:
                names = {"organisation": body, "number": f"{body.code}-{year}", "lots": [f"{lot}标段"]}
                won[body.pk, year] = contract_of("JIA", year, **names)
    for body in bodies:
        terms = [won[key] for key in sorted(won) if key[0] == body.pk]
        who, first = agents[body.pk], min(year for pk, year in won if pk == body.pk)
        for year in years:
            begins, ends = local(f"{year}-01-01 00:00"), local(f"{year + 1}-01-01 00:00")
            for at in (begins, begins + INSTANT, ends - SECOND, ends - INSTANT):
                expected = won.get((body.pk, year))
                assert contract_at(body, at) == expected
                assert sum(term.term.lower <= at < term.term.upper for term in terms) == (expected is not None)
                access = may_act(Membership.objects.get(pk=who.pk), at)
                assert access == all((body.pk, y) in won for y in range(first, year + 1))  # before it: not judged


def test_every_act_belongs_to_the_contract_in_force_at_that_second() -> None:
    first = contract_of(last_day=date(2026, 3, 31))
    second = contract_of(number="YZ-JIA-2026b", first_day=date(2026, 4, 1), last_day=date(2026, 12, 31))
    midnight, by = local("2026-04-01 00:00"), member("wang")
    moments = {midnight - INSTANT: first.pk, midnight: second.pk, local("2025-12-31 23:59"): None}
    for at, contract in moments.items():
        case = intake.register(a_registration(), by=by, at=at)
        found = attributed(CaseEvent.objects.of(case)).values_list("under", flat=True)
        assert set(found) == {contract}, at


def test_a_contractor_that_gets_a_contract_again_after_a_gap_asks_for_roles_anew() -> None:
    contract_of(year=2024)
    contract_of(year=2026)
    assert role_of().valid.upper == local("2025-01-01 00:00")
    assert an_agent("hu2", unit("JIA"), YEAR_BEGINS).valid.upper == YEAR_ENDS
