"""Three people administer the platform, none of them reads cases, and nobody is two of the three."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations, product

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.models import Assignment, Call, Case, Decision
from hotline.models import Membership, User
from hotline.roles import PEOPLE, PLATFORM, ROLES, Capability, Role
from tests.people import member, unit
from tests.stories import bounce_asked

pytestmark = pytest.mark.django_db
OVERLAP = "membership_administrators_apart"
HOUSEKEEPING = {
    Capability.SELF_USE,
    Capability.NOTICES_READ,
    Capability.POLICY_READ,
    Capability.DIRECTORY_READ,
    Capability.METRICS_READ,
    Capability.PEOPLE_READ,
    Capability.PEOPLE_MANAGE,
    Capability.AUDIT_CHECK,  # whether the trail is whole, not what it says
    Capability.CASE_IMPORT,  # brings the file of an older system in; nothing of it is shown
    Capability.INTEGRATION_MANAGE,
}


def also(username: str, role: Role, *, after: timedelta = timedelta()) -> Membership:
    """The same person in another role, from now on or from later on."""
    person = User.objects.get(username=username)
    period = (timezone.now() + after, None)
    return Membership(user=person, organisation=unit("PLATFORM"), role=role, valid=period)


def clashes() -> list[tuple[Role, Role]]:
    """Every two of the three, and each of the three with every other work."""
    apart = combinations(sorted(PLATFORM), 2)
    return [*apart, *product(sorted(PLATFORM), sorted(set(Role) - PLATFORM))]


@pytest.mark.parametrize(("one", "other"), clashes())
def test_no_account_administers_and_does_anything_else(one: Role, other: Role) -> None:
    person = User.objects.create_user("pan", name="潘")
    also("pan", one).save()
    with pytest.raises(IntegrityError, match=OVERLAP), transaction.atomic():
        also("pan", other, after=timedelta(days=400)).save()
    Membership.objects.filter(user=person).delete()
    also("pan", other).save()
    with pytest.raises(IntegrityError, match=OVERLAP), transaction.atomic():
        also("pan", one).save()


def test_the_refusal_says_why() -> None:
    with pytest.raises(ValidationError, match="one of the three roles"):
        also("sysadmin", Role.AUDIT_ADMIN).validate_constraints()


def test_one_may_follow_the_other() -> None:
    sysadmin, now = member("sysadmin"), timezone.now()
    Membership.objects.filter(pk=sysadmin.pk).update(valid=(sysadmin.valid.lower, now))
    later = Membership(user=sysadmin.user, organisation=sysadmin.organisation, role=Role.AUDIT_ADMIN, valid=(now, None))
    later.save()
    assert list(Membership.objects.current(now).filter(user=sysadmin.user)) == [later]


def test_roles_that_administer_nothing_go_together() -> None:
    also("wang", Role.SHIFT_LEADER).save()
    assert Membership.objects.current(timezone.now() + timedelta(seconds=1)).filter(user__username="wang").count() == 2


@pytest.mark.parametrize("role", sorted(PLATFORM))
def test_an_administrator_has_no_right_to_any_case(role: Role) -> None:
    asked = bounce_asked()
    by = Membership.objects.get(role=role)
    assert {capability for capability in Capability if by.can(capability)} <= HOUSEKEEPING
    for rows in (Case.objects, Assignment.objects, Decision.objects, Call.objects):
        assert not rows.visible_to(by).exists()
    assert asked.case_id


def test_every_role_of_people_is_a_person_of_one_side() -> None:
    assert PEOPLE | {Role.INTEGRATION} == set(Role)
    assert all(ROLES[capability] for capability in Capability)
