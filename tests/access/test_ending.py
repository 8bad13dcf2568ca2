"""A right that ends is gone with the next request, by every door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from inspect import signature

import pytest
from celery import current_app
from django.test import Client
from django.utils import timezone

from hotline import tokens
from hotline.models import ApiToken, Membership, Organisation, User
from tests.cases.api.client import Api
from tests.doors import client_of
from tests.people import member

pytestmark = pytest.mark.django_db


def membership_over(who: Membership) -> None:
    Membership.objects.filter(pk=who.pk).update(valid=(who.valid.lower, timezone.now()))


def account_closed(who: Membership) -> None:
    User.objects.filter(pk=who.user_id).update(is_active=False)


def contract_over(who: Membership) -> None:
    Organisation.objects.filter(pk=who.organisation_id).update(active_until=timezone.localdate())


def not_begun(who: Membership) -> None:
    Organisation.objects.filter(pk=who.organisation_id).update(active_from=timezone.localdate() + timedelta(days=1))


ENDINGS: list[Callable[[Membership], None]] = [membership_over, account_closed, contract_over, not_begun]


@pytest.mark.parametrize("end", ENDINGS, ids=lambda end: end.__name__)
def test_every_door_is_shut_with_the_next_request(end: Callable[[Membership], None]) -> None:
    page, program, who = client_of("wang"), Api("wang"), member("wang")
    form = {"words": "x", "page": "1"}
    assert page.get("/console/").status_code == 200
    assert program.get("users/me/").status == 200
    end(who)
    for answer in (page.get("/console/"), page.post("/console/drafts/", form)):
        assert answer["Location"].startswith("/sign-in/")
    assert page.get("/api/v1/users/me/").status_code == 401
    assert program.get("users/me/").status == 401
    assert program.post("cases/", {}).status == 401
    signed_in_again = Client().post("/sign-in/", {"username": "wang", "password": "x"})
    assert signed_in_again.status_code == 422


def test_what_runs_behind_the_pages_acts_for_nobody() -> None:
    """No queued work carries a person's right: no task is told whose it is, and what it does is the system's own."""
    current_app.loader.import_default_modules()
    ours = {name: task for name, task in current_app.tasks.items() if not name.startswith("celery.")}
    assert {"hotline.deliver_messages", "cases.fire_due_clocks"} <= set(ours)
    told = {name: list(signature(task.run).parameters) for name, task in ours.items()}
    assert {name: words for name, words in told.items() if words} == {"hotline.take_turn": ["task"]}


def test_a_role_taken_away_leaves_the_others() -> None:
    wang, now = member("wang"), timezone.now()
    other = Membership.objects.create(
        user=wang.user, organisation=wang.organisation, role="shift_leader", valid=(now - timedelta(days=1), None)
    )
    page = client_of("xu")
    membership_over(wang)
    assert page.get("/console/").status_code == 200
    assert list(Membership.objects.current(timezone.now()).filter(user=wang.user)) == [other]


def test_a_key_revoked_is_refused_by_the_next_request() -> None:
    program, who = Api("wang"), member("wang")
    assert program.get("users/me/").status == 200
    for token in ApiToken.objects.filter(membership=who):
        tokens.revoke(token, by=who, at=timezone.now())
    assert program.get("users/me/").status == 401
