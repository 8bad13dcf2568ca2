"""The person's own password: chosen at the first sign-in, changed at will, and never a weak or an old one."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from hotline import passwords, tokens
from hotline.acts import NotAllowed
from hotline.guards import MEMBERSHIP
from hotline.models import AuditEntry, Authenticator, RequestKey, User
from oversight.demo.reference import PASSWORD
from tests.doors import client_of
from tests.hotline.test_people import added, granted
from tests.hotline.test_second_factor import CODE, SET_UP, code_of, set_up
from tests.people import member

pytestmark = pytest.mark.django_db
NEW, PAGE, SIGN_IN = "/sign-in/new-password/", "/password/", "/sign-in/"
GOOD = "井盖-covers-2026"


def begin(client: Client, username: str, password: str) -> str:
    return str(client.post(SIGN_IN, {"username": username, "password": password})["Location"])


def choose(client: Client, new: str = GOOD, again: str = "") -> int | str:
    answer = client.post(NEW, {"new": new, "again": again or new})
    return answer.headers.get("Location") or answer.status_code


# -- The first sign-in


def test_a_one_time_password_leads_to_choosing_an_own_one_and_then_to_work(client: Client) -> None:
    user, raw = added()
    granted(user)
    assert begin(client, "tian", raw) == NEW
    for page in ("/sign-in/role/", SET_UP):
        assert client.get(page)["Location"] == NEW  # no way round
    assert client.get("/inbox/").status_code == 302
    assert choose(client) == "/"
    assert client.get("/inbox/").status_code == 200
    user.refresh_from_db()
    assert user.one_time_until is None
    assert user.check_password(GOOD)
    assert AuditEntry.objects.filter(act="sign_in.new_password", actor=user, result="ok").count() == 1


def test_it_is_good_for_one_sign_in_only(client: Client) -> None:
    user, raw = added()
    granted(user)
    begin(client, "tian", raw)
    choose(client)
    assert Client().post(SIGN_IN, {"username": "tian", "password": raw}).status_code == 422


def test_a_second_factor_one_has_comes_before_the_new_password(client: Client) -> None:
    """Whoever only found the slip of paper cannot choose a password with it."""
    device, _codes = set_up("zhou")
    raw = passwords.set_one_time(member("zhou").user, at=timezone.now())
    assert begin(client, "zhou", raw) == CODE
    assert client.get(NEW)["Location"] == CODE
    assert choose(client) == CODE
    assert client.post(CODE, {"code": code_of(device)})["Location"] == NEW
    assert choose(client) == "/"


def test_a_second_factor_to_be_set_up_comes_after_it(client: Client) -> None:
    user, raw = added()
    granted(user, "dispatcher", "HOTLINE")
    begin(client, "tian", raw)
    assert choose(client) == CODE
    assert client.get(CODE)["Location"] == SET_UP
    client.get(SET_UP)
    client.post(SET_UP, {"code": code_of(Authenticator.objects.get())})
    client.post("/sign-in/role/", {"membership": str(user.memberships.get().pk)})
    assert MEMBERSHIP in client.session


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("short", "too short"),
        ("1234567890123", "entirely numeric"),
        ("password1234", "too common"),
        ("tiantian10", "too similar"),
    ],
)
def test_a_weak_password_is_refused_with_a_reason(client: Client, new: str, why: str) -> None:
    client.cookies["django_language"] = "en"
    user, raw = added()
    granted(user)
    begin(client, "tian", raw)
    answer = client.post(NEW, {"new": new, "again": new})
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert User.objects.get(pk=user.pk).one_time_until is not None


def test_the_one_time_password_itself_is_not_chosen(client: Client) -> None:
    user, raw = added()
    granted(user)
    begin(client, "tian", raw)
    assert choose(client, raw) == 422
    assert choose(client, GOOD, "another long one") == 422


def test_nobody_comes_to_the_page_without_a_password() -> None:
    assert Client().get(NEW)["Location"] == SIGN_IN
    assert client_of("wang").get(NEW)["Location"] == "/sign-in/role/"


# -- Changed at will


def change(client: Client, present: str = PASSWORD, new: str = GOOD) -> int:
    client.cookies["django_language"] = "en"
    return client.post(PAGE, {"present": present, "new": new, "again": new}).status_code


def test_changing_it_ends_sessions_elsewhere_and_keys_but_not_this_session() -> None:
    here, elsewhere = client_of("wang"), client_of("wang")
    key = tokens.issue(member("wang"), by=member("wang"), at=timezone.now(), name="x", days=9)
    assert change(here) == 303
    assert here.get("/inbox/").status_code == 200
    assert elsewhere.get("/inbox/").status_code == 302
    assert tokens.authenticate_token(key.raw) is None
    assert AuditEntry.objects.get(act="passwords.change").result == "ok"


def test_the_present_password_is_asked_for_and_not_guessed() -> None:
    here = client_of("wang")
    for _try in range(5):
        assert change(here, "wrong") == 422
    page = here.post(PAGE, {"present": PASSWORD, "new": GOOD, "again": GOOD})
    assert page.status_code == 422
    assert "Too many wrong passwords. Try again in 15 minutes." in page.content.decode()
    assert member("wang").user.check_password(PASSWORD)


def test_an_unfit_new_password_is_no_guess() -> None:
    here = client_of("wang")
    for _try in range(6):
        assert change(here, PASSWORD, "short") == 422
    assert change(here) == 303


def test_of_a_password_not_even_a_digest_is_kept_with_the_answers() -> None:
    page = client_of("wang").get(PAGE).content.decode()
    assert "idempotency_key" not in page.partition("<main")[2].partition("</main>")[0]
    change(client_of("wang"))
    assert not RequestKey.objects.exists()


def test_nobody_changes_somebody_elses() -> None:
    with pytest.raises(NotAllowed):
        passwords.change(member("li").user, by=member("wang"), at=timezone.now(), present=PASSWORD, new=GOOD)
