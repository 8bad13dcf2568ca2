"""Every address says who may use it, and every role is let in or kept out as the table says."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from hotline.models import Membership
from hotline.roles import ROLES, Capability, Role
from tests.doors import client_of
from tests.stories import accepted

OPEN_TO_ALL = {
    "set_language",
    "hotline:home",
    "hotline:sign_in",
    "hotline:second_factor",
    "hotline:second_factor_setup",
    "hotline:choose_membership",
    "hotline:sign_out",
    "hotline:live",
    "hotline:ready",
    "cases:track",
    "cases:survey",
    "hotline:api_docs",
}
MISSING = object()


def addresses(resolver: URLResolver, prefix: str = "", space: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    """Every address of the map: route, name with its namespace, pattern."""
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from addresses(entry, route, inner)
        else:
            yield route, f"{space}{entry.name}", entry


ADDRESSES = list(addresses(get_resolver(settings.ROOT_URLCONF)))


def guard_of(entry: URLPattern) -> Any:
    """What the page or endpoint names: a capability, a map of them, None for everybody; MISSING if it says nothing."""
    view = entry.callback
    for holder in (getattr(view, "cls", None), getattr(view, "view_class", None), view):
        if holder is not None and hasattr(holder, "capability"):
            return holder.capability
    return MISSING


PAGES = [(route, name, guard_of(entry)) for route, name, entry in ADDRESSES if isinstance(guard_of(entry), Capability)]
SOME_ANSWER = {200, 204, 302, 303, 400, 404, 405, 409, 410, 415, 422}
# These pages open with a wide right and then ask for the right of the act named in the address.
ASK_AGAIN = {"cases:move"}


@pytest.mark.parametrize(("route", "name", "entry"), ADDRESSES, ids=[route for route, _name, _entry in ADDRESSES])
def test_every_address_names_its_guard(route: str, name: str, entry: URLPattern) -> None:
    guard = guard_of(entry)
    assert guard is not MISSING, f"{route} says neither @requires nor @public"
    if isinstance(guard, Mapping):
        assert all(isinstance(one, Capability) for one in guard.values())


def test_what_is_open_to_everybody_is_on_this_list() -> None:
    assert {name for _route, name, entry in ADDRESSES if guard_of(entry) is None} - _described() == OPEN_TO_ALL


def _described() -> set[str]:
    """The description of the API and what hands out tokens to nobody."""
    return {name for _route, name, entry in ADDRESSES if "schema" in name}


def test_every_capability_is_held_by_somebody() -> None:
    assert set(ROLES) == set(Capability)
    assert all(ROLES.values())


def filled(route: str, number: str) -> str:
    """The address with something plausible in its places."""

    def plausible(place: re.Match[str]) -> str:
        kinds = {"int": "1", "uuid": str(uuid.uuid4()), "slug": "sign"}
        return kinds.get(place["kind"] or "", number if place["name"] == "number" else "x")

    return "/" + re.sub(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>", plausible, route)


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_a_role_is_let_in_where_the_table_says_and_nowhere_else(role: Role) -> None:
    number = accepted().number
    client = client_of(Membership.objects.filter(role=role).order_by("pk")[0].user.username)
    client.raise_request_exception = False
    wrong = []
    for route, name, capability in PAGES:
        path = filled(route, number)
        code = client.get(path).status_code
        if role in ROLES[capability]:
            right = code in SOME_ANSWER or (code == 403 and name in ASK_AGAIN)
        else:
            right = code == 403 or (code == 405 and client.post(path).status_code == 403)
        if not right:
            wrong.append((path, str(capability), code))
    assert wrong == []


@pytest.mark.django_db
def test_strangers_are_sent_to_sign_in_or_refused() -> None:
    stranger, wrong = Client(), []
    for route, _name, _capability in PAGES:
        answer = stranger.get(filled(route, "20260309-000017"))
        sent = answer.status_code == 302 and answer["Location"].startswith("/sign-in/")
        if not sent and answer.status_code not in (401, 403, 405):
            wrong.append((route, answer.status_code))
    assert wrong == []
