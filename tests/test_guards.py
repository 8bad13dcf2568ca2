"""Every address says who may use it, and every role is let in or kept out as the table says."""

from __future__ import annotations

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


PAGES = [
    pytest.param(route, guard_of(entry), entry, id=route)
    for route, _name, entry in ADDRESSES
    if isinstance(guard_of(entry), Capability)
]


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


@pytest.fixture(scope="module")
def anybody() -> dict[Role, str]:
    return {}


def one_of(role: Role) -> str:
    return Membership.objects.filter(role=role).select_related("user").order_by("pk")[0].user.username


def filled(route: str, entry: URLPattern, number: str) -> str:
    """The address with something plausible in its places."""
    converters: dict[str, Any] = {}
    path = route.replace("^", "").replace("$", "").replace("\\Z", "")
    for piece in path.split("<")[1:]:
        kind, _colon, name = piece.split(">")[0].rpartition(":")
        converters[f"<{piece.split('>')[0]}>"] = {"int": "1", "uuid": str(uuid.uuid4()), "slug": "sign"}.get(
            kind, number if name == "number" else "x"
        )
    for place, value in converters.items():
        path = path.replace(place, value)
    return "/" + path


@pytest.mark.django_db
@pytest.mark.parametrize(("route", "capability", "entry"), PAGES)
def test_roles_are_let_in_by_the_table(route: str, capability: Capability, entry: URLPattern) -> None:
    path = filled(route, entry, accepted().number)
    for role in Role:
        client = client_of(one_of(role))
        client.raise_request_exception = False
        code = client.get(path).status_code
        if role in ROLES[capability]:
            assert code in (200, 204, 302, 303, 400, 404, 405, 409, 410, 415, 422), f"{role} got {code} at {path}"
        else:
            assert code == 403 or (code == 405 and client.post(path).status_code == 403), f"{role}: {code} at {path}"


@pytest.mark.django_db
@pytest.mark.parametrize(("route", "capability", "entry"), PAGES)
def test_strangers_are_sent_to_sign_in_or_refused(route: str, capability: Capability, entry: URLPattern) -> None:
    answer = Client().get(filled(route, entry, "20260309-000017"))
    assert answer.status_code in (302, 401, 403, 405), capability
    if answer.status_code == 302:
        assert answer["Location"].startswith("/sign-in/")
