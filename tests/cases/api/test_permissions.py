"""Who calls without a key is told how to come by one; a search has a right of its own. The rest is ``tests/access``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.urls import reverse
from django.urls.resolvers import URLPattern

from cases.api import urls as of_cases
from hotline.roles import Capability, Role
from oversight.api import urls as of_oversight
from tests.cases.api.client import Api
from tests.people import member

pytestmark = pytest.mark.django_db

PATTERNS = {"cases:api": of_cases.urlpatterns, "oversight:api": of_oversight.urlpatterns}
STAND_INS = {"number": "20260309-000015", "pk": 1}
NOBODY_KNOWS = "00000000-0000-7000-8000-000000000000"
PLAYERS = [
    *("wang", "xu", "ma", "luo"),
    *("zhou", "wu", "zheng", "song", "he", "yan"),
    *("sun", "liu", "peng"),
    *("jiang", "shen", "han"),
    *("sysadmin", "secadmin", "auditadmin", "telephony"),
]


class Operation(NamedTuple):
    method: str
    path: str
    capability: Capability


def operations() -> Iterator[Operation]:
    for space, pattern in ((space, pattern) for space, patterns in PATTERNS.items() for pattern in patterns):
        view: Any = pattern.callback.cls  # type: ignore[attr-defined]
        wanted = view.capability
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            if hasattr(view, method.lower()):
                capability = wanted[method] if isinstance(wanted, dict) else wanted
                yield Operation(method, path_of(space, pattern), capability)


def path_of(space: str, pattern: URLPattern) -> str:
    converters = pattern.pattern.converters
    given: dict[str, Any] = {name: STAND_INS[name] for name in converters}
    if "pk" in given and type(converters["pk"]).__name__ == "UUIDConverter":
        given["pk"] = NOBODY_KNOWS
    return reverse(f"{space}:{pattern.name}", kwargs=given).removeprefix("/api/v1/")


OPERATIONS = list(operations())


def test_there_is_a_player_for_every_role() -> None:
    assert {member(name).role for name in PLAYERS} == set(Role.values)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: f"{o.method} {o.path}")
def test_nobody_enters_without_a_token(operation: Operation) -> None:
    answer = Api().call(operation.method, operation.path, {} if operation.method == "POST" else None)
    assert (answer.status, answer.body["code"]) == (401, "not_authenticated")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="hotline"'


def test_a_search_needs_the_right_to_search() -> None:
    telephony = Api("telephony")
    assert telephony.get("cases/").status == 200
    assert telephony.get("cases/?q=井盖").status == 403
