"""Signing in: the password, the lock, the role, the way out; each step in the audit trail."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import get_hasher
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries, Settings

from hotline.guards import MEMBERSHIP, SINCE
from hotline.models import AuditEntry, Membership, User
from hotline.roles import Role
from oversight.demo.reference import PASSWORD
from tests.people import member

pytestmark = pytest.mark.django_db
SIGN_IN, ROLE = "/sign-in/", "/sign-in/role/"


def give(client: Client, username: str = "wang", password: str = PASSWORD, **more: str) -> str:
    """Type a name and a password in; where one is sent, or the page."""
    response = client.post(SIGN_IN + more.get("query", ""), {"username": username, "password": password})
    return response.headers.get("Location") or response.content.decode()


def trail() -> list[tuple[str, str, str]]:
    entries = AuditEntry.objects.filter(act__startswith="sign_in").order_by("id")
    return [(entry.act, entry.result, entry.reason) for entry in entries]


def also(username: str, role: Role) -> Membership:
    """A second role for somebody, from today on."""
    first = member(username)
    since = DateTimeTZRange(timezone.now() - timedelta(days=1), None)
    return Membership.objects.create(user=first.user, organisation=first.organisation, role=role, valid=since)


def test_an_agent_signs_in_and_acts(client: Client) -> None:
    assert give(client) == "/"
    assert client.session[MEMBERSHIP] == str(member("wang").pk)
    assert client.get(reverse("hotline:inbox")).status_code == 200
    assert trail() == [("sign_in.password", "ok", ""), ("sign_in.acts_as", "ok", "")]


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client: Client) -> None:
    def told(page: str) -> str:
        return re.sub(r'value="[^"]*"', "", page)

    assert told(give(client, "wang", "wrong")) == told(give(client, "nobody", "wrong"))
    assert trail() == [("sign_in.password", "failed", "wrong name or password")] * 2
    assert [e.actor_id for e in AuditEntry.objects.order_by("id")] == [member("wang").user_id, None]


def test_an_unknown_name_costs_a_hash_as_well(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    worked: list[str] = []
    hasher = get_hasher()
    encode = type(hasher).encode

    def counted(*given: Any, **more: Any) -> str:
        worked.append("hash")
        return str(encode(*given, **more))

    monkeypatch.setattr(type(hasher), "encode", counted)
    give(client, "wang", "wrong")
    known = len(worked)
    give(client, "nobody", "wrong")
    assert len(worked) - known == known == 1


def test_passwords_are_kept_by_argon2(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = [h for h in settings.PASSWORD_HASHERS if "MD5" not in h]
    user = User(username="new")
    user.set_password("a long enough one")
    assert user.password.startswith("argon2$argon2id$")


def test_five_failures_lock_and_say_until_when(client: Client) -> None:
    with translation.override("en"), time_machine.travel("2026-03-16T02:00:00+00:00", tick=False):
        client.cookies["django_language"] = "en"
        for _try in range(4):
            assert "locked" not in give(client, "wang", "wrong")
        response = client.post(SIGN_IN, {"username": "wang", "password": "wrong"})
        assert (response.status_code, response["Retry-After"]) == (429, "900")
        assert "Today 10:16</time>" in response.content.decode()
        assert "locked until" in give(client)  # the right password does not help now
    assert trail()[-1] == ("sign_in.password", "failed", "locked out")


def test_the_lock_ends_when_it_said_so(client: Client) -> None:
    with time_machine.travel("2026-03-16T02:00:00+00:00", tick=False) as clock:
        for _try in range(6):
            give(client, "wang", "wrong")
        clock.shift(timedelta(minutes=14))
        assert give(client) != "/"
        clock.shift(timedelta(minutes=2))
        assert give(client) == "/"


def test_a_lock_holds_for_one_name_from_one_address(client: Client) -> None:
    for _try in range(5):
        give(client, "wang", "wrong")
    assert give(Client(), "li") == "/"
    assert give(Client(REMOTE_ADDR="10.1.1.1")) == "/"


def test_a_session_fixed_beforehand_is_worth_nothing(client: Client) -> None:
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key or ""
    client.cookies["sessionid"] = planted
    give(client)
    assert client.session.session_key != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert thief.get(reverse("hotline:inbox")).status_code == 302


def test_of_several_roles_one_is_chosen_and_that_is_logged(client: Client) -> None:
    leader = also("wang", Role.SHIFT_LEADER)
    assert give(client) == ROLE
    assert client.get(reverse("hotline:inbox")).status_code == 302  # not yet anybody
    assert client.post(ROLE, {"membership": leader.pk})["Location"] == "/"
    assert client.session[MEMBERSHIP] == str(leader.pk)
    assert AuditEntry.objects.get(act="sign_in.acts_as").membership == leader


def test_a_role_of_somebody_else_cannot_be_chosen(client: Client) -> None:
    also("wang", Role.SHIFT_LEADER)
    give(client)
    assert client.post(ROLE, {"membership": member("li").pk}).status_code == 200
    assert MEMBERSHIP not in client.session


def test_changing_roles_does_not_lengthen_the_day(client: Client) -> None:
    leader = also("wang", Role.SHIFT_LEADER)
    with time_machine.travel("2026-11-16T01:00:00+00:00", tick=False) as clock:
        Membership.objects.filter(pk=leader.pk).update(valid=DateTimeTZRange(timezone.now(), None))
        give(client)
        client.post(ROLE, {"membership": leader.pk})
        since = client.session[SINCE]
        clock.shift(timedelta(minutes=20))
        client.post(ROLE, {"membership": leader.pk})
        assert client.session[SINCE] == since


def test_whoever_holds_no_role_any_more_is_told_so(client: Client) -> None:
    ended = DateTimeTZRange(timezone.now() - timedelta(days=9), timezone.now() - timedelta(days=1))
    Membership.objects.filter(pk=member("wang").pk).update(valid=ended)
    assert give(client) == ROLE
    client.cookies["django_language"] = "en"
    assert "You hold no role at present" in client.get(ROLE).content.decode()


def test_the_way_between_password_and_role_takes_ten_minutes_at_most(client: Client) -> None:
    leader = also("wang", Role.SHIFT_LEADER)
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False) as clock:
        give(client)
        clock.shift(timedelta(minutes=11))
        assert client.post(ROLE, {"membership": leader.pk})["Location"] == SIGN_IN
        assert MEMBERSHIP not in client.session


@pytest.mark.parametrize(("pause", "status"), [(timedelta(minutes=29), 200), (timedelta(minutes=31), 302)])
def test_an_idle_session_ends(client: Client, pause: timedelta, status: int) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        give(client)
        clock.shift(pause)
        assert client.get(reverse("hotline:inbox")).status_code == status


def test_a_session_ends_after_the_longest_shift_however_busy(client: Client) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        give(client)
        for _half_hour in range(25):
            last = client.get(reverse("hotline:inbox")).status_code
            clock.shift(timedelta(minutes=29))
        assert last == 200
        assert client.get(reverse("hotline:inbox")).status_code == 302


def test_signing_out_is_a_post_and_is_logged(client: Client) -> None:
    give(client)
    assert client.get(reverse("hotline:sign_out")).status_code == 405
    assert client.post(reverse("hotline:sign_out"))["Location"] == SIGN_IN
    assert client.get(reverse("hotline:inbox")).status_code == 302
    assert trail()[-1] == ("sign_in.out", "ok", "")


@pytest.mark.parametrize(
    ("wanted", "to"),
    [
        ("/keys/", "/keys/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\\evil.example", "/"),
    ],
)
def test_after_signing_in_one_gets_to_pages_of_ours_only(client: Client, wanted: str, to: str) -> None:
    assert give(client, query=f"?next={wanted}") == to


def test_strangers_are_sent_to_sign_in_and_back(client: Client) -> None:
    asked = client.get("/inbox/?page=x")
    assert asked["Location"] == "/sign-in/?next=%2Finbox%2F%3Fpage%3Dx"
    assert give(client, query=asked["Location"].removeprefix(SIGN_IN)) == "/inbox/?page=x"


def test_looking_at_the_sign_in_page_leaves_no_session(client: Client) -> None:
    client.get(SIGN_IN + "?next=/inbox/")
    assert "sessionid" not in client.cookies


def test_the_demo_fills_the_form_with_one_click(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    page = client.get(SIGN_IN).content.decode()
    assert page.count('href="?as=') == Membership.objects.exclude(role=Role.INTEGRATION).count()
    assert PASSWORD not in page
    filled = client.get(SIGN_IN + "?as=liu").content.decode()
    assert 'value="liu"' in filled
    assert f'value="{PASSWORD}"' in filled
    assert "<script>" not in filled
    assert "onclick" not in filled


def test_elsewhere_nobody_is_listed_and_no_password_is_shown(client: Client) -> None:
    page = client.get(SIGN_IN + "?as=liu").content.decode()
    assert 'href="?as=' not in page
    assert 'value="liu"' not in page
    assert PASSWORD not in page
    assert PASSWORD not in give(client, "wang", PASSWORD + "x")


def test_the_demos_people_are_one_query(
    client: Client, settings: Settings, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    settings.DEMO = True
    with django_assert_max_num_queries(1):
        client.get(SIGN_IN)
