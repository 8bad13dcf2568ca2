"""Accounts and roles: opened, given and ended by the security administrator, for a reason, and never deleted."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from hotline import memberships, people
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.models import AuditEntry, Membership, Organisation, User
from hotline.people import Issued, Sought
from hotline.roles import PEOPLE, Role
from tests.doors import client_of
from tests.people import member, unit

pytestmark = pytest.mark.django_db
LETTER = "热线办函〔2026〕12号"


def added(username: str = "tian", **given: Any) -> Issued:
    """Tian gets an account from the security administrator."""
    plain = {"name": "田甜", "name_en": "Tian Tian", "staff_number": "1031", "because": LETTER}
    return people.add(by=member("secadmin"), at=timezone.now(), username=username, **(plain | given))


def granted(user: User, role: str = "agent", code: str = "JIA", **given: Any) -> Membership:
    plain: dict[str, Any] = {"organisation": unit(code), "role": role, "because": LETTER, "at": timezone.now()}
    return memberships.grant(user, by=member("secadmin"), **(plain | given))


def ended(held: Membership, **given: Any) -> Membership:
    plain: dict[str, Any] = {"because": "调离", "at": timezone.now()}
    return memberships.end(held, by=member("secadmin"), **(plain | given))


def last_entry() -> AuditEntry:
    return AuditEntry.objects.latest("id")


# -- An account is opened


def test_an_account_begins_with_a_one_time_password_and_no_role() -> None:
    user, raw = added()
    assert user.check_password(raw)
    assert user.one_time_until
    assert timedelta(days=6) < user.one_time_until - timezone.now() <= timedelta(days=7)
    assert not user.memberships.exists()


def test_the_entry_says_who_opened_which_account_and_why_but_not_the_password() -> None:
    user, raw = added()
    entry = last_entry()
    assert (entry.act, entry.membership, entry.reason) == ("people.add", member("secadmin"), LETTER)
    assert (entry.object_type, entry.object_id) == ("hotline.user", str(user.pk))
    assert raw not in str(entry.__dict__)


def test_no_two_one_time_passwords_are_the_same() -> None:
    raws = {added(f"tian{n}").raw for n in range(5)}
    assert len(raws) == 5
    assert all(len(raw) == 14 for raw in raws)


@pytest.mark.parametrize("username", ["", "1tian", "田甜", "tian tian", "a", "x" * 61, "tian@jia", "tian\n"])
def test_a_user_name_is_one_that_everybody_can_type(username: str) -> None:
    if username == "tian\n":
        assert added(username).user.username == "tian"  # what stands around it is not meant
        return
    with pytest.raises(Invalid) as refused:
        added(username)
    assert refused.value.field == "username"


@pytest.mark.parametrize("username", ["wang", "Wang", " wang "])
def test_a_user_name_is_taken_once(username: str) -> None:
    with pytest.raises(Invalid, match="taken"):
        added(username)
    assert User.objects.filter(username="wang").count() == 1


@pytest.mark.parametrize(
    ("field", "given"), [("name", " "), ("language", "fr"), ("because", "  "), ("because", "x" * 201)]
)
def test_what_is_missing_is_said_at_its_field(field: str, given: str) -> None:
    with pytest.raises(Invalid) as refused:
        added(**{field: given})
    assert refused.value.field == field
    assert not User.objects.filter(username="tian").exists()


# -- A role is given


def test_a_role_is_held_from_now_on() -> None:
    user = added().user
    given = granted(user)
    assert given in Membership.objects.current(timezone.now())
    entry = last_entry()
    assert (entry.act, entry.object_id, entry.reason) == ("memberships.grant", str(given.pk), LETTER)


def test_a_role_of_next_week_opens_nothing_before() -> None:
    at = timezone.now()
    given = granted(added().user, at=at, since=at + timedelta(days=7), until=at + timedelta(days=14))
    for days, held in ((6, False), (7, True), (13, True), (14, False)):
        assert Membership.objects.current(at + timedelta(days=days)).filter(pk=given.pk).exists() is held


def every_pair() -> list[tuple[str, Role]]:
    return [(kind, role) for kind in Organisation.Kind for role in Role]


def test_every_role_fits_one_kind_of_organisation() -> None:
    for role in Role:
        assert len([kind for kind in Organisation.Kind if role in memberships.FITTING[kind]]) == 1, role
    assert set(memberships.FITTING) == set(Organisation.Kind)


@pytest.mark.parametrize(("kind", "role"), every_pair())
def test_only_a_role_that_fits_is_given(kind: str, role: Role) -> None:
    user = User.objects.create(username="tian", name="田甜")
    organisation = Organisation.objects.filter(kind=kind).order_by("pk")[0]
    if role in memberships.FITTING[kind]:
        assert granted(user, role, organisation.code).role == role
        return
    with pytest.raises(Invalid, match="There is no") as refused:
        granted(user, role, organisation.code)
    assert refused.value.field == "role"


def test_the_same_role_is_not_held_twice_at_a_time() -> None:
    with pytest.raises(Invalid, match="already holds this role in that period"):
        granted(member("wang").user)


def test_an_administrator_of_the_platform_holds_nothing_else() -> None:
    with pytest.raises(Invalid, match="one of the three roles, and no other"):
        granted(member("sysadmin").user, "audit_admin", "PLATFORM")
    with pytest.raises(Invalid, match="one of the three roles, and no other"):
        granted(member("wang").user, "system_admin", "PLATFORM")


def test_a_role_begins_neither_in_the_past_nor_after_its_end() -> None:
    at, user = timezone.now(), added().user
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("since", {"since": at - timedelta(minutes=1)}),
        ("until", {"until": at}),
        ("until", {"since": at + timedelta(days=2), "until": at + timedelta(days=1)}),
    ]
    for field, given in wrong:
        with pytest.raises(Invalid) as refused:
            granted(user, at=at, **given)
        assert refused.value.field == field


def test_nobody_joins_an_organisation_that_takes_no_part() -> None:
    Organisation.objects.filter(code="JIA").update(active_until=timezone.localdate())
    with pytest.raises(Invalid, match="does not take part"):
        granted(added().user)


def test_a_closed_account_gets_no_role() -> None:
    user = added().user
    User.objects.filter(pk=user.pk).update(is_active=False)
    with pytest.raises(NotNow, match="closed"):
        granted(user)


# -- A role is ended


def test_a_role_ended_now_opens_nothing_any_more() -> None:
    wang, page = member("wang"), client_of("wang")
    assert page.get("/console/").status_code == 200
    ended(wang)
    assert page.get("/console/").status_code == 302
    entry = last_entry()
    assert (entry.act, entry.object_id, entry.reason) == ("memberships.end", str(wang.pk), "调离")


def test_a_role_ended_for_later_goes_on_until_then() -> None:
    at, wang = timezone.now(), member("wang")
    ended(wang, at=at, until=at + timedelta(hours=2))
    assert Membership.objects.current(at + timedelta(hours=1)).filter(pk=wang.pk).exists()
    assert not Membership.objects.current(at + timedelta(hours=2)).filter(pk=wang.pk).exists()


def test_an_end_is_moved_forward_but_not_back() -> None:
    at, wang = timezone.now(), member("wang")
    ended(wang, at=at, until=at + timedelta(days=9))
    assert ended(wang, at=at, until=at + timedelta(days=3)).valid.upper == at + timedelta(days=3)
    with pytest.raises(Invalid, match="earlier than that already"):
        ended(wang, at=at, until=at + timedelta(days=4))


def test_what_is_over_is_not_ended_again() -> None:
    wang = member("wang")
    ended(wang, at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(NotNow, match="ended already"):
        ended(wang)


def test_a_role_is_not_ended_in_the_past() -> None:
    at = timezone.now()
    with pytest.raises(Invalid) as refused:
        ended(member("wang"), at=at, until=at - timedelta(days=1))
    assert refused.value.field == "until"


def test_a_role_that_has_not_begun_is_called_off_and_stays_on_record() -> None:
    at = timezone.now()
    coming = granted(added().user, at=at, since=at + timedelta(days=7))
    ended(coming, at=at)
    for days in (0, 7, 8):
        assert not Membership.objects.current(at + timedelta(days=days, seconds=1)).filter(pk=coming.pk).exists()
    assert granted(coming.user, at=at, since=at + timedelta(days=8)).pk != coming.pk


# -- By whom


def everything_on(user: User, by: Membership, at: datetime) -> list[Any]:
    held = user.memberships.first()
    assert held is not None
    return [
        lambda: memberships.grant(user, by=by, at=at, organisation=unit("JIA"), role="shift_leader", because="x"),
        lambda: memberships.end(held, by=by, at=at, because="x"),
    ]


@pytest.mark.parametrize("role", sorted(PEOPLE))
def test_only_a_security_administrator_does(role: Role) -> None:
    by = Membership.objects.filter(role=role).select_related("user", "organisation").order_by("pk")[0]
    at, li = timezone.now(), member("li").user
    acts = [*everything_on(li, by, at), lambda: people.add(by=by, at=at, username="tian", name="田甜", because="x")]
    for act in acts:
        if role == Role.SECURITY_ADMIN:
            act()
        else:
            with pytest.raises(NotAllowed):
                act()
            assert last_entry().result == "refused"


def test_nobody_acts_on_oneself() -> None:
    by, at = member("secadmin"), timezone.now()
    for act in everything_on(by.user, by, at):
        with pytest.raises(NotAllowed, match="oneself"):
            act()


# -- Found


def found(at: datetime | None = None, **given: Any) -> set[str]:
    rows = people.find(Sought(**given), by=member("auditadmin"), at=at or timezone.now())
    return set(rows.values_list("username", flat=True))


def test_people_are_found_by_name_user_name_and_staff_number() -> None:
    assert found(words="王静") == found(words="wang j") == found(words="1024") == {"wang"}
    assert "wang" in found(words="WAN")


def test_people_are_found_by_what_they_hold_now() -> None:
    assert found(organisation=unit("CGJ"), role="handler") >= {"liu"}
    assert "su" in found(organisation=unit("CGJ"))  # a body below it
    ended(member("liu"))
    assert "liu" not in found(organisation=unit("CGJ"))
    assert found(state="without_role") == {"liu"}


def test_people_are_found_by_the_state_of_their_account() -> None:
    added()
    assert found(state="one_time") == {"tian"}
    assert "zhou" in found(state="without_factor")
    assert "wang" not in found(state="without_factor")  # an agent may do without
    assert found(state="locked") == set()
    assert found(state="nonsense") == found()


def test_others_see_nobody() -> None:
    for username in ("wang", "yan", "sysadmin", "jiang"):
        assert not people.find(Sought(), by=member(username), at=timezone.now()).exists()
