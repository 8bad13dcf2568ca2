"""The attacks on signing in and on what opens doors without it: none gets further than the first locked door."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from hotline import sign_in, tokens
from hotline.guards import MEMBERSHIP
from hotline.models import ApiToken, AuditEntry, Membership, User
from hotline.rates import Rate
from hotline.roles import Role
from oversight.demo.reference import PASSWORD
from tests.hotline.test_second_factor import code_of, set_up
from tests.people import member

pytestmark = pytest.mark.django_db
SIGN_IN, ROLE = "/sign-in/", "/sign-in/role/"


def give(username: str, password: str = "wrong", client: Client | None = None, **more: Any) -> Any:
    return (client or Client()).post(SIGN_IN, {"username": username, "password": password}, **more)


def words_of(answer: Any, name: str) -> str:
    """The page without what differs each time."""
    return re.sub(r"[A-Za-z0-9]{64}", "", answer.content.decode()).replace(name, "NAME")


def test_of_a_hundred_guesses_in_an_hour_at_most_twenty_are_judged() -> None:
    """Also when each comes with a fresh session, another spelling or an invented address."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for n in range(100):
            give(("wang", "wang ", " wang")[n % 3], f"guess {n}", HTTP_X_FORWARDED_FOR=f"1.2.3.{n}")
            clock.shift(timedelta(seconds=36))
    judged = AuditEntry.objects.filter(act="sign_in.password", reason="wrong name or password")
    assert judged.count() <= 20


def test_one_password_on_many_names_ends_at_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in, "BY_ADDRESS", Rate("sign_in.address", 6, 900))
    names = list(User.objects.order_by("pk").values_list("username", flat=True)[:8])
    answers = [give(name, "Summer2026!") for name in names]
    assert [a.status_code for a in answers] == [422] * 6 + [429] * 2
    assert answers[-1]["Retry-After"] == "900"
    assert "6" in answers[-1].content.decode()
    assert give(names[7], PASSWORD).status_code == 429
    assert give(names[7], PASSWORD, REMOTE_ADDR="10.1.1.1").status_code in (302, 303)
    assert AuditEntry.objects.filter(reason="too many from here").count() == 3


def test_those_who_sign_in_honestly_use_no_tries_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in, "BY_ADDRESS", Rate("sign_in.address", 2, 900))
    assert [give("wang", PASSWORD).status_code for _shift in range(5)] == [303] * 5


def test_a_locked_name_that_nobody_has_looks_like_one_that_somebody_has() -> None:
    def told(name: str) -> list[tuple[int, str]]:
        answers = [give(name, f"guess {n}") for n in range(7)]
        return [(a.status_code, words_of(a, name)) for a in answers]

    with time_machine.travel(timezone.now(), tick=False):
        assert told("wang") == told("nobody")


def test_a_closed_account_answers_as_a_wrong_password_does() -> None:
    User.objects.filter(username="wang").update(is_active=False)
    closed, wrong = give("wang", PASSWORD), give("zhou", "wrong")
    assert (closed.status_code, wrong.status_code) == (422, 422)
    assert words_of(closed, "wang") == words_of(wrong, "zhou")


def test_the_session_gets_a_new_name_at_every_step(settings: Settings) -> None:
    device, _codes = set_up("wang")
    also = Membership.objects.create(
        user=member("wang").user,
        organisation=member("wang").organisation,
        role=Role.SHIFT_LEADER,
        valid=DateTimeTZRange(timezone.now() - timedelta(days=1), None),
    )
    client, seen = Client(), list[str]()
    for address, form in (
        (SIGN_IN, {"username": "wang", "password": PASSWORD}),
        ("/sign-in/second-factor/", {"code": code_of(device)}),
        (ROLE, {"membership": str(also.pk)}),
    ):
        assert client.post(address, form).status_code in (302, 303)
        seen.append(client.session.session_key or "")
    assert client.session[MEMBERSHIP] == str(also.pk)
    assert len(set(seen)) == 3
    for old in seen[:-1]:
        thief = Client()
        thief.cookies["sessionid"] = old
        assert thief.get("/inbox/").status_code == 302


def test_a_new_password_ends_sessions_half_signed_in_ones_and_keys() -> None:
    wang = member("wang")
    raw = tokens.issue(wang, by=wang, at=timezone.now(), name="program", days=30).raw
    inside, half = Client(), Client()
    give("wang", PASSWORD, inside)
    Membership.objects.create(
        user=wang.user,
        organisation=wang.organisation,
        role=Role.SHIFT_LEADER,
        valid=DateTimeTZRange(timezone.now() - timedelta(days=1), None),
    )
    assert give("wang", PASSWORD, half)["Location"] == ROLE
    assert (inside.get("/inbox/").status_code, tokens.authenticate_token(raw)) == (200, wang)
    user = User.objects.get(pk=wang.user_id)
    user.set_password("another long one")
    user.save()
    assert inside.get("/inbox/").status_code == 302
    assert half.get(ROLE)["Location"] == SIGN_IN
    assert tokens.authenticate_token(raw) is None


def test_a_password_kept_in_a_newer_way_ends_nothing(settings: Settings) -> None:
    """Hashed anew at sign-in, because the way of hashing changed: the same password."""
    wang = member("wang")
    raw = tokens.issue(wang, by=wang, at=timezone.now(), name="program", days=30).raw
    User.objects.filter(pk=wang.user_id).update(password=make_password(PASSWORD, hasher="pbkdf2_sha256"))
    assert give("wang", PASSWORD).status_code == 303
    assert User.objects.get(pk=wang.user_id).password.startswith("md5$")
    assert tokens.authenticate_token(raw) == wang


def test_a_key_is_worth_nothing_when_it_is_not_whole_not_in_force_or_somebody_elses() -> None:
    wang, at = member("wang"), timezone.now()
    made = tokens.issue(wang, by=wang, at=at, name="program", days=30)
    raw, kept = made.raw, ApiToken.objects.get(pk=made.token.pk)
    assert len(raw) * 6 >= 128
    assert raw not in f"{kept.prefix}{bytes(kept.digest)!r}"
    spoilt = [raw[:-1], raw[1:], raw + "A", raw.swapcase(), raw[::-1], kept.prefix, bytes(kept.digest).hex(), "", " "]
    assert [word for word in spoilt if tokens.authenticate_token(word)] == []
    assert tokens.authenticate_token(raw, at=at + timedelta(days=29, hours=23)) == wang
    assert tokens.authenticate_token(raw, at=at + timedelta(days=30)) is None
    ended = DateTimeTZRange(at - timedelta(days=9), at - timedelta(seconds=1))
    Membership.objects.filter(pk=wang.pk).update(valid=ended)
    assert tokens.authenticate_token(raw) is None
    answer = Client().get("/api/v1/users/me/", headers={"authorization": f"Bearer {raw}"})
    assert answer.status_code == 401


@pytest.mark.parametrize(
    "given", ["Basic d2FuZzp4", "Bearer", "Bearer ", "bearer\x00x", "Token x", "Bearer null", "Bearer " + "x" * 9_000]
)
def test_whatever_is_no_key_is_refused_in_the_same_way(given: str) -> None:
    answer = Client().get("/api/v1/users/me/", headers={"authorization": given})
    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
