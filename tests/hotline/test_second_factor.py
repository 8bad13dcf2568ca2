"""The second factor: who needs one, how it is set up, and that a code works once."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from pytest_django import Settings

from hotline import second_factor
from hotline.guards import MEMBERSHIP
from hotline.models import AuditEntry, Authenticator
from oversight.demo.reference import PASSWORD
from tests.people import member

SIGN_IN, CODE, SET_UP = "/sign-in/", "/sign-in/second-factor/", "/sign-in/second-factor/set-up/"


def password(client: Client, username: str) -> str:
    return client.post(SIGN_IN, {"username": username, "password": PASSWORD})["Location"]


def code_of(device: Authenticator) -> str:
    return f"{totp(device.key):06d}"


def set_up(username: str = "zhou") -> tuple[Authenticator, list[str]]:
    """A device in use since yesterday, and its recovery codes."""
    user = member(username).user
    device = second_factor.prepared(user)
    with time_machine.travel(timezone.now() - timedelta(days=1), tick=False):
        codes = second_factor.confirm(user, code_of(device), at=timezone.now())
    assert codes is not None
    device.refresh_from_db()
    return device, codes


@pytest.mark.django_db
@pytest.mark.parametrize("username", ["zhou", "liu", "jiang", "han", "sysadmin", "secadmin", "auditadmin"])
def test_government_and_platform_must_set_one_up(client: Client, username: str) -> None:
    assert password(client, username) == CODE
    assert client.get(CODE)["Location"] == SET_UP
    assert client.get("/inbox/").status_code == 302
    assert client.get("/sign-in/role/")["Location"] == CODE  # no way round


@pytest.mark.django_db
def test_a_contractors_agent_may_do_without(client: Client) -> None:
    assert password(client, "wang") == "/"


@pytest.mark.django_db
def test_the_demo_may_do_without_by_an_explicit_setting(client: Client, settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    assert password(client, "zhou") == "/"
    assert client.session[MEMBERSHIP] == str(member("zhou").pk)


@pytest.mark.django_db
def test_whoever_has_one_is_asked_even_in_the_demo(client: Client, settings: Settings) -> None:
    set_up("wang")
    settings.SECOND_FACTOR_REQUIRED = False
    assert password(client, "wang") == CODE


@pytest.mark.django_db
def test_setting_up_shows_a_picture_and_then_the_recovery_codes_once(client: Client) -> None:
    password(client, "zhou")
    page = client.get(SET_UP)
    assert "<svg" in page.content.decode()
    assert "style=" not in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    device = Authenticator.objects.get(user__username="zhou")
    client.get(SET_UP)
    assert Authenticator.objects.get() == device  # the same secret, however often the page is opened
    answer = client.post(SET_UP, {"code": code_of(device)}).content.decode()
    codes = re.findall(r"<li>([a-z2-7]{4}(?:-[a-z2-7]{4}){3})</li>", answer)
    assert len(set(codes)) == 10
    assert not StaticToken.objects.filter(token__in=[c.replace("-", "") for c in codes]).exists()
    assert codes[0] not in client.get(SET_UP).content.decode()
    assert client.get("/sign-in/role/", follow=False).status_code == 200
    assert AuditEntry.objects.filter(act="sign_in.second_factor_setup", result="ok").count() == 1


@pytest.mark.django_db
def test_one_role_needs_no_choice_after_setting_up(client: Client) -> None:
    password(client, "zhou")
    client.get(SET_UP)
    client.post(SET_UP, {"code": code_of(Authenticator.objects.get())})
    client.post("/sign-in/role/", {"membership": str(member("zhou").pk)})
    assert client.get("/inbox/").status_code == 200


@pytest.mark.django_db
def test_a_wrong_first_code_leaves_it_off(client: Client) -> None:
    password(client, "zhou")
    client.get(SET_UP)
    assert client.post(SET_UP, {"code": "000000"}).status_code == 422
    assert not Authenticator.objects.filter(confirmed=True).exists()


@pytest.mark.django_db
def test_a_code_lets_one_in_with_a_new_session_key(client: Client) -> None:
    device, _codes = set_up()
    assert password(client, "zhou") == CODE
    before = client.session.session_key
    assert client.post(CODE, {"code": code_of(device)})["Location"] == "/"
    assert client.session.session_key != before
    assert client.get("/inbox/").status_code == 200


@pytest.mark.django_db
def test_a_code_works_once() -> None:
    device, _codes = set_up()
    code = code_of(device)
    first, second = Client(), Client()
    password(first, "zhou")
    password(second, "zhou")
    assert first.post(CODE, {"code": code})["Location"] == "/"
    assert second.post(CODE, {"code": code}).status_code == 422
    assert second.get("/inbox/").status_code == 302


@pytest.mark.django_db
def test_wrong_codes_make_one_wait_and_say_how_long(client: Client) -> None:
    device, _codes = set_up()
    client.cookies["django_language"] = "en"
    password(client, "zhou")
    with time_machine.travel(timezone.now(), tick=False):
        client.post(CODE, {"code": "000000"})
        answer = client.post(CODE, {"code": code_of(device)})
    assert answer.status_code == 422
    assert "Too many wrong codes. Try again in 2 seconds." in answer.content.decode()
    assert AuditEntry.objects.filter(act="sign_in.second_factor", reason="too many tries").exists()


@pytest.mark.django_db
def test_a_recovery_code_works_once_and_is_named_in_the_trail(client: Client) -> None:
    _device, codes = set_up()
    password(client, "zhou")
    assert client.post(CODE, {"code": codes[3].upper()})["Location"] == "/"
    assert AuditEntry.objects.filter(act="sign_in.recovery_code", result="ok").count() == 1
    again = Client()
    password(again, "zhou")
    assert again.post(CODE, {"code": codes[3]}).status_code == 422


@pytest.mark.django_db
def test_the_secret_is_unreadable_in_the_database_and_the_picture_holds_it() -> None:
    device = second_factor.prepared(member("zhou").user)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM hotline_authenticator")
        lies = repr([bytes(v) if isinstance(v, memoryview) else v for v in cursor.fetchone()])
    secret = second_factor.secret_words(device).replace(" ", "")
    assert len(secret) == 32
    assert secret not in lies
    assert repr(device.key)[2:-1] not in lies
    assert device.config_url == (
        f"otpauth://totp/12345%20Hotline%3Azhou?secret={secret}&algorithm=SHA1&digits=6&period=30&issuer=12345%20Hotline"
    )


@pytest.mark.django_db
def test_secrets_that_lay_open_are_sealed_and_work_on() -> None:
    """As before 1.1: in a table of their own, in plain hexadecimal."""
    user, key = member("zhou").user, bytes(range(20))
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE otp_totp_totpdevice"
            " (id serial, user_id bigint, confirmed bool, key text, drift int, last_t int, name text,"
            " step int, t0 int, digits int, tolerance int, throttling_failure_count int)"
        )
        cursor.execute(
            "INSERT INTO otp_totp_totpdevice (user_id, confirmed, key, drift, last_t) VALUES (%s, true, %s, 0, 7)",
            [user.pk, key.hex()],
        )
    with connection.schema_editor() as editor:
        import_module("hotline.migrations.0006_authenticator").take_over(apps, editor)
    kept = Authenticator.objects.get(user=user)
    assert (kept.key, kept.confirmed, kept.last_step) == (key, True, 7)
    assert second_factor.judge(user, code_of(kept), at=timezone.now()).right
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM otp_totp_totpdevice")
        assert key.hex() not in cursor.fetchone()
    with connection.schema_editor() as editor:
        import_module("hotline.migrations.0006_authenticator").give_back(apps, editor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT user_id, confirmed, key FROM otp_totp_totpdevice")
        assert cursor.fetchall() == [(user.pk, True, key.hex())]  # whoever goes back signs in as before


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["", "１２３４５６", "-12345", "1e5", "0x1F", "9" * 8, "\0", "null"])
def test_what_is_no_code_is_wrong(code: str) -> None:
    device, _codes = set_up()
    assert not second_factor.judge(device.user, code, at=timezone.now()).right


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("which", ["code", "recovery"])
def test_of_fifty_submissions_of_one_code_one_gets_in(which: str) -> None:
    device, codes = set_up()
    user, code = device.user, code_of(device) if which == "code" else codes[0]

    def submit(_n: int) -> bool:
        try:
            return second_factor.judge(user, code, at=timezone.now()).right
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(submit, range(50))) == 1
