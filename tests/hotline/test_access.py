"""Access given back: a lost telephone, a forgotten password, a locked name, sessions that must end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice

from hotline import access, people, tokens
from hotline.acts import Invalid, NotAllowed, NotNow
from hotline.delivery import deliver_next
from hotline.models import AuditEntry, Authenticator, Membership, Message, User
from hotline.people import Sought
from hotline.roles import PEOPLE, Role
from oversight.demo.reference import PASSWORD
from tests.doors import client_of
from tests.hotline.test_second_factor import CODE, code_of, password, set_up
from tests.people import member

pytestmark = pytest.mark.django_db
WHY = "本人持工作证到场说明手机遗失"
Verb = Callable[..., Any]
VERBS: list[Verb] = [access.reset_second_factor, access.issue_password, access.unlock, access.end_sessions]


def done(verb: Verb, username: str, **more: Any) -> Any:
    given = {"by": member("secadmin"), "at": timezone.now(), "because": WHY} | more
    return verb(member(username).user, **given)


def notices(**to: Any) -> list[str]:
    while deliver_next(timezone.now()):
        pass
    return [notice.body for notice in Message.objects.filter(channel="in_app", **to)]


# -- The second factor


def test_a_reset_second_factor_is_set_up_anew_at_the_next_sign_in(client: Client) -> None:
    device, codes = set_up("zhou")
    done(access.reset_second_factor, "zhou")
    assert not Authenticator.objects.exists()
    assert not StaticDevice.objects.exists()
    password(client, "zhou")
    for old in (code_of(device), codes[0]):
        assert client.post(CODE, {"code": old}).status_code == 302  # nothing to give a code to
    page = client.get("/sign-in/second-factor/set-up/").content.decode()
    assert Authenticator.objects.get().secret != device.secret
    assert "<svg" in page


def test_whoever_has_the_lost_telephone_is_out_with_the_next_request() -> None:
    set_up("zhou")
    browser, key = (
        client_of("zhou"),
        tokens.issue(member("zhou"), by=member("zhou"), at=timezone.now(), name="x", days=9),
    )
    other = client_of("wang")
    done(access.reset_second_factor, "zhou")
    assert browser.get("/inbox/").status_code == 302
    assert tokens.authenticate_token(key.raw) is None
    assert other.get("/inbox/").status_code == 200


def test_the_person_and_both_kinds_of_administrators_are_told() -> None:
    set_up("zhou")
    done(access.reset_second_factor, "zhou")
    assert [WHY in body for body in notices(to_user=member("zhou").user)] == [True]
    for role in (Role.SECURITY_ADMIN, Role.AUDIT_ADMIN):
        (body,) = notices(to_role=role)
        assert "周明（zhou）" in body
    entry = AuditEntry.objects.get(act="access.reset_second_factor")
    assert (entry.object_id, entry.reason, entry.result) == (str(member("zhou").user_id), WHY, "ok")


def test_without_a_second_factor_there_is_nothing_to_reset() -> None:
    with pytest.raises(NotNow, match="no second factor"):
        done(access.reset_second_factor, "wang")
    assert notices() == []


# -- The password


def test_a_new_one_time_password_replaces_the_old_one_and_ends_everything_made_under_it() -> None:
    browser, key = (
        client_of("wang"),
        tokens.issue(member("wang"), by=member("wang"), at=timezone.now(), name="x", days=9),
    )
    issued = done(access.issue_password, "wang")
    user = User.objects.get(username="wang")
    assert user.check_password(issued.raw)
    assert not user.check_password(PASSWORD)
    assert user.one_time_until is not None
    assert browser.get("/inbox/").status_code == 302
    assert tokens.authenticate_token(key.raw) is None
    assert issued.raw not in str(list(AuditEntry.objects.values())) + str(notices())
    assert [WHY in body for body in notices(to_user=user)] == [True]


def test_it_lifts_a_lock_too(client: Client) -> None:
    lock("wang")
    issued = done(access.issue_password, "wang")
    answer = client.post("/sign-in/", {"username": "wang", "password": issued.raw})
    assert answer["Location"] == "/sign-in/new-password/"


def test_a_closed_account_gets_no_password() -> None:
    User.objects.filter(username="wang").update(is_active=False)
    wang = User.objects.get(username="wang")
    with pytest.raises(NotNow, match="closed"):
        access.issue_password(wang, by=member("secadmin"), at=timezone.now(), because=WHY)


# -- The lock


def lock(username: str, *, address: str = "127.0.0.1", tries: int = 5) -> None:
    for browser in range(tries):  # another browser every time is still the same name from the same address
        Client(REMOTE_ADDR=address, HTTP_USER_AGENT=f"browser {browser % 2}").post(
            "/sign-in/", {"username": username, "password": "wrong"}
        )


def locked() -> set[str]:
    found = people.find(Sought(state="locked"), by=member("secadmin"), at=timezone.now())
    return set(found.values_list("username", flat=True))


def test_a_locked_name_is_seen_and_let_in_again(client: Client) -> None:
    lock("wang")
    assert locked() == {"wang"}
    assert client.post("/sign-in/", {"username": "wang", "password": PASSWORD}).status_code == 429
    done(access.unlock, "wang")
    assert locked() == set()
    assert client.post("/sign-in/", {"username": "wang", "password": PASSWORD})["Location"] == "/"


def test_fewer_tries_or_from_several_addresses_lock_nobody() -> None:
    lock("wang", tries=4)
    lock("wang", tries=4, address="10.1.1.1")
    assert locked() == set()


def test_wrong_codes_are_forgotten_too(client: Client) -> None:
    device, _codes = set_up("zhou")
    password(client, "zhou")
    for _try in range(3):
        client.post(CODE, {"code": "000000"})
    assert client.post(CODE, {"code": code_of(device)}).status_code == 422
    done(access.unlock, "zhou")
    assert client.post(CODE, {"code": code_of(device)})["Location"] == "/"


# -- The sessions


def test_ending_all_sessions_signs_out_everywhere_and_only_that_person() -> None:
    desk, home, other = client_of("wang"), client_of("wang"), client_of("li")
    key = tokens.issue(member("wang"), by=member("wang"), at=timezone.now(), name="x", days=9)
    done(access.end_sessions, "wang")
    assert [browser.get("/inbox/").status_code for browser in (desk, home, other)] == [302, 302, 200]
    assert tokens.authenticate_token(key.raw) is not None
    done(access.end_sessions, "wang", keys=True)
    assert tokens.authenticate_token(key.raw) is None


def test_a_session_between_password_and_role_ends_as_well(client: Client) -> None:
    set_up("zhou")
    password(client, "zhou")
    done(access.end_sessions, "zhou")
    assert client.get(CODE)["Location"] == "/sign-in/"


def test_the_next_sign_in_opens_a_session_that_lasts(client: Client) -> None:
    done(access.end_sessions, "wang")
    client.post("/sign-in/", {"username": "wang", "password": PASSWORD})
    assert client.get("/inbox/").status_code == 200


# -- By whom, and why


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
def test_only_a_security_administrator_does(verb: Verb) -> None:
    set_up("li")
    for role in sorted(PEOPLE - {Role.SECURITY_ADMIN}):
        by = Membership.objects.filter(role=role).select_related("user", "organisation").order_by("pk")[0]
        with pytest.raises(NotAllowed, match="security administrator"):
            done(verb, "li", by=by)
    done(verb, "li")


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
def test_nobody_acts_on_oneself(verb: Verb) -> None:
    set_up("secadmin")
    with pytest.raises(NotAllowed, match="oneself"):
        done(verb, "secadmin")
    assert AuditEntry.objects.latest("id").result == "refused"


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
@pytest.mark.parametrize("because", ["", "  ", "x" * 201])
def test_a_reason_is_given(verb: Verb, because: str) -> None:
    set_up("li")
    before = User.objects.get(username="li").password
    with pytest.raises(Invalid) as refused:
        done(verb, "li", because=because)
    assert refused.value.field == "because"
    assert User.objects.get(username="li").password == before
    assert Authenticator.objects.filter(user__username="li").exists()


def test_the_time_of_a_one_time_password_runs_out(client: Client) -> None:
    issued = done(access.issue_password, "wang", at=timezone.now() - timedelta(days=8))
    answer = client.post("/sign-in/", {"username": "wang", "password": issued.raw}, follow=True)
    assert "has run out" in answer.content.decode() or "已过期" in answer.content.decode()
    assert (
        client.post("/sign-in/new-password/", {"new": "a fresh long one", "again": "a fresh long one"}).status_code
        == 422
    )
    assert client.get("/inbox/").status_code == 302
