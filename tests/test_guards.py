"""Every address says who may use it. Whether it holds, for everybody and about everything, is ``tests/access``."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from hotline.roles import ROLES, Capability

OPEN_TO_ALL = {
    "set_language",
    "hotline:home",
    "hotline:sign_in",
    "hotline:second_factor",
    "hotline:second_factor_setup",
    "hotline:new_password",
    "hotline:choose_membership",
    "hotline:sign_out",
    "hotline:live",
    "hotline:ready",
    "cases:track",
    "cases:call_reports",  # signed by the platform it names
    "cases:survey",
    "hotline:api_docs",
    "oversight:public",
    "oversight:open_data",
    "oversight:month_csv",
    "oversight:month_json",
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
